"""A worker on a stand-in shop: all of ours is real, only the browser and the site are stand-ins.

The site is a folder, so that a test sees what a worker did that it killed. Run as a program this is
such a worker: ``python -m tests.engine.workers '{"home": …, "runs": […]}'``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar, cast

import pytest
import sqlalchemy as sa
from dbos._registrations import get_func_info
from loguru import logger
from playwright.sync_api import Page

import domain.errors
import engine.durable
from domain.outcome import Outcome
from domain.shop import Mode, Shop
from domain.site import SiteMap
from engine.approval import Approvals
from engine.browser import Choice
from engine.chain import Chain
from engine.clock import SystemClock
from engine.database import migrate, open_database
from engine.durable import enqueue, worker
from engine.evidence import RunEvidence
from engine.ledger import Ledger
from engine.robot import Desk
from engine.runs import ItemResult, Runs, RunView, WorkItem
from engine.screen import Entrance, Screen
from engine.session import Session, open_session
from engine.settings import Settings
from engine.stops import Stops
from engine.workplace import Workplace
from engine.write import Facts, Found
from tests.engine.browsers import Door, Tab, put_browser
from tests.engine.stand_ins import OWNER

CHECKOUT = Path(__file__).resolve().parents[2]
SHOP = Shop(name="demo", site="store", account="boss", shop_name=OWNER.shop_name, mode=Mode.LIVE)
SITE = SiteMap(
    name="store",
    base_url="http://store",
    headless=True,
    first_item_asks=False,
    settle_window=timedelta(seconds=0.2),
)
PATIENCE = 120
"""Seconds a busy machine may take for anything that is waited for."""
T = TypeVar("T")


def await_true(true: Callable[[], bool], what: str) -> None:
    """Wait until something has come about."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"it never came about: {what}")
        time.sleep(0.01)


