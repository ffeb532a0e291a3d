from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outcome import Outcome, Receipt

facts = st.dictionaries(
    st.sampled_from(["品牌", "主图", "商品标题", "SKU A-1"]),
    st.none() | st.text(max_size=3) | st.integers(0, 5),
)


@given(facts, facts)
def test_it_is_equal_exactly_when_nothing_differs(
    wanted: dict[str, str | int | None], found: dict[str, str | int | None]
) -> None:
    receipt = Receipt(wanted={**wanted}, found={**found})

    assert receipt.equal == (wanted == found)
    assert receipt.equal == (receipt.differences() == [])


@given(facts)
def test_the_order_of_facts_does_not_matter(wanted: dict[str, str | int | None]) -> None:
    assert Receipt(wanted={**wanted}, found=dict(reversed(wanted.items()))).equal


def test_a_text_is_not_the_number_that_looks_like_it() -> None:
    assert Receipt(wanted={"主图": 3}, found={"主图": "3"}).differences() == [
        "主图: wanted 3, found 3"
    ]


def test_each_difference_is_named_with_both_values() -> None:
    receipt = Receipt(
        wanted={"商家编码": "CG-1001", "品牌": "无品牌", "运费模板": "包邮"},
        found={"商家编码": "CG-1001", "品牌": "得力", "赠品": "杯套"},
    )

    assert receipt.differences() == [
        "品牌: wanted 无品牌, found 得力",
        "运费模板: wanted 包邮, found (nothing)",
        "赠品: wanted (nothing), found 杯套",
    ]


@pytest.mark.parametrize(
    ("wanted", "found", "difference"),
    [
        ({"品牌": None}, {}, "品牌: wanted None, found (nothing)"),
        ({}, {"品牌": None}, "品牌: wanted (nothing), found None"),
    ],
)
def test_a_fact_without_a_value_is_not_a_fact_that_is_missing(
    wanted: dict[str, None], found: dict[str, None], difference: str
) -> None:
    receipt = Receipt(wanted={**wanted}, found={**found})

    assert not receipt.equal
    assert receipt.differences() == [difference]


def test_json_says_whether_it_was_equal() -> None:
    assert Receipt(wanted={"主图": 3}, found={"主图": 2}).model_dump(mode="json") == {
        "wanted": {"主图": 3},
        "found": {"主图": 2},
        "equal": False,
    }


@pytest.mark.parametrize("outcome", Outcome)
def test_only_done_and_unchanged_are_good(outcome: Outcome) -> None:
    assert outcome.good == (outcome in {"done", "unchanged"})
