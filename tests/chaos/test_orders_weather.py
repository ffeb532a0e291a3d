"""Many orders in bad weather: each marked once, each buyer told once, each parcel entered once.

``uv run pytest tests/chaos/test_orders_weather.py -m soak -n 0 -s -k "six and rough"`` is a quick
look; ``-k "hundred and storm"`` takes hours.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from console.demo_clerk import Clerk
from engine.order_rules import load_order_rules
from practice.supply.tables import RightSku
from practice.tables import Product
from practice.truth import Asked
from practice.world import open_world
from robots.buyer_message import SENT
from robots.update_order_status import MARK
from tests.conftest import Shopclerk, Store

RUNS = 3
"""A person runs the sheet again for what is left; nothing may be left after so many runs."""
SETTLED = {"done", "unchanged", "skipped", "rejected", "needs_person"}
"""What a run may leave: a person's answer is wanted, or the sheet's rule said no."""
KEYLESS = {"check-orders": {"unknown"}, "update-order-status": {"unknown"}, "ship-orders": set()}
"""A message whose answer was lost is never said again: it is listed for a person to look."""
ZONE = ZoneInfo("Asia/Shanghai")


def sold_codes(store: Store) -> list[str]:
    """Give the 商家编码 of products whose factory is known."""
    with closing(open_world(store.home)) as world, world.transaction() as session:
        known = select(Product.merchant_code).join(RightSku, RightSku.product_id == Product.id)
        return sorted({str(code) for code in session.scalars(known)})


@dataclass
class Ended:
    """What became of a robot's items, run by run and in the end."""

    ends: list[Counter[str]]
    items: dict[str, dict[str, Any]]

    def as_(self, outcome: str) -> set[str]:
        """Give the items whose last outcome is this one."""
        return {key for key, one in self.items.items() if one["outcome"] == outcome}

    def __str__(self) -> str:
        return " then ".join(str(dict(end)) for end in self.ends)


def settled(shopclerk: Shopclerk, *run: str) -> Ended:
    """Run a robot as a person would, until it leaves nothing that it could have done."""
    ended = Ended([], {})
    while len(ended.ends) < RUNS and not (ended.ends and set(ended.ends[-1]) <= SETTLED):
        process = shopclerk.start("run", *run, "--json")
        printed, noted = process.communicate(timeout=6 * 3600)
        assert process.returncode in {0, 3, 4}, f"{printed}\n{noted}"
        items = {one["key"]: one for one in items_of(shopclerk)}
        ended.ends.append(Counter(one["outcome"] for one in items.values()))
        ended.items |= items
    return ended


def items_of(shopclerk: Shopclerk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shopclerk.json("show")["items"]
    return found


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "rough", "storm"])
@pytest.mark.parametrize("count", [pytest.param(6, id="six"), pytest.param(300, id="hundreds")])
def test_orders_in_every_weather(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str, count: int
) -> None:
    clerk = Clerk(store.home, tmp_path, minute=60.0)
    placed = clerk.orders_come(count, sold_codes(store))
    waiting = [one for one in clerk.to_ship() if one in placed]
    store.control("POST", "faults", profile=profile, rates={})
    only = [word for order_id in waiting for word in ("--only", order_id)]
    checked = settled(shopclerk, "check-orders", "--shop", "demo", *only)
    fine = sorted(checked.as_("unchanged"))
    assert len(fine) > count // 3  # else there is nothing to mark and to ship
    sheet, parcels = clerk.buy(fine, datetime.now(ZONE))
    by_sheet = ("--shop", "demo", "--sheet", str(sheet))
    marked = settled(shopclerk, "update-order-status", *by_sheet)
    receipts = {key: one["receipt"] for key, one in marked.items.items() if one["receipt"]}
    shipped = settled(shopclerk, "ship-orders", *by_sheet)
    rules = load_order_rules()

    truth = clerk.truth(
        Asked(
            mark=MARK,
            marked=frozenset(fine),
            question=rules.opening,
            checked=frozenset(waiting) - checked.as_("unknown"),
            message=rules.confirmed,
            told=frozenset(key for key, one in receipts.items() if SENT in one["found"]),
            parcels=parcels,
        )
    )

    ran = {"check-orders": checked, "update-order-status": marked, "ship-orders": shipped}
    print("", f"== {profile}, {count} orders, {len(waiting)} to ship", sep="\n")  # noqa: T201
    print(*(f"{robot}: {ended}" for robot, ended in ran.items()), truth.counts(), sep="\n")  # noqa: T201
    assert truth.clean, truth
    assert all(set(ended.ends[-1]) <= SETTLED | KEYLESS[robot] for robot, ended in ran.items())
