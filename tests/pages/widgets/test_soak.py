"""Each widget two hundred times in a row, with slow answers and notices in the way.

``uv run pytest tests/pages/widgets/test_soak.py -m soak -n 0 -s`` prints one table;
``-k "cascader and antd6"`` goes on with some of it, ``SOAK_ROUNDS`` sets the number of rounds.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from domain.errors import ShopclerkError
from tests.pages.widgets.cases import CASES
from tests.pages.widgets.conftest import DOMS, opened
from tests.pages.widgets.gallery import Gallery

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0)]
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "200"))
STRETCH = 50
"""Rounds on one loaded page; every other stretch is without motion, as robots like it."""
HEAD = "widget                   | DOM           | runs | misses | p50 ms | p90 ms"


@dataclass
class Soaked:
    """How one widget did on one DOM."""

    widget: str
    dom: str
    milliseconds: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tenths = statistics.quantiles([*self.milliseconds, *self.milliseconds[-1:]], n=10)
        return (
            f"{self.widget:24} | {self.dom:13} | {len(self.milliseconds):4} | "
            f"{len(self.misses):6} | {tenths[4]:6.0f} | {tenths[8]:6.0f}"
        )


@pytest.fixture(scope="module")
def table() -> Iterator[list[Soaked]]:
    rows: list[Soaked] = []
    yield rows
    print("", HEAD, *rows, sep="\n")  # noqa: T201 - the table is what a soak is for


@pytest.fixture(scope="module", params=[DOMS[1], DOMS[2]], ids=lambda dom: f"antd{dom[0]}")
def rough_gallery(
    request: pytest.FixtureRequest, browser: Browser, gallery_url: str
) -> Iterator[Gallery]:
    with opened(browser, gallery_url, *request.param) as gallery:
        yield gallery


@pytest.mark.parametrize("name", CASES)
def test_soak(rough_gallery: Gallery, table: list[Soaked], name: str) -> None:
    gallery, case = rough_gallery, CASES[name]
    soaked = Soaked(name, f"{gallery.antd} {gallery.prefix}")
    table.append(soaked)
    for round_ in range(1, ROUNDS + 1):
        motion = 1 - (round_ - 1) // STRETCH % 2
        if round_ % STRETCH == 1:
            gallery.load(rough=1, only=case.card, motion=motion)
        begun = time.perf_counter()
        try:
            case.run(gallery, round_)
        except (AssertionError, PlaywrightError, ShopclerkError) as error:
            soaked.misses.append(f"round {round_}: {type(error).__name__}: {error}")
            gallery.load(rough=1, only=case.card, motion=motion)
        soaked.milliseconds.append((time.perf_counter() - begun) * 1000)
    print(f"\n{soaked}", *soaked.misses, sep="\n  ", flush=True)  # noqa: T201 - seen at once
    assert not soaked.misses
