"""A whole sheet in bad weather: every good product stands in the store once, and right.

By default eight products in a storm; ``-m soak -n 0 -s -k forty`` lists forty in each profile.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.truth import CREATE, ON_SALE, Ended, answers_lost, run_once, truth_of
from tests.conftest import Shopclerk, Store
from tests.sheets import grown_sheet

LOST = 5
"""So many answers at least must get lost, or the storm shows nothing."""
RUNS = 3
"""A person runs the sheet again for what is left; nothing may be left after so many runs."""


def list_in(profile: str, count: int, store: Store, shopclerk: Shopclerk, folder: Path) -> Ended:
    """List products in this weather until all are there; give how the first run ended."""
    wanted = grown_sheet(folder / "商品.xlsx", count)
    store.control("POST", "faults", profile=profile, rates={})
    runs: list[Ended] = []
    while len(runs) < RUNS and not (runs and runs[-1].clean):
        runs.append(run_once(shopclerk, folder / "商品.xlsx"))
        if len(runs) == 1:
            lost = answers_lost(store)
            assert lost <= runs[0].unknown
            assert runs[0].unknown - lost <= runs[0].waited_out, "looked up without a reason"
    truth = truth_of(store, wanted)
    _print(profile, runs, store, truth)
    assert truth.clean, truth
    assert runs[-1].clean, runs
    assert runs[-1].proven == count
    for path in (CREATE, ON_SALE):
        committed = Counter(w["merchant_code"] for w in store.writes(path) if w["code"] == 0)
        assert set(committed.values()) == {1}, committed
    return runs[0]


def _print(profile: str, runs: list[Ended], store: Store, truth: object) -> None:
    fired = store.control("GET", "faults")["fired"]
    lines = [f"run {at}: {one}" for at, one in enumerate(runs, 1)]
    lines += [f"run 1 looked up {len(runs[0].unknown)}, of them waited out {runs[0].waited_out}"]
    print("", f"== {profile}", *lines, f"fired: {fired}", f"truth: {truth}", sep="\n")  # noqa: T201


@pytest.mark.timeout(3600)
def test_eight_products_in_a_storm_are_each_there_once_and_right(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    first = list_in("storm", 8, store, shopclerk, tmp_path)

    assert not first.outcomes["unknown"]
    fired = store.control("GET", "faults")["fired"]
    assert len(fired) >= 10, fired


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "rough", "storm"])
def test_forty_products_in_every_weather(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str
) -> None:
    first = list_in(profile, 40, store, shopclerk, tmp_path)

    assert not first.outcomes["unknown"]
    if profile == "storm":
        assert len(first.unknown) >= LOST
