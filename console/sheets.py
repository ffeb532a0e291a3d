"""Read the products of an ``upload-listings`` sheet, and what keeps the others out.

A product with one bad row is left out as a whole: half a product must never reach the store.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import ClassVar

from console import sheet_cells
from console.sheet_columns import Header
from console.sheet_faults import Notes, SheetContent, finished_by, required
from console.sheet_form import SheetForm
from console.sheet_offered import Offered
from console.sheet_product import ProductReader
from console.sheet_products import PRODUCTS
from console.sheet_rows import Row, read_rows
from domain.listing import Listing
from domain.rules.book import RuleBook
from domain.sheet_errors import Fault
from engine.rules_data import load_rules
from engine.runs import WorkItem
from robots.upload_listings import work_items


class SheetReading(SheetContent):
    """What a sheet holds: the products to list, and why others are left out."""

    listings: tuple[Listing, ...]
    form: ClassVar[SheetForm] = PRODUCTS

    def work(self) -> list[WorkItem]:
        """Make the items that can be carried out."""
        return work_items(self.listings)


def read_listings(
    path: Path,
    robot: str = PRODUCTS.first_robot,
    *,
    rules: RuleBook | None = None,
    offered: Offered | None = None,
) -> SheetReading:
    """Read the sheet's products for a robot, in the order of their first rows.

    What the shop's form ``offered`` is asked about new products only: others stand there already.

    Raises:
        SheetUnreadable: no row can be read at all.
        BusinessError: a file of rules is wrong.
    """
    path = path.absolute()
    rules = rules or load_rules()
    content = read_rows(path, PRODUCTS)
    notes = Notes(path, PRODUCTS, content.homes)
    products = _products(content.rows, notes)
    _note_shared_sku_codes(products, notes)
    finished = tuple(code for code, rows in products.items() if finished_by(rows, robot))
    offered = offered if robot == PRODUCTS.first_robot else None
    readers = [ProductReader(code, rows, notes, rules, offered) for code, rows in products.items()]
    listings = [reader.read() for reader in readers]
    left_out = notes.codes() | set(finished)
    good = tuple(each for each in listings if each is not None and each.code not in left_out)
    return SheetReading(
        listings=good,
        unread=content.unread,
        problems=notes.problems(besides=finished),
        notes=notes.advice(besides=finished),
        finished=finished,
        titles={code: _title(rows) for code, rows in products.items()},
    )


def _title(rows: list[Row]) -> str:
    """Give a product's title as it stands in the sheet, good or bad."""
    return next((row[Header.TITLE].line for row in rows if not row[Header.TITLE].empty), "")


def _products(rows: list[Row], notes: Notes) -> dict[str, list[Row]]:
    """Group the rows by 商家编码, wherever they stand.

    A row without a sound code and without a title is most likely a SKU of the product above it:
    that one is left out too, for it would be listed with a SKU missing.
    """
    products: dict[str, list[Row]] = defaultdict(list)
    above = ""
    for row in rows:
        code = required(row, Header.CODE, sheet_cells.code)
        if isinstance(code, Fault):
            notes.add(above if row[Header.TITLE].empty else "", row, Header.CODE, code)
        else:
            products[code].append(row)
            above = code
    return products


def _note_shared_sku_codes(products: dict[str, list[Row]], notes: Notes) -> None:
    """Note every row of a repeated SKU code: only a person knows to which of them it belongs."""
    places: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for code, rows in products.items():
        for row in rows:
            if not row[Header.SKU_CODE].empty:
                places[row[Header.SKU_CODE].line].append((code, row))
    for shared in (each for each in places.values() if len(each) > 1):
        numbers = ", ".join(str(row.number) for _, row in shared)
        mend = f"give every SKU a code of its own: rows {numbers} have the same"
        for code, row in shared:
            notes.add(code, row, Header.SKU_CODE, Fault(rule="S-sku-code-twice", mend=mend))
