"""Sheets by the real command line: how a run from a sheet begins, or ends before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.sheet_results import write_results
from domain.outcome import Outcome
from engine.runs import ItemResult
from tests.console.installation import Installation, installed
from tests.console.products import Desk, sound_rows

RUN = ("run", "upload-listings", "--shop", "demo", "--dry-run", "--sheet")


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


def test_a_result_sheet_with_nothing_left_is_a_good_end(
    here: Installation, desk: Desk, tmp_path: Path
) -> None:
    done = ItemResult(outcome=Outcome.DONE)
    items = here.run(**{"G-1": done, "P-1": done, "G-2": done}).items
    results = write_results(desk.write(sound_rows()), tmp_path, items, [])
    told = here(*RUN, results)
    assert (told.code, "all 3 products" in told.noted) == (0, True)
