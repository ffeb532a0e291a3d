"""Kill -9 the order robots: keyed writes never twice and never lost, messages once at most.

``uv run pytest tests/chaos/test_orders_kill.py -m soak -n 0 -s -k calm``. What a kill kept from a
buyer is never said again; the run must list it as unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.demo_clerk import Clerk
from domain.order_checks import OrderRules
from engine.order_rules import load_order_rules
from practice.truth import Asked
from robots.update_order_status import MARK
from tests.chaos import order_kills as deeds
from tests.chaos.judging import Judged, ended_as, judged
from tests.chaos.killing import (
    Fire,
    Killed,
    carry_out_under_fire,
    every_point,
    print_table,
    random_points,
)
from tests.conftest import Shopclerk, Store

EACH = 12
"""Orders of each kind, and SKUs."""
KILLS = 14
FEWEST = 10
"""A run may come to its end before the last points."""
TRIES = 3
"""A person runs a robot again once, and again for what is left."""
SETTLED = {"done", "unchanged", "unknown"}
ANSWERS = {"skipped", "needs_person"}
"""What becomes of a question: it waits for its answer, or a person reads that."""
LATER = 6
"""Kills at random times, at least."""
LONGEST = 8.0
"""Seconds after a start until a kill anywhere."""


@dataclass
class Ground:
    """One world, the robots at work in it, and what became of their work."""

    store: Store
    shopclerk: Shopclerk
    seed: int
    kills: dict[str, list[Killed]] = field(default_factory=dict)

    def under_fire(
        self,
        robot: str,
        verbs: Mapping[str, str],
        on_site: Callable[[], Mapping[str, object]],
        *arguments: str,
    ) -> Judged:
        """Kill a robot again and again, then run it as a person would."""
        certain = every_point(verbs)
        points = [*certain, *random_points(max(KILLS - len(certain), LATER), self.seed, LONGEST)]
        run = ("run", robot, "--shop", "demo", *arguments)
        print(f"\n== {robot}")  # noqa: T201
        kills = self.kills[robot] = []
        for _ in range(TRIES):  # bad weather may end a run before its last point
            fire = Fire(run, points[len(kills) :], on_site, frozenset({0, 3, 4}))
            kills += carry_out_under_fire(self.store, self.shopclerk, fire)
            if len(kills) >= FEWEST:
                break
        self.store.control("DELETE", "barriers")  # one that nobody came to
        return self._again(robot, run)

    def _again(self, robot: str, run: tuple[str, ...]) -> Judged:
        settled = SETTLED | (ANSWERS if robot == "check-orders" else set())
        items = judged(self.shopclerk, {})
        print_table(self.kills[robot], Counter(one["outcome"] for one in items.values()))
        for again in range(TRIES):
            if again and {one["outcome"] for one in items.values()} <= settled:
                break
            process = self.shopclerk.start(*run, "--json")
            printed, noted = process.communicate(timeout=6 * 3600)
            assert process.returncode in {0, 3, 4}, f"{printed}\n{noted}"
            items = judged(self.shopclerk, items)
            print("run again:", Counter(one["outcome"] for one in items.values()))  # noqa: T201
        for key in ended_as(items, "unknown", "failed", "mismatch", "rejected"):
            print(key, items[key]["outcome"], items[key]["reason"])  # noqa: T201
        return items


@dataclass(frozen=True)
class Messages:
    """Messages that were due, those that stand there, and those that a run lists as unknown."""

    due: set[str]
    there: Counter[str]
    unknown: set[str]

    @property
    def missing(self) -> set[str]:
        """Give the orders whose buyers were not written to."""
        return self.due - set(self.there)

    def __str__(self) -> str:
        twice = sum(times > 1 for times in self.there.values())
        return (
            f"{len(self.due)} due, {len(self.there)} there, {twice} twice, "
            f"{len(self.missing)} missing, {len(self.unknown)} listed as unknown"
        )


def check(ground: Ground, rules: OrderRules, plain: list[str], odd: list[str]) -> Messages:
    """Check the orders under fire; those without a question must be found fine."""
    store = ground.store
    only = [word for order_id in (*plain, *odd) for word in ("--only", order_id)]
    checked = ground.under_fire(
        "check-orders",
        {deeds.ASKED: "order.ask"},
        lambda: deeds.written(store, rules.opening),
        *only,
    )
    assert ended_as(checked, "unchanged") == set(plain)
    assert set(checked) == {*plain, *odd}
    return Messages(set(odd), deeds.written(store, rules.opening), ended_as(checked, "unknown"))


def mark(ground: Ground, rules: OrderRules, sheet: str, fine: list[str]) -> Messages:
    """Mark the orders and tell their buyers, under fire."""
    store = ground.store
    marked = ground.under_fire(
        "update-order-status",
        {deeds.MARKED: "order.mark-paid", deeds.ASKED: "order.tell-paid"},
        lambda: deeds.marks_and_messages(store, rules.confirmed),
        "--sheet",
        sheet,
    )
    assert ended_as(marked, "done", "unchanged", "unknown") == set(fine)
    assert not [one["reason"] for one in marked.values() if "not told" in one["reason"]]
    return Messages(set(fine), deeds.written(store, rules.confirmed), ended_as(marked, "unknown"))


def ship(ground: Ground, sheet: str, fine: list[str]) -> None:
    """Enter the tracking numbers under fire."""
    shipped = ground.under_fire(
        "ship-orders",
        {deeds.SHIPPED: "order.ship"},
        lambda: deeds.parcels(ground.store),
        "--sheet",
        sheet,
    )
    assert ended_as(shipped, "done", "unchanged") == set(fine)


def bind(ground: Ground, sheet: str, skus: Mapping[str, str]) -> None:
    """Bind SKUs under fire."""
    bound = ground.under_fire(
        "bind-skus",
        {deeds.BOUND: "sku.bind"},
        lambda: deeds.times_bound(ground.store),
        "--sheet",
        sheet,
    )
    assert ended_as(bound, "done", "unchanged") == set(skus)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", ["calm", "storm"])
def test_killed_order_robots_do_nothing_twice_and_lose_nothing_in_silence(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, profile: str
) -> None:
    clerk, rules = Clerk(store.home, tmp_path, minute=60.0), load_order_rules()
    fine, odd = deeds.chosen_orders(store, clerk, EACH)
    store.control("POST", "faults", profile=profile, rates={})
    ground = Ground(store, shopclerk, seed=len(profile))

    asked = check(ground, rules, fine, odd)
    sheet, numbers = deeds.bought(clerk, fine)
    told = mark(ground, rules, sheet, fine)
    ship(ground, sheet, fine)
    links, skus = deeds.skus_to_bind(store, EACH // 2, tmp_path / "关联.xlsx")
    bind(ground, links, skus)

    truth = clerk.truth(
        Asked(
            mark=MARK,
            marked=frozenset(fine),
            question=rules.opening,
            checked=frozenset(odd) - asked.unknown,
            message=rules.confirmed,
            told=frozenset(fine) - told.unknown,
            parcels=numbers,
            bound=frozenset(skus),
        )
    )
    kills = {robot: len(fell) for robot, fell in ground.kills.items()}
    print("", f"== {profile}: {kills}", truth.counts(), sep="\n")  # noqa: T201
    print(f"questions: {asked}", f"messages: {told}", sep="\n")  # noqa: T201
    assert truth.clean, truth
    assert asked.missing <= asked.unknown
    assert told.missing <= told.unknown
    sent = deeds.accepted(store, deeds.ASKED).total()
    assert sent == asked.there.total() + told.there.total()
    for path in (deeds.MARKED, deeds.SHIPPED):
        assert deeds.accepted(store, path) == Counter(fine), path
    assert deeds.accepted(store, deeds.BOUND) == Counter(skus.values())
    assert min(kills.values()) >= FEWEST, kills
