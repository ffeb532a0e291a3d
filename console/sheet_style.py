"""How our workbooks look: one quiet palette, dark headers for what must be filled in."""

from __future__ import annotations

from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from console.sheet_form import Column
from domain.outcome import Outcome

AnyCell = Cell | MergedCell  # what openpyxl's stubs say a cell of a sheet is

INK = "1F2D3A"
ACCENT = "14505C"
FACE = "微软雅黑"

GOOD, BAD, LOOK, REST = "E1F1E6", "FBE0DD", "FFF1CF", "ECEFF1"
OUTCOMES = {
    Outcome.DONE: GOOD,
    Outcome.UNCHANGED: GOOD,
    Outcome.REJECTED: BAD,
    Outcome.MISMATCH: BAD,
    Outcome.UNKNOWN: LOOK,
    Outcome.NEEDS_PERSON: LOOK,
    Outcome.FAILED: BAD,
    Outcome.SKIPPED: REST,
}
"""The colour of an outcome: well, wrong, to be looked at, not begun."""

REQUIRED_FILL = PatternFill("solid", fgColor=ACCENT)
OPTIONAL_FILL = PatternFill("solid", fgColor="D8E6E8")
PALE_FILL = PatternFill("solid", fgColor="F3F7F8")
_LINE = Side(style="thin", color="DDE3E7")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

BODY = Font(name=FACE, size=10, color=INK)
BOLD = Font(name=FACE, size=10, color=INK, bold=True)
ON_DARK = Font(name=FACE, size=10, color="FFFFFF", bold=True)
HEADING = Font(name=FACE, size=12, color=ACCENT, bold=True)
TITLE = Font(name=FACE, size=18, color=ACCENT, bold=True)
QUIET = Font(name=FACE, size=10, color="6B7A86", italic=True)

CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
NUMBER = Alignment(horizontal="right", vertical="center")
UNWRAPPED = Alignment(horizontal="left", vertical="center")


def solid(colour: str) -> PatternFill:
    """Fill a cell with a colour."""
    return PatternFill("solid", fgColor=colour)


def dress_header(cell: AnyCell, column: Column[Any]) -> None:
    """Colour a column's header: dark if the column must be filled in."""
    cell.font = ON_DARK if column.required else BOLD
    cell.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
    cell.alignment = CENTRED
    cell.border = GRID


def dress_body(cell: AnyCell, column: Column[Any]) -> None:
    """Give a cell below a header the column's format."""
    cell.number_format = column.number_format
    cell.font = BODY
    cell.alignment = WRAPPED if column.number_format == "@" else NUMBER
    cell.border = GRID


def set_view(sheet: Worksheet) -> None:
    """Give a sheet room between its rows, and our lines in place of Excel's."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = 20
    sheet.sheet_format.customHeight = True
