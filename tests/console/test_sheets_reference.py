"""参考价 in a sheet: with its kind and its proof, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from console.sheet_words import mend_words
from console.sheets import SheetReading
from tests.console.products import Desk, product_row

WHOLE = {"REFERENCE": 99, "REFERENCE_KIND": "吊牌价", "REFERENCE_PROOF": "images/detail.png"}


def read(desk: Desk, **cells: object) -> SheetReading:
    return desk.read([product_row("P-1", "P-1-A", **cells)])


def test_a_reference_price_is_read_with_its_kind_and_its_proof(desk: Desk) -> None:
    (listing,) = read(desk, **WHOLE).listings
    assert listing.reference is not None
    assert (listing.reference.kind, listing.reference.price) == ("吊牌价", Decimal("99.00"))
    assert listing.reference.proof.path.name == "detail.png"
    facts = listing.facts()
    assert (facts["参考价"], facts["参考价凭证"]) == ("吊牌价 | ￥99.00", 1)


def test_without_one_nothing_is_wanted_of_it(desk: Desk) -> None:
    (listing,) = read(desk).listings
    assert listing.reference is None
    assert not [name for name in listing.facts() if "参考价" in name]


@pytest.mark.parametrize("left_out", WHOLE)
def test_a_part_of_it_is_refused_with_what_is_missing(desk: Desk, left_out: str) -> None:
    reading = read(desk, **{name: value for name, value in WHOLE.items() if name != left_out})
    (problem,) = reading.problems
    missing = {"REFERENCE": "参考价", "REFERENCE_KIND": "参考价类型"}.get(left_out, "参考价凭证")
    assert (problem.column, problem.rule) == (missing, "S-reference-part")
    assert mend_words(problem, "zh").startswith(f"请把{missing}也填上")


@pytest.mark.parametrize(
    ("cells", "column", "rule", "words"),
    [
        ({"REFERENCE": 39.9}, "参考价", "R-price-reference", "参考价要高于 39.90、低于 399.00"),
        ({"REFERENCE": 399}, "参考价", "R-price-reference", "现在是 399.00"),
        ({"REFERENCE": "很贵"}, "参考价", "S-price-not-money", "39.90"),
        ({"REFERENCE_KIND": "原价"}, "参考价类型", "S-reference-kind-unknown", "官网零售价"),
        ({"REFERENCE_PROOF": "images/no.png"}, "参考价凭证", "S-picture-missing", "no.png"),
        ({"REFERENCE_PROOF": "images/main.jpg;images/detail.png"}, "参考价凭证",
         "S-pictures-too-many", "最多 1 张"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_told_at_its_own_cell(
    desk: Desk, cells: dict[str, object], column: str, rule: str, words: str
) -> None:
    reading = read(desk, **(WHOLE | cells))
    assert reading.listings == ()
    assert [(x.column, x.rule) for x in reading.problems] == [(column, rule)]
    assert words in mend_words(reading.problems[0], "zh")
