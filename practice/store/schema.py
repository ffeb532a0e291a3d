"""What the form offers for one category, and which categories and brands it suggests."""

from __future__ import annotations

import zlib
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from practice.catalogue import Catalogue, Category
from practice.store.rules import check_category
from practice.store.service import freight_templates
from practice.world import World

CHOICES = (
    "stock_counts",
    "ship_modes",
    "return_policies",
    "sale_starts",
    "reference_price_types",
    "freight_kinds",
)
BRANDS_SHOWN = 20
SUGGESTED = 6
GUESSES = 2


def schema(world: World, session: Session, shop_id: str, leaf: int) -> dict[str, Any]:
    """Fields, choices and limits of a category; refuses one that this shop cannot use."""
    catalogue = world.catalogue
    category = check_category(world, session, shop_id, leaf)
    rules = asdict(catalogue.rules(category))
    delays = rules.pop("ship_delays")
    options = {name: _options(catalogue.choices[name]) for name in CHOICES}
    options["ship_delays"] = _options(delays)
    options["freight_templates"] = freight_templates(world, session, shop_id)
    options["brands"] = brands(catalogue, "")
    return {
        "category_name": category.text,
        "spec_names": list(catalogue.spec_names(category)),
        "attributes": [one.told() for one in catalogue.attributes(category).values()],
        "rules": rules,
        "size_parts": list(catalogue.size_parts(category)),
        "options": options,
    }


def _options(entries: dict[str, int]) -> list[dict[str, Any]]:
    return [{"label": text, "value": code} for text, code in entries.items()]


def brands(catalogue: Catalogue, words: str) -> list[dict[str, Any]]:
    """The first brands whose name holds these words."""
    known = catalogue.choices["brands"].items()
    found = {name: code for name, code in known if words.strip().lower() in name.lower()}
    return _options(found)[:BRANDS_SHOWN]


def predicted(catalogue: Catalogue, title: str, pictures: str) -> list[dict[str, Any]]:
    """Categories that the title and the main pictures hint at; the last ones are mere guesses."""
    leaves = [one for one in catalogue.leaves() if one.text not in catalogue.retired]
    scored = [(_common(one.name, title), one) for one in leaves]
    fitting = [entry for entry in scored if entry[0] >= 2]
    best = sorted(fitting, key=lambda entry: -entry[0])[: SUGGESTED - GUESSES]
    found = [one for _, one in best]
    at = zlib.crc32(pictures.encode())
    guesses = (leaves[(at + step * 97) % len(leaves)] for step in range(SUGGESTED))
    found += [one for one in guesses if one not in found][:GUESSES]
    return [_told(one) for one in found]


def _told(category: Category) -> dict[str, Any]:
    return {"id": category.id, "name": category.name, "text": category.text}


def _common(name: str, title: str) -> int:
    """How long a part of a name stands in the title, most of all its end: 纯棉T恤 is a T恤."""
    ends = (len(name) - at for at in range(len(name)) if name[at:] in title)
    starts = (at for at in range(len(name), 1, -1) if name[:at] in title)
    return max(next(ends, 0), next(starts, 0))
