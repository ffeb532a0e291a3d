"""The result sheet: the operator's workbook with what became of each row, and fed back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheet_results import closing_line, write_results
from console.sheets import read_listings
from domain.outcome import Outcome, Receipt
from engine.runs import ItemView
from engine.words import LANGUAGES
from tests.workbooks import put_raw_cell

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
YELLOW = PatternFill("solid", fgColor="FFFF00")
HEADERS = [column.header.value for column in COLUMNS]


def item(position: int, key: str, outcome: Outcome | None, **facts: Any) -> ItemView:
    fields: dict[str, Any] = {"label": "", "step": "", "reason": "", "site_id": "", "receipt": None}
    times = {"started_at": NOON, "ended_at": NOON if outcome else None}
    return ItemView(position=position, key=key, outcome=outcome, **(fields | times | facts))


def row(code: str, sku: str, **more: object) -> list[object]:
    values: dict[Header, object] = {
        Header.CODE: code,
        Header.TITLE: "夏季透气情侣T恤 宽松显瘦",
        Header.CATEGORY: "服饰内衣 > 女装 > T恤",
        Header.MAIN_PICTURES: "images/main.jpg;images/main.jpg;images/main.jpg",
        Header.DETAIL_PICTURES: "images/main.jpg",
        Header.SPEC_1_NAME: "规格",
        Header.SPEC_1_VALUE: sku,
        Header.SKU_CODE: sku,
        Header.PRICE: 39.9,
        Header.STOCK: 100,
    }
    values |= {Header[name]: value for name, value in more.items()}
    return [values.get(column.header) for column in COLUMNS]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The operator's folder: a sheet of four products, and pictures."""
    folder = tmp_path / "shop"
    (folder / "images").mkdir(parents=True)
    Image.new("RGB", (600, 600), "#b9d9ec").save(folder / "images/main.jpg")
    write(folder / "products.xlsx", lambda _sheet: None)
    return folder


