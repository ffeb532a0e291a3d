"""The login, the cookie and the gates (facts/miaoshou.md 2, 9, 11)."""

from __future__ import annotations

from urllib.error import HTTPError

import pytest

from practice.card import read_card
from practice.erp.routes import RETURNS
from practice.erp.sessions import COOKIE, captcha_code
from practice.erp.weather import kind_of
from tests.practice.erp.erp_site import ErpClient, ErpSite

ACCOUNT = "/api/auth/account"


def landing(client: ErpClient, path: str) -> tuple[int, str]:
    try:
        with client.open(path) as answer:
            return answer.status, ""
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", "")


def test_it_is_an_origin_of_its_own(erp: ErpSite) -> None:
    assert erp.url not in {erp.card.url, erp.card.sites["supply"]["url"]}
    assert read_card(erp.twin.world.home) == erp.card
    assert erp.twin.world.site_ports()["erp"] == int(erp.url.rsplit(":", 1)[1])
    assert landing(ErpClient(erp.url), "/ffa/g/list")[0] == 404


@pytest.mark.facts("2-login", "2-login-page", "9-redirect")
def test_strangers_are_sent_to_the_login_and_back(erp: ErpSite) -> None:
    stranger = ErpClient(erp.url)
    path = "/common_collect_box/items?tabPaneName=all"
    way_back = "/?redirect=%2Fcommon_collect_box%2Fitems%3FtabPaneName%3Dall"
    assert landing(stranger, path) == (302, way_back)
    for open_to_all in ("/", way_back, "/login", "/sub_account/users"):
        assert landing(stranger, open_to_all) == (200, "")


@pytest.mark.facts("11-result")
def test_an_xhr_without_a_session_is_no_success(erp: ErpSite) -> None:
    answer = ErpClient(erp.url).xhr(f"{RETURNS}/searchList")
    assert (answer["result"], answer["code"]) == ("fail", 10008)


@pytest.mark.facts("9-sub-account")
def test_main_account_and_sub_account(erp: ErpSite) -> None:
    names = [erp.client(at).xhr(f"{ACCOUNT}/getAccountInfo")["account"] for at in (0, 1)]
    assert [one["login"] for one in names] == ["13800138010", "chenguang:robot"]


def test_the_cookie_is_its_own(erp: ErpSite) -> None:
    """Browsers send the cookies of one port to every other port of a host."""
    (cookie,) = erp.client().cookies
    assert cookie.name == COOKIE
    assert cookie.has_nonstandard_attr("HttpOnly")


def test_logging_out_ends_the_session(erp: ErpSite) -> None:
    client = erp.client()
    assert client.xhr(f"{ACCOUNT}/logout")["result"] == "success"
    assert client.xhr(f"{RETURNS}/searchList")["code"] == 10008


@pytest.mark.facts("9-captcha")
def test_the_third_wrong_password_brings_a_captcha(erp: ErpSite) -> None:
    client, who = ErpClient(erp.url), erp.who(1)
    tries = [client.log_in(who["account"], "wrong") for _ in range(4)]
    assert [one["reason"] for one in tries] == [*["账号或密码错误"] * 3, "请输入图形验证码"]
    answer = client.log_in(who["account"], who["password"], captcha="0", captchaKey="k")
    assert answer["reason"] == "图形验证码错误"
    with client.open(f"{ACCOUNT}/captcha?key=k") as picture:
        assert picture.headers["Content-Type"] == "image/png"
    seen = {"captcha": captcha_code(erp.twin, "k"), "captchaKey": "k"}
    assert client.log_in(who["account"], who["password"], **seen) == {"result": "success"}
    assert client.log_in(who["account"], who["password"]) == {"result": "success"}


def test_nobody_knows_whether_an_account_exists(erp: ErpSite) -> None:
    client = ErpClient(erp.url)
    told = [client.log_in(name, "wrong") for name in ("13800138010", "13900000000")]
    assert told[0] == told[1]


def test_a_session_that_expires(erp: ErpSite) -> None:
    client = erp.client()
    with erp.faults(session_expires=1):
        assert client.xhr(f"{RETURNS}/searchList")["code"] == 10008
    (fired,) = erp.fired("session_expires")
    assert fired.path == f"{RETURNS}/searchList"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/order/return_address", "page"),
        ("/api/order/return_address/searchList", "read"),
        ("/api/order/return_address/save", "write"),
        ("/api/move/common_collect_box/deleteAllBySearchCondition", "write"),
        ("/api/auth/account/login", ""),
        ("/assets/1/kit.js", ""),
    ],
)
def test_which_faults_a_request_meets(path: str, kind: str) -> None:
    assert kind_of("POST", path) == kind
