"""Many orders in bad weather: each marked once, each buyer told once, each parcel entered once.

``uv run pytest tests/chaos/test_orders_weather.py -m soak -n 0 -s -k "six and rough"`` is a quick
look; ``-k "hundred and storm"`` takes hours.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from console.demo_clerk import Clerk
from engine.order_rules import load_order_rules
from practice.truth import Asked
from robots.buyer_message import SENT
from robots.update_order_status import MARK
from tests.chaos.judging import SETTLED, ZONE, Ended, ended_as, settled, sold_codes
from tests.conftest import Shopclerk, Store

KEYLESS: dict[str, set[str]] = {
    "check-orders": {"unknown"},
    "update-order-status": {"unknown"},
    "ship-orders": set(),
}
"""A message whose answer was lost is never said again: it is listed for a person to look."""


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "rough", "storm"])
@pytest.mark.parametrize("count", [pytest.param(6, id="six"), pytest.param(300, id="hundreds")])
def test_orders_in_every_weather(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str, count: int
) -> None:
    def worked(robot: str, *how: str) -> Ended:
        return settled(shopclerk, robot, *how, also=KEYLESS[robot])

    clerk = Clerk(store.home, tmp_path, minute=60.0)
    placed = clerk.orders_come(count, sold_codes(store))
    waiting = [one for one in clerk.to_ship() if one in placed]
    store.control("POST", "faults", profile=profile, rates={})
    only = [word for order_id in waiting for word in ("--only", order_id)]
    checked = worked("check-orders", "--shop", "demo", *only)
    fine = sorted(ended_as(checked.items, "unchanged"))
    assert len(fine) > count // 3  # else there is nothing to mark and to ship
    sheet, parcels = clerk.buy(fine, datetime.now(ZONE))
    by_sheet = ("--shop", "demo", "--sheet", str(sheet))
    marked = worked("update-order-status", *by_sheet)
    receipts = {key: one["receipt"] for key, one in marked.items.items() if one["receipt"]}
    shipped = worked("ship-orders", *by_sheet)
    rules = load_order_rules()

    truth = clerk.truth(
        Asked(
            mark=MARK,
            marked=frozenset(fine),
            question=rules.opening,
            checked=frozenset(waiting) - ended_as(checked.items, "unknown"),
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
