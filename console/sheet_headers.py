"""The headers of a sheet: which are ours, which nobody knows, and in which row they stand.

A column of ours that somebody renamed reads as empty, and empty means a default: a wrong product
would go on sale. So an unknown column that may be a missing one is refused, by its name or by what
stands in it; any other is an extra one, and told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from openpyxl.utils import get_column_letter

from console.sheet_cells import Cell
from console.sheet_form import Column, SheetForm
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

_LIKE = 0.65
"""From what likeness on a header may be a missing one: 品牌 and 品牌名 have 0.8, 0.5 is chance."""
_OWN = "备注"
"""How headers of people's own end, whatever they begin with."""
_BRACKETED = re.compile(r"\(.*?\)")
Absent = Sequence[Column[Any]]


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


@dataclass(frozen=True, slots=True)
class Stranger:
    """A column whose header is not ours: somebody's own, or one of ours under another name."""

    header: str
    """Empty where a column has contents only: its header may have been emptied."""
    place: int
    texts: frozenset[str] = frozenset()
    """What stands below, folded."""

    def __str__(self) -> str:
        language = operator_language()
        named = self.header or say("no_header", language)
        return say("header_at", language, header=named, letter=get_column_letter(self.place))

    def likely(self, absent: Sequence[Column[Any]]) -> list[str]:
        """Name the absent columns that this one may be, by its name or by what stands in it."""
        scores = {column.header: self._likeness(column) for column in absent}
        best = max(scores.values(), default=0)
        return [str(header) for header in scores if best >= _LIKE and scores[header] == best]

    def _likeness(self, column: Column[Any]) -> float:
        name = _BRACKETED.sub("", self.header)
        if name in {column.header, *column.synonyms}:
            return 2
        if self.texts & {Cell(each).folded for each in (*column.choices, column.default) if each}:
            return 1
        if name.endswith(_OWN):
            return 0
        return SequenceMatcher(None, name, column.header).ratio()


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


def missing_headers(absent: Absent, strangers: Sequence[Stranger], sheet: str) -> str:
    """Say which required headers are missing, and which unknown ones may be they."""
    language = operator_language()
    required = "、".join(column.header for column in absent if column.required)
    told = say("headers_missing", language, sheet=sheet, missing=required)
    names = "；".join(_told(each, each.likely(absent)) for each in strangers)
    return told + (say("headers_unknown", language, names=names) if names else "")


def perhaps_renamed(absent: Absent, strangers: Sequence[Stranger], sheet: str) -> str:
    """Say which optional columns may stand there under another name, or none; nothing if none may.

    A column without a header tells nothing of itself, so it may be any of the absent ones.
    """
    anyone = [str(column.header) for column in absent]
    found = [(each, each.likely(absent) or ([] if each.header else anyone)) for each in strangers]
    likely = [(stranger, names) for stranger, names in found if names]
    if not likely:
        return ""
    language = operator_language()
    missing = dict.fromkeys(name for _, names in likely for name in names)
    told = "；".join(_told(stranger, names) for stranger, names in likely)
    facts = {"sheet": sheet, "missing": "、".join(missing), "names": told}
    nameless = any(not stranger.header for stranger, _ in likely)
    return say("headers_renamed", language, **facts) + (
        say("header_wanted", language) if nameless else ""
    )


def _told(stranger: Stranger, likely: Sequence[str]) -> str:
    language = operator_language()
    names = say("or", language).join(likely)
    return say("header_like", language, header=stranger, ours=names) if likely else str(stranger)
