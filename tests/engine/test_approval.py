"""The yes of a person: who is asked, and that the first decision wins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.outcome import Outcome
from engine.approval import DECLINED, GOES_ON_AT, WAITING, Approvals
from engine.ledger import Ledger, WriteKey
from engine.runs import ItemResult, Runs, WorkItem
from tests.engine.stand_ins import OWNER, HandClock

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DONE = ItemResult(outcome=Outcome.DONE)


@pytest.fixture
def runs(database: sa.Engine, clock: HandClock, tmp_path: Path) -> Runs:
    return Runs(database, clock, tmp_path / "runs")


@pytest.fixture
def approvals(database: sa.Engine) -> Approvals:
    return Approvals(database)


def run_of(runs: Runs, *, state: str = "", day: int = 22) -> str:
    """Make a run of a refused item, one that is done, and two that are left."""
    work = [WorkItem("A", "A", None, "bad row"), *(WorkItem(key, key, {}) for key in "BCD")]
    run = runs.create(
        robot="upload-listings",
        shop="main",
        snapshot={"headed": False},
        work=work,
        local_time=NINE.replace(day=day),
    )
    runs.start(run)
    runs.end_item(run, 1, DONE)
    if state:
        runs.end(run, state, "why")
    return run


def proven(database: sa.Engine, clock: HandClock, run: str, state: str = "done") -> None:
    ledger = Ledger(database, clock)
    ledger.close(ledger.intend(WriteKey(OWNER, "product.create", run), run, {}), state)


def test_a_shop_is_new_until_another_run_has_proven_a_write_in_it(
    database: sa.Engine, clock: HandClock, runs: Runs, approvals: Approvals
) -> None:
    ours, other = run_of(runs), run_of(runs, state="finished", day=21)
    proven(database, clock, other, "rejected")
    proven(database, clock, ours)
    assert approvals.shop_is_new(OWNER, ours)
    proven(database, clock, other)
    assert not approvals.shop_is_new(OWNER, ours)
    for change in ({"world": "another"}, {"shop_id": "7002"}):
        assert approvals.shop_is_new(OWNER.model_copy(update=change), ours)


@pytest.mark.parametrize("state", [WAITING, DECLINED])
def test_what_a_run_did_without_its_yes_makes_no_shop_known(
    database: sa.Engine, clock: HandClock, runs: Runs, approvals: Approvals, state: str
) -> None:
    undecided = run_of(runs, state=state)
    proven(database, clock, undecided)
    assert approvals.shop_is_new(OWNER, "another run")
    runs.end(undecided, "finished")
    assert not approvals.shop_is_new(OWNER, "another run")


def test_a_yes_lets_the_run_go_on_with_what_has_no_outcome(
    runs: Runs, approvals: Approvals
) -> None:
    run = run_of(runs, state=WAITING)
    assert runs.view(run).waiting
    assert approvals.approve(run)
    assert (runs.view(run).state, runs.view(run).open) == ("queued", True)
    snapshot = runs.snapshot(run)
    assert snapshot[GOES_ON_AT] == 2
    assert (snapshot["headed"], len(snapshot["items"])) == (False, 4)


def test_the_first_decision_wins(runs: Runs, approvals: Approvals) -> None:
    approved, declined = run_of(runs, state=WAITING), run_of(runs, state=WAITING)
    assert approvals.approve(approved)
    assert not approvals.decline(approved)
    assert not approvals.approve(approved)
    assert approvals.decline(declined)
    assert not approvals.approve(declined)
    assert runs.view(declined).state == DECLINED
    assert GOES_ON_AT not in runs.snapshot(declined)


@pytest.mark.parametrize("state", ["running", "finished", "stopped"])
def test_only_a_run_that_waits_can_be_decided(runs: Runs, approvals: Approvals, state: str) -> None:
    run = run_of(runs, state=state)
    assert not approvals.approve(run)
    assert not approvals.decline(run)
    assert runs.view(run).state == state
