"""Read the purchases sheet: the orders it speaks of, and what keeps others out.

An order with one bad row is left out as a whole: half of it must not count as paid.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import ClassVar, TypeVar, cast

from console import sheet_cells
from console.sheet_cells import Cell, Parser
from console.sheet_faults import Notes, SheetContent, finished_by, required
from console.sheet_form import SheetForm
from console.sheet_purchase_columns import PURCHASES, Header
from console.sheet_rows import Row, read_rows
from domain.purchases import Purchase, Sharer
from domain.sheet_errors import Fault
from engine.runs import WorkItem
from engine.settings import Settings
from robots.update_order_status import PurchasedOrder, work_items

T = TypeVar("T")
Vouchers = dict[Path, str]
"""The files that prove a payment, the first one first, each with its sha256."""
PIECES_MAX = 9999
_ORDER = re.compile(r"\d{15,25}")
_BETWEEN_NUMBERS = re.compile(r"[\s,，;；、/]+")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*"
    r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?|分)?"
)


class PurchaseReading(SheetContent):
    """What a purchases sheet holds: orders with their rows, and why others are left out."""

    orders: tuple[PurchasedOrder, ...]
    form: ClassVar[SheetForm] = PURCHASES

    def work(self) -> list[WorkItem]:
        """Make the items that can be carried out."""
        return work_items(self.orders)


def read_purchases(
    path: Path, robot: str, *, zone: tzinfo | None = None, now: datetime | None = None
) -> PurchaseReading:
    """Read the sheet's orders for a robot, in the order of their first rows.

    What that robot has finished is left out. Times of the sheet are those of ``zone``, the shop's
    own if not given.

    Raises:
        SheetUnreadable: no row can be read at all.
    """
    path = path.absolute()
    content = read_rows(path, PURCHASES)
    notes = Notes(path, PURCHASES, content.homes)
    reader = _Reader(notes, zone or Settings().zone, now or datetime.now(UTC))
    orders = _by_order(content.rows, notes)
    finished = tuple(order for order, rows in orders.items() if finished_by(rows, robot))
    read = {order: reader.order(order, rows) for order, rows in orders.items()}
    _tell_shared_purchases(orders, notes)
    left_out = notes.codes() | set(finished)
    good = {order: rows for order, rows in read.items() if order not in left_out}
    named = _numbers_named(content.rows, orders)
    return PurchaseReading(
        orders=tuple(_made(order, rows, named) for order, rows in good.items()),
        unread=content.unread,
        problems=notes.problems(besides=finished),
        notes=notes.advice(besides=finished),
        finished=finished,
    )


def _by_order(rows: Sequence[Row], notes: Notes) -> dict[str, list[Row]]:
    orders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        order = required(row, Header.ORDER, order_number)
        if isinstance(order, Fault):
            notes.add("", row, Header.ORDER, order)
        else:
            orders[order].append(row)
    return orders


def _numbers_named(rows: Sequence[Row], orders: Mapping[str, Sequence[Row]]) -> list[Sharer]:
    """List every tracking number with its order: one in a row with faults is taken all the same.

    A cell with blanks names each piece of it, and all of them as one number; a row without an order
    stands for itself.
    """
    whose = {row.number: f"order {order}" for order, own in orders.items() for row in own}
    return [
        Sharer(where=whose.get(row.number, f"row {row.number}"), number=number)
        for row in rows
        for number in _numbers_of(row[Header.TRACKING].shown.upper())
    ]


def _numbers_of(shown: str) -> set[str]:
    return {*_BETWEEN_NUMBERS.split(shown), "".join(shown.split())} - {""}


def _made(
    order: str, read: Sequence[tuple[Purchase, Vouchers]], named: Sequence[Sharer]
) -> PurchasedOrder:
    """Give an order's rows, and where else the sheet names one of its tracking numbers."""
    numbers = {row.number for row, _ in read}
    others = (one for one in named if one.where != f"order {order}")
    return PurchasedOrder(
        order_id=order,
        rows=tuple(row for row, _ in read),
        sharers=tuple(one for one in others if one.number in numbers),
        vouchers={str(file): sha256 for _, files in read for file, sha256 in files.items()},
    )


def _tell_shared_purchases(orders: Mapping[str, Sequence[Row]], notes: Notes) -> None:
    """Say where several orders have one 采购单号: bought together, or copied a row too far."""
    bought: dict[str, dict[str, Row]] = defaultdict(dict)
    for order, row in ((order, row) for order, rows in orders.items() for row in rows):
        number = row[Header.SUPPLIER_ORDER].line.upper()
        if number:
            bought[number].setdefault(order, row)
    for sharing in bought.values():
        rows = ", ".join(str(row.number) for row in sharing.values())
        mend = f"see whether one purchase was made for all these orders: rows {rows} name it"
        for order, row in sharing.items() if len(sharing) > 1 else ():
            fault = Fault(rule="S-purchase-shared", mend=mend)
            notes.advise(order, row, Header.SUPPLIER_ORDER, fault)


