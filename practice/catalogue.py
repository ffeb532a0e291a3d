"""The platform's own data: the category tree and the choices of the create form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FIRST_CATEGORY_ID = 20_000
NO_BRAND_ID = 596_120_136


@dataclass(frozen=True)
class Category:
    """One node of the tree; only leaves can be chosen for a product."""

    id: int
    parent_id: int
    path: tuple[str, ...]
    is_leaf: bool

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[-1]

    @property
    def text(self) -> str:
        """The whole path as the store writes it."""
        return " > ".join(self.path)


@dataclass(frozen=True)
class Catalogue:
    """Every category and every list of choices, read once from ``catalogue.yaml``."""

    categories: dict[int, Category]
    choices: dict[str, dict[str, int]]
    """Name of a list, e.g. ``brands``, to its entries: shown text to code."""
    usual_specs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def children(self, parent_id: int) -> list[Category]:
        """The next column of the category picker."""
        return [one for one in self.categories.values() if one.parent_id == parent_id]

    def leaves(self) -> list[Category]:
        """The categories a product can stand in."""
        return [one for one in self.categories.values() if one.is_leaf]

    def spec_names(self, category: Category) -> tuple[str, ...]:
        """The spec names the create form shows from the start for this category."""
        fitting = [(p, names) for p, names in self.usual_specs if category.path[: len(p)] == p]
        return max(fitting, key=lambda entry: len(entry[0]))[1]

    def codes(self, list_name: str) -> set[int]:
        """The codes one list of choices accepts."""
        return set(self.choices[list_name].values())


@cache
def catalogue() -> Catalogue:
    """The one catalogue of this installation."""
    text = Path(__file__).with_name("catalogue.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    nodes = list(_walk(data.pop("categories"), ()))
    specs = data.pop("spec_names")
    return Catalogue(
        categories=_number(nodes),
        choices=data,
        usual_specs=tuple((_path(one["under"]), tuple(one["names"])) for one in specs),
    )


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.split(" > ")) if text else ()


def _walk(branch: Any, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Every path below a branch, parents first, with whether it is a leaf."""
    for name in branch:
        path = (*above, name)
        is_leaf = isinstance(branch, list)
        yield path, is_leaf
        if not is_leaf:
            yield from _walk(branch[name], path)


def _number(nodes: list[tuple[tuple[str, ...], bool]]) -> dict[int, Category]:
    """Ids follow the file's order, so that they stay put when entries are added at the end."""
    ids = {path: FIRST_CATEGORY_ID + at for at, (path, _) in enumerate(nodes, start=1)}
    return {
        ids[path]: Category(ids[path], ids.get(path[:-1], 0), path, is_leaf)
        for path, is_leaf in nodes
    }