def apart(work: Callable[[], T]) -> T:
    """Do this in a thread of its own: other tests leave Playwright's event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@dataclass(frozen=True)
class SiteFolder:
    """A store in a folder: what happens is a line, and a gate holds whoever comes to its point."""

    folder: Path

    def happened(self, *points: str) -> list[str]:
        """Give what happened, oldest first: ``CG-1 begun``; only at these points if given."""
        file = self.folder / "events.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [line for line in lines if not points or line.rpartition(" ")[2] in points]

    def note(self, key: str, point: str) -> None:
        """Let something happen, and stand there while the gate is shut."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "events.txt").open("a", encoding="utf-8") as file:
            file.write(f"{key} {point}\n")
        deadline = time.monotonic() + PATIENCE
        while self._gate(key, point).exists() and time.monotonic() < deadline:
            time.sleep(0.005)

    def shut(self, key: str, point: str) -> None:
        """Hold whoever comes to this point."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._gate(key, point).touch()

    def open(self, key: str, point: str) -> None:
        """Let whoever stands at this point go on."""
        self._gate(key, point).unlink(missing_ok=True)

    def await_at(self, key: str, point: str, times: int = 1) -> None:
        """Wait until somebody came to this point, for the first time or so many times."""
        await_true(lambda: self.happened().count(f"{key} {point}") >= times, f"{key} {point}")

    def products(self) -> list[str]:
        """Give the codes of what was submitted, each as often as it was."""
        return [line.partition(" ")[0] for line in self.happened("committed")]

    def _gate(self, key: str, point: str) -> Path:
        return self.folder / f"{key}.{point}.gate"


@dataclass(frozen=True)
class Stage(SiteFolder):
    """A store where something may happen, once, when somebody comes to a point."""

    at: dict[str, Callable[[], None]] = field(default_factory=dict)

    def note(self, key: str, point: str) -> None:
        super().note(key, point)
        happens = self.at.pop(f"{key} {point}", None)
        if happens:
            happens()


@dataclass
class PutLine:
    """A write whose site is the folder."""

    site: SiteFolder
    key: str
    screen: Screen
    verb: str = "line.put"
    creates: bool = True
    audited: bool = True
    clicks: str = "发布商品"
    names: Sequence[str] = ()

    @property
    def wanted(self) -> Facts:
        return {"商家编码": self.key}

    def look(self, known_id: str) -> Found | None:
        del known_id
        self.screen.page.evaluate("1")  # a look needs a page that answers
        return Found(f"39{self.key}", self.wanted) if self.key in self.site.products() else None

    def prepare(self) -> None:
        return

    def act(self) -> str:
        self.site.note(self.key, "committed")
        return f"39{self.key}"


@dataclass
class LineRobot:
    """Puts one line for each item, or fails as the item asks."""

    site: SiteFolder
    name: str = "put-lines"
    door: Callable[[Tab], Entrance] = Door

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        del site
        return self.door(cast("Tab", page))

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        key = payload["code"]
        self.site.note(key, "begun")
        if "raises" in payload:
            kinds: dict[str, type[Exception]] = {**vars(domain.errors), "KeyError": KeyError}
            raise kinds[payload["raises"]]("标题含有违禁词")
        result = desk.ensure(PutLine(self.site, key, self.entrance(desk.page, desk.site)))
        self.site.note(key, "proven")
        return result


@contextmanager
def equipped(home: Path, site: SiteFolder) -> Iterator[Workplace]:
    """Give a workplace with a database file of its own."""
    settings, clock = Settings(home=home, database_url=""), SystemClock()
    database = open_database(settings.database)
    migrate(database)
    yield Workplace(
        settings=settings,
        clock=clock,
        runs=Runs(database, clock, settings.runs),
        ledger=Ledger(database, clock),
        approvals=Approvals(database),
        stops=Stops(database, clock),
        chain=Chain(database, settings.runs),
        robots={"put-lines": LineRobot(site)},
        browser=lambda: Choice("none", {}),
        site_of=lambda _shop: SITE,
        login_of=lambda _shop: None,
        shop_now=lambda shop: shop,
    )
    database.dispose()


def new_run(
    workplace: Workplace, *keys: str, shop: Shop = SHOP, more: dict[str, Any] | None = None
) -> str:
    """Write down a run that puts these lines; ``more`` is added to every item."""
    work = [WorkItem(key, f"商品 {key}", {"code": key, **(more or {})}) for key in keys]
    return workplace.runs.create(
        robot="put-lines",
        shop=shop.name,
        snapshot={"shop": shop.model_dump(mode="json"), "headed": False},
        work=work,
        local_time=workplace.clock.now().astimezone(workplace.settings.zone),
    )


@contextmanager
def opened(workplace: Workplace, *keys: str) -> Iterator[Session]:
    """Open a session over a run of these items."""
    run_id = new_run(workplace, *keys or ("CG-1",))
    folder = workplace.runs.view(run_id).evidence
    evidence = RunEvidence(folder, run_id, workplace.settings.zone)
    try:
        with open_session(workplace, run_id, evidence) as session:
            yield session
    finally:
        evidence.close()


def await_ended(workplace: Workplace, *run_ids: str) -> None:
    """Wait until these runs have ended."""
    runs = workplace.runs
    await_true(lambda: not any(runs.view(run_id).open for run_id in run_ids), "the runs' end")


def outcomes(run: RunView) -> list[Outcome | None]:
    return [item.outcome for item in run.items]


def rows(workplace: Workplace, query: str) -> list[tuple[Any, ...]]:
    """Read or change rows over a connection of its own."""
    database = open_database(workplace.settings.database)
    try:
        with database.begin() as connection:
            result = connection.execute(sa.text(query))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        database.dispose()


@dataclass
class Other:
    """A worker that is another process; it stands ready and begins when it is told to."""

    process: subprocess.Popen[str]

    def begin(self) -> None:
        """Let it begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def end(self) -> tuple[str, str]:
        """Wait until it ended by itself; give what it printed and what it complained about."""
        printed, noise = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, noise
        return printed, noise


def other_worker(workplace: Workplace, site: SiteFolder, *run_ids: str, **how: object) -> Other:
    """Let a worker that is another process stand ready, over runs of this workplace."""
    told = {"home": str(workplace.settings.home), "site": str(site.folder), "runs": run_ids, **how}
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "tests.engine.workers", json.dumps(told)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    return Other(process)


def limit_recoveries(patch: pytest.MonkeyPatch, times: int) -> None:
    """Let a session be cut off only so often."""
    patch.setattr(get_func_info(engine.durable._session), "max_recovery_attempts", times)


def main(told: dict[str, Any]) -> None:
    """Be a worker over some runs; ``closes_at`` names where it closes though they go on."""
    site = SiteFolder(Path(told["site"]))
    sys.stdin.readline()
    with pytest.MonkeyPatch.context() as patch, equipped(Path(told["home"]), site) as workplace:
        put_browser(patch)
        with worker(workplace) as ours:
            print("worker" if ours else "busy", flush=True)  # noqa: T201
            for run_id in told["runs"] if ours else ():
                enqueue(workplace, run_id)
            if "closes_at" in told:
                site.await_at(*told["closes_at"])
                Thread(target=open_when_closing, args=(site, *told["closes_at"])).start()
            elif ours:
                await_ended(workplace, *told["runs"])


def open_when_closing(site: SiteFolder, key: str, point: str) -> None:
    """Let whoever stands at a point go on when the worker has begun to close."""
    engine.durable._live.closing.wait()
    site.open(key, point)


if __name__ == "__main__":
    logger.remove()  # what an item says belongs on a console, and is no complaint
    main(json.loads(sys.argv[1]))
