from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_columns import SHEET, Header
from console.sheet_words import mend_words
from console.sheets import SheetReading, read_listings
from domain.listing import NO_BRAND
from tests.console.products import (
    FIRST,
    FOURTH,
    GOOD_AFTER,
    SECOND,
    THIRD,
    Desk,
    codes,
    product_row,
    sku_row,
    sound_rows,
)

SAMPLE = Path(__file__).parents[2] / "config/samples/upload-listings/products.xlsx"


# --- what is good ------------------------------------------------------------------------------


def test_the_sample_reads_into_five_listings() -> None:
    reading = read_listings(SAMPLE)
    assert reading.problems == ()
    assert codes(reading) == ["CG-1001", "CG-1002", "CG-1003", "CG-1004", "CG-1005"]
    shirt, cup = reading.listings[:2]
    assert [sku.spec_text for sku in shirt.skus] == [
        *("白色 / S", "白色 / M", "白色 / L"),
        *("浅蓝 / S", "浅蓝 / M", "浅蓝 / L"),
    ]
    assert shirt.category == ("服饰内衣", "女装", "T恤")
    assert [sku.spec for sku in cup.skus] == [{"规格": "500ml"}]
    assert cup.ships_within == "次日发"
    assert all(listing.brand == NO_BRAND for listing in reading.listings)


def test_the_sample_pictures_are_light_and_known_by_hash() -> None:
    pictures = [
        picture
        for listing in read_listings(SAMPLE).listings
        for picture in (*listing.main_pictures, *listing.detail_pictures)
    ]
    assert sum(picture.path.stat().st_size for picture in pictures) < 1_500_000
    for picture in pictures:
        assert picture.path.is_absolute()
        assert picture.sha256 == hashlib.sha256(picture.path.read_bytes()).hexdigest()


def test_sound_rows_read_with_defaults(desk: Desk) -> None:
    reading = desk.read(sound_rows())
    assert (reading.problems, codes(reading)) == ((), ["G-1", "P-1", "G-2"])
    listing = reading.listings[1]
    assert listing.brand == NO_BRAND
    assert listing.freight_template == "包邮"
    assert listing.ships_within == "48小时"
    assert listing.seven_day_return == "支持7天无理由退货"
    assert listing.skus[3].spec == {"颜色分类": "浅蓝", "尺码大小": "M"}


def test_texts_are_freed_of_what_nobody_sees(desk: Desk) -> None:
    row = product_row(
        " G-1\u200b",
        "A",
        TITLE="夏季T恤\n 宽松  显瘦",
        CATEGORY="服饰内衣＞女装>T恤",
        SHIPS_WITHIN="４８小时",
        RETURNS="支持(拆封后不支持)",
        SPEC_1_NAME="鞋码",
        SPEC_1_VALUE=38.5,
    )
    listing = desk.read([row]).listings[0]
    assert listing.code == "G-1"
    assert listing.title == "夏季T恤 宽松 显瘦"
    assert listing.category == ("服饰内衣", "女装", "T恤")
    assert listing.ships_within == "48小时"
    assert listing.seven_day_return == "支持（拆封后不支持）"
    assert listing.skus[0].spec == {"鞋码": "38.5"}


def test_picture_names_by_semicolon_line_break_and_backslash(desk: Desk) -> None:
    names = "images\\main.jpg；images/main.jpg;\n./images/main.jpg\n"
    listing = desk.read([product_row("G-1", "A", MAIN_PICTURES=names)]).listings[0]
    assert [picture.path.name for picture in listing.main_pictures] == ["main.jpg"] * 3


def test_rows_of_a_product_may_stand_apart_and_repeat_themselves(desk: Desk) -> None:
    rows = sound_rows()
    rows[FOURTH][Header.TITLE] = rows[FIRST][Header.TITLE]
    rows.append(rows.pop(FOURTH))
    reading = desk.read(rows)
    assert reading.problems == ()
    assert codes(reading) == ["G-1", "P-1", "G-2"]


def test_empty_rows_extra_columns_and_column_order_do_not_matter(desk: Desk) -> None:
    def shuffle(sheet: Worksheet) -> None:
        sheet.insert_rows(3, 2)
        sheet.insert_cols(1)
        sheet["A1"] = "备注"
        sheet["A2"] = "给小王"
        sheet["B4"] = "  "
        sheet["B1"] = " 商家编码* "

    reading = desk.read(sound_rows(), shuffle)
    assert reading.problems == ()
    assert codes(reading) == ["G-1", "P-1", "G-2"]


