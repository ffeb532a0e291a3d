"""What buyers and shops wrote each other before the world began."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from practice.orders.making import HOUR
from practice.seed_names import pick

BUYER, SELLER, SYSTEM = 1, 2, 3
TALKS = (
    ((BUYER, "你好，这个什么时候发货？"), (SELLER, "您好，48小时内发出哦")),
    ((BUYER, "有优惠吗"), (SELLER, "现在就是活动价啦"), (BUYER, "好的")),
    ((BUYER, "颜色和图片一样吗"), (SELLER, "实物拍摄，略有色差")),
    ((BUYER, "在吗"),),
)
CLOSED = (
    "您超时未回复，系统关闭会话",
    "用户超时未回复，系统关闭会话",
    "[客服关闭会话]",
)


@dataclass
class Talks:
    """What goes into the tables."""

    conversations: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)


def conversation_id(shop_id: str, buyer_id: str) -> str:
    """As the platform writes it (facts/doudian.md 6)."""
    return f"AQ{buyer_id}:{shop_id}::2:1:pigeon"


def chats_of_orders(rng: Random, orders: list[dict[str, Any]], now: float) -> Talks:
    """A conversation with the buyer of each of these orders."""
    talks = Talks()
    for order in orders:
        known = conversation_id(order["shop_id"], order["buyer_id"])
        at, talk = order["created_at"] + 60, pick(rng, TALKS)
        lines = [*talk, *([(SYSTEM, pick(rng, CLOSED))] if now - at > 24 * HOUR else [])]
        for role, text in lines:
            at += 30 + int(rng.random() * 300)
            talks.messages.append(_message(known, role, at, text, order["id"]))
        talks.conversations.append(
            {
                "id": known,
                "shop_id": order["shop_id"],
                "buyer_id": order["buyer_id"],
                "nickname": order["nickname"],
                "read_until": 0.0 if len(talk) == 1 else at,
            }
        )
    return talks


def _message(known: str, role: int, at: float, text: str, order_id: str) -> dict[str, Any]:
    return {
        "conversation_id": known,
        "role": role,
        "at": at,
        "shown_from": at,
        "text": text,
        "order_id": order_id if role == BUYER else "",
        "says": "greeting" if role == BUYER else "",
    }
