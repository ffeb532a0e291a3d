"""How runs end under kills and in bad weather: what became of each item at last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from contextlib import closing
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from practice.supply.tables import RightSku
from practice.tables import Product
from practice.world import open_world
from tests.conftest import Shopclerk, Store

RUNS = 3
"""A person runs the sheet again for what is left; nothing may be left after so many runs."""
LOOKS = 9
"""How often somebody may be called to look at a shop that was stopped, and goes on after it."""
SETTLED = {"done", "unchanged", "skipped", "rejected", "needs_person"}
"""What a run may leave: a person's answer is wanted, or the sheet's rule said no."""
ZONE = ZoneInfo("Asia/Shanghai")
Judged = dict[str, dict[str, Any]]
"""What became of each item at last, by its key."""


class Ended(NamedTuple):
    """What became of a robot's items, run by run and at last."""

    ends: list[Counter[str]]
    items: Judged

    def __str__(self) -> str:
        return " then ".join(str(dict(end)) for end in self.ends)


def sold_codes(store: Store) -> list[str]:
    """Give the 商家编码 of products whose factory is known."""
    with closing(open_world(store.home)) as world, world.transaction() as session:
        known = select(Product.merchant_code).join(RightSku, RightSku.product_id == Product.id)
        return sorted({str(code) for code in session.scalars(known)})


def settled(shopclerk: Shopclerk, *run: str, also: AbstractSet[str] = frozenset()) -> Ended:
    """Run a robot as a person would, until it leaves nothing that it could have done.

    A shop that was stopped, as for a risk notice, is looked at and the run begun again. ``also``:
    outcomes that this robot may leave too.
    """
    ends: list[Counter[str]] = []
    items: Judged = {}
    tries, looks = RUNS, LOOKS
    while tries and looks:
        process = shopclerk.start("run", *run, "--json")
        printed, noted = process.communicate(timeout=6 * 3600)
        assert process.returncode in {0, 3, 4}, f"{printed}\n{noted}"
        newest = shopclerk.json("show")
        ends.append(Counter(one["outcome"] for one in newest["items"]))
        items |= {one["key"]: one for one in newest["items"]}
        if newest["state"] == "stopped":
            looks -= 1
        elif set(ends[-1]) <= SETTLED | also:
            break
        else:
            tries -= 1
    return Ended(ends, items)


def items_of(shopclerk: Shopclerk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shopclerk.json("show")["items"]
    return found


def judged(shopclerk: Shopclerk, before: Judged) -> Judged:
    """Add what the newest run says of its items."""
    return before | {one["key"]: one for one in items_of(shopclerk)}


def ended_as(items: Judged, *outcomes: str) -> set[str]:
    """Give the keys of the items that ended so."""
    return {key for key, one in items.items() if one["outcome"] in outcomes}
