"""The supply platform's pages: login, catalogue, offers, factories."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from practice.card import read_card
from practice.supply.offers import PAGE_SIZE
from practice.supply.sessions import COOKIE, way_back
from practice.supply.tables import Offer
from tests.practice.store_client import StoreClient
from tests.practice.supply_platform import SupplyClient, SupplyPlatform, supply_platform

SHIRT = "682310450117"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SupplyPlatform]:
    with supply_platform(tmp_path_factory.mktemp("supply-site")) as platform:
        yield platform


@pytest.fixture(scope="module")
def client(platform: SupplyPlatform) -> SupplyClient:
    return platform.client()


def test_it_is_an_origin_of_its_own(platform: SupplyPlatform) -> None:
    assert platform.url != platform.card.url
    assert read_card(platform.twin.world.home) == platform.card
    assert platform.twin.world.site_ports()["supply"] == int(platform.url.rsplit(":", 1)[1])
    assert SupplyClient(platform.url).get("/ffa/g/list").status == 404
    assert SupplyClient(platform.card.url).get("/offers").status == 404


def test_strangers_are_sent_to_the_login_and_back(platform: SupplyPlatform) -> None:
    stranger, who = SupplyClient(platform.url), platform.card.sites["supply"]["accounts"][0]
    assert stranger.get("/").location == "/offers"
    sent = stranger.get("/offers", keywords="T恤", page="2")
    assert sent.status == 303
    page = stranger.get(sent.location)
    (target,) = re.findall(r'name="done" value="(.*?)"', page.text)
    back = stranger.login(who["account"], who["password"], done=html.unescape(target))
    assert back.location == "/offers?keywords=T%E6%81%A4&page=2"
    assert [one.name for one in stranger.cookies] == [COOKIE]
    shown = stranger.get("/offers")
    assert who["name"] in shown.text
    assert who["member_id"] in shown.text
    assert platform.card.world in shown.text


def test_a_wrong_password_is_refused(platform: SupplyPlatform) -> None:
    stranger = SupplyClient(platform.url)
    page = stranger.login("buyer@example.com", "wrong")
    assert page.alert == "账号或密码错误"
    assert 'value="buyer@example.com"' in page.text
    assert not list(stranger.cookies)


@pytest.mark.parametrize("done", ["", "//example.com", "/\\example.com", "https://example.com"])
def test_the_login_leads_to_no_other_site(done: str) -> None:
    assert way_back(done) == "/offers"


def test_a_session_ends_by_logout_and_by_time(platform: SupplyPlatform) -> None:
    client = platform.client()
    assert client.post("/logout").location == "/login"
    assert client.get("/offers").status == 303
    again = platform.client()
    platform.clock.pass_minutes(8 * 24 * 60)
    assert again.get("/offers").status == 303


def test_the_stores_login_is_not_the_platforms(platform: SupplyPlatform) -> None:
    """Browsers send the cookies of one port to the other: their names keep them apart."""
    store = StoreClient(platform.card.url)
    assert store.login(platform.card.account, platform.card.password)["code"] == 0
    stranger = SupplyClient(platform.url)
    for one in store.cookies:
        stranger.cookies.set_cookie(one)
    assert stranger.get("/offers").status == 303


def test_the_catalogue_has_pages(platform: SupplyPlatform) -> None:
    client = platform.client()
    with platform.twin.world.transaction() as session:
        all_of_them = {one.id for one in session.query(Offer)}
    seen: list[str] = []
    pages = -(-len(all_of_them) // PAGE_SIZE)
    for number in range(1, pages + 1):
        page = client.get("/offers", page=str(number))
        assert f"共 {len(all_of_them)} 件货源" in page.text
        assert ("下一页" in page.text) == (number < pages)
        seen += page.offers
    assert len(seen) == len(all_of_them)
    assert set(seen) == all_of_them
    assert client.get("/offers", page="99999").offers == []
    assert client.get("/offers", page="x").offers == client.get("/offers").offers


@pytest.mark.parametrize(
    ("words", "many"),
    [(SHIRT, 1), ("YZ2201-07-L", 1), ("透气情侣T恤 宽松显瘦", 3), ("YZ2201", 3), ("没有这个", 0)],
)
def test_searching(platform: SupplyPlatform, words: str, many: int) -> None:
    page = platform.client().get("/offers", keywords=words)
    assert len(page.offers) == many
    assert (SHIRT in page.offers) == bool(many)
    assert f"共 {many} 件货源" in page.text


def test_searching_takes_signs_as_they_are(platform: SupplyPlatform) -> None:
    client = platform.client()
    assert client.get("/offers", keywords="%").offers == []
    hostile = client.get("/offers", keywords='"><script>')
    assert "<script>" not in hostile.text


def test_an_offer_tells_its_skus(platform: SupplyPlatform) -> None:
    page = platform.client().get(f"/offer/{SHIRT}.html")
    assert f"{platform.url}/offer/{SHIRT}.html</a>" in page.text
    rows = re.findall(r'data-factory-sku="(.*?)">\s*<td>(.*?)</td>', page.text)
    assert rows[0] == ("YZ2201-01-S", "白色 / S")
    assert len(rows) == 6
    assert "￥16.80" in page.text
    assert "48小时" in page.text
    with platform.twin.world.transaction() as session:
        skus = session.get_one(Offer, SHIRT).skus
        left = [sku.stock_at(platform.clock.now()) for sku in skus]
    assert f"总库存 {sum(left)}" in page.text
    cells = re.findall(r'￥[\d.]+</td>\s*<td class="number">(.*?)</td>', page.text)
    assert [0 if "缺货" in cell else int(cell) for cell in cells] == left


def test_stock_on_the_page_follows_the_clock(platform: SupplyPlatform) -> None:
    texts = set()
    for _ in range(4):
        texts.add(platform.client().get(f"/offer/{SHIRT}.html").text)
        platform.clock.pass_minutes(7 * 60)
    assert len(texts) == 4


def test_a_suppliers_page_mostly_sends_to_the_contact(platform: SupplyPlatform) -> None:
    asks = 0
    for supplier in platform.suppliers():
        page = platform.client().get(f"/supplier/{supplier['supplier_id']}.html")
        shown = re.findall(r'class="return-(?:address|rules)">(.*?)</dd>', page.text, re.DOTALL)
        address, rules = map(html.unescape, shown)
        truth = supplier["returns"][0]
        tells = "address" in supplier["shows"]
        assert (address == "请咨询客服") != tells
        assert (truth["text"] in address and truth["phone"] in address) == tells
        assert (rules == "请咨询客服") == ("rules" not in supplier["shows"])
        asks += not tells
        if supplier["temper"] != "silent":
            assert (truth["phone"] in page.text) == tells
        assert set(page.offers) >= {one["offer_id"] for one in supplier["skus"]}
    assert asks >= 12


@pytest.mark.parametrize("path", ["/offer/1.html", "/supplier/1.html", "/messages/1"])
def test_what_does_not_exist(platform: SupplyPlatform, path: str) -> None:
    page = platform.client().get(path)
    assert page.status == 404
    assert "页面不存在" in page.text


def test_pictures_and_style(platform: SupplyPlatform) -> None:
    client = platform.client()
    page = client.get("/offers")
    (style,) = re.findall(r'stylesheet" href="(.*?)"', page.text)
    assert client.get(style).status == 200
    assert client.get("/pictures/..%2F..%2Fstore.sqlite3").status == 404
    assert client.get("/pictures/none.jpg").status == 404
    (picture, *_others) = re.findall(r'src="(/pictures/.*?)"', page.text)
    with client.opener.open(platform.url + picture) as answer:
        assert answer.read(2) == b"\xff\xd8"
