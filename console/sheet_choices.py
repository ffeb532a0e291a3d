"""What a shop's own pages offered when they were last read: the template's drop-downs.

A robot that has read the store's categories and 运费模板 calls :func:`save_choices`; ``template``
reads them when they are there.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from console.sheet_columns import Header
from domain.model import Value


class Choices(Value):
    """The lists of one shop, as they were at a time."""

    read_at: AwareDatetime
    categories: tuple[str, ...] = ()
    """Leaf categories as paths, e.g. ``服饰内衣 > 女装 > T恤``."""
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


def choices_file(state: Path, shop: str) -> Path:
    """Name the file that keeps a shop's lists."""
    return state / "choices" / f"{shop}.json"


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
