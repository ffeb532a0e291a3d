"""Headers that somebody renamed, moved or added: nothing is read as empty that was filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheet_products import PRODUCTS
from console.sheet_purchase_columns import PURCHASES
from console.sheet_results import write_results
from console.sheet_rows import content_of, open_workbook, read_bytes, read_rows
from console.sheet_runs import read_sheet, reading_lines
from console.sheets import read_listings
from domain.sheet_errors import SheetUnreadable
from tests.console.products import GOOD_AFTER, Desk, SheetRow, codes, sound_rows, untouched

PLACE = {column.header: number for number, column in enumerate(COLUMNS, start=1)}


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_LANG", "zh")


def renamed(**names: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for name, header in names.items():
            sheet.cell(1, PLACE[Header[name]], header)

    return change


def refusal(desk: Desk, change: Callable[[Worksheet], object]) -> str:
    return refusal_of(desk, sound_rows(), change)


def refusal_of(desk: Desk, rows: list[SheetRow], change: Callable[[Worksheet], object]) -> str:
    with pytest.raises(SheetUnreadable) as caught:
        desk.read(rows, change)
    return caught.value.mend


def beside(path: Path) -> list[str]:
    """What is said of a sheet beside its advice."""
    reading = read_sheet(path)
    told = reading.unread.lines("zh")
    assert reading_lines(reading, "zh")[: len(told)] == told
    return told


def test_a_renamed_optional_column_is_refused_for_its_default_would_go_on_sale(desk: Desk) -> None:
    told = refusal(desk, renamed(FREIGHT="运费", RETURNS="售后服务"))
    assert "缺 运费模板、售后政策" in told
    assert "运费（R 列）像是 运费模板；售后服务（T 列）像是 售后政策" in told


def test_in_english_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_LANG", "en")
    told = refusal(desk, renamed(FREIGHT="运费"))
    assert "lacks 运费模板, but 运费 (column R) may be 运费模板" in told


def test_an_extra_column_beside_all_of_ours_is_told_and_nothing_more(desk: Desk) -> None:
    def more(sheet: Worksheet) -> None:
        sheet.cell(1, len(COLUMNS) + 1, "成本")
        sheet.cell(1, len(COLUMNS) + 2, "备注")

    assert codes(desk.read(sound_rows(), more)) == ["G-1", "P-1", "G-2"]
    told = beside(desk.write(sound_rows(), more))
    assert told == ["这些列不是模板里的，不会读取：成本（X 列）、备注（Y 列）"]


def test_a_column_whose_header_was_emptied_is_refused_as_a_renamed_one(desk: Desk) -> None:
    rows = sound_rows()
    rows[0] |= {Header.SHIPS_WITHIN: "当日发", Header.RETURNS: "不支持7天无理由退货"}
    told = refusal_of(desk, rows, renamed(SHIPS_WITHIN="", RETURNS=""))
    assert "没有表头的一列（S 列）像是 发货时效" in told
    assert "没有表头的一列（T 列）像是 售后政策" in told
    assert "可以给它写上表头" in told


def test_an_emptied_header_whose_contents_tell_nothing_may_be_any_that_is_missing(
    desk: Desk,
) -> None:
    rows = sound_rows()
    rows[0][Header.FREIGHT] = "偏远不发"
    told = refusal_of(desk, rows, renamed(FREIGHT="", SHORT_TITLE=""))
    assert "没有表头的一列（R 列）像是 导购短标题 或 运费模板" in told
    assert "C 列" not in told


def test_a_renamed_column_is_known_by_what_stands_in_it(desk: Desk) -> None:
    rows = sound_rows()
    rows[0][Header.SHIPS_WITHIN] = "次日发"
    told = refusal_of(desk, rows, renamed(SHIPS_WITHIN="几时走"))
    assert "几时走（S 列）像是 发货时效" in told


@pytest.mark.parametrize("header", ["备注", "成本", "采购员", "售后备注", "产品链接"])
def test_a_column_of_one_s_own_beside_missing_ones_is_told_and_nothing_more(
    desk: Desk, header: str
) -> None:
    def more(sheet: Worksheet) -> None:
        sheet.delete_cols(PLACE[Header.FREIGHT], 6)
        sheet.delete_cols(PLACE[Header.SPEC_3_NAME], 2)
        sheet.cell(1, sheet.max_column + 1, header)
        sheet.cell(2, sheet.max_column, "老客户")

    assert codes(desk.read(sound_rows(), more)) == ["G-1", "P-1", "G-2"]
    assert beside(desk.write(sound_rows(), more)) == [
        f"这些列不是模板里的，不会读取：{header}（P 列）"
    ]


def test_so_with_purchases_that_are_not_sent_yet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = PURCHASES.name
    sheet.append([*PURCHASES.headers[:6], "采购价"])
    sheet.append(["6920100000000000078", "CG-1001-W-M", 1, None, None, None, 12.5])
    path = tmp_path / "purchases.xlsx"
    book.save(path)
    assert read_rows(path, PURCHASES).unread.columns == ("采购价（G 列）",)
    sheet["G1"] = "快递单号"
    book.save(path)
    with pytest.raises(SheetUnreadable, match="快递单号（G 列）像是 运单号") as caught:
        read_rows(path, PURCHASES)
    assert "默认" not in caught.value.mend


def test_columns_that_are_left_out_are_no_fault_and_those_of_a_result_no_strangers(
    desk: Desk, tmp_path: Path
) -> None:
    bare = desk.write(sound_rows(), lambda sheet: sheet.delete_cols(PLACE[Header.FREIGHT], 6))
    assert len(read_listings(bare).listings) == 3
    assert beside(bare) == []
    results = write_results(bare, tmp_path, [], [])
    assert len(read_listings(results).listings) == 3
    assert beside(results) == []


def test_another_filled_sheet_with_our_headers_is_named(desk: Desk) -> None:
    path = desk.write(sound_rows())
    book = load_workbook(path)
    book.copy_worksheet(book[SHEET]).title = "商品 (2)"
    empty = book.create_sheet("空的")
    empty.append([column.header.value for column in COLUMNS])
    book.save(path)
    (told,) = beside(path)
    assert "不会读取：商品 (2)。" in told


@pytest.mark.parametrize("stranger", ["售价", "价格(元)"])
def test_a_missing_column_is_told_with_the_strangers_that_may_be_it(
    desk: Desk, stranger: str
) -> None:
    told = refusal(desk, renamed(PRICE=stranger))
    assert told.startswith("工作表「商品」的第 1 行缺少列名：价格。请补上。")
    assert f"不认识的表头：{stranger}（P 列）像是 价格。" in told


@pytest.mark.parametrize("above", [1, 3])
def test_headers_below_a_title_are_told_with_the_rows_to_delete(desk: Desk, above: int) -> None:
    def lower(sheet: Worksheet) -> None:
        sheet.insert_rows(1, above)
        sheet["A1"] = "秋季上新"

    told = refusal(desk, lower)
    assert f"表头在第 {above + 1} 行：请删掉上面的 {above} 行" in told


@pytest.mark.parametrize("change", [untouched, lambda sheet: sheet.merge_cells("A3:A6")])
def test_a_stray_blank_far_down_makes_no_cells_above_it(
    desk: Desk, tmp_path: Path, change: Callable[[Worksheet], object]
) -> None:
    def stray(sheet: Worksheet) -> None:
        change(sheet)
        sheet.cell(20_000, 3, " ")

    path = desk.write(sound_rows(), stray)
    book = open_workbook(path, read_bytes(path), values=True)
    rows = content_of(path, PRODUCTS, book, book).rows
    assert [row.number for row in rows] == list(range(2, GOOD_AFTER + 3))
    assert len(book[SHEET]._cells) < 300
    assert write_results(path, tmp_path, [], []).stat().st_size < 50_000


def test_a_stray_blank_in_excel_s_last_row_keeps_nothing_waiting(desk: Desk) -> None:
    path = desk.write(sound_rows(), lambda sheet: sheet.cell(1_048_576, 1, " "))
    assert len(read_listings(path).listings) == 3
