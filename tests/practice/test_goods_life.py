"""A product's states: audit, on sale, off sale, found in the list (facts 1.1, 3.5, 3.6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from practice import pictures
from practice.clock import Clock
from practice.painting import paint
from practice.store import products
from practice.store.codes import CheckStatus, DraftStatus, Refusal, Status
from practice.store.details import audit_reason, form_of
from practice.store.form import ProductForm
from practice.tables import Product, Shop
from practice.world import Pace, World, make_world, open_world
from tests.practice.store_client import SHIRT_ATTRIBUTES, StoreClient, accepted_form

PATH = "/product/tproduct"


class HandClock(Clock):
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slow_world(tmp_path: Path, clock: HandClock) -> World:
    """A world whose audits take a minute of the hand clock."""
    make_world(tmp_path, clock=clock, products=20).close()
    return open_world(tmp_path, clock, Pace(audit=60))


def submit(world: World, session: Session, sale_start: int, **changes: Any) -> Product:
    shop = session.scalars(select(Shop).where(Shop.position == 0)).one()
    picture = pictures.keep(session, world.pictures, paint("#abcdef"))
    session.flush()
    form = accepted_form("LIFE", picture.id) | {"start_sale_type": sale_start} | changes
    return products.add(world, session, shop.id, ProductForm.model_validate(form))


@pytest.mark.parametrize(
    ("sale_start", "status", "check"),
    [
        (0, Status.ONLINE, CheckStatus.PASSED),
        (1, Status.OFFLINE, CheckStatus.PASSED_WAITS_FOR_SALE),
    ],
)
def test_the_audit_passes_when_it_is_due(
    slow_world: World, clock: HandClock, sale_start: int, status: Status, check: CheckStatus
) -> None:
    """Facts 3.5: check_status 2 waits, 3 passed, 7 passed and waiting for 上架."""
    with slow_world.transaction() as session:
        product = submit(slow_world, session, sale_start)
        for seconds, told in ((0.0, (1, 2)), (59.0, (1, 2)), (1.0, (status, check))):
            clock.seconds += seconds
            products.settle_audits(slow_world, session)
            session.refresh(product)
            assert (product.status, product.check_status) == told
    slow_world.close()


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"title": "国家级顶级纯棉T恤"}, {"商品标题": ["国家级", "顶级"]}),
        ({"short_product_name": "第一品牌T恤"}, {"商品标题": ["第一品牌"]}),
        ({"recommend_remark": "全网最低价"}, {"商家推荐语": ["全网最低"]}),
        ({"attributes": SHIRT_ATTRIBUTES | {"风格": "世界级风格"}}, {"类目属性": ["世界级"]}),
    ],
)
def test_the_audit_rejects_what_holds_forbidden_words(
    slow_world: World, clock: HandClock, changes: dict[str, Any], reasons: dict[str, list[str]]
) -> None:
    """Facts 3.5: check_status 4, draft_status 4, audit_reason is a map of lists."""
    with slow_world.transaction() as session:
        product = submit(slow_world, session, 0, **changes)
        clock.seconds += 60
        products.settle_audits(slow_world, session)
        told = (product.status, product.check_status, product.draft_status)
        assert told == (Status.OFFLINE, CheckStatus.REJECTED, DraftStatus.REJECTED)
        found = audit_reason(product)
        assert found.keys() == reasons.keys()
        for label, words in reasons.items():
            assert [word in text for word, text in zip(words, found[label], strict=True)]
        form = form_of(product).model_copy(update={"title": "纯棉T恤", "recommend_remark": ""})
        form.short_product_name, form.attributes = "", SHIRT_ATTRIBUTES
        products.edit(slow_world, session, product.shop_id, form)
        clock.seconds += 60
        products.settle_audits(slow_world, session)
        assert (product.status, product.reject_reasons) == (Status.ONLINE, [])
    slow_world.close()


def test_a_product_under_audit_cannot_be_put_on_sale(slow_world: World) -> None:
    with slow_world.transaction() as session:
        product = submit(slow_world, session, 1)
        session.flush()
        with pytest.raises(Refusal, match="不支持上架"):
            products.put_on_sale(slow_world, session, product.shop_id, product.id)
    slow_world.close()


def wait_until_audited(client: StoreClient, code: str) -> None:
    while client.listed(code)["data"][0]["check_status"] == CheckStatus.WAITING:
        pass


def test_put_on_sale_and_taken_off(client: StoreClient) -> None:
    """Facts 3.5: status 0 在线, 1 下线."""
    product_id = client.add(client.form("SALE"))["data"]["product_id"]
    wait_until_audited(client, "SALE")
    body = {"product_id": product_id}
    told = []
    for verb in ("online", "offline"):
        assert client.post(f"{PATH}/{verb}", body)["code"] == 0
        item = client.listed("SALE")["data"][0]
        start = client.get(f"{PATH}/detail", **body)["data"]["start_sale_type"]
        told.append((item["status"], item["check_status"], item["tab"], start))
    assert told == [(0, 3, "售卖中", 0), (1, 3, "已下架", 1)]
    assert client.post(f"{PATH}/offline", body)["code"] == 20004


def test_list_items_have_the_facts_shape(client: StoreClient) -> None:
    """Facts 1.1: product list XHR, money in 分, ids as text."""
    client.add(client.form("SHAPE"))
    answer = client.listed("SHAPE")
    assert (answer["code"], answer["msg"], answer["total"]) == (0, "", 1)
    (item,) = answer["data"]
    assert isinstance(item["product_id"], str)
    assert item["merchant_code"] == "SHAPE"
    assert (item["price_lower"], item["price_higher"], item["stock_num"]) == (3990, 4500, 20)
    wanted = "name discount_price sell_num tab check_status status category_leaf_id group_id img"
    assert set(wanted.split()) <= set(item)


def test_search_finds_parts_of_codes_and_whole_ids(client: StoreClient) -> None:
    """Facts 3.6: several terms by comma. P-1 finds P-10 too; part of an id finds nothing."""
    codes = {item["merchant_code"] for item in client.listed("P-1")["data"]}
    assert codes >= {"P-1", "P-10", "P-100"}
    product_id = client.listed("P-100")["data"][0]["product_id"]
    assert client.listed(product_id)["total"] == 1
    assert client.listed(product_id[:-1])["total"] == 0
    assert client.listed(f"{product_id}，no-such-code")["total"] == 1
    assert client.listed("100%_")["total"] == 0


def test_tabs_divide_the_products(client: StoreClient) -> None:
    """Facts 1.1, 3.5: each tab holds what its codes say, and as many as its number says."""
    for tab, status, checks in (
        ("onSale", {0}, {2, 3, 4}),
        ("offline", {1}, {3, 7}),
        ("rejected", {0, 1}, {4}),
        ("recycle", {2}, {3}),
    ):
        answer = client.listed(tab=tab)
        assert len(answer["data"]) == 20
        assert {item["status"] for item in answer["data"]} <= status
        assert {item["check_status"] for item in answer["data"]} <= checks
    # Before and after, as an audit that passes in between moves a product.
    before = client.get(f"{PATH}/aggsProductCount")["data"]["offline"]
    total = client.listed(tab="offline")["total"]
    assert before <= total <= client.get(f"{PATH}/aggsProductCount")["data"]["offline"]


def test_pages_are_counted_from_zero(client: StoreClient) -> None:
    first, second = (
        client.get(f"{PATH}/list", page=page, pageSize=20, tab="all")["data"] for page in (0, 1)
    )
    assert len(first) == 20
    assert not {item["product_id"] for item in first} & {item["product_id"] for item in second}
