"""The store's weather, and the truth about its orders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from practice.orders.seed_chats import BUYER
from practice.orders.showing import shown_bindings, shown_chats, shown_order
from practice.orders.tables import Order
from practice.orders.talks import talk_with, write_to_shop
from practice.world import World, open_world
from tests.conftest import Store


@dataclass(frozen=True)
class Truth:
    """What the store's own database says, and a way to make an order what a test needs."""

    store: Store

    def world(self) -> closing[World]:
        return closing(open_world(self.store.home))

    def order(self, order_id: str) -> dict[str, Any]:
        with self.world() as world:
            return shown_order(world, order_id)

    def chats(self) -> list[dict[str, Any]]:
        with self.world() as world:
            return shown_chats(world)

    def bindings(self) -> list[dict[str, Any]]:
        with self.world() as world:
            return shown_bindings(world, foreign=True)

    def orders(self, **wanted: Any) -> list[str]:
        """Give the numbers of the first shop's orders that are like this, the oldest first."""
        with self.world() as world, world.transaction() as session:
            mine = {"shop_id": self.store.card.shop_id} | wanted
            now = Order.created_at <= world.clock.now()
            asked = select(Order.id).filter_by(**mine).where(now).order_by(Order.created_at)
            return list(session.scalars(asked))

    def waiting(self, at: int = 0, **wanted: Any) -> str:
        """Give one that waits to be shipped, is not odd, and was not touched yet."""
        plain = {"temper": "plain", "status": 2, "aftersale": "", "barred": "", "hidden": False}
        untouched = {"remark": "", "flag": 0, "looks": 0, "abnormal": 0}
        return self.orders(**plain | untouched | wanted)[at]

    def change(self, order_id: str, **values: Any) -> None:
        with self.world() as world, world.transaction() as session:
            order = session.get_one(Order, order_id)
            for name, value in values.items():
                setattr(order, name, value)

    def write_as_buyer(self, order_id: str, text: str, *, kind: str = "text") -> int:
        """Let an order's buyer say something now; gives the message's id."""
        with self.world() as world, world.transaction() as session:
            talk, now = talk_with(session, session.get_one(Order, order_id)), world.clock.now()
            message = write_to_shop(session, talk, BUYER, text, now, order_id=order_id)
            message.kind = kind
            session.flush()
            return message.id


@pytest.fixture
def truth(shared_store: Store) -> Truth:
    return Truth(shared_store)


@pytest.fixture(params=["calm", "rough"])
def weather(request: pytest.FixtureRequest, shared_store: Store) -> Iterator[str]:
    """What may go wrong during the test."""
    shared_store.control("POST", "faults", profile=request.param)
    yield request.param
    shared_store.control("POST", "faults", profile="calm", rates={})