@dataclass(frozen=True)
class _Reader:
    """Reads rows of one sheet, noting each fault beside its cell."""

    notes: Notes
    zone: tzinfo
    now: datetime

    def order(self, order: str, rows: Sequence[Row]) -> list[tuple[Purchase, Vouchers]]:
        """Read the rows of one order, each with its vouchers."""
        read: list[tuple[Purchase, Vouchers]] = []
        first: dict[tuple[str, str, str], Row] = {}
        for row in rows:
            purchase = self._row(order, row)
            if purchase is None:
                continue
            read.append(purchase)
            same = (purchase[0].sku_code, purchase[0].supplier_order, purchase[0].number)
            if first.setdefault(same, row) is not row:
                mend = f"remove this row or row {first[same].number}: both are the same purchase"
                self.notes.add(
                    order, row, Header.SKU_CODE, Fault(rule="S-purchase-twice", mend=mend)
                )
        return read

    def _row(self, order: str, row: Row) -> tuple[Purchase, Vouchers] | None:
        read: dict[Header, object] = {
            Header.SKU_CODE: required(row, Header.SKU_CODE, sheet_cells.code),
            Header.QUANTITY: required(row, Header.QUANTITY, pieces),
            Header.SUPPLIER_ORDER: _maybe(row, Header.SUPPLIER_ORDER, sheet_cells.code, ""),
            Header.PAID_AT: _maybe(row, Header.PAID_AT, self._paid_at, None),
            Header.VOUCHER: _maybe(row, Header.VOUCHER, self._vouchers, {}),
            Header.CARRIER: _maybe(row, Header.CARRIER, sheet_cells.text, ""),
            Header.TRACKING: _maybe(row, Header.TRACKING, tracking_number, ""),
        }
        faults = {header: fault for header, fault in read.items() if isinstance(fault, Fault)}
        for header, fault in faults.items():
            self.notes.add(order, row, header, fault)
        if faults:
            return None
        vouchers = cast("Vouchers", read[Header.VOUCHER])
        first = next(iter(vouchers), None)
        parts = {_FIELDS[header]: value for header, value in read.items()}
        return Purchase.model_validate({**parts, "order_id": order, "voucher": first}), vouchers

    def _paid_at(self, cell: Cell) -> datetime | Fault:
        moment = moment_of(cell, self.zone)
        if isinstance(moment, datetime) and moment > self.now:
            return Fault(rule="S-time-to-come", mend="correct the time: it has not come yet")
        return moment

    def _vouchers(self, cell: Cell) -> Vouchers | Fault:
        """Read every file that is named: one that is missing or empty proves nothing."""
        names = sheet_cells.file_names(cell)
        if isinstance(names, Fault):
            return names
        found: Vouchers = {}
        for name in names:
            paths = [home / name for home in self.notes.homes]
            path = next((each for each in paths if each.is_file()), paths[0])
            try:
                content = path.read_bytes()
            except OSError:
                mend = f"correct the name, or put the voucher there: {path} does not exist"
                return Fault(rule="S-voucher-missing", mend=mend)
            if not content:
                return Fault(
                    rule="S-voucher-empty", mend=f"save the voucher again: {path} is empty"
                )
            found[path] = hashlib.sha256(content).hexdigest()
        return found


_FIELDS = {
    Header.SKU_CODE: "sku_code",
    Header.QUANTITY: "quantity",
    Header.SUPPLIER_ORDER: "supplier_order",
    Header.PAID_AT: "paid_at",
    Header.VOUCHER: "voucher",
    Header.CARRIER: "carrier",
    Header.TRACKING: "tracking",
}


def _maybe(row: Row, header: Header, parse: Parser[T], empty: T | None) -> T | Fault | None:
    """Parse a cell that may be empty until the order is paid or sent."""
    return empty if row[header].empty else required(row, header, parse)


def order_number(cell: Cell) -> str | Fault:
    """Read an order's number."""
    found = sheet_cells.code(cell)
    if isinstance(found, Fault) or _ORDER.fullmatch(found):
        return found
    mend = "copy the 订单编号 from the order: it has 15 to 25 digits and nothing else"
    return Fault(rule="S-order-number", mend=mend)


def tracking_number(cell: Cell) -> str | Fault:
    """Read one tracking number; where blanks stand in it, it may as well be two."""
    found = sheet_cells.code(cell)
    if isinstance(found, Fault) or " " not in found:
        return found
    mend = (
        "write one tracking number, without blanks or line breaks: of several parcels, each in a "
        "row of its own; of one number in groups, the groups together"
    )
    return Fault(rule="S-tracking-blanks", mend=mend)


def pieces(cell: Cell) -> int | Fault:
    """Read how many pieces were bought."""
    found = sheet_cells.stock(cell)
    if isinstance(found, Fault) or not 1 <= found <= PIECES_MAX:
        mend = f"write the pieces as a whole number from 1 to {PIECES_MAX}"
        return Fault(rule="S-pieces-not-whole", mend=mend)
    return found


def moment_of(cell: Cell, zone: tzinfo) -> datetime | Fault:
    """Read a date with its time; a date alone would count as midnight, hours too early."""
    fault = Fault(rule="S-no-moment", mend="write date and time, such as 2026-11-22 10:30")
    value = cell.value
    if isinstance(value, datetime):
        timed = value.time() != datetime.min.time() or "h" in cell.number_format.lower()
        return value.replace(tzinfo=zone) if timed else fault
    match = _MOMENT.fullmatch(cell.line)
    if match is None:
        return fault
    try:
        return datetime(*(int(part or 0) for part in match.groups()), tzinfo=zone)  # type: ignore[arg-type,misc]
    except ValueError:
        return fault