def test_an_optional_column_may_be_missing(desk: Desk) -> None:
    reading = desk.read(sound_rows(), lambda sheet: sheet.delete_cols(18, 3))
    assert reading.problems == ()
    assert reading.listings[0].freight_template == "包邮"


def test_a_product_may_have_three_specs(desk: Desk) -> None:
    rows = [
        product_row("P-3", "P-3-1", SPEC_1_VALUE="白色", SPEC_2_NAME="尺码大小", SPEC_2_VALUE="S")
        | {Header.SPEC_3_NAME: "款式", Header.SPEC_3_VALUE: "短袖"},
        {
            Header.CODE: "P-3",
            Header.SKU_CODE: "P-3-2",
            Header.PRICE: 20,
            Header.STOCK: 3,
            Header.SPEC_1_VALUE: "白色",
            Header.SPEC_2_VALUE: "S",
            Header.SPEC_3_VALUE: "长袖",
        },
    ]
    reading = desk.read(rows)
    assert reading.problems == ()
    assert [sku.spec_text for sku in reading.listings[0].skus] == [
        "白色 / S / 短袖",
        "白色 / S / 长袖",
    ]
    del rows[1][Header.SPEC_3_VALUE]
    problem = desk.read(rows).problems[0]
    assert (problem.rule, problem.column) == ("S-required", "规格3值")


def test_merged_cells_count_for_all_their_rows(desk: Desk) -> None:
    reading = desk.read(sound_rows(), lambda sheet: sheet.merge_cells("A3:A6"))
    assert reading.problems == ()
    assert len(reading.listings[1].skus) == 4


def test_hidden_rows_are_read_too(desk: Desk) -> None:
    reading = desk.read(sound_rows(), lambda sheet: sheet.row_dimensions.group(4, 6, hidden=True))
    assert len(reading.listings[1].skus) == 4


# --- what is wrong with a cell -----------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """A cell of the sound rows filled in wrongly, and the one problem it makes."""

    row: int
    header: Header
    typed: object
    rule: str
    mend: str
    value: str | None = None


