"""A run of another version is made again: what it knows of the one it goes on from."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.office import open_office
from domain.outcome import Outcome
from engine.runs import CONTINUES, ItemResult, WorkItem
from tests.console.installation import installed


def test_a_run_made_again_knows_in_whose_stead_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shopclerk = installed(tmp_path / "home", monkeypatch, capsys)
    with open_office(shopclerk.settings, lambda _words: None) as office:
        first = office.runs.create(
            robot="upload-listings",
            shop="demo",
            snapshot={"shop": {}, "headed": False},
            work=[WorkItem(f"CG-{n}", "", {"n": n}) for n in (1, 2)],
            local_time=office.now(),
        )
        office.runs.end_item(first, 0, ItemResult(outcome=Outcome.DONE))

        second = office._made_again(office.runs.view(first))
        third = office._made_again(office.runs.view(second))

        assert [item.key for item in office.runs.view(third).items] == ["CG-2"]
        assert office.runs.snapshot(second)[CONTINUES] == [first]
        assert office.runs.snapshot(third)[CONTINUES] == [first, second]
        for run in (first, second, third):
            office.runs.end(run, "stopped")
