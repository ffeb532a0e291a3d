"""The SKU matrix: the store makes a row of every combination of the spec values, no fewer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

Combination = tuple[str, ...]


def missing_combinations(given: Sequence[Combination]) -> list[Combination]:
    """List the combinations of the given values that no row gives, in the rows' order."""
    if not given:
        return []
    axes = [dict.fromkeys(axis) for axis in zip(*given, strict=True)]
    there = set(given)
    return [combination for combination in product(*axes) if combination not in there]
