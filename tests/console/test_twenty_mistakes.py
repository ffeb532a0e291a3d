"""One sheet with twenty kinds of mistakes: twenty messages from which it can be mended.

Whoever mends it sees the messages only. Each must name file, sheet, row, column and cell, show what
stands there, and say what should stand there instead. The good products come through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheet_words import remark_line
from console.sheets import SheetReading, read_listings
from tests.console.products import SheetRow, furnished, product_row
from tests.workbooks import put_raw_cell

THREE = "images/main.jpg;images/main2.jpg;images/main3.jpg"
PLACE = {column.header: number for number, column in enumerate(COLUMNS, start=1)}


@dataclass(frozen=True)
class Mistake:
    """A cell of an otherwise sound product, and what a reader must be told."""

    header: Header
    typed: object
    rule: str
    says: str


MISTAKES = (
    Mistake(Header.CODE, 6.90123456789012e18, "S-code-not-text", "不要照这一格抄"),
    Mistake(Header.TITLE, None, "S-required", "例如 夏季透气情侣T恤"),
    Mistake(Header.TITLE, "夏季透气情侣T恤宽松显瘦" * 3, "S-title-too-long", "请至少删掉 9 个字符"),
    Mistake(Header.TITLE, "夏季透气情侣T恤 跳 楼 价", "R-price-word", "“跳 楼 价”（第 10 个字）"),
    Mistake(Header.TITLE, "全网最佳情侣T恤 宽松显瘦", "R-extreme-word", "改成 优选、好用"),
    Mistake(Header.TITLE, "夏季透气情侣T恤🔥宽松显瘦", "R-title-emoji", "第 9 个字“🔥”"),
    Mistake(
        Header.CATEGORY, "服饰内衣 女装 > > T恤", "S-category-path", "例如 服饰内衣 > 女装 > T恤"
    ),
    Mistake(Header.ATTRIBUTES, "适用性别女", "S-attribute-form", "现在写的是 适用性别女"),
    Mistake(Header.MAIN_PICTURES, "images/mian.jpg", "S-picture-missing", "mian.jpg 改成 main.jpg"),
    Mistake(Header.MAIN_PICTURES, "images/wide.jpg", "S-picture-not-square", "这张是 900×800"),
    Mistake(Header.MAIN_PICTURES, "images/small.jpg", "S-picture-too-small", "至少 600×600"),
    Mistake(Header.MAIN_PICTURES, "images/webp.jpg", "S-picture-format", "其实是 WEBP"),
    Mistake(Header.MAIN_PICTURES, "=DISPIMG", "S-picture-in-cell", "放进表格所在的文件夹"),
    Mistake(
        Header.DETAIL_PICTURES, "images/heavy.jpg", "S-picture-too-big", "有 5.1 MB，最大 5 MB"
    ),
    Mistake(Header.SPEC_1_VALUE, "补邮费", "R-bait-sku", "删行请放在最后做）：“邮费”"),
    Mistake(Header.SKU_CODE, "6.90123E+18", "S-code-not-text", "只保留前 15 位"),
    Mistake(Header.PRICE, "三十九块九", "S-price-not-money", "例如 39.90"),
    Mistake(Header.PRICE, 999999, "R-price-placeholder", "也写真实价格，库存填 0"),
    Mistake(Header.STOCK, "很多", "S-stock-not-whole", "0 到 9999999 的整数"),
    Mistake(Header.SHIPS_WITHIN, "三天内", "S-ships-within-unknown", "当日发、次日发、48小时"),
)
GOOD = ("G-1", "G-2", "G-3")


def spoiled_row(number: int, mistake: Mistake) -> SheetRow:
    row = product_row(f"M-{number}", f"M-{number}-A", MAIN_PICTURES=THREE)
    return row | {Header.TITLE: "夏季透气情侣T恤 宽松显瘦"} | {mistake.header: mistake.typed}


def row_of(number: int) -> int:
    """Where a mistake stands: row 2 is a good product, and so is every tenth."""
    return 3 + number + number // 10


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> SheetReading:
    folder = tmp_path_factory.mktemp("operator")
    return read_listings(written(furnished(folder).folder))


def written(folder: Path) -> Path:
    good = [product_row(code, f"{code}-A", MAIN_PICTURES=THREE) for code in GOOD]
    bad = [spoiled_row(number, mistake) for number, mistake in enumerate(MISTAKES)]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append([column.header.value for column in COLUMNS])
    for row in (good[0], *bad[:10], good[1], *bad[10:], good[2]):
        sheet.append([row.get(column.header) for column in COLUMNS])
    path = folder / "秋季上新.xlsx"
    book.save(path)
    inside = '<f>_xlfn.DISPIMG("ID_0A",1)</f><v>=DISPIMG("ID_0A",1)</v>'
    put_raw_cell(path, f"G{row_of(12)}", inside, "str")
    return path


def test_the_mistakes_are_twenty_and_of_twenty_kinds() -> None:
    assert len({(mistake.header, mistake.rule) for mistake in MISTAKES}) == len(MISTAKES) == 20


def test_twenty_messages_and_no_more(reading: SheetReading) -> None:
    assert [problem.rule for problem in reading.problems] == [each.rule for each in MISTAKES]


def test_the_good_products_come_through(reading: SheetReading) -> None:
    assert tuple(listing.code for listing in reading.listings) == GOOD


@pytest.mark.parametrize("number", range(20), ids=lambda number: MISTAKES[number].rule)
def test_a_message_says_all_that_is_needed(reading: SheetReading, number: int) -> None:
    mistake, problem = MISTAKES[number], reading.problems[number]
    line = remark_line(problem, "zh")
    address = f"{chr(ord('A') + PLACE[mistake.header] - 1)}{row_of(number)}"
    place = f"秋季上新.xlsx「商品」工作表 第 {row_of(number)} 行 {mistake.header}（{address} 格）："
    assert line.startswith(place)
    assert mistake.says in line
    assert line.endswith(f"（{mistake.rule}）")
    assert "\n" not in line
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", line), "an English sentence is left in it"
    assert address in str(problem)
    assert mistake.rule in str(problem)


@pytest.mark.parametrize("number", range(20), ids=lambda number: MISTAKES[number].rule)
def test_what_stands_in_the_cell_is_shown(reading: SheetReading, number: int) -> None:
    typed = MISTAKES[number].typed
    shown = reading.problems[number].shown
    assert shown == "(empty)" if typed is None else shown.startswith(str(typed)[:9])
