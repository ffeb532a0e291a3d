"""The empty workbook that an operator fills in: the form's own sheet, and 说明."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_columns import Header
from console.sheet_form import Column, SheetForm
from console.sheet_help import write_help
from console.sheet_products import PRODUCTS
from console.sheet_style import dress_body, dress_header, set_view

READY_ROWS = 500
"""How many rows below the header are formatted and offer the drop-downs."""


LISTS = "选项"
"""The hidden sheet of the drop-downs' lists: in a cell they may have 255 characters only."""
Lists = Mapping[Header, Sequence[str]]


def write_template(path: Path, choices: Lists | None = None, form: SheetForm = PRODUCTS) -> None:
    """Save an empty template, its drop-downs with a shop's own lists where there are some.

    Raises:
        FileExistsError: something is there already; it may be a sheet somebody has filled in.
    """
    data = BytesIO()
    template(choices, form).save(data)
    with path.open("xb") as file:
        file.write(data.getvalue())


def template(choices: Lists | None = None, form: SheetForm = PRODUCTS) -> Workbook:
    """Make the empty workbook."""
    workbook = Workbook()
    workbook.properties.creator = "Shopclerk"
    filled_in = workbook.worksheets[0]
    filled_in.title = form.name
    for number, column in enumerate(form.columns, start=1):
        _write_column(filled_in, number, column)
    _set_view(filled_in)
    write_help(workbook.create_sheet("说明"), form)
    lists = _write_lists(workbook, choices or {})
    for number, column in enumerate(form.columns, start=1):
        _offer(filled_in, get_column_letter(number), column, lists.get(column.header))
    return workbook


def _write_lists(workbook: Workbook, choices: Lists) -> dict[Header, str]:
    """Write a shop's lists; give the reference to each."""
    offered = {header: list(dict.fromkeys(each)) for header, each in choices.items() if each}
    if not offered:
        return {}
    sheet = workbook.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    references = {}
    for number, (header, texts) in enumerate(offered.items(), start=1):
        for row, text in enumerate((str(header), *texts), start=1):
            sheet.cell(row, number, text)
        letter = get_column_letter(number)
        references[header] = f"{LISTS}!${letter}$2:${letter}${len(texts) + 1}"
    return references


def _write_column(sheet: Worksheet, number: int, column: Column[Any]) -> None:
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = column.width
    header = sheet.cell(1, number, column.header.value)
    dress_header(header, column)
    header.comment = _note(column)
    for row in range(2, READY_ROWS + 2):
        dress_body(sheet.cell(row, number), column)


def _offer(sheet: Worksheet, letter: str, column: Column[Any], reference: str | None) -> None:
    """Give a column its drop-down, if there is anything to choose from."""
    if not reference and not column.choices:
        return
    drop_down = _drop_down(column, reference or f'"{",".join(column.choices)}"')
    drop_down.add(f"{letter}2:{letter}{READY_ROWS + 1}")
    sheet.add_data_validation(drop_down)


def _note(column: Column[Any]) -> Comment:
    need = "必填" if column.required else "选填"
    text = f"【{need}】{column.help}\n例：{column.example}"
    return Comment(text, "Shopclerk", width=300, height=130)


def _drop_down(column: Column[Any], formula: str) -> DataValidation:
    only_these = bool(column.choices) and not column.open_choice
    return DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=only_these,
        errorTitle=column.header.value,
        error=f"请从下拉框选择：{'、'.join(column.choices)}",
    )


def _set_view(sheet: Worksheet) -> None:
    sheet.freeze_panes = "B2"  # the headers and the code stay in sight
    sheet.row_dimensions[1].height = 30
    set_view(sheet)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
