"""One cell of a sheet: what Excel may have made of what a person typed, and what it means.

A parser takes a filled :class:`Cell` and gives its value, or the :class:`Fault` that a person
has to mend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from openpyxl.cell.cell import ERROR_CODES

from domain.attributes import attributes_of
from domain.money import yuan
from domain.sheet_errors import Fault
from domain.titles import short_title_fault, title_fault

T = TypeVar("T")
Parser = Callable[["Cell"], T | Fault]

CODE_LENGTH_MAX = 255
STOCK_MAX = 9_999_999

# Zero-width characters come along when a code is copied from a web page, and nobody sees them.
_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
_EXCEL_EXACT = 10**15  # beyond 15 digits Excel has put zeros where the digits were
_PLAIN_FORMATS = frozenset(
    {"General", "@", "0"}
)  # with any other, the cell shows more than it holds
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
_WHOLE = r"(\d{1,9}|\d{1,3}(,\d{3}){1,2})"  # a comma groups thousands: 39,9 is nobody's 399
_AMOUNT = re.compile(rf"{_WHOLE}(\.\d{{1,2}}0*)?")
_COUNT = re.compile(rf"{_WHOLE}(\.0+)?")
_SEPARATORS = re.compile(r"[;；\r\n]+")
_AROUND_NAMES = ' \t\u3000"“”'  # Windows copies a path with quotes around it
_ADDRESS = re.compile(r"(https?|ftp)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, and the number format it is shown in."""

    value: object = None
    number_format: str = "General"
    formula: str = ""
    """What it holds in place of a value: a formula that no program has worked out yet."""

    @property
    def empty(self) -> bool:
        """Whether a person would call the cell empty."""
        return not self.formula and not self.shown.strip()

    @property
    def shown(self) -> str:
        """The content as text, line breaks kept."""
        if self.value is None:
            return ""
        if isinstance(self.value, float):
            return f"{self.value:.15g}"  # Excel's own precision: 19.900000000000002 is 19.9
        return str(self.value).translate(_INVISIBLE)

    @property
    def line(self) -> str:
        """The content as one line, each run of white space one blank."""
        return " ".join(self.shown.split())

    @property
    def folded(self) -> str:
        """The content in plain forms, blanks gone: ``４８ 小时`` → ``48小时``."""
        return _folded(self.shown)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def text(cell: Cell) -> str | Fault:
    """Read a text of one line."""
    if cell.value in ERROR_CODES:
        return Fault(
            rule="S-formula-error",
            mend="type the value itself: the cell shows an Excel error",
        )
    if not isinstance(cell.value, str | int | float) or isinstance(cell.value, bool):
        return Fault(
            rule="S-not-text",
            mend="set the cell to text and type it again: Excel has made a date or yes/no of it",
        )
    return cell.line


def code(cell: Cell) -> str | Fault:
    """Read a code, refusing whatever Excel may have spoiled."""
    if _code_spoiled(cell):
        return Fault(
            rule="S-code-not-text",
            mend="set the cell to text and type the code again: Excel has made a number or date "
            "of it, and of a number keeps only 15 digits",
        )
    found = text(cell)
    if isinstance(found, str) and len(found) > CODE_LENGTH_MAX:
        return Fault(
            rule="S-code-too-long",
            mend=f"shorten the code to {CODE_LENGTH_MAX} characters: it has {len(found)}",
        )
    return found


def _code_spoiled(cell: Cell) -> bool:
    if isinstance(cell.value, str):
        return _SCIENTIFIC.fullmatch(cell.folded) is not None
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return not 0 <= cell.value < _EXCEL_EXACT or cell.number_format not in _PLAIN_FORMATS
    return True


def title(cell: Cell) -> str | Fault:
    """Read a 商品标题."""
    found = text(cell)
    return found if isinstance(found, Fault) else title_fault(found) or found


def short_title(cell: Cell) -> str | Fault:
    """Read a 导购短标题; it may be empty."""
    found = text(cell) if not cell.empty else ""
    return found if isinstance(found, Fault) else short_title_fault(found) or found


def attributes(cell: Cell) -> dict[str, str] | Fault:
    """Read the 类目属性; there may be none."""
    found = text(cell) if not cell.empty else ""
    return found if isinstance(found, Fault) else attributes_of(cell.shown)


def category(cell: Cell) -> tuple[str, ...] | Fault:
    """Read a category path such as ``服饰内衣 > 女装 > T恤``."""
    found = text(cell)
    if isinstance(found, Fault):
        return found
    path = tuple(name.strip() for name in re.split("[>＞]", found))
    if len(path) == 1:
        return Fault(rule="S-category-path", mend=_ONE_LEVEL)
    if not all(path):
        return Fault(
            rule="S-category-path",
            mend="write the category from the first level to the last with > between, "
            "such as 服饰内衣 > 女装 > T恤",
        )
    return path


# A / may stand in a name, as in 居家服/睡衣: between levels it is told because no > is there.
_ONE_LEVEL = (
    "write the levels above it too, with > between, not / or \\ or a blank: "
    "such as 服饰内衣 > 女装 > T恤"
)


def price(cell: Cell) -> Decimal | Fault:
    """Read a price in 元: ``39.9``, ``￥39.90``, ``1,299元``, full-width digits too."""
    if _shown_as_percentage(cell):
        return _PERCENTAGE
    plain = cell.folded.removeprefix("¥").removesuffix("元")
    if _AMOUNT.fullmatch(plain) and (amount := yuan(plain)) > 0:
        return amount
    return Fault(
        rule="S-price-not-money",
        mend="write an amount above 0 with at most two decimals, such as 39.90",
    )


def stock(cell: Cell) -> int | Fault:
    """Read a number of pieces."""
    if _shown_as_percentage(cell):
        return _PERCENTAGE
    plain = cell.folded
    if _COUNT.fullmatch(plain):
        count = int(plain.partition(".")[0].replace(",", ""))
        if count <= STOCK_MAX:
            return count
    return Fault(
        rule="S-stock-not-whole",
        mend=f"write the stock as a whole number from 0 to {STOCK_MAX}",
    )


_PERCENTAGE = Fault(
    rule="S-percentage",
    mend="set the cell's format to a plain number and type it again: it shows a percentage, "
    "and 50% is 0.5 inside",
)


def _shown_as_percentage(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and "%" in cell.number_format


def one_of(choices: tuple[str, ...], rule: str) -> Parser[str]:
    """Make the parser of a column that allows only these choices."""

    def choice(cell: Cell) -> str | Fault:
        for allowed in choices:
            if cell.folded == _folded(allowed):
                return allowed
        return Fault(rule=rule, mend=f"choose one of: {'、'.join(choices)}")

    return choice


def file_names(cell: Cell) -> tuple[str, ...] | Fault:
    """Read file names separated by ; or line breaks; a Windows ``\\`` serves on any system."""
    if "DISPIMG(" in cell.shown or cell.value in ERROR_CODES:
        return Fault(
            rule="S-picture-in-cell",
            mend="save the picture as a file beside the sheet and write its name here: a picture "
            "put into the cell can't be uploaded",
        )
    parts = (part.strip(_AROUND_NAMES).replace("\\", "/") for part in _SEPARATORS.split(cell.shown))
    names = tuple(part for part in parts if part)
    if any(_ADDRESS.match(name) for name in names):
        return Fault(
            rule="S-picture-address",
            mend="download the picture into the sheet's folder and write its file name here, "
            "not its web address",
        )
    return names or Fault(rule="S-required", mend="write one file name or more")
