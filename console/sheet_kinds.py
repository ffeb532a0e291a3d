"""The kinds of sheets: which robot reads which, and what a reading of any kind gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, Protocol

from console.sheet_binding_columns import BINDINGS
from console.sheet_bindings import read_bindings
from console.sheet_form import SheetForm
from console.sheet_headers import Unread
from console.sheet_products import PRODUCTS
from console.sheet_purchase_columns import PURCHASES
from console.sheet_purchases import read_purchases
from console.sheet_return_columns import RETURNS
from console.sheet_returns import read_returns
from console.sheets import read_listings
from domain.sheet_errors import SheetNote, SheetProblem
from engine.runs import WorkItem

TEMPLATES = {
    "upload-listings": PRODUCTS,
    "purchases": PURCHASES,
    "bindings": BINDINGS,
    "return-addresses": RETURNS,
}
"""What ``template`` makes, by the name people call it."""
FORMS = {form.name: form for form in TEMPLATES.values()}


class Reading(Protocol):
    """What a sheet holds: what can be carried out, and why the rest is left out."""

    form: ClassVar[SheetForm]

    @property
    def problems(self) -> tuple[SheetProblem, ...]:
        """Give why items are left out."""
        ...

    @property
    def notes(self) -> tuple[SheetNote, ...]:
        """Give what is worth a second look and keeps nothing out."""
        ...

    @property
    def finished(self) -> tuple[str, ...]:
        """Give the keys of what an earlier run brought to a good end, by the column 结果."""
        ...

    @property
    def titles(self) -> Mapping[str, str]:
        """Give what people call the things, by their keys, as far as the sheet says."""
        ...

    @property
    def unread(self) -> Unread:
        """Give what stands beside them and is not read."""
        ...

    def work(self) -> list[WorkItem]:
        """Make the items that can be carried out."""
        ...


READERS: dict[str, Callable[[Path, str], Reading]] = {
    "upload-listings": read_listings,
    "update-listings": read_listings,
    "update-order-status": read_purchases,
    "ship-orders": read_purchases,
    "bind-skus": read_bindings,
    "collect-return-addresses": read_returns,
}
"""Robot → how its sheet is read, for this robot: what another one has finished is not done."""
