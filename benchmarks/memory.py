"""``python -m benchmarks.memory``: does a run of 1,000 items need more memory than one of 100?

All of the engine is real: durable run and session, ledger, receipts, pictures, a browser. Only the
robot and its site stand in, so that an item takes a moment: a page of a few words.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Locator, Page

from console.office import Manner, Office, open_office
from domain.shop import Identity, Mode, Shop
from domain.site import SiteMap
from engine.robot import Desk, Robot
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.settings import Settings
from engine.workplace import Workplace
from engine.write import Facts, Found

ROBOT = "stand-in"
MARKS = (100, 500, 1000)
LOOK_SECONDS = 2.0
SHOP = Shop(name="bench", site="practice", account="bench", shop_name="练习", mode=Mode.LIVE)
SITE = SiteMap(
    name="stand-in",
    base_url="http://stand-in.invalid",
    headless=True,
    settle_window=timedelta(0),
    first_item_asks=False,
)


class Door:
    """A site of one page that needs no login."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def content(self) -> Locator:
        """Everything on it."""
        return self.page.locator("body")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Nothing on it."""
        return ()

    def open(self) -> None:
        """Draw the page."""
        self.page.set_content("<h1>练习</h1><p>39.90</p>")

    def signed_in(self) -> bool:
        """Nobody has to."""
        return True

    def sign_in(self, account: str, password: str) -> None:
        """Nobody has to."""

    def open_shop(self, shop_name: str) -> bool:
        """There is only one."""
        del shop_name
        return False

    def identity(self) -> Identity:
        """The one shop."""
        return Identity(world="stand-in", shop_id="1", shop_name=SHOP.shop_name)

    def person_needed(self) -> str:
        """Nothing is asked."""
        return ""


class PutOne:
    """A write that works at once."""

    verb = "thing.put"
    creates = True
    audited = False
    clicks = "放好"
    names = ()

    def __init__(self, key: str, screen: Screen) -> None:
        self.key = key
        self.wanted: Facts = {"价格": "39.90"}
        self.screen = screen
        self._there = False

    def look(self, known_id: str) -> Found | None:
        """See whether it was put."""
        del known_id
        return Found(self.key, self.wanted) if self._there else None

    def prepare(self) -> None:
        """Nothing to fill."""

    def act(self) -> str:
        """Put it."""
        self._there = True
        return self.key


class StandIn:
    """The robot of this benchmark."""

    name = ROBOT

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the door."""
        del site
        return Door(page)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Put one thing."""
        return desk.ensure(PutOne(payload["key"], Door(desk.page)))


def main() -> None:
    """Carry out the items and print what the process needed after so many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=MARKS[-1])
    items = parser.parse_args().items
    with (
        tempfile.TemporaryDirectory(prefix="shopclerk-benchmark-") as folder,
        open_office(Settings(home=Path(folder)), _say) as office,
    ):
        print(json.dumps({"rss_mb_after_items": measured(office, items)}))


def measured(office: Office, items: int) -> dict[int, float]:
    """Carry out a run of so many items; give the memory of this process at each mark."""
    from engine.durable import enqueue, worker

    work = [WorkItem(f"T-{at}", "练习", {"key": f"T-{at}"}) for at in range(items)]
    run_id = office.new_run(ROBOT, SHOP, work, Manner())
    marks: dict[int, float] = {}
    workplace = _workplace(office)
    with worker(workplace):
        enqueue(workplace, run_id)
        pause = threading.Event()
        while (view := office.runs.view(run_id)).open:
            ended = sum(item.ended_at is not None for item in view.items)
            for mark in MARKS:
                if ended >= mark and mark not in marks:
                    marks[mark] = round(psutil.Process().memory_info().rss / 1e6, 1)
                    _say(f"{mark} items: {marks[mark]} MB")
            pause.wait(LOOK_SECONDS)
    marks[items] = round(psutil.Process().memory_info().rss / 1e6, 1)
    view = office.runs.view(run_id)
    if (counts := view.counts()) != {"done": items}:
        reasons = {item.reason for item in view.items if item.outcome != "done"}
        raise SystemExit(f"not every item was done: {counts}, because {reasons}")
    return marks


def _workplace(office: Office) -> Workplace:
    """Equip a worker as the office does, for another robot and another site."""
    usual = office._workplace()  # noqa: SLF001
    robots: dict[str, Robot] = {ROBOT: StandIn()}
    return replace(
        usual,
        robots=robots,
        site_of=lambda _shop: SITE,
        login_of=lambda _shop: None,
        shop_now=lambda shop: shop,
    )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
