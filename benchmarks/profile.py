"""``python -m benchmarks.profile``: where the robot's seconds go, verb by verb.

It lists some products in this process. Every verb of the pages, the engine's own steps and each
round trip to the browser are timed. A verb's own seconds are without those of the verbs it calls.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from benchmarks.ground import opened_ground

NAMES = {
    "engine.evidence.ItemEvidence": ("picture", "settle", "receipt"),
    "engine.desk.ItemDesk": ("step", "guard"),
    "engine.clock.SystemClock": ("sleep",),
    "engine.ledger.Ledger": ("intend", "answered", "close", "open_intent", "last_seen", "newest"),
    "pages.doudian.attributes.Attributes": ("fill", "values"),
    "pages.doudian.categories.CategoryDialog": ("open", "choose"),
    "pages.doudian.product_form.ProductForm": (
        "open_new",
        "open_edit",
        "start",
        "submit",
        "read",
    ),
    "pages.doudian.product_list.ProductList": ("open", "search", "put_on_sale"),
    "pages.doudian.sku_table.SkuTable": ("fill", "read"),
    "pages.doudian.sku_table.SpecBoxes": ("fill",),
    "pages.widgets.antd_choices.Select": ("choose",),
    "pages.widgets.antd_choices.MultiSelect": ("choose_all",),
    "pages.widgets.antd_choices.TreeSelect": ("choose",),
    "pages.widgets.antd_inputs.Radio": ("choose",),
    "pages.widgets.antd_inputs.TextInput": ("fill",),
    "pages.widgets.antd_inputs.Upload": ("put",),
    "robots.upload_listings.CreateProduct": ("look", "prepare", "act"),
    "robots.upload_listings.PutOnSale": ("look", "act"),
    "robots.upload_listings.UploadListings": ("work",),
}


@dataclass
class _Call:
    """A verb that has begun."""

    verb: str
    inside: float = 0.0
    """Seconds of the verbs it called."""


class Profile:
    """Own seconds, calls and round trips of every verb."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.whole: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self.trips: dict[str, int] = defaultdict(int)
        self.by_trip: dict[str, list[float]] = defaultdict(list)
        self._open: list[_Call] = []

    def wrap(self, owner: type, verb: str) -> None:
        """Time one method of a class."""
        method: Callable[..., Any] = getattr(owner, verb)
        name = f"{owner.__name__}.{verb}"

        @functools.wraps(method)
        def timed(*given: Any, **named: Any) -> Any:
            call = _Call(name)
            self._open.append(call)
            began = time.perf_counter()
            try:
                return method(*given, **named)
            finally:
                took = time.perf_counter() - began
                self._open.pop()
                self.calls[name] += 1
                self.whole[name] += took
                self.seconds[name] += took - call.inside
                if self._open:
                    self._open[-1].inside += took

        setattr(owner, verb, timed)

    def wrap_round_trips(self) -> None:
        """Count what is asked of the browser, within which verb."""
        from playwright._impl import _sync_base

        ask = _sync_base.SyncBase._sync  # noqa: SLF001

        def counted(this: Any, coroutine: Any) -> Any:
            verb = self._open[-1].verb if self._open else "(outside)"
            began = time.perf_counter()
            try:
                return ask(this, coroutine)
            finally:
                self.trips[verb] += 1
                what = f"{verb} · {getattr(coroutine, '__qualname__', '?')}"
                self.by_trip[what].append(time.perf_counter() - began)

        _sync_base.SyncBase._sync = counted  # type: ignore  # noqa: PGH003, SLF001

    def lines(self, items: int) -> list[str]:
        """Give the table, a line per verb, figures for one item."""
        rows = [f"{'verb':34} {'own s':>7} {'whole s':>8} {'calls':>6} {'trips':>6}"]
        for name, own in sorted(self.seconds.items(), key=lambda each: -each[1]):
            figures = (own, self.whole[name], self.calls[name], self.trips[name])
            one, all_in, calls, trips = (each / items for each in figures)
            rows.append(f"{name:34} {one:7.3f} {all_in:8.3f} {calls:6.1f} {trips:6.1f}")
        rows.append("")
        rows.append(f"{'round trip':60} {'ms':>7} {'calls':>6}")
        slowest = sorted(self.by_trip.items(), key=lambda each: -sum(each[1]))[:40]
        for name, took in slowest:
            rows.append(f"{name:60} {sum(took) / items * 1000:7.0f} {len(took) / items:6.1f}")
        return rows


def _wrapped() -> Profile:
    profile = Profile()
    for path, verbs in NAMES.items():
        module, _, owner = path.rpartition(".")
        found = getattr(import_module(module), owner)
        for verb in verbs:
            profile.wrap(found, verb)
    profile.wrap_round_trips()
    return profile


def main() -> None:
    """List some products and print where the time went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=5)
    count = parser.parse_args().products

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with opened_ground(say) as ground:
        sheet = ground.sheet("PR", range(1, count + 1))
        os.environ["SHOPCLERK_HOME"] = str(ground.home)
        os.environ["SHOPCLERK_BROWSER"] = ground.browser
        profile = _wrapped()
        from console.cli import app

        app(
            ["run", "upload-listings", "--shop", "demo", "--sheet", str(sheet)],
            standalone_mode=False,
        )
    print("\n".join(profile.lines(count)))


if __name__ == "__main__":
    main()
