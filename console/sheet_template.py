"""The empty ``upload-listings`` workbook that an operator fills in: sheets 商品 and 说明."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_columns import COLUMNS, SHEET, Column
from console.sheet_help import write_help
from console.sheet_style import dress_body, dress_header, set_view

READY_ROWS = 500
"""How many rows below the header are formatted and offer the drop-downs."""


def write_template(path: Path) -> None:
    """Save an empty template.

    Raises:
        FileExistsError: something is there already; it may be a sheet somebody has filled in.
    """
    data = BytesIO()
    template().save(data)
    with path.open("xb") as file:
        file.write(data.getvalue())


def template() -> Workbook:
    """Make the empty workbook."""
    workbook = Workbook()
    workbook.properties.creator = "Shopclerk"
    products = workbook.worksheets[0]
    products.title = SHEET
    for number, column in enumerate(COLUMNS, start=1):
        _write_column(products, number, column)
    _set_view(products)
    write_help(workbook.create_sheet("说明"))
    return workbook


def _write_column(sheet: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = column.width
    header = sheet.cell(1, number, column.header.value)
    dress_header(header, column)
    header.comment = _note(column)
    for row in range(2, READY_ROWS + 2):
        dress_body(sheet.cell(row, number), column)
    if column.choices:
        drop_down = _drop_down(column)
        drop_down.add(f"{letter}2:{letter}{READY_ROWS + 1}")
        sheet.add_data_validation(drop_down)


def _note(column: Column) -> Comment:
    need = "必填" if column.required else "选填"
    text = f"【{need}】{column.help}\n例：{column.example}"
    return Comment(text, "Shopclerk", width=300, height=130)


def _drop_down(column: Column) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=not column.open_choice,
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
