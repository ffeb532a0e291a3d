"""What the store's own database must say after a run, whatever happened on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import Shopclerk, Store

CREATE, ON_SALE = "addWithSchema", "online"
VERBS = {CREATE: "product.create", ON_SALE: "product.on-sale"}
LOSING = {
    "answer_lost",
    "gateway_after_commit",
    "gateway_before_commit",
    "late_commit",
    "throttled",
}
"""Faults of writes after which nobody can say whether it took effect."""
SELLING, PASSED = 0, 3
GOOD = {"done", "unchanged"}
ATTENTION = 3
HOURS = 3
IN_TIME = "did not get there in time"
"""What a lost answer is called when nothing came: on a busy machine that happens by itself."""


@dataclass
class Truth:
    """How the store differs from what a sheet asked for."""

    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.twice)} twice, {len(self.lost)} lost, {len(self.wrong)} wrong"

    @property
    def clean(self) -> bool:
        """Whether everything is there once and right."""
        return not (self.twice or self.lost or self.wrong)


def truth_of(store: Store, wanted: Mapping[str, Mapping[str, Any]]) -> Truth:
    """Compare every product the robot made with the sheet: code, title, category, SKUs, on sale."""
    there = store.products()
    times = Counter(product["merchant_code"] for product in there)
    by_code = {product["merchant_code"]: product for product in there}
    return Truth(
        twice=[code for code, number in times.items() if number > 1],
        lost=[code for code in wanted if code not in by_code],
        wrong=[
            *(code for code in by_code if code not in wanted),
            *(c for c, product in wanted.items() if c in by_code and _seen(by_code[c]) != product),
            *(
                c
                for c, p in by_code.items()
                if (p["status"], p["check_status"]) != (SELLING, PASSED)
            ),
        ],
    )


def _seen(product: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": product["title"],
        "category": product["category"],
        "skus": {s["code"]: (s["spec"], s["price"], s["stock"]) for s in product["skus"]},
    }


@dataclass
class Ended:
    """What became of the products of one run, and of how many it has a receipt that is equal."""

    outcomes: Counter[str]
    proven: int
    unknown: set[tuple[str, str]]
    """Key and verb of what it had to look up, because the answer was lost."""
    waited_out: set[tuple[str, str]]
    """Those of them where the page did not get there in time, whatever the store had said."""

    def __str__(self) -> str:
        return f"{dict(self.outcomes)}, {self.proven} of {self.good} good ones proven by read-back"

    @property
    def good(self) -> int:
        """How many ended as they should."""
        return sum(self.outcomes[outcome] for outcome in GOOD)

    @property
    def clean(self) -> bool:
        """Whether nothing is left."""
        return set(self.outcomes) <= GOOD


def ended(shopclerk: Shopclerk) -> Ended:
    """Read what became of the newest run's products."""
    run = shopclerk.json("show")
    items = run["items"]
    good = [one for one in items if one["outcome"] in GOOD]
    proven = sum((one["receipt"] or {}).get("equal", False) for one in good)
    lines = (Path(run["evidence"]) / "events.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    lost = {
        (items[event["item"]]["key"], event["message"].split(":")[0], IN_TIME in event["message"])
        for event in events
        if ": the answer was lost" in event["message"]
    }
    return Ended(
        Counter(one["outcome"] for one in items),
        proven,
        unknown={(key, verb) for key, verb, _ in lost},
        waited_out={(key, verb) for key, verb, late in lost if late},
    )


def answers_lost(store: Store) -> set[tuple[str, str]]:
    """Give key and verb of each write whose answer the store kept from us, or made no sense."""
    return {
        (write["merchant_code"], VERBS[write["path"].rsplit("/", 1)[-1]])
        for write in store.writes()
        if LOSING & set(write["fault"].split(","))
    }


def run_once(shopclerk: Shopclerk, sheet: Path) -> Ended:
    """Run a sheet as a person would, and read what became of its products."""
    process = shopclerk.start(
        "run", "upload-listings", "--shop", "demo", "--sheet", str(sheet), "--json"
    )
    printed, noted = process.communicate(timeout=HOURS * 3600)
    assert process.returncode in {0, ATTENTION}, f"{printed}\n{noted}"
    return ended(shopclerk)
