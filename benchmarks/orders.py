"""``python -m benchmarks.orders``: does an order cost more in a list of 5,000 than in one of 100?

The same robots as a user starts them, on the same number of orders, in two stores that differ only
in how many orders they hold. ``check-orders`` finds its work itself: it reads the whole tab 待发货,
a hundred orders a page, before its first item.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import func, select

from console.demo_clerk import TO_SHIP, Clerk
from console.demo_day import MINUTE, PAYING
from console.machine import ready_browser
from console.office import open_office
from console.practice_store import PracticeStore
from engine.runs import RunView
from engine.settings import CHECKOUT, Settings
from practice.orders.tables import Order
from practice.world import make_world, open_world

SIZES = (100, 5_000)
PRODUCTS = 200
LOOK_SECONDS = 0.5
ROBOTS = ("check-orders", "update-order-status")
Figures = dict[str, Any]


def main() -> None:
    """Measure each robot in each store and print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=12, help="how many each robot works on")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = {str(size): _measured(size, given.orders) for size in SIZES}
    small, large = (figures[str(size)] for size in SIZES)
    ratios = {
        f"{robot} {what}": round(large[robot][what] / small[robot][what], 2)
        for robot in ROBOTS
        for what in ("seconds_per_order", "peak_mb")
    }
    told = {"stores": figures, "large_vs_small": ratios}
    print(json.dumps(told) if given.json else json.dumps(told, indent=2))


def _measured(size: int, count: int) -> Figures:
    """Let each robot work on some orders of a store with so many."""
    with tempfile.TemporaryDirectory(prefix="shopclerk-benchmark-") as folder:
        settings = Settings(home=Path(folder))
        ready_browser(settings, _say)
        store = PracticeStore(settings, _say)
        _say(f"a store of {size} orders")
        make_world(store.home, products=PRODUCTS, orders=size).close()
        try:
            clerk = Clerk(store.home, Path(folder), MINUTE)
            mine, waiting = _ordered(store, clerk, count)
            sheet, _ = clerk.buy(mine, datetime.now(settings.zone))
            only = [word for order_id in mine for word in ("--only", order_id)]
            return {
                "waiting": waiting,
                "check-orders": _run(settings, "check-orders", *only),
                "update-order-status": _run(settings, "update-order-status", "--sheet", str(sheet)),
            }
        finally:
            store.close()


def _ordered(store: PracticeStore, clerk: Clerk, count: int) -> tuple[list[str], int]:
    """Let buyers order the same in either store; give what they paid, and how many orders wait."""
    shop = store.card().shop_id
    clerk.orders_come(4 * count, ())
    time.sleep(PAYING)
    new = clerk.to_ship()
    with closing(open_world(store.home)) as world, world.transaction() as session:
        here = (Order.shop_id == shop, Order.status == TO_SHIP)
        waiting = session.scalar(select(func.count()).select_from(Order).where(*here)) or 0
        paid = session.scalars(select(Order).where(Order.id.in_(new)).order_by(Order.id))
        mine = [one.id for one in paid if one.codes_differ]  # a sheet can tell their lines apart
    return mine[:count], waiting


def _run(settings: Settings, robot: str, *arguments: str) -> Figures:
    """Run a robot as a user does; its times stand in its own record."""
    command = [sys.executable, "-m", "console", "run", robot, "--shop", "demo", *arguments]
    process = subprocess.Popen(
        [*command, "--json"],
        env={**os.environ, "PYTHONUTF8": "1", "SHOPCLERK_HOME": str(settings.home)},
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(LOOK_SECONDS)
    told = json.loads(process.communicate()[0])
    with open_office(settings, _say) as office:
        view = office.runs.view(told["run_id"])
    return {**_figures(view), "peak_mb": round(peak)}


def _figures(view: RunView) -> Figures:
    """Tell a run's figures; only orders that ended in the same, usual way take the same work."""
    usual = Counter(item.outcome for item in view.items).most_common(1)[0][0]
    took = [
        (item.ended_at - item.started_at).total_seconds()
        for item in view.items
        if item.started_at and item.ended_at and item.outcome is usual
    ]
    begun = min(item.started_at for item in view.items if item.started_at)
    assert view.started_at
    return {
        "orders": len(took),
        "outcomes": view.counts(),
        "seconds_before_the_first": round((begun - view.started_at).total_seconds(), 2),
        "seconds_per_order": round(statistics.median(took), 2),
    }


def _memory(pid: int) -> float:
    """Give how much memory the command itself has now, its browser not counted; MB."""
    try:
        return float(psutil.Process(pid).memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
