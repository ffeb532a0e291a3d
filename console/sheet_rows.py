"""From an .xlsx file to its filled rows: what openpyxl gives, freed of Excel's and WPS's habits."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_cells import Cell
from console.sheet_form import SheetForm
from console.sheet_headers import (
    LAST_HEADER_ROW,
    RESULT,
    RESULT_COLUMNS,
    ROBOT,
    Stranger,
    Unread,
    carries,
    missing_headers,
    move_up,
    perhaps_renamed,
    true_header_row,
)
from console.sheet_merged import with_short_blocks
from domain.sheet_errors import SheetUnreadable

_EMPTY = Cell()
_NO_XLSX = (BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError, zlib.error)
"""What openpyxl raises on bytes that are no sound workbook."""
_NO_WORKBOOK = "this is no .xlsx workbook, save it in Excel or WPS as .xlsx without a password"
OPEN_MARKS = ("~$", ".~")
"""What Excel and WPS put before the name of a file they have open."""
_SHEETS = "xl/worksheets/sheet"
_FORMULA = re.compile(rb"<f[ >/]")

ABOUT_RESULTS = "结果说明"
"""The sheet that explains them."""
PICTURES_FROM = "图片文件夹"
"""Its line that names the folder of the sheet it was made from."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it; a column the sheet lacks reads as empty."""

    number: int
    form: SheetForm
    cells: Mapping[str, Cell]
    letters: Mapping[str, str] = field(default_factory=dict)
    result: str = ""
    """What an earlier run wrote into the column 结果."""
    robot: str = ""
    """Whose outcome it is; of a sheet of an older version, whose it must be."""

    def __getitem__(self, header: str) -> Cell:
        return self.cells.get(header, _EMPTY)

    def address(self, header: str) -> str:
        """Give a cell's address, such as ``P4``; nothing if the sheet lacks the column."""
        return f"{self.letters[header]}{self.number}" if header in self.letters else ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet holds."""

    rows: list[Row]
    homes: tuple[Path, ...]
    """Folders that file names count from, the likeliest first."""
    unread: Unread


def read_rows(path: Path, form: SheetForm) -> Content:
    """Read every filled row of the form's sheet, hidden and filtered ones too.

    Raises:
        SheetUnreadable: no such file, no workbook, or a sheet or required column is missing.
    """
    data = read_bytes(path)
    formulas = open_workbook(path, data, values=False) if has_formulas(data) else None
    return content_of(path, form, open_workbook(path, data, values=True), formulas)


def content_of(path: Path, form: SheetForm, values: Workbook, formulas: Workbook | None) -> Content:
    """Read the rows of an open workbook; ``formulas`` is the same one with its formulas."""
    sheet = sheet_of(values, path, form)
    strangers = _strangers(sheet, form)
    columns = _columns(sheet, path, form, strangers)
    worked_out = sheet_of(formulas, path, form) if formulas else None
    homes = (path.parent, *earlier_home(values))
    strange = tuple(str(each) for each in strangers)
    unread = Unread(columns=strange, sheets=_namesakes(values, sheet, form))
    return Content(list(_rows(sheet, form, columns, worked_out)), homes, unread)


def _namesakes(workbook: Workbook, ours: Worksheet, form: SheetForm) -> tuple[str, ...]:
    """Name the other sheets that carry the form's headers, with something filled in below."""
    others = (sheet for sheet in workbook.worksheets if sheet is not ours)
    return tuple(
        sheet.title
        for sheet in others
        if carries(_headers(sheet), form) and any(row > 1 for row, _ in filled_places(sheet))
    )


def _strangers(worksheet: Worksheet, form: SheetForm) -> list[Stranger]:
    """Find the columns that are not ours: with a header, or with contents only."""
    known = {*form.headers, *RESULT_COLUMNS}
    placed = enumerate(_headers(worksheet), start=1)
    strange = {place: header for place, header in placed if header not in known}
    texts: dict[int, set[str]] = defaultdict(set)
    for row, column in filled_places(worksheet):
        if row > 1 and column in strange:
            texts[column].add(_cell(worksheet, row, column).folded)
    return [
        Stranger(header, place, frozenset(texts[place]))
        for place, header in strange.items()
        if header or texts[place]
    ]


def filled_places(worksheet: Worksheet) -> Iterator[tuple[int, int]]:
    """Give row and column of what is not empty, in no order.

    Asking by row and column would make a cell for each place above a stray blank in row 1048576,
    which Ctrl+End and WPS leave behind: only what the file holds is looked at.
    """
    for place, cell in worksheet._cells.items():  # noqa: SLF001  (openpyxl has no public way)
        if cell.value is not None and str(cell.value).strip():
            yield place


def _rows(
    worksheet: Worksheet, form: SheetForm, columns: dict[str, int], formulas: Worksheet | None
) -> Iterator[Row]:
    merged = _merged(worksheet)
    letters = {header: get_column_letter(column) for header, column in columns.items()}
    result, robot = (own_column(worksheet, header) for header in (RESULT, ROBOT))
    for number in _filled_rows(columns.values(), worksheet, formulas):
        cells = {
            header: merged.get((number, column)) or _cell(worksheet, number, column, formulas)
            for header, column in columns.items()
        }
        if not all(cell.empty for cell in cells.values()):
            whose = _text(worksheet, number, robot) or form.first_robot
            yield Row(number, form, cells, letters, _text(worksheet, number, result), whose)


