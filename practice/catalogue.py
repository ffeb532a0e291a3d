"""The platform's own data: categories, what each asks for, brands, and the form's choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from practice.data import read_yaml

FIRST_CATEGORY_ID = 20_000
NO_BRAND_ID = 596_120_136
Kind = Literal["text", "select", "multi_select", "tree", "measure_multi", "timestamp"]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """One node of the tree; only leaves can be chosen for a product."""

    id: int
    parent_id: int
    path: Names
    is_leaf: bool

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[-1]

    @property
    def text(self) -> str:
        """The whole path as the store writes it."""
        return " > ".join(self.path)

    def lies_under(self, path: Names) -> bool:
        """Whether a branch leads here."""
        return self.path[: len(path)] == path


@dataclass(frozen=True)
class Attribute:
    """One 类目属性 of a category."""

    name: str
    type: Kind
    required: bool = False
    important: bool = False
    own: bool = False
    """Whether a shop may add words of its own."""
    max: int = 1
    options: Names = ()

    def told(self) -> dict[str, Any]:
        """As the form's schema tells it."""
        return asdict(self)


@dataclass(frozen=True)
class Rules:
    """What one category allows."""

    max_specs: int
    max_values: int
    max_skus: int
    seven_days: bool
    """Whether 7天无理由退货 must be supported."""
    ship_delays: dict[str, int]


@dataclass(frozen=True)
class Forbidden:
    """Words that may not stand in a product."""

    submit: Names
    """Found at once."""
    audit: Names
    """Found by the audit."""


@dataclass(frozen=True)
class Catalogue:
    """All of it, read once from the yaml files."""

    categories: dict[int, Category]
    choices: dict[str, dict[str, int]]
    """Name of a list, e.g. ``brands``, to its entries: shown text to code."""
    usual_specs: tuple[tuple[Names, Names], ...]
    attribute_sets: tuple[tuple[Names, tuple[Attribute, ...]], ...]
    rule_sets: tuple[tuple[Names, dict[str, Any]], ...]
    sizes: tuple[tuple[Names, Names], ...]
    """What 尺码表 measures, for categories that have one."""
    retired: frozenset[str]
    """Paths of leaves that are closed."""
    forbidden: Forbidden
    max_on_sale: int

    def children(self, parent_id: int) -> list[Category]:
        """The next column of the category picker."""
        return [one for one in self.categories.values() if one.parent_id == parent_id]

    def leaves(self) -> list[Category]:
        """The categories a product can stand in."""
        return [one for one in self.categories.values() if one.is_leaf]

    def spec_names(self, category: Category) -> Names:
        """The spec names the create form shows from the start for this category."""
        return _longest(self.usual_specs, category)

    def size_parts(self, category: Category) -> Names:
        """What the category's 尺码表 measures; nothing if it has none."""
        return _longest(self.sizes, category)

    def attributes(self, category: Category) -> dict[str, Attribute]:
        """The 类目属性 of a category by name: those that matter first."""
        sets = [found for path, found in self.attribute_sets if category.lies_under(path)]
        known = {one.name: one for found in sets for one in found}
        order = sorted(known.values(), key=lambda one: (not one.required, not one.important))
        return {one.name: one for one in order}

    def rules(self, category: Category) -> Rules:
        """What a category allows: the longest path has the last word."""
        fitting = [(path, entry) for path, entry in self.rule_sets if category.lies_under(path)]
        merged: dict[str, Any] = {}
        for _, entry in sorted(fitting, key=lambda one: len(one[0])):
            merged |= entry
        delays = {name: self._all_delays[name] for name in merged["ship_delays"]}
        return Rules(**(merged | {"ship_delays": delays}))

    def codes(self, list_name: str) -> set[int]:
        """The codes one list of choices accepts."""
        return set(self.choices[list_name].values())

    @cached_property
    def _all_delays(self) -> dict[str, int]:
        return self.choices["ship_delays"] | self.choices["longer_ship_delays"]


@dataclass(frozen=True)
class _Files:
    """The yaml files of this installation."""

    folder: Path = field(default_factory=lambda: Path(__file__).parent)

    def read(self, name: str) -> Any:
        return read_yaml(self.folder / name)


@cache
def catalogue() -> Catalogue:
    """The one catalogue of this installation."""
    files = _Files()
    data = files.read("catalogue.yaml")
    forbidden = {name: tuple(words) for name, words in data.pop("forbidden").items()}
    return Catalogue(
        categories=_number(list(_walk(files.read("categories.yaml"), ()))),
        usual_specs=_named(data.pop("spec_names")),
        sizes=_named(data.pop("size_charts")),
        attribute_sets=tuple(_attributes(one) for one in files.read("attributes.yaml")),
        rule_sets=tuple((_path(one.pop("under")), one) for one in data.pop("rules")),
        retired=frozenset(data.pop("retired")),
        forbidden=Forbidden(**forbidden),
        max_on_sale=data.pop("max_on_sale"),
        choices=data | {"brands": _brands(files.read("brands.yaml"))},
    )


def _path(text: str) -> Names:
    return tuple(text.split(" > ")) if text else ()


def _named(entries: Any) -> tuple[tuple[Names, Names], ...]:
    return tuple((_path(one["under"]), tuple(one["names"])) for one in entries)


def _longest(entries: Iterable[tuple[Names, Names]], category: Category) -> Names:
    """What the longest path to a category says; nothing if none leads there."""
    fitting = [entry for entry in entries if category.lies_under(entry[0])]
    return max(fitting, key=lambda entry: len(entry[0]), default=((), ()))[1]


def _attributes(entry: Any) -> tuple[Names, tuple[Attribute, ...]]:
    found = (one | {"options": tuple(one.get("options", ()))} for one in entry["attributes"])
    return _path(entry["under"]), tuple(Attribute(**one) for one in found)


def _brands(data: Any) -> dict[str, int]:
    """The named ones, then every stem with every ending."""
    names = (stem + ending for stem in data["stems"] for ending in data["endings"])
    made = {name: data["first_id"] + at for at, name in enumerate(names)}
    named: dict[str, int] = data["named"]
    return named | {name: code for name, code in made.items() if name not in named}


def _walk(branch: Any, above: Names) -> Iterator[tuple[Names, bool]]:
    """Every path below a branch, parents first, with whether it is a leaf."""
    for name in branch:
        path = (*above, name)
        below = branch[name] if isinstance(branch, dict) else None
        yield path, below is None
        if below is not None:
            yield from _walk(below, path)


def _number(nodes: list[tuple[Names, bool]]) -> dict[int, Category]:
    """Ids follow the file's order, so that they stay put when entries are added at the end."""
    ids = {path: FIRST_CATEGORY_ID + at for at, (path, _) in enumerate(nodes, start=1)}
    return {
        ids[path]: Category(ids[path], ids.get(path[:-1], 0), path, is_leaf)
        for path, is_leaf in nodes
    }
