"""Logins without a browser (facts 1.1, 2.6)."""

from __future__ import annotations

from urllib.error import HTTPError

import pytest
from sqlalchemy import update

from practice.card import WorldCard
from practice.tables import SessionRow
from practice.world import World
from tests.practice.store_client import StoreClient


@pytest.mark.parametrize("path", ["/ffa/g/list?tab=all", "/ffa/no/such/page"])
def test_pages_lead_to_the_login_and_back(stranger: StoreClient, path: str) -> None:
    """Facts 2.6: any /ffa/* answers 302 to /login/common?extra=…"""
    with pytest.raises(HTTPError) as raised:
        stranger.open(path)
    with raised.value as answer:
        assert answer.code == 302
        escaped = path.replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")
        assert answer.headers["Location"] == f"/login/common?extra={escaped}"


def test_xhrs_without_a_session_answer_10008(stranger: StoreClient) -> None:
    """Facts 1.1: code 10008, 未登录."""
    for path in ("/product/tproduct/list", "/ecomauth/loginv1/session_check"):
        answer = stranger.get(path)
        assert (answer["code"], answer["msg"]) == (10008, "未登录")


def test_both_ways_of_logging_in(stranger: StoreClient, card: WorldCard) -> None:
    for account in (card.account, "13800138000"):
        assert stranger.login(account, card.password)["code"] == 0
    assert stranger.get("/common/index/index")["data"]["shop_name"] == card.shop_name


def test_wrong_passwords_are_refused(stranger: StoreClient, card: WorldCard) -> None:
    assert stranger.login(card.account, card.password + "x")["msg"] == "账号或密码错误"
    assert stranger.login("else@example.com", card.password)["msg"] == "账号或密码错误"


def test_a_session_ends(client: StoreClient, truth: World) -> None:
    assert client.listed()["code"] == 0
    with truth.transaction() as session:
        token = next(c.value for c in client.cookies if c.name == "sessionid")
        mine = SessionRow.token == token
        session.execute(update(SessionRow).where(mine).values(expires_at=truth.clock.now()))
    assert client.listed()["code"] == 10008


def test_files_outside_the_folders_are_not_served(client: StoreClient) -> None:
    for path in ("/obj/material/..%2Fstore.sqlite3", "/assets/1/..%2Fcli.py"):
        with pytest.raises(HTTPError) as raised:
            client.open(path)
        with raised.value as answer:
            assert answer.code == 404
