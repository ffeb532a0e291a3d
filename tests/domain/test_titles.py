from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.titles import WIDTH_MAX, title_fault, title_width


@pytest.mark.parametrize(
    ("title", "width"),
    [("", 0), ("T", 1), ("恤", 2), ("情侣T恤 S", 9), ("（）", 4), ("中" * 30, 60)],
)
def test_a_han_character_counts_two(title: str, width: int) -> None:
    assert title_width(title) == width


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("中" * 30, None),
        ("中" * 30 + "T", "S-title-too-long"),
        ("T", "S-title-too-short"),
        ("恤", None),
    ],
)
def test_length_limits(title: str, rule: str | None) -> None:
    fault = title_fault(title)
    assert (fault.rule if fault else None) == rule


def test_the_mend_says_by_how_much_to_shorten() -> None:
    fault = title_fault("中" * 32)
    assert fault is not None
    assert "by 4" in fault.mend
    assert "counts 64" in fault.mend


@given(st.text(), st.text())
def test_width_adds_up_and_never_counts_less_than_one(left: str, right: str) -> None:
    assert title_width(left + right) == title_width(left) + title_width(right)
    assert len(left) <= title_width(left) <= 2 * len(left)


@given(st.text(min_size=WIDTH_MAX // 2 + 1, alphabet=st.characters(min_codepoint=0x4E00)))
def test_thirty_one_han_characters_are_always_too_many(title: str) -> None:
    assert title_fault(title) is not None
