"""Which boxes of the ship form are ticked for a parcel; where nobody can tell, a person ships."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import BusinessError
from domain.order import Order, OrderState
from domain.purchases import Carrier, Purchase
from pages.doudian.order_detail import OrderView
from pages.doudian.order_rows import OrderRow, Parcel
from robots.ship_orders import ShipParcel, wishes
from robots.update_order_status import PurchasedOrder
from tests.domain.orders import LINE, order
from tests.robots.quiet_desk import QuietDesk

CARRIER = "中通快递"
FIRST, SECOND, BY_HAND = "78000000000001", "78000000000002", "78000000000009"
WHITE, BLACK = "白色 / M", "黑色 / L"
X, Y = f"{WHITE} x1", f"{BLACK} x1"


def ordered(*specs: str) -> Order:
    """Give an order of the SKUs A, B, C …, one piece each, with these specs."""
    lines = (
        LINE.model_copy(update={"sku_code": code, "spec_text": spec, "quantity": 1})
        for code, spec in zip("ABC", specs, strict=False)
    )
    return order(lines=tuple(lines), state=OrderState.PARTLY_SHIPPED)


def ticked(
    desk: QuietDesk, whole: Order, numbers: dict[str, str], left: list[str], *, sent: str
) -> tuple[str, ...]:
    """Give what is ticked for the last parcel of the sheet; one number is on its way."""
    facts: dict[str, Any] = {"order_id": whole.order_id, "quantity": 1, "carrier": CARRIER}
    rows = (Purchase(sku_code=sku, tracking=number, **facts) for sku, number in numbers.items())
    purchased = PurchasedOrder(order_id=whole.order_id, rows=tuple(rows))
    guards: Any = None
    write = ShipParcel(desk, purchased, wishes(purchased, (Carrier(name=CARRIER),))[-1], guards)
    parcel = Parcel(carrier=CARRIER, number=sent)
    write._seen = OrderView(row=OrderRow(order=whole), parcels=(parcel,))
    return write._goods(whole, left)


@pytest.mark.parametrize(
    ("specs", "numbers", "left", "goods"),
    [
        ((WHITE,), {"A": SECOND}, [], ()),
        ((WHITE, WHITE), {"A": SECOND, "B": SECOND}, [X, X], (X, X)),
        ((WHITE, WHITE, BLACK), {"C": FIRST, "A": SECOND, "B": SECOND}, [X, X], (X, X)),
        ((WHITE, WHITE, BLACK), {"A": FIRST, "B": FIRST, "C": SECOND}, [X, X, Y], (Y,)),
        ((WHITE, BLACK), {"A": FIRST, "B": SECOND}, [], ()),
    ],
)
def test_a_parcel_s_own_boxes_are_ticked(
    desk: QuietDesk,
    specs: tuple[str, ...],
    numbers: dict[str, str],
    left: list[str],
    goods: tuple[str, ...],
) -> None:
    assert ticked(desk, ordered(*specs), numbers, left, sent=FIRST) == goods


@pytest.mark.parametrize(
    ("specs", "numbers", "left"),
    [
        ((WHITE, WHITE, BLACK), {"A": FIRST, "B": SECOND, "C": SECOND}, [X, Y]),
        ((WHITE, WHITE, BLACK), {"C": FIRST, "A": FIRST, "B": SECOND}, [X, Y]),
        ((WHITE, WHITE), {"A": FIRST, "B": SECOND}, [X, X]),
        ((WHITE, WHITE), {"A": FIRST, "B": SECOND}, []),
        ((WHITE, BLACK), {"A": FIRST, "B": FIRST}, []),
    ],
)
def test_what_somebody_shipped_by_hand_may_be_either_of_two_that_read_alike(
    desk: QuietDesk, specs: tuple[str, ...], numbers: dict[str, str], left: list[str]
) -> None:
    with pytest.raises(BusinessError, match="can't tell what goes into"):
        ticked(desk, ordered(*specs), numbers, left, sent=BY_HAND)
