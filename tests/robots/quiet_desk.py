"""A robot's desk without a browser: ensure and its ledger are real, the pages are stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from playwright.sync_api import Page

from books.library import Books
from books.opening import migrate as migrate_books
from domain.shop import Identity
from domain.site import SiteMap
from engine.database import migrate, open_database
from engine.desk import made_by
from engine.ensure import Ensurer
from engine.ledger import Ledger, WriteKey
from engine.runs import ItemResult
from engine.screen import Screen
from engine.write import Write
from tests.engine.stand_ins import OWNER, Diary, HandClock

SITE = SiteMap(name="store", base_url="http://store", settle_window=timedelta(seconds=30))

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class QuietDesk:
    """Where a robot's write is tried out."""

    database: sa.Engine
    run_id: str = "run-1"
    dry: bool = False
    clock: HandClock = field(default_factory=HandClock)
    diary: Diary = field(default_factory=Diary)
    site: SiteMap = SITE
    zone: ZoneInfo = ZONE
    owner: Identity = OWNER
    page: Page = cast("Page", None)  # noqa: RUF009  nobody looks at it
    second_page: Page = page

    def step(self, words: str) -> None:
        self.diary.step(words)

    def picture(self, screen: Screen, name: str) -> None:
        self.diary.picture(screen, name)

    def ensure(self, write: Write, *, once: bool = False) -> ItemResult:
        ensurer = Ensurer(
            ledger=Ledger(self.database, self.clock),
            clock=self.clock,
            owner=self.owner,
            run_id=self.run_id,
            settle_window=SITE.settle_window,
            dry=self.dry,
            once=once,
        )
        return ensurer.ensure(write, self.diary)

    def made(self, verb: str, key: str) -> ItemResult | None:
        ledger = Ledger(self.database, self.clock)
        entry = ledger.proven(WriteKey(self.owner, verb, key), self.run_id)
        return made_by(entry) if entry else None

    def refused(self, verb: str, key: str, reason: str) -> None:
        raise AssertionError(f"nothing is audited here: {verb} {key}, {reason}")

    def another_run(self, *, dry: bool = False) -> QuietDesk:
        return replace(self, run_id=f"{self.run_id}+", dry=dry)


@contextmanager
def desk_in(folder: Path) -> Iterator[QuietDesk]:
    """Give a desk over a new database with a ledger and books."""
    engine = open_database(f"sqlite:///{(folder / 'shopclerk.sqlite3').as_posix()}")
    migrate(engine)
    migrate_books(engine)
    yield QuietDesk(engine)
    engine.dispose()


def books_of(desk: QuietDesk) -> Books:
    return Books(desk.database)
