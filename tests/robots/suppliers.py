"""What the tests of the supplier side share: the truth about factories, and time that passes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import update

from console.sheet_return_columns import RETURNS, Header
from practice.supply.showing import shown_suppliers, shown_threads
from practice.supply.tables import FactoryAddress, ThreadMessage
from practice.world import open_world
from tests.conftest import Store

TIMES = {
    "book_cases": ("asked_at", "due_at", "answered_at", "closed_at", "noted_at"),
    "book_return_addresses": ("noted_at",),
}
LEVELS = ("province", "city", "district", "town", "detail", "recipient", "phone")


@dataclass(frozen=True)
class Suppliers:
    """The truth of the practice supply platform, beside what the books hold."""

    store: Store
    home: Path

    def all(self) -> dict[str, dict[str, Any]]:
        """Give the factories by name."""
        with closing(open_world(self.store.home)) as world:
            return {one["name"]: one for one in shown_suppliers(world)}

    def of_temper(self, temper: str) -> dict[str, Any]:
        return next(one for one in self.all().values() if one["temper"] == temper)

    def asked(self, supplier_id: str) -> list[str]:
        """Give what we wrote to a factory."""
        with closing(open_world(self.store.home)) as world:
            rows = shown_threads(world)
        return [
            one["text"]
            for one in rows
            if (one["supplier_id"], one["sender"]) == (supplier_id, "buyer")
        ]

    def let_pass(self, hours: float) -> None:
        """Let time pass: what was written, in both worlds, is that much older now."""
        past = hours * 3600
        if not past:
            return
        with closing(open_world(self.store.home)) as world, world.transaction() as session:
            shift = {"at": ThreadMessage.at - past, "shown_from": ThreadMessage.shown_from - past}
            session.execute(update(ThreadMessage).values(**shift))
            moved = FactoryAddress.valid_from > 0
            new = FactoryAddress.valid_from - past
            session.execute(update(FactoryAddress).where(moved).values(valid_from=new))
        with closing(self._books()) as books, books:
            for table, columns in TIMES.items():
                for name in columns:
                    older = f"strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{past:.0f} seconds')"
                    books.execute(f"UPDATE {table} SET {name} = {older} WHERE {name} IS NOT NULL")  # noqa: S608

    def filed(self) -> dict[str, dict[str, str]]:
        """Give the newest address of each product in the books, and whose it is."""
        with closing(self._books()) as books:
            books.row_factory = sqlite3.Row
            rows = books.execute("SELECT * FROM book_return_addresses ORDER BY seq")
            return {row["product_code"]: dict(row) for row in rows if row["product_code"]}

    def rules(self, supplier: str) -> str:
        """Give all rules that the books hold of a factory."""
        with closing(self._books()) as books:
            asking = "SELECT says FROM book_rules WHERE supplier = ?"
            return " ".join(row[0] for row in books.execute(asking, (supplier,)))

    def rows(self) -> int:
        """Count all rows of the books."""
        with closing(self._books()) as books:
            tables = ("book_cases", "book_return_addresses", "book_rules", "book_suppliers")
            counts = (books.execute(f"SELECT count(*) FROM {one}") for one in tables)  # noqa: S608
            return sum(next(count)[0] for count in counts)

    def _books(self) -> sqlite3.Connection:
        return sqlite3.connect(self.home / "runs/state/shopclerk.sqlite3")


def as_filed(true: dict[str, Any]) -> dict[str, str]:
    """Write a factory's true address as the books do."""
    right_below = {"仙桃市": "省直辖县级行政区划"}  # a county right below its province
    city = right_below.get(true["city"], true["city"])
    district = true["city"] if city != true["city"] else true["district"]
    detail = true["road"] + true["door"]
    parts = (true["province"], city, district, true["street"], detail)
    return dict(zip(LEVELS, (*parts, true["recipient"], true["phone"]), strict=True))


def returns_sheet(path: Path, *rows: dict[Header, object]) -> str:
    """Write a 退货地址 sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = RETURNS.name
    sheet.append([header.value for header in Header])
    for row in rows:
        sheet.append([row.get(header) for header in Header])
    book.save(path)
    return str(path)


def products_of(supplier: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give a factory's SKUs of ours, one for each product, by 商家编码."""
    return {one["merchant_code"]: one for one in reversed(supplier["skus"])}


def first_of(supplier: dict[str, Any]) -> str:
    """Give the 商家编码 of one of its products."""
    return next(iter(products_of(supplier)))


def row_of(supplier: dict[str, Any], code: str, told: str = "") -> dict[Header, object]:
    offer = products_of(supplier)[code]["offer_id"]
    return {
        Header.PRODUCT: code,
        Header.LINK: f"http://127.0.0.1/offer/{offer}.html",
        Header.SUPPLIER: supplier["name"],
        Header.TOLD: told or None,
    }
