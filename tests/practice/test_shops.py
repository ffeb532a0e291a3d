"""Several shops in one account, and accounts that may not do everything (facts 1.1, 2.5, 2.6)."""

from __future__ import annotations

import re
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from practice.card import WorldCard
from practice.mailbox import Mailbox
from practice.tables import SessionRow
from tests.practice.quick_store import QuickStore
from tests.practice.store_client import StoreClient


def log_in(page: Page, card: WorldCard, account: int, target: str = "") -> None:
    who = card.accounts[account]
    page.goto(f"{card.url}{target or '/login/common'}")
    page.get_by_role("tab", name="邮箱登录").click()
    page.locator("input[name=email]").fill(who["account"])
    page.locator("input[type=password]").fill(who["password"])
    page.locator("input.auxo-checkbox-input").check()
    page.locator("button.account-center-action-button").click()


def choose(client: StoreClient, card: WorldCard, shop: int) -> None:
    shop_id = card.accounts[1]["shops"][shop]["shop_id"]
    assert client.post("/ecomauth/loginv1/choose", {"shop_id": shop_id})["code"] == 0


def test_after_the_login_a_shop_is_chosen(stranger_page: Page, quick: QuickStore) -> None:
    """Facts 2.5, 2.6: picker 请选择店铺 with [class*=roleItem]; the URL stays on /login."""
    page, shops = stranger_page, quick.card.accounts[1]["shops"]
    log_in(page, quick.card, 1, "/ffa/g/list?tab=all")
    expect(page.get_by_text("请选择店铺", exact=True)).to_be_visible()
    items = page.locator("[class*=roleItem]")
    expect(items).to_have_count(3)
    expect(page).to_have_url(re.compile(r"/login/common\?extra="))
    items.filter(has_text=re.compile(f"{shops[0]['shop_id']}$")).click()
    expect(page).to_have_url(re.compile(r"/ffa/g/list\?tab=all$"))
    expect(page.locator(".headerShopName")).to_have_text(shops[0]["shop_name"])


def test_switching_the_shop_in_the_header(stranger_page: Page, quick: QuickStore) -> None:
    """Facts 2.5: 切换组织/店铺."""
    page, shops = stranger_page, quick.card.accounts[1]["shops"]
    log_in(page, quick.card, 1)
    page.locator("[class*=roleItem]").first.click()
    expect(page.get_by_text("抖店工作台", exact=True)).to_be_visible()
    page.get_by_text("切换组织/店铺", exact=True).click()
    page.locator(".auxo-modal [class*=roleItem]").filter(has_text=shops[1]["shop_name"]).click()
    expect(page.locator(".headerShopName")).to_have_text(shops[1]["shop_name"])
    expect(page.get_by_text(f"店铺ID：{shops[1]['shop_id']}", exact=True)).to_be_visible()


def test_a_session_without_a_shop_gets_nothing_but_the_picker(quick: QuickStore) -> None:
    client = quick.client(1)
    assert client.listed()["code"] == 10008
    with pytest.raises(HTTPError) as raised:
        client.open("/ffa/g/list")
    raised.value.close()
    assert raised.value.headers["Location"].startswith("/login/common?extra=")
    with client.open("/login/common") as page:
        assert '"choose_shop": true' in page.read().decode()


def test_a_product_of_another_shop_does_not_exist(quick: QuickStore) -> None:
    """Facts 3.4: 商品不存在或已彻底删除."""
    client = quick.client(1)
    choose(client, quick.card, 0)
    product_id = client.listed()["data"][0]["product_id"]
    choose(client, quick.card, 1)
    assert client.listed(product_id)["total"] == 0
    told = client.get("/product/tproduct/detail", product_id=product_id)
    assert told["msg"].startswith("商品不存在")
    told = client.post("/product/tproduct/offline", {"product_id": product_id})
    assert told["msg"].startswith("商品不存在")


def test_only_the_accounts_own_shops_can_be_chosen(quick: QuickStore) -> None:
    foreign = quick.card.accounts[1]["shops"][2]["shop_id"]
    client = quick.client(0)
    assert client.post("/ecomauth/loginv1/choose", {"shop_id": foreign})["code"] != 0
    told = client.get("/common/index/index")["data"]
    assert told["toutiao_id"] == quick.card.shop_id