SLIPS = [
    Slip(FIRST, Header.TITLE, None, "S-required", "fill in 商品标题", ""),
    Slip(FIRST, Header.TITLE, "中" * 31, "S-title-too-long", "by 2"),
    Slip(FIRST, Header.TITLE, "T", "S-title-too-short", "2 or more"),
    Slip(FIRST, Header.TITLE, "#N/A", "S-formula-error", "Excel error"),
    Slip(SECOND, Header.TITLE, "另一个标题", "S-contradiction", "row 3"),
    Slip(FIRST, Header.SHORT_TITLE, "中" * 13, "S-short-title-too-long", "by 2"),
    Slip(FIRST, Header.ATTRIBUTES, "女", "S-attribute-form", "label=value"),
    Slip(FIRST, Header.ATTRIBUTES, "厚薄=薄;厚薄=厚", "S-attribute-twice", "one value for 厚薄"),
    Slip(FIRST, Header.CATEGORY, "服饰内衣 > > T恤", "S-category-path", "with > between"),
    Slip(FIRST, Header.CATEGORY, "服饰内衣", "S-category-path", "not / or"),
    Slip(FIRST, Header.CATEGORY, "服饰内衣/女装/T恤", "S-category-path", "not / or"),
    Slip(FIRST, Header.CATEGORY, "服饰内衣\\女装\\T恤", "S-category-path", "not / or"),
    Slip(FIRST, Header.CATEGORY, None, "S-required", "fill in 商品类目", ""),
    Slip(FIRST, Header.SPEC_1_NAME, None, "S-required", "fill in 规格1名称", ""),
    Slip(FIRST, Header.SPEC_2_NAME, "颜色分类", "S-spec-name-twice", "different names"),
    Slip(SECOND, Header.SPEC_1_VALUE, None, "S-required", "fill in 规格1值", ""),
    Slip(SECOND, Header.SPEC_2_VALUE, None, "S-required", "fill in 规格2值", ""),
    Slip(SECOND, Header.SPEC_2_VALUE, True, "S-not-text", "yes/no", "True"),
    Slip(FIRST, Header.SPEC_3_NAME, "尺码大小", "S-spec-name-twice", "different names"),
    Slip(SECOND, Header.SKU_CODE, None, "S-required", "fill in SKU编码", ""),
    Slip(SECOND, Header.SKU_CODE, 1.25e18, "S-code-not-text", "15 digits", "1.25e+18"),
    Slip(SECOND, Header.SKU_CODE, "1.23457E+18", "S-code-not-text", "set the cell to text"),
    Slip(SECOND, Header.SKU_CODE, "A" * 256, "S-code-too-long", "it has 256"),
    Slip(THIRD, Header.PRICE, None, "S-required", "fill in 价格", ""),
    Slip(THIRD, Header.STOCK, None, "S-required", "fill in 库存", ""),
    *(
        Slip(THIRD, Header.PRICE, typed, "S-price-not-money", "such as 39.90", str(typed))
        for typed in ("12元5", "面议", 0, -5, "39,9", "1.234", 39.999, "1e3", "9" * 30)
    ),
    *(
        Slip(THIRD, Header.STOCK, typed, "S-stock-not-whole", "whole number", str(typed))
        for typed in ("很多", -1, 1.5, "1 件", 10_000_000)
    ),
    Slip(FIRST, Header.SHIPS_WITHIN, "三天内", "S-ships-within-unknown", "当日发、次日发、48小时"),
    Slip(FIRST, Header.RETURNS, "支持", "S-returns-unknown", "不支持7天无理由退货、"),
    Slip(FIRST, Header.MAIN_PICTURES, None, "S-required", "fill in 主图", ""),
    Slip(FIRST, Header.MAIN_PICTURES, ";\n", "S-required", "one file name", ";\n"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/none.jpg", "S-picture-missing", "does not exist"),
    Slip(FIRST, Header.MAIN_PICTURES, "images", "S-picture-unreadable", "can't be read"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/broken.jpg", "S-picture-unreadable", "anew"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/webp.jpg", "S-picture-format", "WEBP"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/small.jpg", "S-picture-too-small", "500×500"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/wide.jpg", "S-picture-not-square", "900×800"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/heavy.jpg", "S-picture-too-big", "5 MB"),
    Slip(FIRST, Header.MAIN_PICTURES, "images/main.jpg;" * 6, "S-pictures-too-many", "there are 6"),
    Slip(FIRST, Header.DETAIL_PICTURES, None, "S-required", "fill in 商品详情图", ""),
    Slip(FIRST, Header.DETAIL_PICTURES, "images/detail.png;" * 51, "S-pictures-too-many", "51"),
]


@pytest.mark.parametrize(
    "slip", SLIPS, ids=lambda slip: f"{slip.header}-{slip.rule}-{slip.typed}"[:60]
)
def test_one_slip_makes_one_problem_and_leaves_out_one_product(desk: Desk, slip: Slip) -> None:
    rows = sound_rows()
    rows[slip.row][slip.header] = slip.typed
    reading = desk.read(rows)
    (problem,) = reading.problems
    assert problem.file == desk.folder / "products.xlsx"
    assert (problem.sheet, problem.row, problem.column) == (SHEET, slip.row + 2, slip.header)
    assert problem.value == (slip.typed if slip.value is None else slip.value)
    assert problem.rule == slip.rule
    assert slip.mend in problem.mend
    assert problem.code == "P-1"
    assert codes(reading) == ["G-1", "G-2"]
    assert "\n" not in str(problem)
    assert re.search("[一-鿿]", mend_words(problem, "zh"))
    assert not re.search("[a-z]{3,} [a-z]{2,}", mend_words(problem, "zh"))


# --- what is wrong with a product or the file --------------------------------------------------


def problem_places(reading: SheetReading) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.column, each.rule, each.code) for each in reading.problems]


def test_a_slip_of_each_kind_is_noted_in_the_order_of_the_sheet(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.TITLE] = None
    rows[FIRST][Header.MAIN_PICTURES] = "images/none.jpg;images/small.jpg"
    rows[FOURTH][Header.PRICE] = "面议"
    reading = desk.read(rows)
    assert problem_places(reading) == [
        (3, "商品标题", "S-required", "P-1"),
        (3, "主图", "S-picture-missing", "P-1"),
        (3, "主图", "S-picture-too-small", "P-1"),
        (6, "价格", "S-price-not-money", "P-1"),
    ]
    assert [each.value for each in reading.problems[1:3]] == ["images/none.jpg", "images/small.jpg"]


