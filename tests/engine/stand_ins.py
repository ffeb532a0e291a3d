"""What stands in for the world outside: the site, the clock, the person beside a write.

Everything of ours is real in these tests: the ledger is a SQLite file, its rows are read over a
second connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from domain.errors import Defect, TransientError
from domain.outcome import Outcome
from domain.shop import Identity
from engine.clock import Clock
from engine.ensure import Ensurer
from engine.ledger import Ledger
from engine.plan import Expected, PlannedWrite
from engine.runs import ItemResult
from engine.screen import Screen
from engine.write import Facts, Found

SETTLE_WINDOW = timedelta(seconds=30)
OWNER = Identity(world="http://store#1", shop_id="7001", shop_name="晨光家居小店")
ANSWER_LOST = PlaywrightError("Page.click: Target page, context or browser has been closed")


class HandClock:
    """A clock that moves only when somebody waits for it."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
        self.jumped = timedelta()

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def jump(self, time: timedelta) -> None:
        """Go on, or back, as when somebody sets the clock or a laptop wakes up."""
        self._now += time
        self.jumped += time


@dataclass(frozen=True)
class Answer:
    """What the site does with one click."""

    commits: bool = True
    after: float = 0.0
    """Seconds until the commit; the client has its answer, or its error, before that."""
    instead: Facts = field(default_factory=dict)
    """Values it saves instead of those it was sent."""
    names_id: bool = True
    raises: BaseException | None = None


@dataclass(frozen=True)
class Product:
    site_id: str
    key: str
    facts: Facts
    committed_at: datetime


class Site:
    """A store in memory, where answers get lost, lists lag and submits commit late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._products: list[Product] = []
        self.answers: list[Answer] = []
        """What it does with the next clicks; when none is left, it does as it is asked."""
        self.list_lag = timedelta()
        self.looks_that_fail = 0
        self.submits = 0

    def put(self, key: str, facts: Facts, *, after: float = 0.0) -> str:
        """Let a product stand there, or change the one that does; give its id."""
        older = [product for product in self._products if product.key == key]
        site_id = older[0].site_id if older else f"39{len(self._products) + 1:017}"
        committed_at = self._clock.now() + timedelta(seconds=after)
        self._products.append(Product(site_id, key, facts, committed_at))
        return site_id

    def submit(self, key: str, facts: Facts) -> str:
        """Take one click, as the next of ``answers`` says."""
        self.submits += 1
        answer = self.answers.pop(0) if self.answers else Answer()
        site_id = ""
        if answer.commits:
            site_id = self.put(key, {**facts, **answer.instead}, after=answer.after)
        if answer.raises:
            raise answer.raises
        return site_id if answer.names_id else ""

    def search(self, key: str, *, lag: bool = True) -> Product | None:
        """Look a key up in the list, which may lag behind."""
        if self.looks_that_fail:
            self.looks_that_fail -= 1
            raise TransientError("the list did not load")
        horizon = self._clock.now() - (self.list_lag if lag else timedelta())
        there = [p for p in self._products if p.key == key and p.committed_at <= horizon]
        return there[-1] if there else None

    def settle(self) -> None:
        """Let everything be committed by now: the site's clock is another than ours."""
        self._products = [replace(one, committed_at=self._clock.now()) for one in self._products]

    def open(self, site_id: str) -> Product | None:
        """Open a product by its id, which never lags."""
        keys = {product.key for product in self._products if product.site_id == site_id}
        return self.search(keys.pop(), lag=False) if keys else None


class NoScreen:
    """A screen without a browser: whoever pictures it here has made a mistake."""

    @property
    def page(self) -> Page:
        raise AssertionError("there is no browser in this test")

    @property
    def content(self) -> Locator:
        raise AssertionError("there is no browser in this test")

    @property
    def sensitive(self) -> Sequence[Locator]:
        return ()


def nothing() -> None:
    """Do nothing."""


