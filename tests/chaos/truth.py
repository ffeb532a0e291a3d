"""What the store's own database must say after a run, whatever happened on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import Store

CREATE, ON_SALE = "addWithSchema", "online"
SELLING, PASSED = 0, 3


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
