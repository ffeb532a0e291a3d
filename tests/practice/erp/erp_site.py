"""A served ERP whose clock stands in the test's hand, and a client for its XHRs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from practice import serving
from practice.card import WorldCard
from practice.erp.regions import codes_of
from practice.erp.routes import BOX, RETURNS, SHOPS
from practice.erp.showing import shown_addresses, shown_items
from practice.faults import Faults
from practice.showing import shown_writes
from practice.tables import FaultFired
from practice.twin import Twin
from practice.world import Pace, make_world, open_world
from tests.practice.quick_store import until
from tests.practice.store_client import StoreClient
from tests.practice.supply_platform import HandClock

NUMBERS = count(1)
YIWU = ["浙江省", "金华市", "义乌市"]


class ErpClient(StoreClient):
    """One visitor of the ERP, with their own cookies; its XHRs are forms."""

    def xhr(self, path: str, **fields: Any) -> Any:
        return self.ask(path, encoded(fields))

    def log_in(self, login: str, password: str, **more: str) -> Any:
        return self.xhr("/api/auth/account/login", mobile=login, password=password, **more)

    def save(self, **changes: Any) -> Any:
        return self.xhr(f"{RETURNS}/save", **(wished() | changes))

    def addresses(self, **asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.xhr(f"{RETURNS}/searchList", **asked)["list"]
        return rows

    def items(self, **asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.xhr(f"{BOX}/searchList", **asked)["list"]
        return rows

    def item(self, item_id: int) -> dict[str, Any]:
        (row,) = self.items(ids=item_id)
        return row

    def relate(self, *item_ids: int, to: int, **more: Any) -> Any:
        ids = ",".join(str(one) for one in item_ids)
        return self.xhr(f"{BOX}/relateReturnAddress", ids=ids, addressId=to, **more)

    def shops(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.xhr(f"{SHOPS}/getShopList")["list"]
        return rows


def encoded(fields: dict[str, Any]) -> bytes:
    words = {True: "true", False: "false"}
    texts = {
        name: words[value] if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }
    return urlencode(texts).encode()


def wished(**changes: Any) -> dict[str, Any]:
    """An address that the ERP takes, with a phone of its own."""
    return {
        "receiver": "王练习",
        "phoneType": "mobile",
        "phone": f"1540000{next(NUMBERS):04d}",
        "regionCodes": ",".join(codes_of(YIWU)),
        "detail": "福田街道练习路8号2幢",
    } | changes


@dataclass(frozen=True)
class ErpSite:
    """A served world with its inside at hand."""

    twin: Twin
    card: WorldCard
    clock: HandClock

    @property
    def url(self) -> str:
        return str(self.card.sites["erp"]["url"])

    def who(self, account: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.card.sites["erp"]["accounts"][account]
        return found

    def client(self, account: int = 0) -> ErpClient:
        """Somebody who is logged in."""
        client, who = ErpClient(self.url), self.who(account)
        assert client.log_in(who["account"], who["password"]) == {"result": "success"}
        return client

    @contextmanager
    def faults(self, **rates: float) -> Iterator[None]:
        """Only these faults, until the end of the block."""
        self.twin.faults.set("calm", rates)
        try:
            yield
        finally:
            self.twin.faults.set("calm", {})

    def kept(self, phone: str) -> list[dict[str, Any]]:
        """The truth about the addresses with this phone."""
        rows = shown_addresses(self.twin.world, foreign=True)
        return [one for one in rows if one["phone"] == phone]

    def addresses(self) -> list[dict[str, Any]]:
        return shown_addresses(self.twin.world, foreign=True)

    def items(self) -> dict[str, dict[str, Any]]:
        return {one["item_id"]: one for one in shown_items(self.twin.world)}

    def writes(self, subject: str) -> list[dict[str, Any]]:
        rows = shown_writes(self.twin.world)
        return [o for o in rows if o["site"] == "erp" and o["subject"] == subject]

    def fired(self, name: str) -> list[FaultFired]:
        with self.twin.world.transaction() as session:
            return session.query(FaultFired).filter_by(name=name).order_by(FaultFired.id).all()


@contextmanager
def erp_site(home: Path, libraries: Path | None = None) -> Iterator[ErpSite]:
    """Serve a new world from a thread; without libraries its pages stay empty."""
    make_world(home, products=60).close()
    clock = HandClock()
    world = open_world(home, clock, Pace(audit=0.1, save=0))
    twin = Twin(world, libraries or home / "no-libraries", Faults(world, 7))
    cards: list[WorldCard] = []
    thread = threading.Thread(target=serving.serve, args=(twin, None, None, cards.append))
    thread.start()
    try:
        until(lambda: cards or not thread.is_alive())
        yield ErpSite(twin, cards[0], clock)
    finally:
        twin.closing.set()
        thread.join(15)