def test_of_rows_that_contradict_each_other_the_fewer_are_pointed_at(desk: Desk) -> None:
    rows = sound_rows()
    for row in rows[SECOND:GOOD_AFTER]:
        row[Header.TITLE] = "另一个标题"
    reading = desk.read(rows)
    assert problem_places(reading) == [(3, "商品标题", "S-contradiction", "P-1")]
    assert "the same as in row 4, '另一个标题'" in reading.problems[0].mend

    for row, title in zip(rows[FIRST:GOOD_AFTER], ("甲", "乙", "甲", "丙"), strict=True):
        row[Header.TITLE] = title
    reading = desk.read(rows)
    assert problem_places(reading) == [(4, "商品标题", "S-contradiction", "P-1")]
    assert "the same as in row 3, '甲'; so in 1 more rows" in reading.problems[0].mend


def test_a_missing_combination_is_named(desk: Desk) -> None:
    rows = sound_rows()
    del rows[FOURTH]
    reading = desk.read(rows)
    (problem,) = reading.problems
    assert problem_places(reading) == [(3, "规格2值", "S-spec-missing", "P-1")]
    assert problem.value == "S"
    assert "浅蓝 / M" in problem.mend
    assert codes(reading) == ["G-1", "G-2"]


def test_of_many_missing_combinations_some_are_named_and_the_rest_counted(desk: Desk) -> None:
    rows = sound_rows()[:1]
    first = product_row("P-1", "P-1-0", SPEC_2_NAME="尺码大小", SPEC_2_VALUE="S0")
    rows.append(first)
    rows += [sku_row(f"色{number}", f"S{number}", f"P-1-{number}") for number in range(1, 5)]
    (problem,) = desk.read(rows).problems
    assert "and 14 more" in problem.mend


def test_spec_values_without_a_spec_name_are_pointed_out_once(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.SPEC_2_NAME] = None
    reading = desk.read(rows)
    assert problem_places(reading) == [(3, "规格2值", "S-spec-name-missing", "P-1")]
    assert "fill in 规格2名称" in reading.problems[0].mend


def test_a_repeated_combination_points_to_the_first(desk: Desk) -> None:
    rows = sound_rows()
    rows.insert(GOOD_AFTER, sku_row("白色", "M", "P-1-X"))
    reading = desk.read(rows)
    (problem,) = reading.problems
    assert problem_places(reading) == [(7, "规格1值", "S-spec-twice", "P-1")]
    assert problem.value == "白色 / M"
    assert "row 4" in problem.mend


def test_a_repeated_sku_code_leaves_out_every_product_that_claims_it(desk: Desk) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.SKU_CODE] = "P-1-WM"
    reading = desk.read(rows)
    assert problem_places(reading) == [
        (4, "SKU编码", "S-sku-code-twice", "P-1"),
        (7, "SKU编码", "S-sku-code-twice", "G-2"),
    ]
    assert all("rows 4, 7" in each.mend for each in reading.problems)
    assert codes(reading) == ["G-1"]


def test_a_sku_row_without_code_leaves_out_the_product_above(desk: Desk) -> None:
    rows = sound_rows()
    rows[FOURTH][Header.CODE] = None
    reading = desk.read(rows)
    assert (6, "商家编码", "S-required", "P-1") in problem_places(reading)
    assert codes(reading) == ["G-1", "G-2"]


def test_a_product_without_code_leaves_the_others_alone(desk: Desk) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.CODE] = None
    reading = desk.read(rows)
    assert problem_places(reading) == [(7, "商家编码", "S-required", "")]
    assert codes(reading) == ["G-1", "P-1"]


def test_a_product_code_spoiled_by_excel_is_refused(desk: Desk) -> None:
    rows = sound_rows()
    rows[GOOD_AFTER][Header.CODE] = 6901234567890123456
    reading = desk.read(rows)
    assert problem_places(reading) == [(7, "商家编码", "S-code-not-text", "")]
    assert codes(reading) == ["G-1", "P-1"]


def test_a_sheet_with_headers_only_holds_nothing(desk: Desk) -> None:
    assert desk.read([]) == SheetReading(listings=(), problems=())


def test_the_sheet_is_not_kept_open(desk: Desk) -> None:
    path = desk.write(sound_rows())
    read_listings(path)
    path.rename(path.with_name("moved.xlsx"))  # Windows refuses this while a handle is open
