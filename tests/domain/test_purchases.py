"""The purchases sheet and the guards before shipping. Facts: operators 4.1, doudian 4.5."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.order import OrderState
from domain.purchases import (
    Carrier,
    Guard,
    Purchase,
    Sharer,
    paid_guards,
    parcels,
    pickup_due,
    ship_guards,
)
from tests.domain.orders import LINE, NOON, order

ORDER = order()
CARRIERS = (
    Carrier(name="顺丰速运", also=("顺丰",), pattern=r"SF\d{13}"),
    Carrier(name="中通快递"),
)
ROW = Purchase(
    order_id=ORDER.order_id,
    sku_code=LINE.sku_code,
    quantity=2,
    supplier_order="PO-77",
    paid_at=NOON + timedelta(hours=1),
    voucher=Path("voucher.png"),
    carrier="中通快递",
    tracking="78000000001234",
)


def row(**other: object) -> Purchase:
    return Purchase.model_validate({**ROW.model_dump(), **other})


def rules(guards: tuple[Guard, ...]) -> list[str]:
    return [guard.rule for guard in guards]


def ship(*rows: Purchase, used: dict[str, str] | None = None, beside: str = "") -> list[str]:
    sharers = (Sharer(where=beside, number=ROW.number),) if beside else ()
    return rules(ship_guards(ORDER, rows, carriers=CARRIERS, used=used or {}, sharers=sharers))


def test_a_paid_and_sent_row_passes() -> None:
    assert paid_guards(ORDER, [ROW]) == ()
    assert ship(ROW) == []


def test_no_row_no_mark_no_ship() -> None:
    foreign = row(order_id="6920100000000000079")
    assert rules(paid_guards(ORDER, [])) == ["P-no-row"]
    assert rules(paid_guards(ORDER, [foreign])) == ["P-no-row"]
    assert ship() == ["P-no-row"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"supplier_order": " "}, "purchase number"),
        ({"paid_at": None}, "time of payment"),
        ({"voucher": None}, "voucher"),
    ],
)
def test_a_row_without_proof_is_not_paid(other: dict[str, object], said: str) -> None:
    (guard,) = paid_guards(ORDER, [row(**other)])
    assert guard.rule == "P-unpaid"
    assert said in guard.said


def test_a_purchase_before_the_buyer_paid_is_refused() -> None:
    early = row(paid_at=NOON - timedelta(seconds=1))
    assert rules(paid_guards(ORDER, [early])) == ["P-paid-early"]
    assert paid_guards(ORDER, [row(paid_at=NOON)]) == ()


@pytest.mark.parametrize("quantity", [1, 3])
def test_what_was_bought_must_be_what_was_ordered(quantity: int) -> None:
    assert rules(paid_guards(ORDER, [row(quantity=quantity)])) == ["P-quantity"]


def test_another_sku_is_not_the_ordered_one() -> None:
    said = [guard.said for guard in paid_guards(ORDER, [row(sku_code="CG-1001-W-S0")])]
    assert said == [
        "0 of CG-1001-W-S were bought, 2 ordered",
        "2 of CG-1001-W-S0 were bought, 0 ordered",
    ]


def test_two_parcels_may_make_one_order() -> None:
    rows = [row(quantity=1), row(quantity=1, tracking="78000000005678")]
    assert ship(*rows) == []
    assert parcels(ORDER, rows) == {
        ("中通快递", "78000000001234"): {LINE.sku_code: 1},
        ("中通快递", "78000000005678"): {LINE.sku_code: 1},
    }


def test_a_refund_that_was_asked_for_stops_the_shipping() -> None:
    refunded = order(lines=(LINE.model_copy(update={"after_sale": "退款中"}),))
    guards = ship_guards(refunded, [ROW], carriers=CARRIERS, used={})
    assert rules(guards) == ["P-refund"]


@pytest.mark.parametrize("over", ["售后关闭", "退款失败"])
def test_a_refund_that_is_closed_or_failed_stops_no_shipping(over: str) -> None:
    kept = order(lines=(LINE.model_copy(update={"after_sale": over}),))
    assert ship_guards(kept, [ROW], carriers=CARRIERS, used={}) == ()


@pytest.mark.parametrize(
    "state", [state for state in OrderState if state.value not in ("待发货", "部分发货")]
)
def test_only_orders_that_wait_are_shipped(state: OrderState) -> None:
    guards = ship_guards(order(state=state), [ROW], carriers=CARRIERS, used={})
    assert rules(guards) == ["S-state"]


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"carrier": ""}, "S-no-number"),
        ({"tracking": ""}, "S-no-number"),
        ({"carrier": "无此快递"}, "S-carrier"),
        ({"tracking": "1234"}, "S-number-form"),
        ({"tracking": "见面单"}, "S-number-form"),
        ({"tracking": ORDER.order_id}, "S-number-form"),
        ({"tracking": "7800000001\n7800000002"}, "S-number-form"),
        ({"tracking": "7800000001", "supplier_order": " 7800000001"}, "S-number-purchase"),
        ({"carrier": "顺丰"}, "S-number-carrier"),
    ],
)
def test_a_number_must_have_a_carrier_and_a_form(other: dict[str, object], rule: str) -> None:
    assert ship(row(**other)) == [rule]


def test_a_carrier_whose_form_is_known_takes_its_numbers() -> None:
    assert ship(row(carrier="顺丰", tracking=" sf1400000000123 ")) == []


def test_a_number_of_another_order_is_refused() -> None:
    other = "6920100000000000079"
    assert ship(ROW, used={"78000000001234": other}) == ["S-number-used"]
    assert ship(ROW, used={"78000000001234": ORDER.order_id}) == []
    assert ship(ROW, beside="row 7") == ["S-number-shared"]


@given(st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_parcel_is_not_scanned_before_the_buyer_paid(later: timedelta) -> None:
    guards = ship_guards(ORDER, [ROW], carriers=CARRIERS, used={}, first_scan=NOON + later)
    assert rules(guards) == (["S-scan-early"] if later < timedelta(0) else [])


def test_pickup_is_due_a_day_after_the_number_was_entered() -> None:
    assert pickup_due(NOON) - NOON == timedelta(hours=24)


@pytest.mark.parametrize("order_id", ["6.92E+18", "123", "69201000000000000780000000", ""])
def test_an_order_number_that_excel_spoilt_is_refused(order_id: str) -> None:
    with pytest.raises(ValidationError, match="order_id"):
        row(order_id=order_id)
