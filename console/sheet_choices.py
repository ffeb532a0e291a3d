"""What a shop's own pages offered when they were last read: the template's drop-downs.

``shopclerk shop read`` keeps here what its run has read; ``template --shop`` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from console.sheet_columns import Header
from domain.model import Value
from engine.runs import ItemView
from robots.read_shop import CATEGORIES, FREIGHT


class Choices(Value):
    """The lists of one shop, as they were at a time."""

    read_at: AwareDatetime
    categories: tuple[str, ...] = ()
    """Leaf categories as paths, e.g. ``服饰内衣 > 女装 > T恤``."""
    whole: bool = False
    """Whether the categories below every first one were ever read, not those of some only."""
    freight_templates: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()

    def by_column(self) -> dict[Header, tuple[str, ...]]:
        """Give what each column's drop-down offers; a list never read gives none."""
        lists = {
            Header.CATEGORY: self.categories,
            Header.BRAND: self.brands,
            Header.FREIGHT: self.freight_templates,
        }
        return {header: choices for header, choices in lists.items() if choices}


_FIELDS = {FREIGHT: "freight_templates", CATEGORIES: "categories"}


def choices_file(state: Path, shop: str) -> Path:
    """Name the file that keeps a shop's lists."""
    return state / "choices" / f"{shop}.json"


def keep_read(
    state: Path, shop: str, items: Sequence[ItemView], now: datetime, below: Sequence[str] = ()
) -> Choices:
    """Keep the lists that a run of ``read-shop`` has read; what it could not read stays as it was.

    Of a run that read ``below`` some first categories only, the others stay too. Gives all that is
    known of the shop from now on.
    """
    known = load_choices(state, shop) or Choices(read_at=now)
    found = {item.key: item.receipt.found[item.key] for item in items if item.receipt}
    news = {_FIELDS[key]: texts for key, texts in found.items() if texts}
    read = Choices.model_validate({**known.model_dump(), **news, "read_at": now})
    if "categories" in news:
        kept = [each for each in known.categories if below and first_of(each) not in below]
        whole = known.whole or not below
        read = read.model_copy(update={"categories": (*kept, *read.categories), "whole": whole})
    save_choices(state, shop, read)
    return read


def first_of(category: str) -> str:
    """Give the first level of a category's path."""
    return category.partition(" > ")[0]


def save_choices(state: Path, shop: str, choices: Choices) -> None:
    """Keep what was read of a shop, in place of what was read before."""
    path = choices_file(state, shop)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(choices.model_dump_json(indent=1), encoding="utf-8")
    draft.replace(path)


def load_choices(state: Path, shop: str) -> Choices | None:
    """Give what was read of a shop; nothing if nothing was, or if it can't be understood."""
    try:
        text = choices_file(state, shop).read_text(encoding="utf-8")
        return Choices.model_validate_json(text)
    except (OSError, UnicodeDecodeError, ValidationError):
        return None  # drop-downs are a help: without them the template is still good
