"""Logins, permissions and risk checks as an XHR sees them (facts 1, 1.1, 2.6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.error import HTTPError

import pytest

from practice.card import WorldCard
from practice.tables import SessionRow
from practice.world import World
from tests.practice.conformance.conftest import SetFaults
from tests.practice.store_client import StoreClient

REFUSED = "您无操作权限，请联系主账号管理员开设权限"
LIST = "/product/tproduct/list"
DAY = 24 * 3600
AsAccount = Callable[[str], StoreClient]


def redirect(visitor: StoreClient, path: str) -> tuple[int, str]:
    with pytest.raises(HTTPError) as raised:
        visitor.open(path)
    with raised.value as answer:
        return answer.code, answer.headers["Location"]


@pytest.mark.facts("2.6-expiry", "1-login-extra", "1-path-shape")
@pytest.mark.parametrize(
    ("path", "extra"),
    [
        ("/ffa/mshop/homepage/index", "%2Fffa%2Fmshop%2Fhomepage%2Findex"),
        ("/ffa/g/list?tab=all", "%2Fffa%2Fg%2Flist%3Ftab%3Dall"),
        ("/ffa/g/create?product_id=1&entrance=edit", None),
        ("/ffa/no/such/page", "%2Fffa%2Fno%2Fsuch%2Fpage"),
    ],
)
def test_pages_send_a_stranger_to_the_login(
    stranger: StoreClient, path: str, extra: str | None
) -> None:
    """Facts 1, 2.6."""
    code, location = redirect(stranger, path)
    assert code == 302
    assert location.startswith("/login/common?extra=")
    if extra:
        assert location == f"/login/common?extra={extra}"


@pytest.mark.facts("1-login", "1-login-channel")
@pytest.mark.parametrize("path", ["/login/common", "/login/common?channel=zhaoshang"])
def test_the_login_page_is_open_to_all(stranger: StoreClient, path: str) -> None:
    """Facts 1."""
    with stranger.open(path) as answer:
        assert answer.status == 200
        assert "text/html" in answer.headers["Content-Type"]


@pytest.mark.facts("1-login-old")
@pytest.mark.parametrize("path", ["/login", "/index.html"])
def test_older_addresses_lead_to_the_login(stranger: StoreClient, path: str) -> None:
    """Facts 1."""
    code, location = redirect(stranger, path)
    assert code in {301, 302, 307, 308}
    assert location.startswith("/login/common")


@pytest.mark.facts("1.1-not-logged-in")
@pytest.mark.parametrize("path", [LIST, "/common/index/index", "/ecomauth/loginv1/session_check"])
def test_an_xhr_without_a_session(stranger: StoreClient, path: str) -> None:
    """Facts 1.1, error envelopes."""
    answer = stranger.get(path)
    assert answer.get("code", answer.get("st")) == 10008
    assert answer["msg"] == "未登录"


@pytest.mark.facts("1.1-no-permission")
def test_an_xhr_without_the_permission(as_account: AsAccount) -> None:
    """Facts 1.1, error envelopes: this one code is written as text."""
    answer = as_account("helper@").listed()
    assert (answer["code"], answer["msg"]) == ("-10001", REFUSED)


@pytest.mark.facts("1.1-session-check", "1.1-shop")
def test_a_session_knows_its_shop(merchant: StoreClient, card: WorldCard) -> None:
    """Facts 1.1, IM and session."""
    assert merchant.get("/ecomauth/loginv1/session_check")["code"] == 0
    shop = merchant.get("/common/index/index")["data"]
    assert shop["shop_name"] == card.shop_name
    assert str(shop["toutiao_id"]).isdigit()


@pytest.mark.facts("2.6-cookie", "2.6-session-days")
def test_the_cookie_and_how_long_it_lasts(client: StoreClient, truth: World) -> None:
    """Facts 2.6: sessionid, 7 to 30 days."""
    (cookie,) = client.cookies
    assert cookie.name == "sessionid"
    assert cookie.expires is not None
    with truth.transaction() as session:
        ends = session.get_one(SessionRow, str(cookie.value)).expires_at
    for moment in (cookie.expires, ends):
        assert 7 * DAY - 60 <= moment - time.time() <= 30 * DAY


@pytest.mark.facts("2.6-captcha-code")
def test_an_xhr_behind_a_captcha(client: StoreClient, set_faults: SetFaults) -> None:
    """Facts 2.6: 1105 until it is solved."""
    set_faults(captcha=1)
    with client.open("/ffa/g/list"):
        assert client.listed()["code"] == 1105
    set_faults()
    assert client.listed()["code"] == 1105
    client.post("/_practice/captcha/solve", {})
    assert client.listed()["code"] == 0


@pytest.mark.facts("8-shop-id")
def test_shop_ids(card: WorldCard, as_account: AsAccount) -> None:
    """Facts 8: 8 or 9 digits."""
    shops = as_account("owner@").get("/ecomauth/loginv1/shops")["data"]
    ids = [card.shop_id, *(shop["shop_id"] for shop in shops)]
    assert len(ids) > 2
    assert all(one.isdigit() and len(one) in {8, 9} for one in ids)
