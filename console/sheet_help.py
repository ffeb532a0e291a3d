"""The 说明 sheet: what each column means, the rules, and two products filled in."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from console import sheet_style as style
from console.sheet_columns import COLUMNS, Column, Header
from console.sheet_style import AnyCell
from domain.titles import title_width

SheetRow = dict[Header, str | int | float]

MUG_EXAMPLE: tuple[SheetRow, ...] = (
    {
        Header.CODE: "EX-2001",
        Header.TITLE: "大容量保温杯 304不锈钢 便携车载水杯",
        Header.CATEGORY: "家居日用 > 餐饮具 > 保温杯",
        Header.MAIN_PICTURES: "images/EX-2001-1.jpg\nimages/EX-2001-2.jpg",
        Header.DETAIL_PICTURES: "images/EX-2001-a.jpg",
        Header.SPEC_1_NAME: "规格",
        Header.SPEC_1_VALUE: "500ml",
        Header.SKU_CODE: "EX-2001-500",
        Header.PRICE: 59.9,
        Header.STOCK: 200,
        Header.FREIGHT: "包邮",
        Header.SHIPS_WITHIN: "次日发",
        Header.RETURNS: "支持（拆封后不支持）",
    },
)
"""One SKU: it has a spec all the same."""

SHIRT_EXAMPLE: tuple[SheetRow, ...] = (
    {
        Header.CODE: "EX-2002",
        Header.TITLE: "夏季透气情侣T恤 宽松显瘦 纯棉短袖",
        Header.SHORT_TITLE: "透气情侣纯棉T恤",
        Header.CATEGORY: "服饰内衣 > 女装 > T恤",
        Header.ATTRIBUTES: "材质成分=棉 95%、氨纶 5%\n适用性别=男女通用",
        Header.MAIN_PICTURES: "images/EX-2002-1.jpg",
        Header.DETAIL_PICTURES: "images/EX-2002-a.jpg\nimages/EX-2002-b.jpg",
        Header.SPEC_1_NAME: "颜色分类",
        Header.SPEC_1_VALUE: "白色",
        Header.SPEC_2_NAME: "尺码大小",
        Header.SPEC_2_VALUE: "S",
        Header.SKU_CODE: "EX-2002-W-S",
        Header.PRICE: 39.9,
        Header.STOCK: 80,
    },
    *(
        SheetRow(
            {
                Header.CODE: "EX-2002",
                Header.SPEC_1_VALUE: colour,
                Header.SPEC_2_VALUE: size,
                Header.SKU_CODE: f"EX-2002-{letter}-{size}",
                Header.PRICE: price,
                Header.STOCK: stock,
            }
        )
        for colour, letter, size, price, stock in (
            ("白色", "W", "M", 39.9, 120),
            ("白色", "W", "L", 42.9, 60),
            ("浅蓝", "B", "S", 39.9, 80),
            ("浅蓝", "B", "M", 39.9, 100),
            ("浅蓝", "B", "L", 42.9, 0),
        )
    ),
)
"""Two colours by three sizes: six rows, the product's columns on the first only."""

_INTRO = "一行一个 SKU。深色表头必填，浅色表头选填；鼠标停在表头上可以看到每一列的说明。"
_INTRO_EN = (
    "One row per SKU. Dark headers must be filled in, light ones may stay empty. "
    "Columns of the product (title, category, pictures…) go on its first row only."
)
_RULES = (
    "商品自己的信息（标题、类目、图片等）写在商品的第一行，同一商家编码的其他行留空或照抄。",
    "规格多于一个时，每一种组合都要有一行，如 2 种颜色 × 3 个尺码 = 6 行；某个组合不卖，库存填 0。",
    "编码列是文本格式：长编码一旦变成数字，Excel 会把第 15 位以后改成 0，这样的编码不会上传。",
    "图片位置从本表所在的文件夹算起，把表格和图片文件夹放在一起即可；换电脑时整个文件夹一起拷贝。",
    "一个商品只要有一行有错，整个商品都不上传，其他商品照常；错误会写明行、列和改法。",
    "表头文字不要改；列的顺序可以换，另加的列不会读取。空行跳过，隐藏或筛选掉的行也会读取。",
    "标题里不要写价格、极限词（最佳、国家级等）和表情符号：平台不许的不会上传，拿不准的只给提示。",
    "跑完后有一份「表名-结果.xlsx」，每行写明结果和原因；改好有错的行，把它直接再交给程序，只跑没做好的。",
)

