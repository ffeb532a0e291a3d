"""What a kind of sheet is: its columns, what names a row's item, and what its help page tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

H = TypeVar("H", bound=StrEnum)
SheetRow = dict[StrEnum, str | int | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[H]):
    """One column: how it is filled in, drawn and explained."""

    header: H
    help: str
    example: str
    width: int
    required: bool = False
    per_sku: bool = False
    """Whether every row fills it; else it is the product's."""
    default: str = ""
    """What an empty cell means."""
    choices: tuple[str, ...] = ()
    """What the drop-down offers."""
    open_choice: bool = False
    """Whether anything beside the choices may be written."""
    synonyms: tuple[str, ...] = ()
    """What people rename the header to: such a header beside a missing one is that column."""
    number_format: str = "@"
    """Text, unless the column is a number: Excel spoils long codes and turns 1-2 into a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What the sheet 说明 tells above and below the table of columns."""

    title: str
    intro: str
    intro_en: str
    rules: tuple[str, ...]
    examples: tuple[tuple[str, tuple[SheetRow, ...]], ...]
    """Each with its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """One kind of sheet that an operator fills in and gets back."""

    name: str
    """The name of its sheet in the workbook."""
    columns: tuple[Column[Any], ...]
    key: StrEnum
    """The column whose text names an item."""
    things: Mapping[str, str]
    """What its items are called, by language."""
    first_robot: str = ""
    """Whose 结果 it is where no robot is named: older versions named none, and had one a kind."""
    site_id: str = ""
    """Header of the site's own id in results; empty where the key is the site's id."""
    help: Help
    by_header: Mapping[str, Column[Any]] = field(init=False)

    def __post_init__(self) -> None:
        by_header = {column.header: column for column in self.columns}
        object.__setattr__(self, "by_header", by_header)

    @property
    def headers(self) -> list[StrEnum]:
        """Give the header texts, left to right."""
        return [column.header for column in self.columns]

    def place(self, header: str) -> int:
        """Tell the place of a column from the left, from 0."""
        return [str(each) for each in self.headers].index(header)
