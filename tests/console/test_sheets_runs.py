"""A sheet on its way through a run: read, kept, given back."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console.carrying import chosen, sheet_work
from console.sheet_columns import SHEET, Header
from console.sheet_runs import (
    give_back,
    keep_plan_s_sheet,
    keep_sheet,
    read_sheet,
    reading_lines,
    work_of,
)
from console.sheets import read_listings
from domain.errors import BusinessError
from domain.outcome import Outcome
from engine.causes import known_cause
from engine.words import LANGUAGES, load_words
from tests.console.products import FIRST, GOOD_AFTER, Desk, sound_rows
from tests.console.test_sheets_results import item


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    return tmp_path / "runs/2026-11-22/1200-upload"


def sheet_with_a_slip(desk: Desk) -> Path:
    rows = sound_rows()
    rows[FIRST][Header.PRICE] = "面议"
    return desk.write(rows)


def test_good_products_are_work_and_bad_ones_say_why(desk: Desk) -> None:
    work = work_of(read_sheet(sheet_with_a_slip(desk)), "zh")
    assert [(each.key, each.payload is None) for each in work] == [
        ("G-1", False),
        ("G-2", False),
        ("P-1", True),
    ]
    assert "第 3 行 价格（P3 格）：面议：写大于 0 的金额" in work[2].refusal


def test_what_is_refused_has_its_title_too(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.PRICE] = "面议"
    (refused,) = (each for each in work_of(read_sheet(desk.write(rows))) if each.refusal)
    assert refused.label == rows[FIRST][Header.TITLE]


def test_a_row_without_a_code_is_an_item_of_its_own(desk: Desk) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.CODE] = None
    reading = read_sheet(desk.write(rows))
    for language, key in (("en", "row 7"), ("zh", "第 7 行")):
        (refused,) = (each for each in work_of(reading, language) if each.refusal)
        assert refused.key == key


def test_a_row_without_a_code_finds_its_item_in_every_language(desk: Desk, evidence: Path) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.CODE] = None
    sheet = desk.write(rows)
    keep_sheet(evidence, sheet, read_sheet(sheet))
    for key in ("row 7", "第 7 行"):
        give_back(evidence, [item(3, key, Outcome.REJECTED)], UTC, "zh", robot="upload-listings")
        page = load_workbook(evidence / "products-结果.xlsx")[SHEET]
        heads = {str(cell.value): cell.column or 0 for cell in page[1]}
        link = page.cell(7, heads["证据"]).hyperlink
        assert link is not None
        assert link.location == "item-3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_known_to_the_report(desk: Desk, language: str) -> None:
    refused = work_of(read_sheet(sheet_with_a_slip(desk)), language)[2]
    cause = known_cause(refused.refusal, load_words(language))
    assert cause is not None
    assert cause.id == "sheet"


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_what_is_no_sheet_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BusinessError, match=r"a\.xlsx(：这不是|: this is no) \.xlsx"):
        read_sheet(path)


def test_an_empty_sheet_is_no_work(desk: Desk) -> None:
    with pytest.raises(BusinessError, match=r"没有商品|no products"):
        read_sheet(desk.write([]))


def test_a_run_s_sheet_comes_back_beside_its_report(desk: Desk, evidence: Path) -> None:
    sheet = sheet_with_a_slip(desk)
    reading = read_sheet(sheet)
    keep_sheet(evidence, sheet, reading)
    ends = [item(0, "G-1", Outcome.DONE), item(1, "G-2", Outcome.FAILED, reason="odd")]
    line = give_back(evidence, ends, UTC, "zh", robot="upload-listings")
    written = evidence / "products-结果.xlsx"
    assert line == f"结果表  {written}"
    again = read_listings(written)
    assert again.finished == ("G-1",)
    assert [listing.code for listing in again.listings] == ["G-2"]
    assert again.listings[0].main_pictures[0].path == desk.folder / "images/main.jpg"
    assert reading_lines(again, language="zh")[0] == "1 个商品的「结果」已经是做好了的，这次不再跑"


def test_what_the_operator_changes_meanwhile_is_not_in_the_results(
    desk: Desk, evidence: Path
) -> None:
    sheet = desk.write(sound_rows())
    keep_sheet(evidence, sheet, read_sheet(sheet))
    rows = sound_rows()
    rows[0][Header.PRICE] = 1
    desk.write(rows)
    give_back(evidence, [item(0, "G-1", Outcome.DONE)], UTC, robot="upload-listings")
    assert load_workbook(evidence / "products-结果.xlsx")[SHEET]["P2"].value == 39.9


def test_a_result_sheet_is_kept_and_given_back_like_any_other(desk: Desk, evidence: Path) -> None:
    sheet = desk.write(sound_rows())
    keep_sheet(evidence, sheet, read_sheet(sheet))
    give_back(evidence, [item(0, "G-1", Outcome.DONE)], UTC, "zh", robot="upload-listings")
    first = evidence / "products-结果.xlsx"
    later = evidence.with_name("1300-upload")
    keep_sheet(later, first, read_sheet(first))
    give_back(
        later,
        [item(0, "G-2", Outcome.DONE), item(1, "P-1", Outcome.DONE)],
        UTC,
        "zh",
        robot="upload-listings",
    )
    page = load_workbook(later / "products-结果.xlsx")[SHEET]
    heads = {str(cell.value): cell.column or 0 for cell in page[1]}
    links = [page.cell(row, heads["证据"]).hyperlink for row in (2, 3)]
    assert [link.target for link in links if link] == ["../1200-upload/report.html", "report.html"]
    reading = read_listings(later / "products-结果.xlsx")
    assert reading.finished == ("G-1", "P-1", "G-2")
    assert (reading.listings, reading.problems) == ((), ())
    with pytest.raises(BusinessError, match=r"3 个商品的「结果」|all 3 products"):
        read_sheet(later / "products-结果.xlsx")


def test_an_older_version_s_results_name_no_robot_and_were_upload_listings_own(
    desk: Desk, evidence: Path
) -> None:
    sheet = desk.write(sound_rows())
    keep_sheet(evidence, sheet, read_sheet(sheet))
    give_back(evidence, [item(0, "G-1", Outcome.DONE)], UTC, robot="upload-listings")
    older = evidence / "products-结果.xlsx"
    book = load_workbook(older)
    (robot,) = (cell.column for cell in book[SHEET][1] if cell.value == "机器人")
    book[SHEET].delete_cols(robot)
    book.save(older)

    assert read_listings(older, "upload-listings").finished == ("G-1",)
    assert read_listings(older, "update-listings").finished == ()


def test_a_plan_s_run_gives_back_the_sheet_of_the_plan(desk: Desk, evidence: Path) -> None:
    sheet = desk.write(sound_rows())
    keep_sheet(evidence, sheet, read_sheet(sheet))
    later = evidence.with_name("1300-upload")
    keep_plan_s_sheet(later, evidence / "plan.json")
    assert give_back(later, [item(0, "G-1", Outcome.DONE)], UTC, robot="upload-listings")
    assert read_listings(later / "products-结果.xlsx").finished == ("G-1",)


def test_a_run_without_a_sheet_has_no_results(evidence: Path) -> None:
    evidence.mkdir(parents=True)
    assert give_back(evidence, [], UTC, robot="upload-listings") == ""
    assert list(evidence.iterdir()) == []


def test_a_limit_counts_what_can_be_carried_out_and_hides_no_mistake(desk: Desk) -> None:
    work = chosen(sheet_work(sheet_with_a_slip(desk), "upload-listings"), [], 1)
    assert [each.key for each in work.items] == ["G-1", "P-1"]
    assert work.items[1].refusal
    only = chosen(work, ["G-1"], None)
    assert [each.key for each in only.items] == ["G-1"]


def test_advice_is_told_only_of_what_is_carried_out(desk: Desk) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.TITLE] = "冠军同款夏季透气情侣T恤 G-2"
    work = sheet_work(desk.write(rows), "upload-listings")
    first, last = work.lines({"G-1"}), work.lines({"G-2"})
    assert not any("冠军" in line for line in first)
    (told,) = (line for line in last if "冠军" in line)
    assert told.startswith(("提示（只是建议）：", "advice only: "))


def test_only_on_a_plan_says_what_the_plan_lacks(desk: Desk) -> None:
    work = sheet_work(desk.write(sound_rows()), "upload-listings")
    with pytest.raises(BusinessError, match=r"计划里没有 NO-1|the plan has no item NO-1"):
        chosen(work, ["NO-1"], None, plan=True)
    with pytest.raises(BusinessError, match=r"表格里没有 NO-1|there is no item NO-1"):
        chosen(work, ["NO-1"], None)
