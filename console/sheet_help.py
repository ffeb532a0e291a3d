"""The 说明 sheet: what each column means, the rules, and examples filled in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from console import sheet_style as style
from console.sheet_form import Column, SheetForm, SheetRow
from console.sheet_style import AnyCell
from domain.titles import title_width

_FIRST = 2  # column A is the margin
_NAME, _NEED, _HELP, _EXAMPLE = (2, 2), (5, 5), (3, 4), (6, 7)
"""First and last column of each field in the table of columns; 说明 stands before 必填."""


def write_help(sheet: Worksheet, form: SheetForm) -> None:
    """Fill the 说明 sheet."""
    style.set_view(sheet)
    sheet.column_dimensions["A"].width = 3
    for number, column in enumerate(form.columns, start=_FIRST):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    row = _write_intro(sheet, form)
    row = _write_columns(sheet, row + 1, form)
    row = _write_rules(sheet, row + 1, form)
    for heading, rows in form.help.examples:
        row = _write_example(sheet, row + 1, heading, (form, rows))


def _write_intro(sheet: Worksheet, form: SheetForm) -> int:
    lines = (
        (form.help.title, style.TITLE, 34),
        (form.help.intro, style.BODY, 20),
        (form.help.intro_en, style.QUIET, 20),
    )
    for row, (text, font, height) in enumerate(lines, start=1):
        cell = sheet.cell(row, _FIRST, text)
        cell.font = font
        cell.alignment = style.UNWRAPPED
        sheet.row_dimensions[row].height = height
    return len(lines) + 1


def _write_columns(sheet: Worksheet, row: int, form: SheetForm) -> int:
    row = _write_heading(sheet, row, "每一列填什么")
    for span, text in ((_NAME, "列"), (_HELP, "说明"), (_NEED, "不填时"), (_EXAMPLE, "例子")):
        title = _boxed(sheet, row, span, text)
        title.font = style.BOLD
        title.fill = style.PALE_FILL
    for row_number, column in enumerate(form.columns, start=row + 1):
        _write_column(sheet, row_number, column)
    return row + 1 + len(form.columns)


def _write_column(sheet: Worksheet, row: int, column: Column[Any]) -> None:
    need = "必填" if column.required else column.default or "可空"
    style.dress_header(_boxed(sheet, row, _NAME, column.header), column)
    _boxed(sheet, row, _HELP, column.help)
    _boxed(sheet, row, _NEED, need)
    _boxed(sheet, row, _EXAMPLE, column.example)
    sheet.row_dimensions[row].height = max(_height(column.help, 66), _height(need, 10))


def _write_rules(sheet: Worksheet, row: int, form: SheetForm) -> int:
    row = _write_heading(sheet, row, "规则")
    for number, rule in enumerate(form.help.rules, start=1):
        cell = sheet.cell(row, _FIRST, f"{number}. {rule}")
        cell.font = style.BODY
        cell.alignment = style.UNWRAPPED
        sheet.row_dimensions[row].height = 20
        row += 1
    return row


def _write_example(
    sheet: Worksheet, row: int, heading: str, filled: tuple[SheetForm, Sequence[SheetRow]]
) -> int:
    form, rows = filled
    row = _write_heading(sheet, row, heading)
    for number, column in enumerate(form.columns, start=_FIRST):
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
