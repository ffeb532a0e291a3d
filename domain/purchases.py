"""The purchases sheet, and what must hold before an order is marked as paid or shipped.

Until purchasing is built, the sheet is the only source of "paid" and "shipped": no row, no mark,
no ship.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, Field

from domain.model import Value
from domain.order import Order, OrderState

PICKUP_WITHIN = timedelta(hours=24)
"""揽收 is due so long after the number was uploaded (facts/operators.md 4.1, aHwHroCPheig)."""
_TRACKING = re.compile(r"[A-Z0-9]{6,30}")
_SHIPPABLE = {OrderState.TO_SHIP, OrderState.PARTLY_SHIPPED}


class Purchase(Value):
    """A row of the purchases sheet: one SKU of one order, bought from a supplier."""

    order_id: str = Field(pattern=r"^\d{15,25}$")
    sku_code: str = Field(min_length=1)
    quantity: int = Field(ge=1)
    supplier_order: str = ""
    """The supplier's purchase number."""
    paid_at: AwareDatetime | None = None
    voucher: Path | None = None
    """The receipt's picture or file."""
    carrier: str = ""
    tracking: str = ""

    @property
    def number(self) -> str:
        """The tracking number in capitals; blanks inside stay, for two numbers must never join."""
        return self.tracking.strip().upper()


class Sharer(Value):
    """Another place of the sheet that names a tracking number of an order."""

    where: str
    """Its order, or its row where that order can't be read."""
    number: str


class Carrier(Value):
    """A carrier by the name that the ship form lists, and its numbers' form if it is known."""

    name: str
    also: tuple[str, ...] = ()
    """Other ways to write it in a sheet."""
    pattern: str = ""
    """A regular expression over the whole number; empty: not known, only the general form holds."""

    def is_called(self, name: str) -> bool:
        """Whether a sheet means this carrier."""
        return name.strip() in (self.name, *self.also)


class Guard(Value):
    """A reason not to go on, with its source."""

    rule: str
    source: str
    said: str


def paid_guards(order: Order, rows: Sequence[Purchase]) -> tuple[Guard, ...]:
    """Say what is missing before an order may be marked as paid-waiting-to-ship.

    Source: facts/operators.md 4.1 and issue 6 (no row, no mark).
    """
    rows = [row for row in rows if row.order_id == order.order_id]
    guards = _covered(order, rows)
    for row in rows:
        missing = [
            name
            for name, there in (
                ("the supplier's purchase number", row.supplier_order.strip()),
                ("the time of payment", row.paid_at),
                ("the voucher", row.voucher),
            )
            if not there
        ]
        if missing:
            guards.append(_guard("P-unpaid", f"{row.sku_code} lacks {', '.join(missing)}"))
        elif _too_early(order, row.paid_at):
            guards.append(
                _guard("P-paid-early", f"{row.sku_code} was bought before the buyer paid")
            )
    if order.after_sale:
        guards.append(_guard("P-refund", f"the buyer asked for a refund ({order.after_sale})"))
    return tuple(guards)


def _covered(order: Order, rows: Sequence[Purchase]) -> list[Guard]:
    if not rows:
        return [_guard("P-no-row", "the purchases sheet has no row for this order")]
    bought: Counter[str] = Counter()
    for row in rows:
        bought[row.sku_code] += row.quantity
    wanted = Counter(order.quantities())
    return [
        _guard("P-quantity", f"{bought[sku]} of {sku} were bought, {wanted[sku]} ordered")
        for sku in dict.fromkeys([*wanted, *bought])
        if bought[sku] != wanted[sku]
    ]


def _too_early(order: Order, when: datetime | None) -> bool:
    return order.paid_at is not None and when is not None and when < order.paid_at


def ship_guards(
    order: Order,
    rows: Sequence[Purchase],
    *,
    carriers: Sequence[Carrier],
    used: Mapping[str, str],
    sharers: Sequence[Sharer] = (),
    first_scan: datetime | None = None,
) -> tuple[Guard, ...]:
    """Say why an order must not be shipped; empty when nothing speaks against it.

    ``used`` maps each tracking number that was ever entered to its order; ``sharers`` are places of
    the sheet that name one of its numbers for something else. ``first_scan`` is the first 揽收 of
    the parcel where it is known. Source: facts/operators.md 4.1 (unique number,
    carrier fits, not earlier than payment), facts/doudian.md 4.5 (70019, 70022, 60110, 60113).
    That the supplier shipped to the buyer's real address can't be told from a sheet.
    """
    guards = list(paid_guards(order, rows))
    if order.state not in _SHIPPABLE:
        guards.append(_guard("S-state", f"the order is {order.state.value}"))
    mine = [row for row in rows if row.order_id == order.order_id]
    bought = {row.supplier_order.strip().upper() for row in mine}
    for carrier, number in dict.fromkeys((row.carrier.strip(), row.number) for row in mine):
        guards += _number_guards(order, carrier, number, carriers)
        if number:
            guards += _foreign(order, number, used, sharers)
        if number and number in bought:
            guards.append(_guard("S-number-purchase", f"{number} is the purchase's own number"))
    if _too_early(order, first_scan):
        guards.append(_guard("S-scan-early", "the parcel was scanned before the buyer paid"))
    return tuple(guards)


def _foreign(
    order: Order, number: str, used: Mapping[str, str], sharers: Sequence[Sharer]
) -> list[Guard]:
    """Say whose a number is beside, or instead of, this order."""
    found = []
    other = used.get(number, order.order_id)
    if other != order.order_id:
        found.append(_guard("S-number-used", f"{number} belongs to order {other} already"))
    beside = next((one.where for one in sharers if one.number == number), "")
    if beside:
        found.append(_guard("S-number-shared", f"{number} stands beside {beside} too"))
    return found


def _number_guards(
    order: Order, carrier: str, number: str, carriers: Sequence[Carrier]
) -> list[Guard]:
    if not carrier or not number:
        return [_guard("S-no-number", "a row lacks the carrier or the tracking number")]
    known = next((each for each in carriers if each.is_called(carrier)), None)
    if known is None:
        return [_guard("S-carrier", f"the store lists no carrier {carrier!r}")]
    if not _TRACKING.fullmatch(number) or number == order.order_id:
        return [_guard("S-number-form", f"{number!r} is no tracking number")]
    if known.pattern and not re.fullmatch(known.pattern, number):
        return [_guard("S-number-carrier", f"{number} is no number of {known.name}")]
    return []


def parcels(order: Order, rows: Sequence[Purchase]) -> dict[tuple[str, str], dict[str, int]]:
    """Give the parcels of an order: carrier and number → pieces of each SKU."""
    packed: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        if row.order_id == order.order_id:
            parcel = packed.setdefault((row.carrier.strip(), row.number), {})
            parcel[row.sku_code] = parcel.get(row.sku_code, 0) + row.quantity
    return packed


def pickup_due(uploaded_at: datetime) -> datetime:
    """Say when a parcel must have been picked up."""
    return uploaded_at + PICKUP_WITHIN


def _guard(rule: str, said: str) -> Guard:
    return Guard(rule=rule, source="facts/operators.md 4.1", said=said)
