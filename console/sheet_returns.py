"""Read the 退货地址 sheet: which products need a return address, and where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from console import sheet_cells
from console.sheet_faults import Notes, SheetContent, finished_by, required
from console.sheet_form import SheetForm
from console.sheet_return_columns import RETURNS, Header
from console.sheet_rows import Row, read_rows
from domain.bindings import offer_of
from domain.sheet_errors import Fault
from engine.runs import WorkItem
from robots.collect_return_addresses import ProductToAsk, work_items


class ReturnsReading(SheetContent):
    """What a 退货地址 sheet holds: products to look after, and why others are left out."""

    products: tuple[ProductToAsk, ...]
    form: ClassVar[SheetForm] = RETURNS

    def work(self) -> list[WorkItem]:
        """Make the items that can be carried out."""
        return work_items(self.products)


def read_returns(path: Path, robot: str = RETURNS.first_robot) -> ReturnsReading:
    """Read the sheet's products for a robot, in the order of their rows.

    Raises:
        SheetUnreadable: no row can be read at all.
    """
    path = path.absolute()
    content = read_rows(path, RETURNS)
    notes = Notes(path, RETURNS, content.homes)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in content.rows:
        code = required(row, Header.PRODUCT, sheet_cells.code)
        if isinstance(code, Fault):
            notes.add("", row, Header.PRODUCT, code)
        else:
            by_code[code].append(row)
    finished = tuple(code for code, rows in by_code.items() if finished_by(rows, robot))
    read = [_product(code, rows, notes) for code, rows in by_code.items() if code not in finished]
    return ReturnsReading(
        products=tuple(one for one in read if one is not None),
        unread=content.unread,
        problems=notes.problems(besides=finished),
        finished=finished,
    )


def _product(code: str, rows: Sequence[Row], notes: Notes) -> ProductToAsk | None:
    if len(rows) > 1:
        numbers = ", ".join(str(row.number) for row in rows)
        mend = f"keep one row for each product: rows {numbers} have the same code"
        for row in rows:
            notes.add(code, row, Header.PRODUCT, Fault(rule="S-product-twice", mend=mend))
        return None
    row = rows[0]
    read = {
        Header.LINK: required(row, Header.LINK, offer_id),
        Header.SUPPLIER: "" if row[Header.SUPPLIER].empty else _name(row),
        Header.TOLD: "" if row[Header.TOLD].empty else _lines(row),
    }
    faults = {header: one for header, one in read.items() if isinstance(one, Fault)}
    for header, fault in faults.items():
        notes.add(code, row, header, fault)
    if faults:
        return None
    link, supplier, told = (str(one) for one in read.values())
    return ProductToAsk(product_code=code, offer_id=link, supplier=supplier, told=told)


def _name(row: Row) -> str | Fault:
    return sheet_cells.text(row[Header.SUPPLIER])


def _lines(row: Row) -> str | Fault:
    """Read an address as it was pasted, in several lines or in one."""
    found = sheet_cells.text(row[Header.TOLD])
    return found if isinstance(found, Fault) else row[Header.TOLD].shown.strip()


def offer_id(cell: sheet_cells.Cell) -> str | Fault:
    """Read the id of a supply link, alone or in its address."""
    found = sheet_cells.code(cell)
    if isinstance(found, Fault):
        return found
    offer = offer_of(found)
    if offer:
        return offer
    mend = "write the one supply link, such as https://detail.1688.com/offer/612345678901.html"
    return Fault(rule="S-supply-link", mend=mend)
