"""Finding runs by their names, and all that was done to one product."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from domain.outcome import Outcome
from domain.shop import Identity
from engine.evidence import file_name
from engine.ledger import Ledger, WriteKey
from engine.runs import ItemResult, Runs, WorkItem
from engine.search import History
from tests.engine.stand_ins import HandClock

SITE_ID = "3700000000000000001"
NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OWNER = Identity(world="w", shop_id="1", shop_name="晨光家居小店")


@pytest.fixture
def history(database: sa.Engine, tmp_path: Path) -> History:
    return History(database, tmp_path / "runs")


def run_of(database: sa.Engine, clock: HandClock, root: Path, *keys: str, day: int = 22) -> str:
    work = [WorkItem(key, key, {}) for key in keys]
    return Runs(database, clock, root).create(
        robot="upload-listings",
        shop="demo",
        snapshot={},
        work=work,
        local_time=NINE.replace(day=day),
    )


def ended(outcome: Outcome, site_id: str = "") -> ItemResult:
    return ItemResult(outcome=outcome, reason="why", site_id=site_id)


def test_a_run_is_found_by_every_name_a_person_may_copy(
    database: sa.Engine, clock: HandClock, history: History
) -> None:
    wanted = run_of(database, clock, Path(), "A")
    run_of(database, clock, Path(), "A", day=23)
    folder = f"0900-{wanted.partition('-')[2].partition('-')[2].partition('-')[2]}"
    for name in (
        wanted,
        folder,
        f"2026-11-22/{folder}",
        f"runs/2026-11-22/{folder}/",
        f"/elsewhere/runs/2026-11-22/{folder}/report.html",
        wanted.rpartition("-")[2],
    ):
        assert history.runs_called(name) == [wanted], name


def test_nothing_is_guessed(database: sa.Engine, clock: HandClock, history: History) -> None:
    run_of(database, clock, Path(), "A")
    for name in ("", "0900", "upload-listings", "nowhere", "%", "demo"):
        assert history.runs_called(name) == []


def test_everything_done_to_a_key_is_told_in_its_order(
    database: sa.Engine, clock: HandClock, history: History, tmp_path: Path
) -> None:
    root = tmp_path / "runs"
    first = run_of(database, clock, root, "P-1", "P-10")
    runs = Runs(database, clock, root)
    runs.end_item(first, 0, ended(Outcome.REJECTED))
    clock.sleep(60)
    ledger = Ledger(database, clock)
    intent = ledger.intend(WriteKey(OWNER, "product.create", "P-1"), "r2", {"品牌": "无品牌"})
    ledger.close(intent, "done", site_id=SITE_ID)
    clock.sleep(60)
    second = run_of(database, clock, root, "P-1", day=23)
    runs.end_item(second, 0, ended(Outcome.DONE, SITE_ID))
    place = runs.view(second).evidence / "items" / file_name("P-1")
    place.mkdir(parents=True)

    by_key = history.of_key("P-1")

    assert [(one.kind, one.outcome, one.run_id) for one in by_key] == [
        ("item", "rejected", first),
        ("write", "done", "r2"),
        ("item", "done", second),
    ]
    assert by_key[2].evidence == place
    assert by_key[0].evidence == runs.view(first).evidence
    # The id is known from the second time on; the refusal before belongs to it all the same.
    assert history.of_key(SITE_ID) == by_key


def test_a_key_that_only_begins_so_is_another_product(
    database: sa.Engine, clock: HandClock, history: History
) -> None:
    run_of(database, clock, Path(), "P-10", "p-1")
    assert history.of_key("P-1") == []
    assert set(history.keys_like("P-1")) == {"P-10", "p-1"}
    assert history.keys_like("商品") == []


def proven(ledger: Ledger, run: str, key: str, *, verb: str = "product.on-sale") -> None:
    intent = ledger.intend(WriteKey(OWNER, verb, key), run, {})
    ledger.close(intent, "done", site_id=f"id-{key}")


def test_what_a_run_proved_is_given_back_and_nothing_else(
    database: sa.Engine, clock: HandClock, history: History
) -> None:
    ledger = Ledger(database, clock)
    proven(ledger, "r1", "A", verb="product.create")
    proven(ledger, "r1", "A")
    ledger.close(ledger.intend(WriteKey(OWNER, "product.on-sale", "B"), "r1", {}), "rejected")
    ledger.intend(WriteKey(OWNER, "product.on-sale", "C"), "r1", {})
    proven(ledger, "r2", "D")
    (only,) = history.done_by("r1", "product.on-sale")
    assert (only.key, only.site_id, only.world, only.later_run) == ("A", "id-A", "w", "")
    assert history.done_by("r3", "product.on-sale") == []


def test_a_later_run_that_did_the_same_again_is_named(
    database: sa.Engine, clock: HandClock, history: History
) -> None:
    ledger = Ledger(database, clock)
    elsewhere = OWNER.model_copy(update={"world": "another"})
    for run in ("r1", "r2", "r3"):
        proven(ledger, run, "A")
    proven(ledger, "r1", "B")
    there = WriteKey(elsewhere, "product.on-sale", "B")
    ledger.close(ledger.intend(there, "r2", {}), "done", site_id="x")
    assert [(one.key, one.later_run) for one in history.done_by("r1", "product.on-sale")] == [
        ("A", "r3"),
        ("B", ""),
    ]
    assert [one.later_run for one in history.done_by("r3", "product.on-sale")] == [""]


def test_a_product_is_found_by_any_of_its_skus(
    database: sa.Engine, clock: HandClock, history: History
) -> None:
    runs = Runs(database, clock, Path())
    made: dict[str, Any] = {
        "robot": "upload-listings",
        "shop": "demo",
        "snapshot": {},
        "local_time": NINE,
    }
    skus = [{"code": "CG-1-白"}, {"code": "CG-1_S"}]
    work = [
        WorkItem("CG-1", "杯", {"code": "CG-1", "skus": skus}),
        WorkItem("CG-2", "袜", {"code": "CG-2", "skus": [{"code": "CG-1-白色"}]}),
        WorkItem("CG-3", "坏", None, "a slip"),
    ]
    runs.create(**made, work=work)
    runs.create(**made, work=[WorkItem("CG-1", "杯", {"run_id": "undone"})])

    for sku in ("CG-1-白", "CG-1_S"):
        assert [one.key for one in history.of_key(sku)] == ["CG-1", "CG-1"], "every run of it"
    for other in ("CG-1xS", "cg-1_s", "1_S", "skus"):
        assert history.of_key(other) == []