@dataclass
class PutProduct:
    """A keyed write on the site, as a robot would describe it."""

    site: Site
    key: str = "CG-1001"
    price: str = "39.90"
    creates: bool = True
    audited: bool = True
    verb: str = "product.create"
    clicks: str = "发布商品"
    names: Sequence[str] = ()
    screen: Screen = field(default_factory=NoScreen)
    on_look: Callable[[], None] = nothing
    on_prepare: Callable[[], None] = nothing
    on_act: Callable[[], None] = nothing
    on_commit: Callable[[], None] = nothing
    """What happens between the commit and its answer."""
    prepared: int = 0
    known_ids: list[str] = field(default_factory=list)

    @property
    def wanted(self) -> Facts:
        return {"商家编码": self.key, "价格": self.price}

    def look(self, known_id: str) -> Found | None:
        self.known_ids.append(known_id)
        self.on_look()
        product = self.site.open(known_id) if known_id else self.site.search(self.key)
        return Found(product.site_id, product.facts) if product else None

    def prepare(self) -> None:
        self.prepared += 1
        self.on_prepare()

    def act(self) -> str:
        self.on_act()
        site_id = self.site.submit(self.key, self.wanted)
        self.on_commit()
        return site_id


@dataclass
class Diary:
    """Who stands beside a write, and notes what it is told."""

    steps: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    plans: list[PlannedWrite] = field(default_factory=list)
    refuses: Exception | None = None
    """What the guard says instead of letting the click pass."""
    another_shop: bool = False
    """Whether the page that is read is another shop's."""

    def step(self, words: str) -> None:
        self.steps.append(words)

    def picture(self, screen: Screen, name: str) -> None:
        del screen
        self.pictures.append(name)

    def planned(self, write: PlannedWrite) -> None:
        self.plans.append(write)

    def check_shop(self, screen: Screen) -> None:
        del screen
        if self.another_shop:
            raise Defect("this page is 别家小店's")

    def may_begin(self) -> None:
        return

    def guard(self, screen: Screen) -> None:
        del screen
        if self.refuses:
            raise self.refuses


@dataclass
class Bench:
    """All that a test of ensure needs, around a real ledger in a real database file."""

    database: sa.Engine
    clock: HandClock
    site: Site
    ledger: Ledger
    diary: Diary = field(default_factory=Diary)

    def ensure(
        self,
        write: PutProduct,
        *,
        run: str = "run-1",
        continues: Sequence[str] = (),
        owner: Identity = OWNER,
        dry: bool = False,
        expected: Expected | None = None,
    ) -> ItemResult:
        ensurer = Ensurer(
            ledger=self.ledger,
            clock=self.clock,
            owner=owner,
            run_id=run,
            settle_window=SETTLE_WINDOW,
            continues=continues,
            dry=dry,
            expected=expected or {},
        )
        return ensurer.ensure(write, self.diary)

    def die_after_click(self, write: PutProduct, *, run: str = "dead-run") -> None:
        """Let a run's process end between its click and the answer, as ``kill -9`` would."""

        class Killed(BaseException):
            pass

        planned = self.site.answers.pop(0) if self.site.answers else Answer()
        self.site.answers.insert(
            0, Answer(commits=planned.commits, after=planned.after, raises=Killed())
        )
        try:
            self.ensure(write, run=run)
        except Killed:
            return
        raise AssertionError("the run survived")

    def rows(self, columns: str = "state, run_id") -> list[tuple[Any, ...]]:
        """Read the ledger as another process would: over a connection of its own."""
        connection = sqlite3.connect(str(self.database.url.database))
        try:
            return connection.execute(f"SELECT {columns} FROM ledger ORDER BY seq").fetchall()  # noqa: S608
        finally:
            connection.close()


WELL_INSIDE = SETTLE_WINDOW.total_seconds() - 5
COMMITTED_ANSWER_LOST = Answer(raises=ANSWER_LOST)
NEVER_COMMITTED = Answer(commits=False, raises=ANSWER_LOST)


def wanted_of(bench: Bench) -> list[object]:
    """Read from the ledger which prices were sent."""
    return [json.loads(wanted)["价格"] for (wanted,) in bench.rows("wanted")]


def outcome_of(bench: Bench, write: PutProduct, run: str = "run-1") -> Outcome:
    return bench.ensure(write, run=run).outcome
