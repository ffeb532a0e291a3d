"""What can be wrong with a filled-in sheet, said so that a person can mend it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from domain.model import Value

_SHOWN = 80  # characters of a cell: a list of 50 pictures must not bury its mend


class Fault(Value):
    """A broken rule: its short stable id, and a sentence how to mend it."""

    rule: str
    mend: str


class CellRemark(Value):
    """What there is to say about one cell, wherever it is shown."""

    file: Path
    sheet: str
    row: int = Field(ge=1)
    """As Excel counts: the header is row 1."""
    column: str
    cell: str = ""
    """Its address, such as ``P4``; empty where the sheet has no such column."""
    value: str
    rule: str
    mend: str
    code: str
    """商家编码 of the product it belongs to; empty where the row names none."""

    def __str__(self) -> str:
        return f"{self.file.name}, {self.sheet} {self.place}: {self.shown}: {self.advice}"

    @property
    def place(self) -> str:
        """Where it is: ``row 4, 价格 (cell P4)``."""
        return f"row {self.row}, {self.column}" + (f" (cell {self.cell})" if self.cell else "")

    @property
    def shown(self) -> str:
        """What stands there, as one short line."""
        line = " ".join(self.value.split()) or "(empty)"
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"

    @property
    def advice(self) -> str:
        """What to do about it, and the rule."""
        return f"{self.mend} ({self.rule})"


class SheetProblem(CellRemark):
    """A cell that keeps its product out of the run."""


class SheetNote(CellRemark):
    """A cell worth a second look; its product is carried out all the same."""


class SheetUnreadable(Exception):
    """No row of the file can be read."""

    def __init__(self, path: Path, mend: str) -> None:
        super().__init__(path, mend)  # both in args, so that it survives pickling
        self.path = path
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.path}: {self.mend}"
