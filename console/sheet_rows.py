"""From an .xlsx file to its filled rows: what openpyxl gives, freed of Excel's and WPS's habits."""

from __future__ import annotations

import unicodedata
import warnings
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_cells import Cell
from console.sheet_columns import COLUMNS, SHEET, Header
from domain.sheet_errors import SheetUnreadable

_EMPTY = Cell()
_NO_XLSX = (BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError, zlib.error)
"""What openpyxl raises on bytes that are no sound workbook."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it; a column the sheet lacks reads as empty."""

    number: int
    cells: Mapping[Header, Cell]

    def __getitem__(self, header: Header) -> Cell:
        return self.cells.get(header, _EMPTY)


def read_rows(path: Path) -> list[Row]:
    """Read every filled row of the 商品 sheet, hidden and filtered ones too.

    Raises:
        SheetUnreadable: no such file, no workbook, or a sheet or required column is missing.
    """
    worksheet = _worksheet(_workbook(path), path)
    columns = _columns(worksheet, path)
    merged = _merged(worksheet)
    rows = []
    for number in range(2, worksheet.max_row + 1):
        cells = {
            header: merged.get((number, column)) or _cell(worksheet, number, column)
            for header, column in columns.items()
        }
        if not all(cell.empty for cell in cells.values()):
            rows.append(Row(number, cells))
    return rows


def _workbook(path: Path) -> Workbook:
    if path.name.startswith("~$"):
        raise SheetUnreadable(
            path, f"name {path.name[2:]}: this is only Excel's mark that it is open"
        )
    try:
        # Bytes, not the path: nothing stays locked while the operator goes on working in it.
        data = path.read_bytes()
    except FileNotFoundError:
        raise SheetUnreadable(path, "check the name and folder: there is no such file") from None
    except OSError as error:
        mend = f"close it in Excel or WPS and try again: it can't be read ({error.strerror})"
        raise SheetUnreadable(path, mend) from error
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drop-downs and styles it can't carry; we carry values only.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except _NO_XLSX as error:
        mend = "save it in Excel or WPS as .xlsx without a password: this is no .xlsx workbook"
        raise SheetUnreadable(path, mend) from error


def _worksheet(workbook: Workbook, path: Path) -> Worksheet:
    for worksheet in workbook.worksheets:
        if worksheet.title.strip() == SHEET:
            return worksheet
    there = "、".join(workbook.sheetnames)
    raise SheetUnreadable(path, f"name the sheet of the products {SHEET}: there is only {there}")


def _columns(worksheet: Worksheet, path: Path) -> dict[Header, int]:
    """Find each column of ours by its header in row 1; others are nobody's business."""
    headers = [_header(cell.value) for cell in worksheet[1]]
    missing = [each.header for each in COLUMNS if each.required and each.header not in headers]
    if missing:
        raise SheetUnreadable(path, f"add to row 1 of {SHEET} the headers: {'、'.join(missing)}")
    twice = [header for header in Header if Counter(headers)[header] > 1]
    if twice:
        raise SheetUnreadable(path, f"keep one column each of: {'、'.join(twice)}")
    return {header: headers.index(header) + 1 for header in Header if header in headers}


def _header(value: object) -> str:
    plain = unicodedata.normalize("NFKC", str(value or ""))
    return "".join(plain.split()).strip("*")


def _merged(worksheet: Worksheet) -> dict[tuple[int, int], Cell]:
    """Give every row of a merged block the value that Excel keeps in its first cell only."""
    return {
        (row, block.min_col): _cell(worksheet, block.min_row, block.min_col)
        for block in worksheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
    }


def _cell(worksheet: Worksheet, row: int, column: int) -> Cell:
    cell = worksheet.cell(row, column)
    return Cell(cell.value, cell.number_format)
