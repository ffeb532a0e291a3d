"""A store in this process, at hand from inside, where time runs twenty times as fast."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practice import serving
from practice.card import WorldCard
from practice.clock import Clock
from practice.faults import Faults
from practice.mailbox import Mailbox
from practice.showing import shown_products, shown_writes
from practice.tables import FaultFired
from practice.twin import Twin
from practice.world import Pace, make_world, open_world
from tests.practice.store_client import StoreClient

HASTE = 20


class HastyClock(Clock):
    """Twenty seconds in one, from the moment it is made."""

    def __init__(self) -> None:
        self.started = time.time()

    def now(self) -> float:
        return self.started + (time.time() - self.started) * HASTE

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / HASTE)


@dataclass(frozen=True)
class QuickStore:
    """A served world with its inside at hand."""

    twin: Twin
    card: WorldCard

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

    def fired(self, name: str) -> list[FaultFired]:
        with self.twin.world.transaction() as session:
            return session.query(FaultFired).filter_by(name=name).order_by(FaultFired.id).all()

    def products(self, code: str) -> list[dict[str, Any]]:
        rows = shown_products(self.twin.world, foreign=True)
        return [one for one in rows if one["merchant_code"] == code]

    def writes(self, code: str) -> list[dict[str, Any]]:
        return [one for one in shown_writes(self.twin.world) if one["merchant_code"] == code]


def until(true: Callable[[], Any], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def quick_store(home: Path, libraries: Path) -> Iterator[QuickStore]:
    """Serve a new world from a thread."""
    make_world(home, products=60).close()
    world = open_world(home, HastyClock(), Pace(audit=0.1, save=0))
    twin = Twin(world, libraries, Faults(world, 7), mailbox=Mailbox(valid=300 * HASTE))
    cards: list[WorldCard] = []
    thread = threading.Thread(target=serving.serve, args=(twin, None, None, cards.append))
    thread.start()
    try:
        until(lambda: cards or not thread.is_alive())
        yield QuickStore(twin, cards[0])
    finally:
        twin.closing.set()
        thread.join(15)
