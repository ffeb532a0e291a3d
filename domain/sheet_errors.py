"""What can be wrong with a filled-in sheet, said so that a person can mend it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from domain.model import Value


class Fault(Value):
    """A broken rule: its short stable id, and a sentence how to mend it."""

    rule: str
    mend: str


class SheetProblem(Value):
    """A cell that keeps its product out of the run."""

    file: Path
    sheet: str
    row: int = Field(ge=1)
    """As Excel counts: the header is row 1."""
    column: str
    value: str
    rule: str
    mend: str
    code: str
    """商家编码 of the product left out because of this; empty where the row names none."""

    def __str__(self) -> str:
        shown = " ".join(self.value.split()) or "(empty)"
        place = f"{self.file.name}, {self.sheet} row {self.row}, {self.column}"
        return f"{place}: {shown}: {self.mend} ({self.rule})"


class SheetUnreadable(Exception):
    """No row of the file can be read."""

    def __init__(self, path: Path, mend: str) -> None:
        super().__init__(path, mend)  # both in args, so that it survives pickling
        self.path = path
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.path}: {self.mend}"