def test_an_account_without_the_goods_app(stranger_page: Page, quick: QuickStore) -> None:
    """Facts 1.1: code "-10001", as text; nothing is written."""
    client = quick.client(2)
    form = quick.client().form("HELPER-1")
    for answer in (client.listed(), client.add(form)):
        assert answer["code"] == "-10001"
        assert answer["msg"] == "您无操作权限，请联系主账号管理员开设权限"
    assert quick.products("HELPER-1") == []
    assert [one["code"] for one in quick.writes("HELPER-1")] == [-10001]
    page = stranger_page
    log_in(page, quick.card, 2)
    page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
    expect(page.locator("#app_subContainer")).to_contain_text(
        "您无操作权限，请联系主账号管理员开设权限"
    )


def test_login_by_text_message(stranger_page: Page, quick: QuickStore) -> None:
    """Facts 2.6: 发送验证码 for SMS."""
    page, who = stranger_page, quick.card.accounts[0]
    page.goto(f"{quick.card.url}/login/common")
    page.locator("input[name=mobile]").fill(who["mobile"])
    page.get_by_text("验证码登录", exact=True).click()
    page.get_by_role("button", name="发送验证码").click()
    expect(page.locator(".auxo-message-success")).to_be_visible()
    letter = StoreClient(quick.card.url).get("/_practice/mail")["mail"][0]
    assert letter["to"] == who["mobile"]
    page.get_by_placeholder("验证码", exact=True).fill(letter["code"])
    page.locator("input.auxo-checkbox-input").check()
    page.locator("button.account-center-action-button").click()
    expect(page.locator(".headerShopName")).to_have_text(quick.card.shop_name)


def test_a_code_is_good_once_and_for_its_number(quick: QuickStore) -> None:
    mobiles = [one["mobile"] for one in quick.card.accounts]
    stranger = StoreClient(quick.card.url)
    for mobile in mobiles[:2]:
        stranger.post("/ecomauth/loginv1/send_code", {"mobile": mobile})
    code = stranger.get("/_practice/mail")["mail"][0]["code"]

    def log_in_by(mobile: str) -> int:
        asked = {"account": mobile, "code": code}
        answer = StoreClient(quick.card.url).post("/ecomauth/loginv1/login", asked)
        return int(answer["code"])

    assert log_in_by(mobiles[0]) != 0
    assert log_in_by(mobiles[1]) == 0
    assert log_in_by(mobiles[1]) != 0


def test_login_by_qr_code_is_offered(stranger_page: Page, quick: QuickStore) -> None:
    """Facts 2.6: 打开抖店App扫码登录, 切换为手机/邮箱登录, the picture's box."""
    page = stranger_page
    page.goto(f"{quick.card.url}/login/common")
    switch = page.locator("div.login-switcher--cell")
    switch.click()
    expect(page.get_by_text("打开抖店App扫码登录")).to_be_visible()
    expect(page.locator("div.account-center-image-content")).to_be_visible()
    expect(switch).to_have_text("切换为手机/邮箱登录")
    switch.click()
    expect(page.locator("input[name=mobile]")).to_be_visible()


def test_a_session_lives_seven_days(quick: QuickStore) -> None:
    """Facts 2.6: 7 to 30 days."""
    client = quick.client()
    token = next(one.value for one in client.cookies if one.name == "sessionid")
    with quick.twin.world.transaction() as session:
        ends = session.get_one(SessionRow, token).expires_at
    assert 6.9 < (ends - quick.twin.world.clock.now()) / 86400 <= 7


@pytest.mark.parametrize("body", [b"", b"[]", b"no json", b'{"account": 7, "code": []}'])
def test_a_login_that_is_no_login(quick: QuickStore, body: bytes) -> None:
    assert StoreClient(quick.card.url).ask("/ecomauth/loginv1/login", body)["code"] == 20006


def test_a_code_is_good_for_five_minutes() -> None:
    mailbox = Mailbox()
    mailbox.send_sms("13800138000", 1000.0)
    code = mailbox.letters[0].code
    assert not mailbox.accepts("13800138000", code, 1301.0)
    assert mailbox.accepts("13800138000", code, 1299.0)
