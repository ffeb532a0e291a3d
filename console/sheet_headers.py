"""The headers of a sheet: which are ours, which nobody knows, and in which row they stand.

A column of ours that somebody renamed reads as empty, and empty means a default: a wrong product
would go on sale. So an unknown header beside a missing one is refused, and an extra one is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from console.sheet_form import SheetForm
from console.sheet_words import say
from domain.model import Value
from engine.words import language as operator_language

RESULT = "结果"
"""Header of the column in which a run writes its outcomes."""
ROBOT = "机器人"
"""Header of the column that says of each outcome which robot's it is: sheets have several."""
RESULT_COLUMNS = {RESULT: 12, "原因": 46, "商品ID": 24, "证据": 8, "时间": 18, ROBOT: 22}
"""Headers of the columns that a run adds, with their widths; orders have no 商品ID."""
LAST_HEADER_ROW = 10
"""How far down headers are looked for that do not stand in row 1."""


class Unread(Value):
    """What a workbook holds that no robot reads, though somebody may have meant it."""

    columns: tuple[str, ...] = ()
    """Headers that are not ours, each with its column's letter."""
    sheets: tuple[str, ...] = ()
    """Other filled sheets with our headers."""

    def lines(self, language: str) -> list[str]:
        """Say it to a person, a line each."""
        told = {"unread_columns": self.columns, "unread_sheets": self.sheets}
        return [say(key, language, names="、".join(names)) for key, names in told.items() if names]


def unknown_headers(headers: Sequence[str], form: SheetForm) -> tuple[str, ...]:
    """Name the headers that are neither the form's nor a result's, such as ``售价（R 列）``."""
    known = {*form.headers, *RESULT_COLUMNS}
    placed = enumerate(headers, start=1)
    return tuple(header_at(each, place) for place, each in placed if each and each not in known)


def header_at(header: str, place: int) -> str:
    """Name a header with its column's letter; one that is empty too."""
    language = operator_language()
    named = header or say("no_header", language)
    return say("header_at", language, header=named, letter=get_column_letter(place))


def true_header_row(rows: Sequence[Sequence[str]], form: SheetForm) -> int:
    """Find the row, counted from 1, that holds most of the form's required headers; 0 if none."""
    required = {column.header for column in form.columns if column.required}
    for number, texts in enumerate(rows, start=1):
        if 2 * len(required.intersection(texts)) > len(required):
            return number
    return 0


def carries(headers: Sequence[str], form: SheetForm) -> bool:
    """Whether a sheet with these headers could be read as this form's."""
    return all(column.header in headers for column in form.columns if column.required)


def move_up(row: int) -> str:
    """Say that the headers stand too low."""
    return say("headers_below", operator_language(), row=row, above=row - 1)


def instead_of(unknown: Sequence[str]) -> str:
    """Say which unknown headers stand there; nothing if there are none."""
    return say("headers_unknown", operator_language(), names="、".join(unknown)) if unknown else ""


def perhaps_renamed(headers: Sequence[str], unknown: Sequence[str], form: SheetForm) -> str:
    """Say that an optional column may have been renamed; nothing if all are there, or no other."""
    absent = [header for header in form.headers if header not in headers]
    if not absent or not unknown:
        return ""
    facts = {"sheet": form.name, "missing": "、".join(absent), "names": "、".join(unknown)}
    return say("headers_renamed", operator_language(), **facts)