def write(path: Path, change: Callable[[Worksheet], object]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append(HEADERS)
    for values in (
        row("A", "A-1"),
        row("A", "A-2"),
        row("B", "B-1"),
        row("C", "C-1", PRICE="面议"),
        row("C", "C-2"),
        row("D", "D-1"),
    ):
        sheet.append(values)
    sheet.freeze_panes = "B2"
    sheet["B2"].fill = YELLOW
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("成本").append(("A", 12.5))
    change(sheet)
    book.save(path)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "runs/2026-11-22/1200-upload"
    folder.mkdir(parents=True)
    return folder


ENDS = (
    item(0, "A", Outcome.DONE, site_id="3818900000000000001"),
    item(1, "B", Outcome.REJECTED, reason="the site said: 标题含违禁词"),
    item(2, "D", Outcome.UNCHANGED),
    item(3, "C", Outcome.REJECTED, reason="products.xlsx, 商品 row 5, 价格 (cell P5): … (S-x)"),
)


def results(
    shop: Path, folder: Path, items: Sequence[ItemView] = ENDS, language: str = "zh"
) -> Path:
    sheet = shop / "products.xlsx"
    problems = read_listings(sheet).problems
    return write_results(sheet, folder, items, problems, language=language)


def added(path: Path) -> dict[int, dict[str, Any]]:
    """The result columns by row."""
    sheet = load_workbook(path)[SHEET]
    heads = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    names = ("结果", "原因", "商品ID", "证据", "时间")
    return {
        number: {name: sheet.cell(number, heads[name]) for name in names}
        for number in range(2, sheet.max_row + 1)
    }


def words(path: Path) -> list[str]:
    return [str(cells["结果"].value) for cells in added(path).values()]


def test_every_row_says_what_became_of_it(shop: Path, run_folder: Path) -> None:
    path = results(shop, run_folder)
    assert path == run_folder / "products-结果.xlsx"
    assert words(path) == ["已完成", "已完成", "被拒绝", "表格有误", "表格有误", "无需改动"]
    cells = added(path)
    assert cells[2]["商品ID"].value == "3818900000000000001"
    assert cells[2]["商品ID"].number_format == "@"
    assert cells[2]["时间"].value == datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001  (Excel's own)
    assert "标题含违禁词" in cells[4]["原因"].value
    assert (
        cells[5]["原因"].value
        == "价格：写大于 0 的金额，最多两位小数，例如 39.90：只能有数字 0 到 9 和一个小数点"
    )
    assert cells[6]["原因"].value == "同一商品的第 5 行要改"
    assert cells[7]["原因"].value is None


def test_the_evidence_leads_to_the_item_in_the_report(shop: Path, run_folder: Path) -> None:
    cells = added(results(shop, run_folder))
    links = [cells[number]["证据"].hyperlink for number in (2, 4, 5)]
    assert [(link.target, link.location) for link in links] == [
        ("report.html", "item-0"),
        ("report.html", "item-1"),
        ("report.html", "item-3"),
    ]


def test_each_kind_of_outcome_has_its_colour(shop: Path, run_folder: Path) -> None:
    ends = [item(0, "A", Outcome.DONE), item(1, "B", Outcome.FAILED), item(2, "D", Outcome.UNKNOWN)]
    cells = added(results(shop, run_folder, ends))
    colours = {str(cells[number]["结果"].fill.fgColor.rgb) for number in (2, 4, 7)}
    assert len(colours) == 3


def test_the_operator_s_own_rows_sheets_and_looks_stay(shop: Path, run_folder: Path) -> None:
    before = load_workbook(shop / "products.xlsx")
    after = load_workbook(results(shop, run_folder))
    for cells in before[SHEET].iter_rows():
        for cell in cells:
            same = after[SHEET][cell.coordinate]
            assert (same.value, same.number_format) == (cell.value, cell.number_format)
    assert after[SHEET]["B2"].fill.fgColor.rgb == YELLOW.fgColor.rgb
    pane = after[SHEET].sheet_view.pane
    assert pane is not None
    assert (pane.xSplit, pane.ySplit, pane.state) == (1, 1, "frozen")
    assert after[SHEET].row_dimensions[4].hidden
    assert after["成本"]["B1"].value == 12.5


def test_the_result_columns_are_in_sight_beside_the_code(shop: Path, run_folder: Path) -> None:
    pane = load_workbook(results(shop, run_folder))[SHEET].sheet_view.pane
    assert pane is not None
    assert pane.topLeftCell == f"{get_column_letter(len(HEADERS) + 1)}2"


def test_an_item_that_has_not_ended_is_left_blank(shop: Path, run_folder: Path) -> None:
    cells = added(results(shop, run_folder, [item(0, "A", None)]))
    assert cells[2]["结果"].value is None
    assert cells[2]["证据"].hyperlink is None


def test_advice_is_kept_with_a_good_outcome(shop: Path, run_folder: Path) -> None:
    def few_pictures(sheet: Worksheet) -> None:
        sheet.cell(4, HEADERS.index("主图") + 1, "images/main.jpg")

    sheet = shop / "products.xlsx"
    write(sheet, few_pictures)
    reading = read_listings(sheet)
    path = write_results(
        sheet, run_folder, [item(1, "B", Outcome.DONE)], (), notes=reading.notes, language="zh"
    )
    assert (
        added(path)[4]["原因"].value == "提示（只是建议）：主图建议至少 3 张商品实拍图，现在有 1 张"
    )


def test_values_that_differ_stand_beside_the_row(shop: Path, run_folder: Path) -> None:
    receipt = Receipt(wanted={"SKU A-1": "￥27.40"}, found={"SKU A-1": "￥28.40"})
    wrong = item(0, "A", Outcome.MISMATCH).model_copy(update={"receipt": receipt})
    path = results(shop, run_folder, [wrong], language="zh")
    assert "SKU A-1：表格要 ￥27.40，网站上是 ￥28.40" in added(path)[2]["原因"].value


def test_in_english_the_outcomes_are_english(shop: Path, run_folder: Path) -> None:
    path = results(shop, run_folder, language="en")
    assert words(path) == ["done", "done", "rejected", *["sheet to mend"] * 2, "unchanged"]


def test_what_a_formula_came_to_stands_in_its_place(shop: Path, run_folder: Path) -> None:
    """openpyxl saves formulas without values; the next reader would find the cells empty."""
    put_raw_cell(shop / "products.xlsx", "P4", "<f>30+9.9</f><v>39.9</v>")
    path = results(shop, run_folder)
    assert load_workbook(path)[SHEET]["P4"].value == 39.9
    assert [listing.code for listing in read_listings(path).listings] == ["B"]


# --- fed back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_fed_back_it_runs_what_is_left(shop: Path, run_folder: Path, language: str) -> None:
    path = results(shop, run_folder, language=language)
    reading = read_listings(path)
    assert reading.finished == ("A", "D")
    assert [listing.code for listing in reading.listings] == ["B"]
    assert [problem.code for problem in reading.problems] == ["C"]


def test_its_pictures_still_count_from_the_operator_s_folder(shop: Path, run_folder: Path) -> None:
    picture = read_listings(results(shop, run_folder)).listings[0].main_pictures[0]
    assert picture.path == shop / "images/main.jpg"


def test_pictures_beside_the_result_sheet_come_first(shop: Path, run_folder: Path) -> None:
    path = results(shop, run_folder)
    (run_folder / "images").mkdir()
    Image.new("RGB", (700, 700)).save(run_folder / "images/main.jpg")
    picture = read_listings(path).listings[0].main_pictures[0]
    assert picture.path == run_folder / "images/main.jpg"


def test_a_result_that_is_emptied_runs_again(shop: Path, run_folder: Path) -> None:
    path = results(shop, run_folder)
    book = load_workbook(path)
    book[SHEET].cell(2, len(HEADERS) + 1).value = None
    book.save(path)
    assert read_listings(path).finished == ("D",)


def test_a_second_result_keeps_what_the_first_said(shop: Path, run_folder: Path) -> None:
    first = results(shop, run_folder)
    book = load_workbook(first)
    book[SHEET].cell(5, HEADERS.index("价格") + 1, 59.9)
    book.save(first)
    second_run = run_folder.with_name("1300-upload")
    second_run.mkdir()
    reading = read_listings(first)
    ends = [item(0, "B", Outcome.DONE), item(1, "C", Outcome.NEEDS_PERSON, reason="captcha")]
    path = write_results(first, second_run, ends, reading.problems, language="zh")
    assert path.name == "products-结果.xlsx"
    assert words(path) == ["已完成", "已完成", "已完成", "等人处理", "等人处理", "无需改动"]
    cells = added(path)
    assert cells[2]["证据"].hyperlink.target == "../1200-upload/report.html"
    assert cells[4]["证据"].hyperlink.target == "report.html"
    assert read_listings(path).finished == ("A", "B", "D")
    assert read_listings(path).listings[0].main_pictures[0].path == shop / "images/main.jpg"


# --- open elsewhere ----------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["~${}", ".~{}", ".~lock.{}#"])
def test_open_elsewhere_it_gets_another_name_and_says_so(
    shop: Path, run_folder: Path, mark: str
) -> None:
    first = results(shop, run_folder)
    before = first.read_bytes()
    (run_folder / mark.format(first.name)).write_bytes(b"open")
    second = results(shop, run_folder)
    assert second.name == "products-结果-2.xlsx"
    assert first.read_bytes() == before
    sheet = shop / "products.xlsx"
    assert "products-结果.xlsx 正被别的程序打开" in closing_line(second, sheet, "zh")
    assert "打开" not in closing_line(first, sheet, "zh")


def test_refused_by_windows_it_gets_another_name(
    shop: Path, run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def busy(source: Path, target: Path) -> Path:
        if target.name == "products-结果.xlsx":
            raise PermissionError(13, "The process cannot access the file")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", busy)
    assert results(shop, run_folder).name == "products-结果-2.xlsx"
    assert not list(run_folder.glob(".*.part"))


def test_the_report_s_address_is_one_that_excel_opens(shop: Path, run_folder: Path) -> None:
    """A folder with a blank or 汉字 in its name must not break a link that is kept."""
    first = results(shop, run_folder)
    second_run = run_folder.parents[1] / "店 铺/1300"
    second_run.mkdir(parents=True)
    path = write_results(first, second_run, [], (), language="zh")
    target = added(path)[2]["证据"].hyperlink.target
    assert re.fullmatch(r"[\w./%-]+", target, re.ASCII)
