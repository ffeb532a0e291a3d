"""Codes and words of orders (facts/doudian.md 4.1, 4.4 and 4.5)."""

from __future__ import annotations

from enum import IntEnum

from practice.store.codes import Refusal


class OrderStatus(IntEnum):
    """Where an order stands."""

    UNPAID = 1
    TO_SHIP = 2
    SHIPPED = 3
    CLOSED = 4
    FINISHED = 5
    PARTLY_SHIPPED = 101
    HELD = 105
    """Paid, and kept back by the platform."""


STATUS_TEXTS = {
    OrderStatus.UNPAID: "待支付",
    OrderStatus.HELD: "已支付",
    OrderStatus.TO_SHIP: "待发货",
    OrderStatus.PARTLY_SHIPPED: "部分发货",
    OrderStatus.SHIPPED: "已发货",
    OrderStatus.CLOSED: "已关闭",
    OrderStatus.FINISHED: "已完成",
}
WAITING = (OrderStatus.TO_SHIP, OrderStatus.PARTLY_SHIPPED)
"""What is still to be shipped."""
AFTERSALE_TEXTS = {
    "": "",
    "in_aftersale": "售后中",
    "refund": "退款中",
    "refund_success": "退款成功",
    "refund_fail": "退款失败",
    "exchange_success": "换货成功",
    "aftersale_close": "售后关闭",
}
OPEN_AFTERSALES = ("in_aftersale", "refund")
FLAGS = {0: "灰", 1: "紫", 2: "青", 3: "绿", 4: "橙", 5: "红"}
REMARK_LENGTH = 60
RISK = 2
"""``abnormal_order``: 风控审核中."""


class OrderAnswer(IntEnum):
    """``code`` of an answer: 6xxxx and 7xxxx are the facts', the 3xxxx are chosen."""

    NO_SUCH_ORDER = 30001
    NOT_SHOWN = 30002
    """查看敏感信息 is refused."""
    NO_SUCH_CHAT = 30003
    CHAT_OVER = 30004
    RISK = 30005
    NO_SUCH_ADDRESS = 30006
    SAME_ADDRESS = 30007
    NOTHING_CHANGED = 30008
    BAD_PHONE = 30009
    SHIP_BARRED = 30010
    """A ship error whose own code is not known."""
    NO_SHIP_ADDRESS = 60072
    RISK_CHECK = 60109
    SHIPPED_ALREADY = 60110
    FINISHED_ALREADY = 60113
    PLATFORM_WAREHOUSE = 60116
    SUPPLY_CHAIN = 60123
    BAD_SHIPMENT = 60127
    NUMBER_RECALLED = 70018
    TRACK_TOO_EARLY = 70019
    OTHER_RECEIVER = 70020
    RECEIVERS_DIFFER = 70021
    NUMBER_TAKEN = 70022


def require(fine: bool, msg: str, code: OrderAnswer) -> None:
    """Refuse what is not fine."""
    if not fine:
        raise Refusal(msg, code)
