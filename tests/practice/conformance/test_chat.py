"""飞鸽 as XHRs tell it: conversations, search, messages, what is over, risk (facts 6)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from practice.orders.replies import UNCLEAR
from practice.orders.tables import ChatMessage, Conversation
from practice.painting import paint
from tests.practice.order_shop import OrderShop
from tests.practice.store_client import StoreClient

IM = "/api/im"
ASKS = "您好，请问收货地址的门牌号是多少？"


def opened(seller: StoreClient, order_id: str) -> str:
    """The conversation beside an order."""
    answer = seller.post(f"{IM}/open", {"order_id": order_id})
    return str(answer["data"]["conversation_id"])


def send(seller: StoreClient, talk: str, text: str, **more: Any) -> Any:
    return seller.post(f"{IM}/send", {"conversation_id": talk, "text": text} | more)


def read(seller: StoreClient, talk: str) -> list[tuple[int, str]]:
    told = seller.get(f"{IM}/messages", conversation_id=talk)["data"]["messages"]
    return [(one["role"], one["text"]) for one in told]


@pytest.mark.facts("6-roles", "6-conversation-id")
def test_a_message_and_its_answer(shop: OrderShop, seller: StoreClient) -> None:
    """1 buyer, 2 seller; the answer comes after a while."""
    order_id = shop.waiting(0)
    talk = opened(seller, order_id)
    assert re.fullmatch(rf"AQ\w+:{shop.card.shop_id}::2:1:pigeon", talk)
    before = len(read(seller, talk))
    assert send(seller, talk, ASKS, order_id=order_id)["code"] == 0
    assert read(seller, talk)[before:] == [(2, ASKS)]
    shop.clock.pass_minutes(10)
    role, text = read(seller, talk)[-1]
    assert role == 1
    assert text.endswith(shop.order(order_id)["right_detail"])


@pytest.mark.facts("6-search")
def test_search_by_order(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(1)
    (hit,) = seller.get(f"{IM}/conversations", keyword=order_id)["data"]
    assert (hit["order_id"], hit["from"]) == (order_id, "来自订单")
    assert seller.get(f"{IM}/conversations", keyword="6" * 19)["data"] == []


@pytest.mark.facts("6-tabs")
def test_current_and_recent(shop: OrderShop, seller: StoreClient) -> None:
    talk = opened(seller, shop.waiting(2))
    send(seller, talk, "您好")
    lists = {
        tab: [one["conversation_id"] for one in told]
        for tab in ("current", "recent")
        if (told := seller.get(f"{IM}/conversations", tab=tab)["data"])
    }
    assert talk in lists["current"]
    assert set(lists["current"]) <= set(lists["recent"])
    assert len(lists["current"]) < len(lists["recent"])


@pytest.mark.facts("6-over", "6-system")
def test_an_old_conversation_is_over(shop: OrderShop, seller: StoreClient) -> None:
    with shop.twin.world.transaction() as session:
        old = (
            session.query(Conversation.id)
            .join(ChatMessage)
            .filter(ChatMessage.role == 3, Conversation.shop_id == shop.card.shop_id)
            .order_by(ChatMessage.at)
            .first()
        )
    assert old
    said = seller.get(f"{IM}/messages", conversation_id=old[0])["data"]
    assert said["expired"] is True
    assert any("_cs_close_conversation" in one["id"] for one in said["messages"])
    answer = send(seller, old[0], "您好")
    assert answer["code"] != 0
    assert answer["msg"] == "会话超过7天不可回复"
    assert (2, "您好") not in read(seller, old[0])


@pytest.mark.facts("6-risk")
def test_risk(shop: OrderShop, seller: StoreClient) -> None:
    talk = opened(seller, shop.waiting(3))
    before = read(seller, talk)
    with shop.faults(throttled=1):
        assert send(seller, talk, "您好")["msg"] == "当前环境存在风险，请稍后重试"
    assert read(seller, talk) == before


@pytest.mark.facts("6-image")
def test_a_picture(shop: OrderShop, seller: StoreClient) -> None:
    """At most 8 MB."""
    talk = opened(seller, shop.waiting(4))
    picture = seller.ask(f"{IM}/upload", paint("#aabbcc", 300))["data"]
    assert send(seller, talk, "", picture_id=picture["id"])["code"] == 0
    assert read(seller, talk)[-1] == (2, picture["url"])
    big = b"\xff" * (8 * 1024 * 1024 + 1)
    assert "8MB" in seller.ask(f"{IM}/upload", big)["msg"]


@pytest.mark.facts("6-unread")
def test_unread(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(5)
    talk = opened(seller, order_id)
    send(seller, talk, ASKS, order_id=order_id)
    path = "/api/scale_shop/doudian_im/shop/user/unread_count"
    before = seller.get(path)["data"]["unread_count"]
    shop.clock.pass_minutes(10)
    assert seller.get(path)["data"]["unread_count"] > before
    read(seller, talk)
    lines = seller.get(f"{IM}/conversations", tab="current")["data"]
    (line,) = [one for one in lines if one["conversation_id"] == talk]
    assert line["unread_count"] == 0


@pytest.mark.parametrize(
    ("temper", "answers"),
    [
        ("vague_silent", []),
        ("vague", ["address"]),
        ("vague_slow", []),
        ("vague_unclear", ["unclear"]),
    ],
)
def test_buyers_answer_each_in_their_way(
    shop: OrderShop, seller: StoreClient, temper: str, answers: list[str]
) -> None:
    """Within 31 minutes; the slow one needs hours."""
    order_id = shop.waiting(6)
    shop.change(order_id, temper=temper)
    since = shop.clock.now()
    talk = opened(seller, order_id)
    send(seller, talk, ASKS, order_id=order_id)
    shop.clock.pass_minutes(31)
    told = [row for row in shop.chats() if row["order_id"] == order_id and row["sent"]]
    mine = [row["says"] for row in told if row["sender"] == "buyer"]
    assert since < shop.clock.now()
    assert mine[-len(answers) :] == answers if answers else "address" not in mine[-1:]
    if temper == "vague_unclear":
        send(seller, talk, ASKS, order_id=order_id)
        shop.clock.pass_minutes(31)
        assert read(seller, talk)[-1][1].endswith(shop.order(order_id)["right_detail"])
        assert read(seller, talk)[-3][1] in UNCLEAR
    shop.change(order_id, temper="plain")
    with shop.twin.world.transaction() as session:
        session.query(ChatMessage).filter_by(order_id=order_id).delete()
