"""What Excel, WPS and people do to a workbook: real files, read as an operator would send them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheet_rows import open_workbook, read_bytes
from console.sheets import SheetReading, read_listings
from tests.console.products import FIRST, Desk, codes, product_row, sound_rows
from tests.workbooks import put_raw_cell

PLACE = {column.header: number for number, column in enumerate(COLUMNS, start=1)}


def told(reading: SheetReading) -> tuple[str, str, str]:
    """Where the one problem is, its rule and its mend."""
    (problem,) = reading.problems
    return problem.cell, problem.rule, problem.mend


def raw(desk: Desk, address: str, inside: str, kind: str = "n") -> SheetReading:
    """Read the sound rows with one cell as another program saved it."""
    path = desk.write(sound_rows(), lambda sheet: sheet.__setitem__(address, "to be replaced"))
    put_raw_cell(path, address, inside, kind)
    return read_listings(path)


# --- formulas ----------------------------------------------------------------------------------


def test_a_formula_counts_as_what_it_came_to(desk: Desk) -> None:
    reading = raw(desk, "P3", "<f>30+9.9</f><v>39.9</v>")
    assert reading.problems == ()
    assert str(reading.listings[1].skus[0].price) == "39.90"


@pytest.mark.parametrize(
    ("address", "column"), [("P3", "价格"), ("B3", "商品标题"), ("E3", "品牌")]
)
def test_a_formula_without_a_value_is_no_empty_cell(desk: Desk, address: str, column: str) -> None:
    reading = raw(desk, address, "<f>A1</f>")
    assert told(reading)[:2] == (address, "S-formula-no-value")
    assert reading.problems[0].column == column
    assert reading.problems[0].shown == "=A1"
    assert "open the sheet in Excel or WPS, save it" in reading.problems[0].mend
    assert codes(reading) == ["G-1", "G-2"]


# --- pictures ----------------------------------------------------------------------------------


def test_a_picture_that_wps_put_into_the_cell_is_told_as_such(desk: Desk) -> None:
    inside = '<f>_xlfn.DISPIMG("ID_0A",1)</f><v>=DISPIMG("ID_0A",1)</v>'
    cell, rule, mend = told(raw(desk, "G3", inside, "str"))
    assert (cell, rule) == ("G3", "S-picture-in-cell")
    assert "save the picture as a file" in mend


def test_a_picture_that_excel_put_into_the_cell_is_told_as_such(desk: Desk) -> None:
    cell, rule, _ = told(raw(desk, "G3", "<v>#VALUE!</v>", "e"))
    assert (cell, rule) == ("G3", "S-picture-in-cell")


def test_a_web_address_is_no_file(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.MAIN_PICTURES] = "https://img.example.com/a.jpg"
    assert told(desk.read(rows))[:2] == ("G3", "S-picture-address")


def test_a_path_as_windows_copies_it_loses_its_quotes(desk: Desk) -> None:
    rows = sound_rows()
    whole = desk.folder / "images/main.jpg"
    rows[FIRST][Header.MAIN_PICTURES] = f'"images\\main.jpg"\n"{whole}"'
    reading = desk.read(rows)
    assert reading.problems == ()
    assert [each.path for each in reading.listings[1].main_pictures] == [whole, whole]


def test_a_name_with_a_slip_is_answered_with_the_one_that_is_there(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.MAIN_PICTURES] = "images/mian.jpg"
    assert told(desk.read(rows))[2].endswith("does not exist; there is main.jpg")


@pytest.mark.parametrize("between", [",", "，", "、", " ", ", "])
def test_pictures_with_another_sign_between_are_taken_apart(desk: Desk, between: str) -> None:
    rows = sound_rows()
    rows[FIRST][Header.MAIN_PICTURES] = f"images/main.jpg{between}images/main2.jpg"
    reading = desk.read(rows)
    assert reading.problems == ()
    names = [each.path.name for each in reading.listings[1].main_pictures]
    assert names == ["main.jpg", "main2.jpg"]


def test_of_pictures_with_a_comma_between_the_missing_one_is_named(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.MAIN_PICTURES] = "images/main.jpg、images/mian2.jpg"
    _, rule, mend = told(desk.read(rows))
    assert rule == "S-picture-missing"
    assert mend.endswith("mian2.jpg does not exist; there is main2.jpg")


def test_a_name_with_such_a_sign_in_it_stays_whole(desk: Desk) -> None:
    shutil.copy(desk.folder / "images/main.jpg", desk.folder / "images/白、蓝 1.jpg")
    rows = sound_rows()
    rows[FIRST][Header.MAIN_PICTURES] = "images/白、蓝 1.jpg"
    assert desk.read(rows).problems == ()
    rows[FIRST][Header.MAIN_PICTURES] = "images/红、绿 1.jpg"
    (problem,) = desk.read(rows).problems
    assert "红、绿 1.jpg does not exist" in problem.mend


def test_names_count_from_the_sheet_wherever_the_program_stands(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write(sound_rows())
    monkeypatch.chdir(path.parent.parent)
    relative = Path(os.path.relpath(path))
    picture = read_listings(relative).listings[0].main_pictures[0].path
    monkeypatch.chdir(tmp_path)
    assert picture.is_absolute()
    assert picture.exists()


def test_a_folder_that_moved_as_a_whole_reads_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.write(sound_rows())
    moved = Path(shutil.copytree(desk.folder, tmp_path / "新 电脑"))
    reading = read_listings(moved / "products.xlsx")
    assert reading.problems == ()
    assert reading.listings[0].main_pictures[0].path == moved / "images/main.jpg"


def test_a_picture_above_the_sheet_is_found(tmp_path: Path) -> None:
    Image.new("RGB", (600, 600)).save(tmp_path / "up.jpg")
    inner = Desk(tmp_path / "inner")
    inner.folder.mkdir()
    row = product_row("G-1", "A", MAIN_PICTURES="../up.jpg", DETAIL_PICTURES="..\\up.jpg")
    assert inner.read([row]).problems == ()


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [Header.PRICE, Header.STOCK])
def test_a_number_that_shows_as_a_percentage_is_refused(desk: Desk, header: Header) -> None:
    def as_percentage(sheet: Worksheet) -> None:
        cell = sheet.cell(3, PLACE[header], 1)
        cell.number_format = "0%"

    reading = desk.read(sound_rows(), as_percentage)
    assert told(reading)[1] == "S-percentage"
    assert codes(reading) == ["G-1", "G-2"]


def test_full_width_signs_and_percent_signs_read_as_meant(desk: Desk) -> None:
    rows = [
        product_row("G-1", "A", PRICE="￥３９．９０", STOCK="１２０"),
        product_row("G-2", "B", PRICE="1,299.00元", ATTRIBUTES="材质成分＝棉 95％、氨纶 5％"),
    ]
    first, second = desk.read(rows).listings
    assert (str(first.skus[0].price), first.skus[0].stock) == ("39.90", 120)
    assert str(second.skus[0].price) == "1299.00"
    assert second.attributes == {"材质成分": "棉 95%、氨纶 5%"}


# --- merged and hidden -------------------------------------------------------------------------


def test_a_block_merged_over_rows_and_columns_counts_for_its_first_column(desk: Desk) -> None:
    rows = sound_rows()
    for row in rows[FIRST + 1 : FIRST + 4]:
        row[Header.CODE] = None
        row[Header.PRICE] = None

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A3:A6")
        sheet.merge_cells("B3:B6")
        sheet.merge_cells("P3:P6")

    reading = desk.read(rows, merge)
    assert reading.problems == ()
    assert [str(sku.price) for sku in reading.listings[1].skus] == ["39.90"] * 4


def test_a_column_merged_down_to_the_sheet_s_end_means_its_filled_rows(desk: Desk) -> None:
    rows = sound_rows()[:5]
    path = desk.write(rows, lambda sheet: sheet.merge_cells("A3:A9"))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'"A3:A9"', b'"A3:A1048576"')
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    book = open_workbook(path, read_bytes(path), values=True)
    assert [str(block) for block in book[SHEET].merged_cells.ranges] == ["A3:A6"]
    assert codes(read_listings(path)) == ["G-1", "P-1"]


def test_a_merged_sku_code_is_told_for_every_row(desk: Desk) -> None:
    reading = desk.read(sound_rows(), lambda sheet: sheet.merge_cells("O3:O4"))
    assert [(each.cell, each.rule) for each in reading.problems] == [
        ("O3", "S-sku-code-twice"),
        ("O4", "S-sku-code-twice"),
    ]


def test_a_filtered_sheet_is_read_whole(desk: Desk) -> None:
    def filtered(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:T7"
        sheet.auto_filter.add_filter_column(0, ["G-1"])
        for number in range(3, 8):
            sheet.row_dimensions[number].hidden = True

    assert codes(desk.read(sound_rows(), filtered)) == ["G-1", "P-1", "G-2"]


# --- names of files ----------------------------------------------------------------------------


def test_a_cell_s_address_follows_the_column_where_it_really_stands(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.PRICE] = "面议"

    def shifted(sheet: Worksheet) -> None:
        sheet.insert_cols(1, 2)
        sheet.insert_rows(2)

    (problem,) = desk.read(rows, shifted).problems
    assert (problem.row, problem.cell) == (4, "R4")


def test_a_column_that_is_not_there_has_no_address(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.SPEC_2_NAME] = "尺码大小"
    reading = desk.read(rows, lambda sheet: sheet.delete_cols(PLACE[Header.SPEC_2_VALUE]))
    assert {(each.cell, each.column) for each in reading.problems} == {("", "规格2值")}
