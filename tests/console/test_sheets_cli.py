"""Sheets by the real command line: how a run from a sheet begins, or ends before it begins."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.carrying import chosen, sheet_work
from console.sheet_choices import Choices, save_choices
from console.sheet_columns import Header
from console.sheet_offered import Offered
from console.sheet_results import write_results
from console.sheet_words import remark_line
from console.sheets import read_listings
from domain.errors import BusinessError
from domain.outcome import Outcome
from engine.runs import ItemResult
from tests.conftest import Shopclerk
from tests.console.installation import Installation, installed
from tests.console.products import Desk, product_row, sound_rows

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
    told = here(*RUN, results, "--json", "--only", "G-1")
    assert (told.code, "all 3 products" in told.noted) == (0, True)
    summary = json.loads(told.printed)
    assert (summary["items"], "all 3 products" in summary["reason"]) == ([], True)


def test_only_of_what_is_finished_says_so(here: Installation, desk: Desk, tmp_path: Path) -> None:
    done, failed = ItemResult(outcome=Outcome.DONE), ItemResult(outcome=Outcome.FAILED)
    items = here.run(**{"G-1": done, "P-1": failed, "G-2": done}).items
    results = write_results(desk.write(sound_rows()), tmp_path, items, [])
    told = here(*RUN, results, "--only", "G-1,G-2", "--json")
    assert (told.code, "G-1、G-2: finished by the column 结果" in told.noted) == (0, True)
    assert json.loads(told.printed)["items"] == []
    told = here(*RUN, results, "--only", "G-1，G-3")
    assert (told.code, "there is no item G-3" in told.noted) == (2, True)


def test_commas_part_the_items_of_only_unless_a_code_has_them(desk: Desk) -> None:
    rows = [product_row(code, f"{code}-A") for code in ("A1", "A,2", "A3", "A4")]
    work = sheet_work(desk.write(rows), "upload-listings")
    left = chosen(work, ["A1， A3", "A,2"], None).items
    assert [item.key for item in left] == ["A1", "A,2", "A3"]
    for nothing in ("", "，"):
        with pytest.raises(BusinessError):
            chosen(work, [nothing], None)


LISTS = Choices(
    read_at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC),
    categories=("服饰内衣 > 女装 > T恤", "服饰内衣 > 内衣裤袜 > 居家服/睡衣"),
    freight_templates=("包邮", "江浙沪包邮"),
)
OFFERED = Offered(LISTS, ZoneInfo("Asia/Shanghai"))


def test_what_shop_read_has_read_is_held_against_the_sheet(
    shopclerk: Shopclerk, desk: Desk
) -> None:
    save_choices(shopclerk.home / "runs" / "state", "demo", LISTS)
    rows = [{**product_row("G-1", "G-1-A"), Header.CATEGORY: "服饰内衣 > 女装 > T恤衫"}]
    run = shopclerk.json(*RUN, str(desk.write(rows)), code=3)
    (item,) = run["items"]
    assert item["outcome"] == "rejected"
    assert "最接近的是：服饰内衣 > 女装 > T恤。" in item["reason"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("服饰内衣 > T恤", "服饰内衣 > 女装 > T恤"),
        ("服饰内衣 > 女装 > T恤衫", "服饰内衣 > 女装 > T恤"),
        ("服饰内衣 > 内衣裤袜 > 居家服", "服饰内衣 > 内衣裤袜 > 居家服/睡衣"),
    ],
)
def test_a_category_that_the_shop_did_not_have_is_refused_with_the_nearest(
    desk: Desk, typed: str, near: str
) -> None:
    rows = [{**product_row("G-1", "G-1-A"), Header.CATEGORY: typed}]
    (problem,) = read_listings(desk.write(rows), offered=OFFERED).problems
    assert (problem.cell, problem.rule) == ("D2", "S-category-not-offered")
    assert problem.mend.endswith(f"when read at 2026-11-22 10:00; the nearest is {near}")


def test_a_category_that_the_shop_had_passes(desk: Desk) -> None:
    rows = [product_row("G-1", "G-1-A", CATEGORY="服饰内衣 >内衣裤袜＞ 居家服/睡衣")]
    assert read_listings(desk.write(rows), offered=OFFERED).problems == ()


def test_an_unknown_first_category_and_a_template_are_advice(desk: Desk) -> None:
    rows = sound_rows()
    rows[0] |= {Header.CATEGORY: "家居日用 > 杯", Header.FREIGHT: "江浙户包邮"}
    whole = Offered(LISTS.model_copy(update={"whole": True}), OFFERED.zone)
    reading = read_listings(desk.write(rows), offered=whole)
    assert len(reading.listings) == 3
    told = {note.cell: remark_line(note, "zh") for note in reading.notes}
    assert "店铺能选的类目里没有它（2026-11-22 10:00 读的）" in told["D2"]
    assert "店铺里没有运费模板“江浙户包邮”（2026-11-22 10:00 读的）" in told["R2"]
    assert "有的是：包邮、江浙沪包邮" in told["R2"]
    part = read_listings(desk.write(rows), offered=OFFERED)
    assert "D2" not in {note.cell for note in part.notes}, "nothing is known of what was not read"
    again = read_listings(desk.write(rows), "update-listings", offered=whole)
    assert {note.cell for note in again.notes}.isdisjoint({"D2", "R2"})
