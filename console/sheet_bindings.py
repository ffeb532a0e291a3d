"""Read the bindings sheet: which SKU is to come from which factory SKU."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from console import sheet_cells
from console.sheet_binding_columns import BINDINGS, Header
from console.sheet_cells import Cell
from console.sheet_faults import Notes, SheetContent, finished_by, required
from console.sheet_form import SheetForm
from console.sheet_returns import offer_id
from console.sheet_rows import Row, read_rows
from domain.bindings import BindingWish, SupplierSku
from domain.sheet_errors import Fault
from engine.runs import WorkItem
from robots.bind_skus import SkuToBind, work_items

_PRODUCT_ID = re.compile(r"\d{10,25}")


class BindingReading(SheetContent):
    """What a bindings sheet holds: SKUs to bind, and why others are left out."""

    skus: tuple[SkuToBind, ...]
    form: ClassVar[SheetForm] = BINDINGS

    def work(self) -> list[WorkItem]:
        """Make the items that can be carried out."""
        return work_items(self.skus)


def read_bindings(path: Path, robot: str = BINDINGS.first_robot) -> BindingReading:
    """Read the sheet's SKUs for a robot, in the order of their rows.

    Raises:
        SheetUnreadable: no row can be read at all.
    """
    path = path.absolute()
    content = read_rows(path, BINDINGS)
    notes = Notes(path, BINDINGS, content.homes)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in content.rows:
        code = required(row, Header.SKU_CODE, sheet_cells.code)
        if isinstance(code, Fault):
            notes.add("", row, Header.SKU_CODE, code)
        else:
            by_code[code].append(row)
    finished = tuple(code for code, rows in by_code.items() if finished_by(rows, robot))
    read = [_sku(code, rows, notes) for code, rows in by_code.items()]
    known = [one for one in read if one is not None]
    left_out = notes.codes() | set(finished)
    good = [one for one in known if one.wish.sku_code not in left_out]
    return BindingReading(
        skus=tuple(_beside(one, known) for one in good),
        unread=content.unread,
        problems=notes.problems(besides=finished),
        finished=finished,
    )


def _sku(code: str, rows: Sequence[Row], notes: Notes) -> SkuToBind | None:
    if len(rows) > 1:
        numbers = ", ".join(str(row.number) for row in rows)
        mend = f"keep one row for each SKU: rows {numbers} have the same code"
        for row in rows:
            notes.add(code, row, Header.SKU_CODE, Fault(rule="S-binding-twice", mend=mend))
        return None
    row = rows[0]
    read = {header: _cell(row, header) for header in Header}
    faults = {header: one for header, one in read.items() if isinstance(one, Fault)}
    for header, fault in faults.items():
        notes.add(code, row, header, fault)
    if faults:
        return None
    return _made({header: str(one) for header, one in read.items()}, row[Header.LINK].line)


def _made(cells: dict[Header, str], link: str) -> SkuToBind:
    offer = cells[Header.LINK]
    wish = BindingWish(
        product_id=cells[Header.PRODUCT_ID],
        sku_code=cells[Header.SKU_CODE],
        name=cells[Header.NAME],
        offer=offer,
        factory_sku=cells[Header.FACTORY_SKU],
    )
    theirs = SupplierSku(
        offer=offer,
        supplier=cells[Header.SUPPLIER],
        factory_sku=cells[Header.FACTORY_SKU],
        name=cells[Header.FACTORY_NAME],
    )
    return SkuToBind(wish=wish, theirs=theirs, link=link)


def _beside(sku: SkuToBind, known: Sequence[SkuToBind]) -> SkuToBind:
    """Give a SKU with the other rows of its product: rows that contradict are refused together."""
    product = sku.wish.product_id
    others = tuple(one.wish for one in known if one.wish.product_id == product and one is not sku)
    offered = tuple(one.theirs for one in known if one.theirs.offer == sku.theirs.offer)
    return sku.model_copy(update={"others": others, "offered": offered})


def _cell(row: Row, header: Header) -> str | Fault:
    if header is Header.SUPPLIER and row[header].empty:
        return ""
    if header is Header.PRODUCT_ID:
        return required(row, header, product_id)
    if header is Header.LINK:
        return required(row, header, offer_id)
    codes = {Header.SKU_CODE, Header.FACTORY_SKU}
    return required(row, header, sheet_cells.code if header in codes else sheet_cells.text)


def product_id(cell: Cell) -> str | Fault:
    """Read a 商品ID."""
    found = sheet_cells.code(cell)
    if isinstance(found, Fault) or _PRODUCT_ID.fullmatch(found):
        return found
    mend = "copy the 商品ID from the store's list of products: digits and nothing else"
    return Fault(rule="S-product-id", mend=mend)
