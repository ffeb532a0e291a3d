"""What people see while a run goes on, and the lines it ends with."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from console.display import closing_lines, counted, item_line, seconds_left, watching
from domain.outcome import Outcome, Receipt
from engine.runs import ItemView, RunView
from engine.words import LANGUAGES, load_words

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ZH, EN = load_words("zh"), load_words("en")


def item(position: int, outcome: Outcome | None = Outcome.DONE, *, seconds: float = 10) -> ItemView:
    return ItemView(
        position=position,
        key=f"CG-{position}",
        label="保温杯",
        step="" if outcome else "product.create: doing",
        outcome=outcome,
        reason="",
        site_id="",
        receipt=None,
        started_at=BEGAN + timedelta(minutes=position),
        ended_at=BEGAN + timedelta(minutes=position, seconds=seconds) if outcome else None,
    )


def waiting(position: int) -> ItemView:
    return item(position, None).model_copy(update={"step": "", "started_at": None})


def run_of(*items: ItemView, state: str = "finished", reason: str = "") -> RunView:
    return RunView(
        id="20261122-090000-upload-listings-demo-7f3a",
        robot="upload-listings",
        shop="demo",
        state=state,
        reason=reason,
        evidence=Path("/r/0900-upload-listings-demo-7f3a"),
        created_at=BEGAN,
        started_at=BEGAN,
        ended_at=BEGAN,
        items=items,
    )


def test_the_time_left_is_what_the_rest_takes_at_the_recent_pace() -> None:
    slow = [item(n, seconds=50) for n in range(5)]
    recent = [item(n, seconds=20) for n in range(5, 15)]
    rest = [item(15, None), waiting(16), waiting(17)]
    assert seconds_left(run_of(*slow, *recent, *rest)) == pytest.approx(60)


def test_no_time_is_invented() -> None:
    refused = item(0, Outcome.REJECTED).model_copy(update={"started_at": None, "ended_at": None})
    assert seconds_left(run_of(refused, waiting(1))) is None, "nothing took time so far"
    assert seconds_left(run_of(item(0), item(1))) is None, "nothing is left"


def test_progress_tells_counts_step_and_time_left_on_a_terminal() -> None:
    notes = Console(file=io.StringIO(), force_terminal=True, width=160)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOPCLERK_LANG", "en")
        with watching(lines=Console(file=io.StringIO()), notes=notes) as watch:
            watch(run_of(item(0), item(1), item(2, None), waiting(3), state="running"))
            watch._progress.refresh()
    shown = notes.file.getvalue()  # type: ignore[attr-defined]
    for words in ("CG-2  create product: submitting", "2/4", "about 20.0 s left"):
        assert words in shown


def test_progress_stays_out_of_a_pipe() -> None:
    notes, lines = Console(file=io.StringIO()), Console(file=io.StringIO())
    with watching(lines=lines, notes=notes) as watch:
        watch(run_of(item(0), item(1, None), state="running"))
        watch(run_of(item(0), item(1), state="running"))
    assert notes.file.getvalue() == ""  # type: ignore[attr-defined]
    told = lines.file.getvalue()  # type: ignore[attr-defined]
    assert [line.count("CG-") for line in told.splitlines()] == [1, 1], "each item once"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_a_line_that_cp936_can_print(language: str) -> None:
    words = load_words(language)
    for outcome in (*Outcome, None):
        receipt = Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "得力"})
        ended = item(1, outcome).model_copy(
            update={"receipt": receipt, "reason": "the site answered 502", "site_id": "37"}
        )
        line = item_line(ended, words).plain
        assert words(f"outcome.{outcome or 'waiting'}") in line
        line.encode("cp936")
        closing_lines(run_of(ended), words).plain.encode("cp936")


def test_columns_stand_below_each_other_in_both_languages() -> None:
    for words in (ZH, EN):
        lines = [item_line(item(1, outcome), words).plain for outcome in (*Outcome, None)]
        places = {sum(2 if ord(c) > 0x2E7F else 1 for c in x.split(" CG-1")[0]) for x in lines}
        assert len(places) == 1


def test_the_end_says_once_what_to_do_and_for_how_many() -> None:
    same = {"reason": "the site said: 标题含有违禁词"}
    refused = [item(n, Outcome.REJECTED).model_copy(update=same) for n in range(3)]
    told = closing_lines(run_of(*refused, item(3)), ZH).plain
    todo = ZH("cause.site_said.todo")
    assert told.count(todo) == 1
    assert f"3 × {todo}" in told
    assert "1 个已完成，3 个被拒绝" in told


def test_the_end_tells_what_is_left_of_an_item_that_went_well() -> None:
    noted = item(1).model_copy(update={"reason": "the buyer was not told: 会话超过7天不可回复"})
    told = closing_lines(run_of(item(0), noted), EN).plain
    assert "1 × Reach the buyer yourself" in told


def test_reasons_are_chinese_where_their_sentence_is_known() -> None:
    refused = item(0, Outcome.REJECTED)
    known = refused.model_copy(update={"reason": "the audit refused it"})
    assert "平台审核没通过" in item_line(known, ZH).plain
    assert "the audit refused it" in item_line(known, EN).plain
    unknown = refused.model_copy(update={"reason": "nobody foresaw this"})
    assert "nobody foresaw this" in item_line(unknown, ZH).plain
    sheet = refused.model_copy(update={"reason": "商品.xlsx, 商品 row 3, 主图: (empty): add (S-x)"})
    assert "row 3, 主图" in item_line(sheet, ZH).plain, "the places are what matters"


def test_values_that_differ_are_told_in_chinese_too() -> None:
    receipt = Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "得力"})
    update = {"receipt": receipt, "reason": "already there with other values, left: x"}
    line = item_line(item(0, Outcome.NEEDS_PERSON).model_copy(update=update), ZH).plain
    assert "品牌：表格要 无品牌，网站上是 得力" in line


def test_square_brackets_in_a_title_are_no_markup() -> None:
    odd = item(1).model_copy(update={"label": "[bold]杯[/nonsense]"})
    assert "[bold]杯[/nonsense]" in item_line(odd, EN).plain


def test_counts_follow_the_order_of_outcomes() -> None:
    run = run_of(item(0, Outcome.FAILED), item(1), item(2), item(3, None))
    assert counted(run, EN) == "2 done, 1 failed"


def test_what_a_dry_run_finds_missing_is_new_and_no_fault() -> None:
    receipt = Receipt(wanted={"品牌": "无品牌", "标题": "杯"}, found={})
    update = {"receipt": receipt, "reason": "planned, not done: 发布商品 → 放入仓库"}
    new = item(0, Outcome.SKIPPED).model_copy(update=update)
    line = item_line(new, ZH).plain
    assert "网站上还没有，要新写 2 项" in line
    assert "不一样" not in line
    assert "（没有）" not in line
    there = receipt.model_copy(update={"found": {"品牌": "得力", "标题": "杯"}})
    assert "品牌：表格要 无品牌，网站上是 得力" in (
        item_line(new.model_copy(update={"receipt": there}), ZH).plain
    )
