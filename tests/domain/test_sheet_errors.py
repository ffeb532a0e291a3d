from __future__ import annotations

import copy
from pathlib import Path

from domain.sheet_errors import SheetProblem, SheetUnreadable

PROBLEM = SheetProblem(
    file=Path("shop") / "products.xlsx",
    sheet="商品",
    row=4,
    column="价格",
    cell="P4",
    value="12元5",
    rule="S-price-not-money",
    mend="write an amount such as 39.90",
    code="CG-1001",
)


def test_a_problem_reads_as_one_line() -> None:
    assert str(PROBLEM) == (
        "products.xlsx, 商品 row 4, 价格 (cell P4): 12元5: "
        "write an amount such as 39.90 (S-price-not-money)"
    )
    many_lines = PROBLEM.model_copy(update={"value": "a.jpg\nb.jpg"})
    assert "a.jpg b.jpg" in str(many_lines)


def test_an_empty_cell_is_called_empty() -> None:
    assert "(empty)" in str(PROBLEM.model_copy(update={"value": ""}))


def test_a_long_cell_does_not_bury_the_mend() -> None:
    long = str(PROBLEM.model_copy(update={"value": "images/a.jpg;" * 60}))
    assert len(long) < 250
    assert long.endswith("39.90 (S-price-not-money)")


def test_a_column_that_the_sheet_lacks_has_no_cell() -> None:
    assert "(cell" not in str(PROBLEM.model_copy(update={"cell": ""}))


def test_a_problem_goes_through_json() -> None:
    assert SheetProblem.model_validate_json(PROBLEM.model_dump_json()) == PROBLEM


def test_an_unreadable_sheet_says_so_and_survives_pickling() -> None:
    error = SheetUnreadable(Path("a.xlsx"), "check the name")
    assert str(error) == "a.xlsx: check the name"
    twin = copy.copy(error)  # goes by __reduce__, as pickle does
    assert (twin.path, twin.mend, str(twin)) == (error.path, error.mend, str(error))
