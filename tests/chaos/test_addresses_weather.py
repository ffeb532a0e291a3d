"""Return addresses and bindings in bad weather: each once, to the letter, at the right product.

``uv run pytest tests/chaos/test_addresses_weather.py -m soak -n 0 -s -k "six and rough"`` is a
quick look; ``-k "forty and storm"`` takes an hour.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.judging import SETTLED, items_of, settled
from tests.chaos.order_kills import BOUND, accepted, skus_to_bind, times_bound
from tests.conftest import Shopclerk, Store
from tests.robots.erp import SAVED, TIED, Erp, assert_right, know

FACTORIES = {6: 3, 40: 12}
"""How many factories so many products come from, at least."""


def writes(store: Store) -> dict[str, int]:
    """Count the writes that store and ERP took, of each kind."""
    return {path: accepted(store, path).total() for path in (SAVED, TIED, BOUND)}


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "rough", "storm"])
@pytest.mark.parametrize("count", [pytest.param(6, id="six"), pytest.param(40, id="forty")])
def test_addresses_and_bindings_in_every_weather(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str, count: int
) -> None:
    erp = Erp(store)
    seeded, products = erp.seeded(), erp.sourced()[:count]
    assert len(products) == count
    assert len({one.supplier for one in products}) >= FACTORIES[count]
    know(erp, shopclerk, *products)
    sheet, skus = skus_to_bind(store, count // 2, tmp_path / "关联.xlsx")
    runs = {
        "enter-return-addresses": ("--shop", "demo"),
        "bind-skus": ("--shop", "demo", "--sheet", sheet),
    }
    store.control("POST", "faults", profile=profile, rates={})

    ran = {robot: settled(shopclerk, robot, *how) for robot, how in runs.items()}

    fired = store.control("GET", "faults")["fired"]
    print("", f"== {profile}, {count} products", sep="\n")  # noqa: T201
    print(*(f"{robot}: {ended}" for robot, ended in ran.items()), writes(store), fired, sep="\n")  # noqa: T201
    assert all(set(ended.ends[-1]) <= SETTLED for ended in ran.values()), ran
    assert_right(erp, products)
    new = {one.line for one in products} - seeded
    assert erp.entered() == new
    assert accepted(store, TIED).total() == count
    assert accepted(store, SAVED).total() == len(new)
    assert times_bound(store) == Counter(dict.fromkeys(skus, 1))
    assert accepted(store, BOUND) == Counter(skus.values())

    before = writes(store)
    for robot, how in runs.items():  # a second run of everything changes nothing
        settled(shopclerk, robot, *how)
        assert {one["outcome"] for one in items_of(shopclerk)} == {"unchanged"}
    assert writes(store) == before
