from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.errors import BusinessError
from domain.outcome import Outcome, Receipt
from engine.runs import ItemResult, Runs, WorkItem
from tests.engine.stand_ins import HandClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO_GOOD_ONE_REFUSED = (
    WorkItem("CG-1001", "保温杯", {"code": "CG-1001"}),
    WorkItem("CG-1002", "情侣T恤", None, refusal="row 4, 价格: 十九元九: write an amount"),
    WorkItem("CG-1003", "帆布包", {"code": "CG-1003"}),
)
RECEIPT = Receipt(wanted={"主图": 3}, found={"主图": 3})


@pytest.fixture
def runs(database: sa.Engine, clock: HandClock, tmp_path: Path) -> Runs:
    return Runs(database, clock, tmp_path / "runs")


def make(
    runs: Runs,
    clock: HandClock,
    work: Sequence[WorkItem] = TWO_GOOD_ONE_REFUSED,
    *,
    shop: str = "demo",
) -> str:
    return runs.create(
        robot="upload-listings",
        shop=shop,
        snapshot={"shop": {"name": shop}, "headed": False},
        work=work,
        local_time=clock.now().astimezone(SHANGHAI),
    )


def test_ids_sort_by_time_across_midnight_and_years(runs: Runs, clock: HandClock) -> None:
    ids = []
    for pause in (1, 3600 * 16, 3600 * 24 * 60):
        ids.append(make(runs, clock))
        clock.sleep(pause)

    assert ids == sorted(ids)
    assert ids[0].startswith("20261122-090000-000-upload-listings-demo-")
    assert [run.id for run in runs.newest(2)] == [ids[2], ids[1]]


def test_ids_within_one_second_sort_by_time_too(runs: Runs, clock: HandClock) -> None:
    ids = []
    for _ in range(9):
        ids.append(make(runs, clock))
        clock.sleep(0.1)

    assert ids == sorted(ids)
    assert ids[8].startswith("20261122-090000-800-")
    assert [run.id for run in runs.newest(9)] == ids[::-1]


def test_two_runs_of_one_second_are_two(runs: Runs, clock: HandClock) -> None:
    first, second = make(runs, clock), make(runs, clock)

    assert first != second
    assert runs.view(first).evidence != runs.view(second).evidence


def test_a_new_run_waits_with_its_items_and_its_folder(
    runs: Runs, clock: HandClock, tmp_path: Path
) -> None:
    run = runs.view(make(runs, clock))

    assert (run.state, run.open, run.shop) == ("queued", True, "demo")
    assert run.evidence.parent == tmp_path / "runs" / "2026-11-22"
    assert run.evidence.name.startswith("0900-upload-listings-demo-")
    assert [(item.position, item.key) for item in run.items] == [
        (0, "CG-1001"),
        (1, "CG-1002"),
        (2, "CG-1003"),
    ]


def test_what_can_not_be_carried_out_is_rejected_with_its_reason_from_the_start(
    runs: Runs, clock: HandClock
) -> None:
    run_id = make(runs, clock)
    good, refused, _ = runs.view(run_id).items

    assert (good.outcome, good.reason) == (None, "")
    assert (refused.outcome, refused.reason) == (
        Outcome.REJECTED,
        "row 4, 价格: 十九元九: write an amount",
    )
    assert runs.snapshot(run_id)["items"] == [{"code": "CG-1001"}, None, {"code": "CG-1003"}]


def test_an_item_that_needs_no_values_is_not_rejected(runs: Runs, clock: HandClock) -> None:
    run_id = make(runs, clock, [WorkItem("CG-1001", "保温杯", {})])

    assert runs.view(run_id).items[0].outcome is None


def test_counts_name_each_outcome_once_in_its_own_order(runs: Runs, clock: HandClock) -> None:
    run_id = make(runs, clock)
    assert runs.view(run_id).counts() == {"rejected": 1}

    runs.end_item(run_id, 2, ItemResult(outcome=Outcome.FAILED))
    runs.end_item(run_id, 0, ItemResult(outcome=Outcome.DONE))
    assert list(runs.view(run_id).counts().items()) == [("done", 1), ("rejected", 1), ("failed", 1)]

    runs.end_item(run_id, 2, ItemResult(outcome=Outcome.DONE))
    assert runs.view(run_id).counts() == {"done": 2, "rejected": 1}


def test_an_item_keeps_its_first_start_and_what_became_of_it(runs: Runs, clock: HandClock) -> None:
    run_id = make(runs, clock)
    began = clock.now()
    runs.step(run_id, 0, "looking")
    clock.sleep(2)
    runs.step(run_id, 0, "preparing")
    assert runs.view(run_id).items[0].step == "preparing"

    clock.sleep(3)
    result = ItemResult(outcome=Outcome.DONE, site_id="3900000000000000001", receipt=RECEIPT)
    runs.end_item(run_id, 0, result)

    item = runs.view(run_id).items[0]
    assert (item.outcome, item.step, item.site_id) == ("done", "", "3900000000000000001")
    assert item.receipt == RECEIPT
    assert (item.started_at, item.ended_at) == (began, began + timedelta(seconds=5))
    assert runs.view(run_id).items[2].started_at is None


def test_a_resumed_run_keeps_its_first_start(runs: Runs, clock: HandClock) -> None:
    run_id = make(runs, clock)
    began = clock.now()
    runs.start(run_id)
    clock.sleep(60)
    runs.start(run_id)
    runs.end(run_id, "finished")

    run = runs.view(run_id)
    assert (run.started_at, run.ended_at) == (began, began + timedelta(seconds=60))
    assert (run.state, run.open) == ("finished", False)


def test_reasons_are_redacted_before_they_are_kept(runs: Runs, clock: HandClock) -> None:
    refused = WorkItem("CG-1004", "雨伞", None, refusal="row 7: 19987654321 is no price")
    run_id = make(runs, clock, [*TWO_GOOD_ONE_REFUSED, refused])
    runs.end_item(run_id, 0, ItemResult(outcome=Outcome.FAILED, reason="收货人 13812345678"))
    runs.end(run_id, "stopped", "token=abc123 was refused")

    run = runs.view(run_id)
    assert run.items[0].reason == "收货人 138****5678"
    assert run.items[3].reason == "row 7: 199****4321 is no price"
    assert run.reason == "token=*** was refused"


def test_the_newest_runs_may_be_asked_for_by_state(runs: Runs, clock: HandClock) -> None:
    finished = make(runs, clock)
    clock.sleep(1)
    waiting = make(runs, clock)
    runs.end(finished, "finished")

    assert [run.id for run in runs.newest(10)] == [waiting, finished]
    assert [run.id for run in runs.newest(10, states=["finished"])] == [finished]


def test_a_run_nobody_knows_is_named_with_a_way_out(runs: Runs) -> None:
    with pytest.raises(BusinessError, match="'20261122-nothing'") as caught:
        runs.view("20261122-nothing")

    assert "shopclerk runs" in caught.value.mend


def test_each_run_shows_its_own_items_only(runs: Runs, clock: HandClock) -> None:
    one = make(runs, clock, TWO_GOOD_ONE_REFUSED[:1])
    other = make(runs, clock, TWO_GOOD_ONE_REFUSED[2:], shop="second")

    assert [item.key for item in runs.view(one).items] == ["CG-1001"]
    assert [item.key for item in runs.view(other).items] == ["CG-1003"]
