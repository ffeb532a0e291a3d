"""What a case is: drive a widget, then compare what it shows with what its component holds.

A case gets the number of its round, so that it can be repeated: each round asks for something else
than the one before. The default suite runs the first few, the soak two hundred.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.pages.widgets.gallery import Gallery

Round = Callable[[Gallery, int], None]
ROWS = "**/_practice/gallery/rows**"
ALL_ROWS = 20
"""Every so many rounds a list is read from end to end."""


@dataclass(frozen=True)
class Case:
    """What to do in a round, on which card of the gallery, and how many rounds show all of it."""

    run: Round
    card: str
    rounds: int


CASES: dict[str, Case] = {}


def case(name: str, card: str, rounds: int = 1) -> Callable[[Round], Round]:
    def remember(function: Round) -> Round:
        CASES[name] = Case(function, card, rounds)
        return function

    return remember


def pick(round_: int, among: list[str], many: int = 1) -> list[str]:
    """Some of them, others in the next round."""
    return random.Random(round_).sample(among, many)  # noqa: S311 - to be repeated, not secret
