"""Work that a robot finds by itself becomes items of its run, each once."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from engine.runs import Runs, WorkItem
from tests.engine.stand_ins import HandClock


def test_found_work_is_added_once_behind_what_is_there(
    database: sa.Engine, clock: HandClock, tmp_path: Path
) -> None:
    runs = Runs(database, clock, tmp_path)
    first = [WorkItem("6920100000000000078", "A × 1", {"order_id": "6920100000000000078"})]
    run = runs.create(
        robot="check-orders", shop="demo", snapshot={"dry": False}, work=[], local_time=clock.now()
    )

    runs.add_items(run, first)
    runs.add_items(run, [*first, WorkItem("6920100000000000095", "", {"order_id": "95"})])

    assert [(item.position, item.key) for item in runs.view(run).items] == [
        (0, "6920100000000000078"),
        (1, "6920100000000000095"),
    ]
    snapshot = runs.snapshot(run)
    assert [one["order_id"] for one in snapshot["items"]] == ["6920100000000000078", "95"]
    assert snapshot["dry"] is False
