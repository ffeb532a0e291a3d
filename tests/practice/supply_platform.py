"""A served supply platform whose clock stands in the test's hand, and a client for its pages."""

from __future__ import annotations

import asyncio
import html
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

from practice import serving
from practice.card import WorldCard
from practice.clock import Clock
from practice.faults import Faults
from practice.showing import shown_writes
from practice.supply.showing import shown_suppliers, shown_threads
from practice.tables import FaultFired
from practice.twin import Twin
from practice.world import Pace, make_world, open_world
from tests.practice.quick_store import until
from tests.practice.store_client import StayHere

HASTE = 50


class HandClock(Clock):
    """Moves on only by hand, or by what somebody sleeps."""

    def __init__(self) -> None:
        self.time = time.time()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / HASTE)
        self.time += seconds

    def pass_minutes(self, minutes: float) -> None:
        self.time += minutes * 60


@dataclass(frozen=True)
class Page:
    """What the platform answered."""

    status: int
    location: str
    text: str

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Sender and text of each message that is shown."""
        found = re.findall(
            r'data-sender="(\w+)".*?<div class="text">(.*?)</div>', self.text, re.DOTALL
        )
        return [(sender, html.unescape(text)) for sender, text in found]

    @property
    def offers(self) -> list[str]:
        """The ids of the offers that are listed."""
        return re.findall(r'<tr data-offer-id="(\d+)"', self.text)

    @property
    def alert(self) -> str:
        found = re.search(r'role="alert">(.*?)</p>', self.text)
        return found.group(1) if found else ""


class SupplyClient:
    """One visitor with their own cookies; redirects are shown, not followed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.cookies),
            StayHere(),
        )

    def get(self, path: str, **params: str) -> Page:
        return self._ask(f"{path}?{urlencode(params)}" if params else path, None)

    def post(self, path: str, **form: str) -> Page:
        return self._ask(path, urlencode(form).encode())

    def login(self, account: str, password: str, **more: str) -> Page:
        return self.post("/login", account=account, password=password, **more)

    def send(self, supplier_id: str, text: str, **more: str) -> Page:
        return self.post(f"/messages/{supplier_id}/send", text=text, **more)

    def thread(self, supplier_id: str) -> list[tuple[str, str]]:
        return self.get(f"/messages/{supplier_id}").messages

    def _ask(self, path: str, body: bytes | None) -> Page:
        try:
            with self.opener.open(self.url + path, body, timeout=10) as answer:
                return _page(answer)
        except HTTPError as error:
            with error:
                return _page(error)


def _page(answer: HTTPResponse | HTTPError) -> Page:
    location = answer.headers.get("Location", "")
    return Page(answer.status or 0, location, answer.read().decode())


@dataclass(frozen=True)
class SupplyPlatform:
    """A served world with its inside at hand."""

    twin: Twin
    card: WorldCard
    clock: HandClock

    @property
    def url(self) -> str:
        return str(self.card.sites["supply"]["url"])

    def client(self, account: int = 0) -> SupplyClient:
        """A buyer who is logged in."""
        client, who = SupplyClient(self.url), self.card.sites["supply"]["accounts"][account]
        assert client.login(who["account"], who["password"]).status == 303
        return client

    @contextmanager
    def faults(self, **rates: float) -> Iterator[None]:
        """Only these faults, until the end of the block."""
        self.twin.faults.set("calm", rates)
        try:
            yield
        finally:
            self.twin.faults.set("calm", {})

    def suppliers(self) -> list[dict[str, Any]]:
        return shown_suppliers(self.twin.world)

    def supplier(self, supplier_id: str) -> dict[str, Any]:
        return next(one for one in self.suppliers() if one["supplier_id"] == supplier_id)

    def of_temper(self, temper: str) -> dict[str, Any]:
        return next(one for one in self.suppliers() if one["temper"] == temper)

    def kept(self, supplier_id: str, sender: str = "") -> list[dict[str, Any]]:
        """The messages with a supplier in the database, also those to come."""
        rows = shown_threads(self.twin.world)
        theirs = [one for one in rows if one["supplier_id"] == supplier_id]
        return [one for one in theirs if sender in {"", one["sender"]}]

    def writes(self, supplier_id: str) -> list[dict[str, Any]]:
        return [o for o in shown_writes(self.twin.world) if o["subject"] == supplier_id]

    def fired(self, name: str) -> list[FaultFired]:
        with self.twin.world.transaction() as session:
            return session.query(FaultFired).filter_by(name=name).order_by(FaultFired.id).all()


@contextmanager
def supply_platform(home: Path) -> Iterator[SupplyPlatform]:
    """Serve a new world from a thread; the store's own pages would lack their libraries."""
    make_world(home, products=60).close()
    clock = HandClock()
    world = open_world(home, clock, Pace(audit=0.1, save=0))
    twin = Twin(world, home / "no-libraries", Faults(world, 7))
    cards: list[WorldCard] = []
    thread = threading.Thread(target=serving.serve, args=(twin, None, None, cards.append))
    thread.start()
    try:
        until(lambda: cards or not thread.is_alive())
        yield SupplyPlatform(twin, cards[0], clock)
    finally:
        twin.closing.set()
        thread.join(15)
