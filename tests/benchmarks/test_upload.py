"""The benchmark's own sums, and that its peers are outsiders."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ground import Ground
from benchmarks.peers.work import Stopwatch, read_products
from benchmarks.profile import NAMES
from benchmarks.racers import RACERS, ROBOT, SCRIPT, Taken
from benchmarks.upload import shares, summary, table
from console.sheets import read_listings
from domain.listing import Listing
from practice.card import WorldCard
from tests.conftest import CHECKOUT

OURS = {"pages", "robots", "engine", "console", "domain"}


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    card = WorldCard("http://127.0.0.1:1", "w", 1, "a", "p", "晨光家居小店", "1")
    return Ground(tmp_path, card, "/usr/bin/browser")


def as_peers_see_it(listing: Listing) -> dict[str, object]:
    return {
        "code": listing.code,
        "title": listing.title,
        "short_title": listing.short_title,
        "category": " > ".join(listing.category),
        "brand": listing.brand,
        "attributes": listing.attributes,
        "main_pictures": len(listing.main_pictures),
        "detail_pictures": len(listing.detail_pictures),
        "skus": [[s.spec_text, f"{s.price:.2f}", str(s.stock), s.code] for s in listing.skus],
        "freight": listing.freight_template,
        "ships": listing.ships_within,
        "returns": listing.seven_day_return,
    }


def test_peers_read_from_a_sheet_what_the_robot_reads(ground: Ground) -> None:
    sheet = ground.sheet("PW", range(1, 8))
    reading = read_listings(sheet)
    assert not reading.problems
    assert [as_peers_see_it(each) for each in reading.listings] == [
        product.facts() for product in read_products(sheet)
    ]
    assert [each.code for each in reading.listings] == [f"PW-{n:03}" for n in range(1, 8)]


def test_no_code_of_a_tool_begins_like_anothers(ground: Ground) -> None:
    codes = {
        racer.name: [each.code for each in read_products(ground.sheet(racer.prefix, [1, 2, 3]))]
        for racer in RACERS
    }
    every = [code for each in codes.values() for code in each]
    assert not [(one, two) for one in every for two in every if one != two and one in two]


@pytest.mark.parametrize("peer", sorted((CHECKOUT / "benchmarks/peers").glob("*.py")))
def test_a_peer_uses_none_of_our_code(peer: Path) -> None:
    tree = ast.walk(ast.parse(peer.read_text(encoding="utf-8")))
    modules = [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
    assert not OURS & {module.split(".")[0] for module in modules}


@given(st.integers(1, 60), st.integers(1, 60))
def test_every_product_is_dealt_out_once(products: int, rounds: int) -> None:
    dealt = list(shares(products, rounds))
    assert [number for share in dealt for number in share] == list(range(1, products + 1))
    assert len(dealt) <= rounds


def test_ratios_are_of_medians_and_what_was_not_measured_is_null() -> None:
    taken = {
        ROBOT: Taken(seconds=[4.0, 6.0, 5.0], bytes_kept=[100, 100, 103]),
        SCRIPT: Taken(seconds=[10.0] * 10),
        "selenium": Taken(seconds=[20.0, 20.0]),
    }
    figures = summary(taken)
    assert figures["robot_vs_script"] == 0.5
    assert figures["robot_vs_best_peer"] == 0.25
    assert figures["evidence_bytes_per_item"] == 101
    seconds = figures["seconds_per_item"]
    assert isinstance(seconds, dict)
    assert seconds[ROBOT] == {"p50": 5.0, "p90": 6.0}
    assert seconds["robotframework"] is None
    assert summary({SCRIPT: taken[SCRIPT]})["robot_vs_script"] is None
    assert table(taken)[1].split() == ["robot", "5.00", "6.00", "0.5"]


def test_ninety_of_a_hundred_are_not_slower_than_the_p90() -> None:
    figures = summary({SCRIPT: Taken(seconds=[float(n) for n in range(1, 101)])})
    assert figures["seconds_per_item"][SCRIPT] == {"p50": 50.5, "p90": 90.0}  # type: ignore[index]


def test_a_stages_laps_add_up_to_the_products_seconds() -> None:
    watch = Stopwatch()
    for stage in ("form", "pictures", "form"):
        sum(range(20_000))
        watch.lap(stage)
    assert '"code": "PW-001"' in watch.line("PW-001")
    assert list(watch.stages) == ["form", "pictures"]


@pytest.mark.parametrize("path", NAMES)
def test_what_is_profiled_is_there(path: str) -> None:
    module, _, owner = path.rpartition(".")
    found = getattr(import_module(module), owner)
    assert not [verb for verb in NAMES[path] if not callable(getattr(found, verb, None))]