_FIRST = 2  # column A is the margin
_LAST = _FIRST + len(COLUMNS) - 1
_NAME, _NEED, _HELP, _EXAMPLE = (2, 2), (5, 5), (3, 4), (6, 7)
"""First and last column of each field in the table of columns; 说明 stands before 必填."""


def write_help(sheet: Worksheet) -> None:
    """Fill the 说明 sheet."""
    style.set_view(sheet)
    sheet.column_dimensions["A"].width = 3
    for number, column in enumerate(COLUMNS, start=_FIRST):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    row = _write_intro(sheet)
    row = _write_columns(sheet, row + 1)
    row = _write_rules(sheet, row + 1)
    row = _write_example(sheet, row + 1, "例一：只有一个 SKU 的商品", MUG_EXAMPLE)
    _write_example(sheet, row + 1, "例二：2 种颜色 × 3 个尺码 = 6 个 SKU", SHIRT_EXAMPLE)


def _write_intro(sheet: Worksheet) -> int:
    lines = (
        ("商品上架表 · 填写说明", style.TITLE, 34),
        (_INTRO, style.BODY, 20),
        (_INTRO_EN, style.QUIET, 20),
    )
    for row, (text, font, height) in enumerate(lines, start=1):
        cell = sheet.cell(row, _FIRST, text)
        cell.font = font
        cell.alignment = style.UNWRAPPED
        sheet.row_dimensions[row].height = height
    return len(lines) + 1


def _write_columns(sheet: Worksheet, row: int) -> int:
    row = _write_heading(sheet, row, "每一列填什么")
    for span, text in ((_NAME, "列"), (_HELP, "说明"), (_NEED, "不填时"), (_EXAMPLE, "例子")):
        title = _boxed(sheet, row, span, text)
        title.font = style.BOLD
        title.fill = style.PALE_FILL
    for row_number, column in enumerate(COLUMNS, start=row + 1):
        _write_column(sheet, row_number, column)
    return row + 1 + len(COLUMNS)


def _write_column(sheet: Worksheet, row: int, column: Column) -> None:
    need = "必填" if column.required else column.default or "可空"
    style.dress_header(_boxed(sheet, row, _NAME, column.header), column)
    _boxed(sheet, row, _HELP, column.help)
    _boxed(sheet, row, _NEED, need)
    _boxed(sheet, row, _EXAMPLE, column.example)
    sheet.row_dimensions[row].height = max(_height(column.help, 66), _height(need, 10))


def _write_rules(sheet: Worksheet, row: int) -> int:
    row = _write_heading(sheet, row, "规则")
    for number, rule in enumerate(_RULES, start=1):
        cell = sheet.cell(row, _FIRST, f"{number}. {rule}")
        cell.font = style.BODY
        cell.alignment = style.UNWRAPPED
        sheet.row_dimensions[row].height = 20
        row += 1
    return row


def _write_example(sheet: Worksheet, row: int, heading: str, rows: Sequence[SheetRow]) -> int:
    row = _write_heading(sheet, row, heading)
    for number, column in enumerate(COLUMNS, start=_FIRST):
        style.dress_header(sheet.cell(row, number, column.header.value), column)
        for offset, values in enumerate(rows, start=1):
            cell = sheet.cell(row + offset, number, values.get(column.header))
            style.dress_body(cell, column)
    sheet.row_dimensions[row].height = 26
    sheet.row_dimensions[row + 1].height = 38
    return row + 1 + len(rows)


def _write_heading(sheet: Worksheet, row: int, text: str) -> int:
    cell = sheet.cell(row, _FIRST, text)
    cell.font = style.HEADING
    sheet.row_dimensions[row].height = 26
    return row + 1


def _boxed(sheet: Worksheet, row: int, span: tuple[int, int], text: str) -> AnyCell:
    """Write into a cell that reaches over some columns, with a border all around."""
    first, last = span
    for column in range(first, last + 1):
        sheet.cell(row, column).border = style.GRID
    cell = sheet.cell(row, first, text)
    cell.font = style.BODY
    cell.alignment = style.WRAPPED
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    return cell


def _height(text: str, characters: int) -> float:
    return 6 + 16 * math.ceil(title_width(text) / characters)
