"""What is wrong with cells, noted while a sheet is read, so that one look mends it all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from console.sheet_cells import Parser
from console.sheet_columns import Header
from console.sheet_form import SheetForm
from console.sheet_headers import Unread
from console.sheet_rows import Row
from console.sheet_words import good_words
from domain.model import Value
from domain.sheet_errors import CellRemark, Fault, SheetNote, SheetProblem

T = TypeVar("T")


class SheetContent(Value):
    """What every sheet may hold beside the items that can be carried out."""

    problems: tuple[SheetProblem, ...]
    """Why items are left out."""
    notes: tuple[SheetNote, ...] = ()
    """What is worth a second look and keeps nothing out."""
    finished: tuple[str, ...] = ()
    """Keys of what an earlier run brought to a good end, by the sheet's own 结果."""
    titles: Mapping[str, str] = {}
    """Key → what people call the thing, as far as the sheet says."""
    unread: Unread = Unread()
    """What stands beside them and is not read."""


class Notes:
    """The problems found so far in one sheet, and what is worth a second look."""

    def __init__(self, file: Path, form: SheetForm, homes: Sequence[Path] = ()) -> None:
        self.file = file
        self._form = form
        self.homes = homes or (file.parent,)
        """Folders that file names count from, the likeliest first."""
        self._problems: list[SheetProblem] = []
        self._advice: list[SheetNote] = []

    def add(self, code: str, row: Row, header: str, fault: Fault, value: str = "") -> None:
        """Note a fault of a cell; it leaves out the item of this key."""
        self._problems.append(SheetProblem(**self._facts(code, row, header, fault, value)))

    def advise(self, code: str, row: Row, header: str, fault: Fault) -> None:
        """Note something about a cell that keeps nothing out."""
        self._advice.append(SheetNote(**self._facts(code, row, header, fault)))

    def _facts(
        self, code: str, row: Row, header: str, fault: Fault, value: str = ""
    ) -> dict[str, Any]:
        return {
            "file": self.file,
            "sheet": self._form.name,
            "row": row.number,
            "column": header,
            "cell": row.address(header),
            "value": value or row[header].shown or row[header].formula,
            "rule": fault.rule,
            "mend": fault.mend,
            "code": code,
        }

    def codes(self) -> set[str]:
        """Name the items to leave out."""
        return {problem.code for problem in self._problems}

    def problems(self, besides: Collection[str] = ()) -> tuple[SheetProblem, ...]:
        """List the problems from the top of the sheet down, those of some items left out."""
        return tuple(sorted((x for x in self._problems if x.code not in besides), key=self._place))

    def advice(self, besides: Collection[str] = ()) -> tuple[SheetNote, ...]:
        """List the advice likewise."""
        return tuple(sorted((x for x in self._advice if x.code not in besides), key=self._place))

    def _place(self, remark: CellRemark) -> tuple[int, int]:
        return remark.row, self._form.place(remark.column)


def required(row: Row, header: str, parse: Parser[T]) -> T | Fault:
    """Parse a cell that must not be empty."""
    cell = row[header]
    if cell.formula:
        return Fault(
            rule="S-formula-no-value",
            mend="open the sheet in Excel or WPS, save it and try again, or type the value itself: "
            "the formula was saved without its value",
        )
    if cell.empty:
        return Fault(rule="S-required", mend=f"fill in {header}, {_such_as(row, header)}")
    return parse(cell)


def _such_as(row: Row, header: str) -> str:
    example = row.form.by_header[header].example.partition(";")[0]
    files_only = header in {Header.MAIN_PICTURES, Header.DETAIL_PICTURES}
    return f"such as {example}" + (
        ": file names, pictures pasted into the sheet are not read" if files_only else ""
    )


def finished_by(rows: Iterable[Row], robot: str) -> bool:
    """Tell whether the robot's own 结果 says of every row that nothing is left for it to do.

    Robots share sheets: an order that is marked as paid is not shipped by that.
    """
    return all(row.result in good_words() and row.robot == robot for row in rows)
