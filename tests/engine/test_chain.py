"""The chain of a shop's runs: what was taken out, changed or put in is told, and where."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.outcome import Outcome
from engine.chain import MANIFEST, Chain, link_of
from engine.evidence import write_manifest
from engine.ledger import Ledger, WriteKey
from engine.runs import ItemResult, Runs, WorkItem
from engine.verify import verify_run, verify_runs
from tests.engine.stand_ins import OWNER, HandClock

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Shopful:
    """Runs of shops, each closed as the engine closes them."""

    def __init__(self, database: sa.Engine, clock: HandClock, root: Path) -> None:
        self._clock = clock
        self._runs = Runs(database, clock, root)
        self._chain = Chain(database, root)
        self._ledger = Ledger(database, clock)
        self.folders: list[Path] = []

    def run(self, shop: str = "main", state: str = "finished") -> Path:
        """Make a run that did one write, end it, and give its folder."""
        self._clock.sleep(60)
        run = self._runs.create(
            robot="upload-listings",
            shop=shop,
            snapshot={},
            work=[WorkItem("A", "A", {})],
            local_time=NINE,
        )
        self._ledger.close(self._ledger.intend(WriteKey(OWNER, "v", run), run, {}), "done")
        self._runs.end_item(run, 0, ItemResult(outcome=Outcome.DONE))
        view = self._runs.view(run)
        view.evidence.mkdir(parents=True)
        (view.evidence / "run.json").write_text(run, encoding="utf-8")
        if state != "waiting":
            self._chain.close(view)
            self.folders.append(view.evidence)
        self._runs.end(run, state)
        return view.evidence

    def broken(self) -> dict[Path, str]:
        return {one.folder: one.chain for one in verify_runs(self.folders) if one.chain}


@pytest.fixture
def shops(database: sa.Engine, clock: HandClock, tmp_path: Path) -> Shopful:
    return Shopful(database, clock, tmp_path / "runs")


def test_each_shop_has_a_chain_of_its_own_in_the_order_of_closing(shops: Shopful) -> None:
    first, other, second = shops.run(), shops.run("other"), shops.run(state="stopped")
    links = [link_of(folder) for folder in (first, second, other)]
    assert [(x.shop, x.number, x.ledger) for x in links if x] == [
        ("main", 1, 1),
        ("main", 2, 3),
        ("other", 1, 2),
    ]
    assert links[1] is not None
    assert links[1].previous == f"{first.parent.name}/{first.name}"
    assert all(verdict.good for verdict in verify_runs(shops.folders))


def test_a_run_that_waits_for_a_yes_is_no_link_yet(shops: Shopful) -> None:
    first = shops.run()
    shops.run(state="waiting")
    link = link_of(shops.run())
    assert link is not None
    assert (link.number, link.previous) == (2, f"{first.parent.name}/{first.name}")


def test_a_manifest_that_was_made_anew_breaks_the_chain_at_the_next_run(shops: Shopful) -> None:
    shops.run()
    changed, after, last = shops.run(), shops.run(), shops.run()
    link = link_of(changed)
    assert link is not None
    (changed / "run.json").write_text("nicer", encoding="utf-8")
    write_manifest(changed, link.model_dump())
    assert verify_run(changed).good
    assert shops.broken() == {after: "previous_changed"}
    assert all(one.good for one in verify_runs([last]))
    (verdict,) = verify_runs([after])
    assert verdict.previous == f"{changed.parent.name}/{changed.name}"


@pytest.mark.parametrize("keep_folder", [False, True])
def test_a_run_that_was_taken_out_is_missed_by_the_next(shops: Shopful, keep_folder: bool) -> None:
    shops.run()
    gone, after = shops.run(), shops.run()
    (gone / MANIFEST).unlink()
    if not keep_folder:
        shutil.rmtree(gone)
    assert shops.broken() == {after: "previous_gone"}


def test_a_run_that_was_put_in_stands_where_another_does(shops: Shopful) -> None:
    shops.run()
    real = shops.run()
    forged = real.with_name("forged")
    shutil.copytree(real, forged)
    shops.folders.append(forged)
    assert shops.broken() == {real: "number_twice", forged: "number_twice"}


def test_evidence_of_before_the_chain_is_still_good_and_tied_to_what_follows(
    shops: Shopful,
) -> None:
    old = shops.run()
    content = json.loads((old / MANIFEST).read_text(encoding="utf-8"))
    (old / MANIFEST).write_text(json.dumps({"sha256": content["sha256"]}), encoding="utf-8")
    link = link_of(shops.run())
    assert link is not None
    assert (link.number, link.previous) == (1, f"{old.parent.name}/{old.name}")
    assert shops.broken() == {}
