"""Kill -9 wherever it hurts: after ``resume`` every product stands in the store exactly once.

``uv run pytest tests/chaos -m soak -n 0 -s -k kill`` kills a hundred times, in every profile.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.killing import (
    Fire,
    Point,
    carry_out_under_fire,
    every_point,
    print_table,
    random_points,
)
from tests.chaos.truth import CREATE, ON_SALE, VERBS, ended, run_once, truth_of
from tests.conftest import Shopclerk, Store
from tests.sheets import grown_sheet

SOAK_KILLS = 34
SOAK_PRODUCTS = 14
"""Enough that the last kill still finds work."""


def times_listed(store: Store) -> Counter[str]:
    """Count each product that a robot made, by its code."""
    return Counter(product["merchant_code"] for product in store.products())


def killed_at(
    store: Store, shopclerk: Shopclerk, sheet: Path, products: int, points: list[Point]
) -> int:
    """Run a sheet under fire, print its table, and let the store's own database judge it."""
    wanted = grown_sheet(sheet, products)
    run = ("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))
    kills = carry_out_under_fire(store, shopclerk, Fire(run, points, lambda: times_listed(store)))
    last = ended(shopclerk)
    if not last.clean:  # e.g. tried twice in vain: a person runs the sheet again
        print(f"\nleft after the last kill: {last}")  # noqa: T201
        last = run_once(shopclerk, sheet)
    truth = truth_of(store, wanted)
    print_table(kills, truth)
    assert truth.clean, truth
    assert last.clean, last
    for path in (CREATE, ON_SALE):
        done = [write["merchant_code"] for write in store.writes(path) if write["code"] == 0]
        assert sorted(done) == sorted(wanted), path
    return len(kills)


@pytest.mark.timeout(1800)
def test_killed_at_ten_points_nothing_is_twice_lost_or_wrong(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    points = every_point(VERBS)

    assert killed_at(store, shopclerk, tmp_path / "商品.xlsx", 5, points) == len(points) == 10
    assert shopclerk.json("show")["counts"] == {"done": 5}


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "rough", "storm"])
def test_a_hundred_kills_in_all_profiles(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str
) -> None:
    store.control("POST", "faults", profile=profile, rates={})
    points = [*every_point(VERBS), *random_points(SOAK_KILLS - 10, seed=len(profile))]

    assert killed_at(store, shopclerk, tmp_path / "商品.xlsx", SOAK_PRODUCTS, points) == SOAK_KILLS
