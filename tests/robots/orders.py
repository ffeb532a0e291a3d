"""What the tests of order robots share: the truth about orders, and purchases sheets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from sqlalchemy import select

from console.sheet_purchase_columns import PURCHASES, Header
from practice.orders.seed_chats import BUYER
from practice.orders.showing import shown_chats, shown_order
from practice.orders.tables import Order
from practice.orders.talks import talk_with, write_to_shop
from practice.world import World, open_world
from tests.conftest import Store

ZONE = ZoneInfo("Asia/Shanghai")
Line = dict[Header, object]


@dataclass(frozen=True)
class Orders:
    """The truth about a store's orders, and a way to make one what a test needs."""

    store: Store

    @contextmanager
    def world(self) -> Iterator[World]:
        with closing(open_world(self.store.home)) as world:
            yield world

    def __getitem__(self, order_id: str) -> dict[str, Any]:
        with self.world() as world:
            return shown_order(world, order_id)

    def waiting(self, count: int, **wanted: Any) -> list[str]:
        """Give untouched orders that wait to be shipped, the oldest first."""
        plain = {"temper": "plain", "status": 2, "aftersale": "", "barred": "", "hidden": False}
        mine = {"shop_id": self.store.card.shop_id, "remark": "", "flag": 0, "abnormal": 0}
        with self.world() as world, world.transaction() as session:
            asked = select(Order).filter_by(**mine | plain | wanted).order_by(Order.created_at)
            found = [one.id for one in session.scalars(asked) if one.codes_differ]
        assert len(found) >= count
        return found[:count]

    def change(self, order_id: str, **values: Any) -> None:
        with self.world() as world, world.transaction() as session:
            order = session.get_one(Order, order_id)
            for name, value in values.items():
                setattr(order, name, value)

    def chats(self) -> list[dict[str, Any]]:
        with self.world() as world:
            return shown_chats(world)

    def answer_now(self, order_id: str) -> None:
        """Let the order's buyer write something at once."""
        with self.world() as world, world.transaction() as session:
            talk = talk_with(session, session.get_one(Order, order_id))
            write_to_shop(session, talk, BUYER, "好的", world.clock.now(), order_id=order_id)

    def personal(self, order_id: str) -> list[str]:
        """Give what of an order must stand in no file: the buyer's name, phone, address."""
        told = self[order_id]
        return [told["receiver"], told["phone"].partition("-")[0], told["detail"]]

    def bought(self, order_id: str, **more: object) -> list[Line]:
        """Give the rows of a purchases sheet that are right for an order, paid an hour after it."""
        told = self[order_id]
        paid = datetime.fromisoformat(told["paid_at"]).astimezone(ZONE) + timedelta(minutes=1)
        changes = {Header[name]: value for name, value in more.items()}
        return [
            {
                Header.ORDER: order_id,
                Header.SKU_CODE: line["sku_code"],
                Header.QUANTITY: line["quantity"],
                Header.SUPPLIER_ORDER: f"PO-{order_id[-6:]}",
                Header.PAID_AT: f"{paid:%Y-%m-%d %H:%M:%S}",
                Header.VOUCHER: "voucher.png",
            }
            | changes
            for line in told["lines"]
        ]


def purchases(path: Path, *orders: list[Line]) -> str:
    """Write a purchases sheet with its voucher beside it."""
    (path.parent / "voucher.png").write_bytes(b"an invented voucher")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = PURCHASES.name
    sheet.append([header.value for header in Header])
    for row in (row for rows in orders for row in rows):
        sheet.append([row.get(header) for header in Header])
    book.save(path)
    return str(path)


def outcomes(run: dict[str, Any]) -> dict[str, str]:
    return {item["key"]: item["outcome"] for item in run["items"]}


def assert_nobody_is_named(folder: Path, names: list[str]) -> None:
    """No text that a run left holds a buyer's name, phone or address."""
    texts = [
        file
        for file in folder.rglob("*")
        if file.suffix in {".json", ".jsonl", ".yaml", ".html", ".log"}
    ]
    assert texts
    for file in texts:
        content = file.read_text(encoding="utf-8")
        assert not [name for name in names if name in content], file.name


def await_write(store: Store, path: str) -> None:
    """Wait until the store was asked for a change."""
    deadline = time.monotonic() + 120
    while not store.writes(path):
        assert time.monotonic() < deadline
        time.sleep(0.1)
