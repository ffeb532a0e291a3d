"""Orders as the site's answers tell them, and what else stands in their rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from domain.errors import Defect
from domain.model import Value
from domain.order import Flag, Order, OrderLine, OrderState, Receiver

UNDER_REVIEW = 2
"""``abnormal_order`` while risk control looks at it (facts/doudian.md 4.1)."""


class Remark(Value):
    """备注: its text and its flag."""

    text: str = ""
    flag: Flag = Flag.GREY


class OrderRow(Value):
    """One order of a screen. Its receiver is masked as the screen shows it."""

    order: Order
    under_review: bool = False
    """风控审核中: it can't be shipped now."""
    move_asked: bool = False
    """The buyer asks for another address and nobody has answered."""
    buyer: str = Field(default="", repr=False)
    """Nickname. Personal data, like ``buyer_words``: in no log, picture or file."""
    buyer_words: str = Field(default="", repr=False)
    """买家留言."""

    @property
    def remark(self) -> Remark:
        """备注 as it is stored."""
        return Remark(text=self.order.remark, flag=self.order.flag)


class Parcel(Value):
    """A parcel of an order that is on its way."""

    carrier: str
    number: str
    """运单号."""
    shipped_at: AwareDatetime | None = None


def order_row(told: Mapping[str, Any]) -> OrderRow:
    """Read an order of an answer (its shape: facts/doudian.md 1.1).

    Raises:
        Defect: it lacks what an order must have.
    """
    try:
        return OrderRow(
            order=_order(told),
            under_review=told.get("abnormal_order") == UNDER_REVIEW,
            move_asked=bool(told.get("address_apply")),
            buyer=str(told.get("user_nickname") or ""),
            buyer_words=str(told.get("user_remark") or ""),
        )
    except (KeyError, TypeError, ValueError):
        raise _no_order() from None  # its text could repeat the buyer's words


def parcels(told: Mapping[str, Any]) -> tuple[Parcel, ...]:
    """Read the parcels of an order's own answer.

    Raises:
        Defect: a parcel lacks its carrier or number.
    """
    try:
        return tuple(
            Parcel(
                carrier=one["company_name"],
                number=one["logistics_code"],
                shipped_at=_moment(one.get("ship_time")),
            )
            for one in told["logistics"]
        )
    except (KeyError, TypeError, ValueError):
        raise _no_order() from None


def _no_order() -> Defect:
    return Defect(
        "the site tells an order in another form than it did",
        mend="Compare its answers with pages/doudian/order_rows.py",
    )


def _order(told: Mapping[str, Any]) -> Order:
    asked_back = str(told["after_sale_info"]["after_sale_text"] or "")
    return Order(
        order_id=str(told["shop_order_id"]),
        state=OrderState(told["order_status_info"]["order_status_text"]),
        lines=tuple(_line(one, asked_back) for one in told["product_item"]),
        receiver=_masked(told["receiver_info"]),
        remark=told["remark"] or "",
        flag=Flag(told["star"]),
        created_at=_moment(told["create_time"]),
        paid_at=_moment(told["pay_time"]),
        ship_by=_moment(told["exp_ship_time"]),
    )


def _line(told: Mapping[str, Any], asked_back: str) -> OrderLine:
    return OrderLine(
        product_id=str(told["product_id"]),
        product_code=told.get("merchant_code") or "",
        sku_code=told["sku_code"] or "",
        title=told["product_name"],
        spec_text=told.get("sku_spec") or "",
        quantity=told["combo_num"],
        price=Decimal(told["combo_amount"]) / 100,
        after_sale=asked_back,
    )


def _masked(told: Mapping[str, Any]) -> Receiver:
    place = told["post_addr"]
    province, city, district, town = (
        place[level]["name"] or "" for level in ("province", "city", "town", "street")
    )
    return Receiver(
        name=told["post_receiver"] or "",
        phone=told["post_tel"] or "",
        province=province,
        city=city,
        district=district,
        town=town,
        detail=place["detail"] or "",
    )


def _moment(seconds: int | None) -> datetime | None:
    """Read a time of an answer; 0 is none."""
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
