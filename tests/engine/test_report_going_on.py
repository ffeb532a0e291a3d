"""What a report says of going on: a dry run carried out, a sheet run again, a yes waited for."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.display import closing_lines
from domain.outcome import Outcome, Receipt
from engine.plan import PlannedWrite, write_plan
from engine.report import KEPT
from tests.engine.reports import (
    BEGAN,
    ENGLISH,
    html_of,
    item,
    report_of,
    run_of,
)


@pytest.mark.parametrize("kept", [True, False])
def test_how_to_run_a_sheet_again_is_told(tmp_path: Path, kept: bool) -> None:
    if kept:
        (tmp_path / "sheet").mkdir()
        (tmp_path / "sheet/秋季-结果.xlsx").touch()
    failed = item().model_copy(update={"outcome": Outcome.FAILED})

    told = f"shopclerk run upload-listings --shop demo --sheet {tmp_path.as_posix()}/秋季-结果.xlsx"

    assert (told in report_of(run_of(tmp_path, failed)).words) == kept
    assert told not in report_of(run_of(tmp_path, item())).words


def test_the_command_works_where_the_run_was_started_and_with_odd_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "我的 店/sheet").mkdir(parents=True)
    (tmp_path / "我的 店/sheet/秋季.xlsx").touch()
    failed = item().model_copy(update={"outcome": Outcome.FAILED})
    view = run_of(tmp_path / "我的 店", failed)

    assert f'--sheet "{tmp_path.as_posix()}/我的 店/秋季-结果.xlsx"' in report_of(view).words
    monkeypatch.chdir(tmp_path)
    assert '--sheet "我的 店/秋季-结果.xlsx"' in report_of(view).words


@pytest.mark.parametrize(
    ("robot", "payload", "command"),
    [
        ("update-listings", {}, "shopclerk run update-listings --shop demo --plan {plan}"),
        ("take-down-listings", {"run_id": "20261122-x-7f3a"}, "shopclerk undo 20261122-x-7f3a"),
    ],
)
def test_a_dry_run_says_the_command_that_does_what_it_planned(
    tmp_path: Path, robot: str, payload: dict[str, str], command: str
) -> None:
    (tmp_path / "sheet").mkdir()
    (tmp_path / "sheet/秋季.xlsx").touch()
    planned = item().model_copy(update={"outcome": Outcome.SKIPPED, "reason": PLANNED})
    view = run_of(tmp_path, planned).model_copy(update={"dry": True, "robot": robot})
    write = PlannedWrite(verb="v", key="CG-1001", clicks="上架", old=None, wanted={})
    plan = write_plan(view, [payload], {"CG-1001": [write]}, BEGAN)
    told = command.format(plan=plan.as_posix())

    assert told in report_of(view).words
    assert "--sheet" not in report_of(view).words, "no mistake is to be mended first"
    assert told in closing_lines(view, ENGLISH).plain
    refused = item(1, key="CG-2").model_copy(update={"outcome": Outcome.REJECTED, "reason": "?"})
    both = view.model_copy(update={"items": (planned, refused)})
    assert told in report_of(both).words
    assert "--sheet" in report_of(both).words
    assert told not in report_of(view.model_copy(update={"dry": False})).words


PLANNED = "planned, not done: 发布商品 → 放入仓库"


@pytest.mark.parametrize(
    ("outcomes", "headline"),
    [
        ([Outcome.SKIPPED, Outcome.SKIPPED], "Dry run: 2 items, 2 to do"),
        ([Outcome.SKIPPED, Outcome.UNCHANGED], "Dry run: 2 items, 1 to do, 1 as they should be"),
        ([Outcome.UNCHANGED, Outcome.UNCHANGED], "2 items, 0 to do, 2 as they should be"),
        ([Outcome.SKIPPED, Outcome.NEEDS_PERSON], "Dry run: 2 items, 1 to do, 1 to look at"),
    ],
)
def test_the_headline_of_a_dry_run_says_what_is_to_do(
    tmp_path: Path, outcomes: list[Outcome], headline: str
) -> None:
    items = [
        item(at, key=f"CG-{at}").model_copy(
            update={"outcome": outcome, "reason": PLANNED if outcome is Outcome.SKIPPED else ""}
        )
        for at, outcome in enumerate(outcomes)
    ]
    view = run_of(tmp_path, *items).model_copy(update={"dry": True})
    said = " ".join(report_of(view).words.split())
    assert headline in said
    overview = said.partition("All items")[0]
    assert "planned, not done" not in overview.replace("Only planned, not done", "")
    assert "not begun" not in said  # what is only planned was not left undone


@pytest.mark.parametrize("started", ["uv run shopclerk", "shopclerk"])
def test_a_command_to_type_begins_as_the_one_that_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str
) -> None:
    monkeypatch.delenv("UV", raising=False)
    if started.startswith("uv"):
        monkeypatch.setenv("UV", "uv")
    view = run_of(tmp_path, item(0, key="CG-0").model_copy(update={"outcome": Outcome.FAILED}))
    (view.evidence / KEPT).mkdir(parents=True)
    (view.evidence / KEPT / "goods.xlsx").write_bytes(b"")
    assert f">{started} run upload-listings --shop" in html_of(view)


def test_a_run_that_waits_says_for_what_and_how_it_goes_on(tmp_path: Path) -> None:
    left = item(1, key="CG-1002").model_copy(update={"outcome": None, "receipt": None})
    reason = "the first live run of this shop: CG-1001 is carried out, 1 more wait for a yes"
    view = run_of(tmp_path, item(), left, reason=reason)
    words = report_of(view.model_copy(update={"state": "waiting"})).words
    assert "1 carried out, 1 wait for your yes" in words
    assert "Waits for your yes" in words
    assert f"shopclerk approve {tmp_path.name}" in words


def test_what_a_dry_run_would_make_is_new_and_differs_in_nothing(tmp_path: Path) -> None:
    receipt = Receipt(wanted={"品牌": "无品牌"}, found={})
    update = {"outcome": Outcome.SKIPPED, "reason": PLANNED, "receipt": receipt}
    view = run_of(tmp_path, item().model_copy(update=update)).model_copy(update={"dry": True})
    report = report_of(view)
    assert report.row("CG-1001")[1][3] == "new, 1 facts"
    assert report.row("品牌") == ("", ["品牌", "无品牌", "(nothing)"])
    assert report.tags["mark"] == 0


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.SKIPPED])
def test_what_waits_for_an_answer_is_neither_good_nor_trouble(
    tmp_path: Path, outcome: Outcome
) -> None:
    reason = "waits for the buyer's answer until 2026-11-24 10:46: R-order-phone"
    asked = item(2).model_copy(update={"outcome": outcome, "reason": reason})
    page = report_of(run_of(tmp_path, item(), asked)).words

    assert "2 items: 1 good, 1 wait for an answer" in page
    assert "The buyer was asked and has until 2026-11-24 10:46" in page
    assert "1 awaited" in closing_lines(run_of(tmp_path, item(), asked), ENGLISH).plain
    assert "need attention" not in page
