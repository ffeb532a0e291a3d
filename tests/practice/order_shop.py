"""A served store with some hundred orders whose clock stands in the test's hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from practice import serving
from practice.card import WorldCard
from practice.faults import Faults
from practice.orders.showing import shown_bindings, shown_chats, shown_order
from practice.orders.tables import Order
from practice.showing import shown_writes
from practice.tables import FaultFired
from practice.twin import Twin
from practice.world import Pace, make_world, open_world
from tests.practice.quick_store import until
from tests.practice.store_client import StoreClient
from tests.practice.supply_platform import HandClock


@dataclass(frozen=True)
class OrderShop:
    """A served world with its inside at hand."""

    twin: Twin
    card: WorldCard
    clock: HandClock

    def client(self, account: int = 0) -> StoreClient:
        """Somebody who is logged in."""
        client, who = StoreClient(self.card.url), self.card.accounts[account]
        assert client.login(who["account"], who["password"])["code"] == 0
        return client

    @contextmanager
    def faults(self, **rates: float) -> Iterator[None]:
        """Only these faults, until the end of the block."""
        self.twin.faults.set("calm", rates)
        try:
            yield
        finally:
            self.twin.faults.set("calm", {})

    def order(self, order_id: str) -> dict[str, Any]:
        """The truth about an order."""
        return shown_order(self.twin.world, order_id)

    def change(self, order_id: str, **values: Any) -> None:
        """Make an order what a test needs."""
        with self.twin.world.transaction() as session:
            order = session.get_one(Order, order_id)
            for name, value in values.items():
                setattr(order, name, value)

    def waiting(self, number: int = 0, **wanted: Any) -> str:
        """The id of one of the first shop's orders that wait to be shipped and are not odd."""
        plain = {"temper": "plain", "status": 2, "aftersale": "", "barred": "", "hidden": False}
        mine = {"shop_id": self.card.shop_id, "remark": "", "flag": 0}
        with self.twin.world.transaction() as session:
            asked = select(Order.id).filter_by(**plain | mine | wanted).order_by(Order.id)
            return session.scalars(asked).all()[number]

    def place(self, count: int = 1, minutes: float = 0, **more: Any) -> list[str]:
        """Let buyers order."""
        body = {"count": count, "minutes": minutes} | more
        placed: list[str] = self.client().post("/_practice/orders", body)["order_ids"]
        return placed

    def chats(self) -> list[dict[str, Any]]:
        return shown_chats(self.twin.world)

    def bindings(self) -> list[dict[str, Any]]:
        return shown_bindings(self.twin.world, foreign=True)

    def writes(self, subject: str) -> list[dict[str, Any]]:
        return [o for o in shown_writes(self.twin.world) if o["subject"] == subject]

    def fired(self, name: str) -> list[FaultFired]:
        with self.twin.world.transaction() as session:
            return session.query(FaultFired).filter_by(name=name).order_by(FaultFired.id).all()


@contextmanager
def order_shop(home: Path) -> Iterator[OrderShop]:
    """Serve a new world from a thread; its pages would lack their libraries."""
    clock = HandClock()
    make_world(home, clock=clock, products=200, orders=600).close()
    world = open_world(home, clock, Pace(audit=0.1, save=0))
    twin = Twin(world, home / "no-libraries", Faults(world, 7))
    cards: list[WorldCard] = []
    thread = threading.Thread(target=serving.serve, args=(twin, None, None, cards.append))
    thread.start()
    try:
        until(lambda: cards or not thread.is_alive())
        yield OrderShop(twin, cards[0], clock)
    finally:
        twin.closing.set()
        thread.join(15)


def parcel(order_id: str, **more: Any) -> dict[str, Any]:
    """What the ship form sends when all is well."""
    return {
        "order_ids": [order_id],
        "company_code": "yuantong",
        "logistics_code": f"YT{order_id[-12:]}7",
    } | more
