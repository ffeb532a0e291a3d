from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from domain.specs import missing_combinations

values = st.lists(st.text(max_size=3), min_size=1, max_size=4, unique=True)


def test_names_exactly_the_missing_corner() -> None:
    given_rows = [("白色", "S"), ("白色", "M"), ("浅蓝", "S")]
    assert missing_combinations(given_rows) == [("浅蓝", "M")]


def test_one_spec_is_always_complete() -> None:
    assert missing_combinations([("小号",), ("大号",)]) == []


def test_nothing_given_nothing_missing() -> None:
    assert missing_combinations([]) == []


@given(values, values, st.data())
def test_given_and_missing_together_are_the_whole_matrix(
    colours: list[str], sizes: list[str], data: st.DataObject
) -> None:
    whole = list(product(colours, sizes))
    rows = data.draw(st.lists(st.sampled_from(whole), min_size=1, unique=True))
    missing = missing_combinations(rows)
    axes = [dict.fromkeys(axis) for axis in zip(*rows, strict=True)]
    assert set(rows) | set(missing) == set(product(*axes))
    assert not set(rows) & set(missing)
    assert missing_combinations([*rows, *missing]) == []