def _filled_rows(columns: Collection[int], *worksheets: Worksheet | None) -> list[int]:
    """Number the rows below the header with something in our columns, merged blocks as a whole."""
    rows: set[int] = set()
    for worksheet in filter(None, worksheets):
        places = {place for place in filled_places(worksheet) if place[1] in columns}
        rows.update(row for row, _ in places)
        for block in worksheet.merged_cells.ranges:
            if (block.min_row, block.min_col) in places:
                rows.update(range(block.min_row, block.max_row + 1))
    return sorted(row for row in rows if row > 1)


def own_column(worksheet: Worksheet, header: str) -> int:
    """Find a column that an earlier run added; 0 if there is none."""
    headers = _headers(worksheet)
    return headers.index(header) + 1 if header in headers else 0


def _text(worksheet: Worksheet, row: int, column: int) -> str:
    return str(worksheet.cell(row, column).value or "").strip() if column else ""


def earlier_home(workbook: Workbook) -> tuple[Path, ...]:
    """Find in a result sheet the folder of the sheet it was made from."""
    if ABOUT_RESULTS not in workbook.sheetnames:
        return ()
    about = workbook[ABOUT_RESULTS]
    pairs = about.iter_rows(min_col=1, max_col=2, values_only=True)
    return tuple(Path(str(value)) for name, value in pairs if name == PICTURES_FROM and value)


def read_bytes(path: Path) -> bytes:
    """Read the file whole: nothing stays locked while the operator goes on working in it.

    Blocks that run on to the end of a sheet are cut.

    Raises:
        SheetUnreadable: it can't be read, or is no workbook.
    """
    for mark in OPEN_MARKS:
        if path.name.startswith(mark):
            raise SheetUnreadable(
                path, f"name {path.name.removeprefix(mark)}: this is only a mark that it is open"
            )
    try:
        return with_short_blocks(path.read_bytes())
    except FileNotFoundError:
        raise SheetUnreadable(path, "check the name and folder: there is no such file") from None
    except OSError as error:
        mend = f"close it in Excel or WPS and try again: it can't be read ({error.strerror})"
        if path.is_dir():  # Windows calls this a lack of permission
            mend = f"name a sheet in it, such as {path / 'products.xlsx'}: this is a folder"
        raise SheetUnreadable(path, mend) from error
    except _NO_XLSX as error:
        raise SheetUnreadable(path, _NO_WORKBOOK) from error


def open_workbook(path: Path, data: bytes, *, values: bool) -> Workbook:
    """Open a workbook's bytes: its values, or its formulas.

    Raises:
        SheetUnreadable: it is no workbook.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drop-downs and styles it can't carry; we carry values only.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), data_only=values, keep_links=not values)
    except _NO_XLSX as error:
        raise SheetUnreadable(path, _NO_WORKBOOK) from error


def has_formulas(data: bytes) -> bool:
    """Whether any sheet holds a formula; most hold none, and need no second reading."""
    with ZipFile(BytesIO(data)) as archive:
        sheets = (each for each in archive.namelist() if each.startswith(_SHEETS))
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def sheet_of(workbook: Workbook, path: Path, form: SheetForm) -> Worksheet:
    """Find the form's sheet.

    Raises:
        SheetUnreadable: there is none.
    """
    for worksheet in workbook.worksheets:
        if worksheet.title.strip() == form.name:
            return worksheet
    there = "、".join(workbook.sheetnames)
    what = form.things["en"]
    raise SheetUnreadable(path, f"name the sheet of the {what} {form.name}: there is only {there}")


def _columns(
    worksheet: Worksheet, path: Path, form: SheetForm, strangers: Sequence[Stranger]
) -> dict[str, int]:
    """Find each column of ours by its header in row 1."""
    headers = _headers(worksheet)
    absent = [column for column in form.columns if column.header not in headers]
    if any(column.required for column in absent):
        row = _header_row(worksheet, form)
        told = move_up(row) if row > 1 else missing_headers(absent, strangers, form.name)
        raise SheetUnreadable(path, told)
    twice = [header for header in form.headers if Counter(headers)[header] > 1]
    if twice:
        raise SheetUnreadable(path, f"keep one column each of: {'、'.join(twice)}")
    if renamed := perhaps_renamed(absent, strangers, form.name):
        raise SheetUnreadable(path, renamed)
    return {header: headers.index(header) + 1 for header in form.headers if header in headers}


def _headers(worksheet: Worksheet, row: int = 1) -> list[str]:
    return [header_text(cell.value) for cell in worksheet[row]]


def _header_row(worksheet: Worksheet, form: SheetForm) -> int:
    rows = range(1, min(worksheet.max_row, LAST_HEADER_ROW) + 1)
    return true_header_row([_headers(worksheet, row) for row in rows], form)


def header_text(value: object) -> str:
    """Give a header as it is compared: plain forms, no blanks, no star."""
    plain = unicodedata.normalize("NFKC", str(value or ""))
    return "".join(plain.split()).strip("*")


def _merged(worksheet: Worksheet) -> dict[tuple[int, int], Cell]:
    """Give every row of a merged block the value that Excel keeps in its first cell only."""
    return {
        (row, block.min_col): _cell(worksheet, block.min_row, block.min_col)
        for block in worksheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
    }


def _cell(worksheet: Worksheet, row: int, column: int, formulas: Worksheet | None = None) -> Cell:
    cell = worksheet.cell(row, column)
    # A program that is no Excel may save a formula without its value.
    there = formulas.cell(row, column) if formulas and cell.value is None else None
    lost = there.value if there and there.data_type == "f" else ""
    return Cell(cell.value, cell.number_format, formula=str(getattr(lost, "text", lost)))
