"""A tracking number is kept for its order while it may be entered, and free when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from books.entries import Place
from domain.errors import BusinessError, Defect, NotSent, OutcomeUnknown, TransientError
from domain.order import Order, OrderState
from domain.outcome import Outcome
from domain.purchases import Carrier, Purchase
from pages.doudian.order_detail import OrderView
from pages.doudian.order_rows import OrderRow, Parcel
from pages.doudian.ship import FilledParcel
from robots.ship_orders import Guards, ShipParcel, ship, wishes
from robots.update_order_status import PurchasedOrder
from tests.domain.orders import LINE, NOON, order
from tests.engine.stand_ins import OWNER
from tests.robots.quiet_desk import QuietDesk, books_of

CARRIERS = (Carrier(name="中通快递"),)
NUMBER = "78000000001234"
ORDER = order()
OTHER = order(order_id="6920100000000000079")
HERE = Place(world=OWNER.world, shop_id=OWNER.shop_id)
NO = BusinessError("物流单号不符合规则")
LOST = TransientError("the site answered 502")


@dataclass
class Detail:
    """An order's own page."""

    order: Order = ORDER
    parcels: list[Parcel] = field(default_factory=list)
    looks: int = 99
    """How often it opens before it does so no more."""

    def open(self, _order_id: str) -> OrderView:
        self.looks -= 1
        if self.looks < 0:
            raise TransientError("the site answered 502")
        return OrderView(row=OrderRow(order=self.order), parcels=tuple(self.parcels))


@dataclass
class Form:
    """The form that ships it; what it answers to a click means that nothing was shipped."""

    detail: Detail
    answers: list[Exception] = field(default_factory=list)
    spoils: bool = False
    stored: str = ""
    """Which other number the store keeps."""
    filled: FilledParcel | None = None

    def open(self, _order_id: str) -> OrderRow:
        return OrderRow(order=self.detail.order)

    def fill(self, carrier: str, number: str, _goods: Sequence[str] | None) -> None:
        self.filled = FilledParcel(carrier=carrier, number="" if self.spoils else number)

    def read(self) -> FilledParcel:
        return self.filled or FilledParcel(carrier="", number="")

    def submit(self) -> None:
        if self.answers:
            raise self.answers.pop(0)
        filled = self.read()
        number = self.stored or filled.number
        self.detail.parcels.append(Parcel(carrier=filled.carrier, number=number))
        self.detail.order = self.detail.order.model_copy(update={"state": OrderState.SHIPPED})


def parcel(desk: QuietDesk, *answers: Exception, of: Order = ORDER, **form: Any) -> ShipParcel:
    """Give the write of an order's one parcel, on a site that answers so."""
    row = Purchase(
        order_id=of.order_id,
        sku_code=LINE.sku_code,
        quantity=2,
        supplier_order="PO-77",
        paid_at=NOON + timedelta(hours=1),
        voucher=Path("voucher.png"),
        carrier="中通快递",
        tracking=NUMBER,
    )
    purchased = PurchasedOrder(order_id=of.order_id, rows=(row,))
    (wish,) = wishes(purchased, CARRIERS)
    write = ShipParcel(desk, purchased, wish, Guards(books_of(desk), CARRIERS, HERE))
    pages: Any = write
    pages._detail = Detail(of)
    pages._form = Form(pages._detail, list(answers), **form)
    return write


def used(desk: QuietDesk) -> dict[str, str]:
    return dict(books_of(desk).numbers_used(HERE))


def test_a_number_that_was_entered_stays_its_order_s(desk: QuietDesk) -> None:
    assert ship(desk, parcel(desk)).outcome is Outcome.DONE
    assert used(desk) == {NUMBER: ORDER.order_id}
    with pytest.raises(BusinessError, match="S-number-used"):
        ship(desk.another_run(), parcel(desk, of=OTHER))
    assert used(desk) == {NUMBER: ORDER.order_id}


@pytest.mark.parametrize("answer", [NO, NotSent("请输入运单号")])
def test_a_number_that_the_store_refused_is_free_for_its_right_order(
    desk: QuietDesk, answer: Exception
) -> None:
    assert ship(desk, parcel(desk, answer)).outcome is Outcome.REJECTED
    assert used(desk) == {}
    assert ship(desk.another_run(), parcel(desk, of=OTHER)).outcome is Outcome.DONE
    assert used(desk) == {NUMBER: OTHER.order_id}


def test_a_form_that_can_t_be_filled_keeps_no_number(desk: QuietDesk) -> None:
    with pytest.raises(Defect):
        ship(desk, parcel(desk, spoils=True))
    assert used(desk) == {}


def test_a_click_that_may_not_be_made_keeps_no_number(desk: QuietDesk) -> None:
    desk.diary.refuses = Defect("another shop's page")
    with pytest.raises(Defect):
        ship(desk, parcel(desk))
    assert used(desk) == {}


def test_a_number_that_may_be_entered_is_kept(desk: QuietDesk) -> None:
    write = parcel(desk, LOST)
    pages: Any = write
    pages._detail.looks = 1
    with pytest.raises(OutcomeUnknown):
        ship(desk, write)

    assert used(desk) == {NUMBER: ORDER.order_id}
    with pytest.raises(BusinessError, match="S-number-used"):
        ship(desk.another_run(), parcel(desk, of=OTHER))
    pages._detail.looks = 99
    assert ship(desk, write).outcome is Outcome.DONE
    assert used(desk) == {NUMBER: ORDER.order_id}


def test_a_number_that_never_arrived_is_free_when_that_is_proven(desk: QuietDesk) -> None:
    assert ship(desk, parcel(desk, LOST, LOST)).outcome is Outcome.FAILED
    assert used(desk) == {}


def test_a_number_that_never_arrived_is_free_when_a_guard_speaks_now(desk: QuietDesk) -> None:
    write = parcel(desk, LOST)
    pages: Any = write
    submit = pages._form.submit

    def refund_meanwhile() -> None:
        pages._detail.order = order(lines=(LINE.model_copy(update={"after_sale": "退款中"}),))
        submit()

    pages._form.submit = refund_meanwhile
    with pytest.raises(BusinessError, match="P-refund"):
        ship(desk, write)
    assert used(desk) == {}


def test_a_number_that_never_arrived_is_free_when_only_a_later_run_can_prove_it(
    desk: QuietDesk,
) -> None:
    write = parcel(desk, LOST)
    pages: Any = write
    pages._detail.looks = 1
    with pytest.raises(OutcomeUnknown):
        ship(desk, write)
    assert used(desk) == {NUMBER: ORDER.order_id}

    refunded = order(lines=(LINE.model_copy(update={"after_sale": "退款中"}),))
    with pytest.raises(BusinessError, match="P-refund"):
        ship(desk.another_run(), parcel(desk, of=refunded))
    assert used(desk) == {}


def test_a_dry_run_keeps_no_number(desk: QuietDesk) -> None:
    assert ship(desk.another_run(dry=True), parcel(desk)).outcome is Outcome.SKIPPED
    assert used(desk) == {}


def test_a_number_that_the_store_keeps_otherwise_is_a_mismatch_and_not_free(
    desk: QuietDesk,
) -> None:
    assert ship(desk, parcel(desk, stored="7800000000123")).outcome is Outcome.MISMATCH
    assert used(desk) == {NUMBER: ORDER.order_id}
