from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import sheet_cells
from console.sheet_cells import Cell
from domain.sheet_errors import Fault

contents = st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes()
PARSERS = [
    sheet_cells.text,
    sheet_cells.code,
    sheet_cells.title,
    sheet_cells.category,
    sheet_cells.price,
    sheet_cells.stock,
    sheet_cells.file_names,
    sheet_cells.one_of(("当日发",), "S-any"),
]


@pytest.mark.parametrize("parse", PARSERS)
@given(content=contents)
def test_whatever_stands_in_a_cell_gives_a_value_or_a_fault(
    parse: sheet_cells.Parser[object], content: object
) -> None:
    parse(Cell(content))


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        (39.9, "39.90"),
        (19.900000000000002, "19.90"),
        ("３９．９", "39.90"),
        ("￥39.90", "39.90"),
        ("￥ １，２９９", "1299.00"),
        ("¥1,299.5", "1299.50"),
        ("12元", "12.00"),
        ("8.500", "8.50"),
    ],
)
def test_prices_as_people_type_them(typed: object, price: str) -> None:
    assert sheet_cells.price(Cell(typed)) == Decimal(price)


@pytest.mark.parametrize(
    ("typed", "stock"), [(7, 7), (7.0, 7), ("１２０", 120), ("1,200", 1200), ("0", 0)]
)
def test_stocks_as_people_type_them(typed: object, stock: int) -> None:
    assert sheet_cells.stock(Cell(typed)) == stock


@given(st.decimals(min_value="0.01", max_value="999999.99", places=2))
def test_every_price_reads_back_as_text_number_and_yuan(price: Decimal) -> None:
    for typed in (str(price), float(price), f"￥{price:,}", f"{price}元"):
        assert sheet_cells.price(Cell(typed)) == price


@given(st.integers(0, sheet_cells.STOCK_MAX))
def test_every_stock_reads_back(stock: int) -> None:
    for typed in (stock, float(stock), f"{stock:,}"):
        assert sheet_cells.stock(Cell(typed)) == stock


@given(st.integers(min_value=10**15))
def test_a_number_beyond_excels_digits_is_never_a_code(number: int) -> None:
    assert isinstance(sheet_cells.code(Cell(number)), Fault)


@pytest.mark.parametrize(
    "cell",
    [
        Cell(12.5),
        Cell(1.23456789012345e18),
        Cell("1.23457E+18"),
        Cell("１.2Ｅ＋18"),
        Cell(datetime(2026, 1, 2)),  # noqa: DTZ001  (Excel's dates have no zone)
        Cell(True),
        Cell(-7),
        pytest.param(Cell(12, number_format="0000"), id="shown as 0012"),
    ],
)
def test_a_code_that_excel_may_have_changed_is_refused(cell: Cell) -> None:
    fault = sheet_cells.code(cell)
    assert isinstance(fault, Fault)
    assert fault.rule == "S-code-not-text"


@pytest.mark.parametrize("code", ["2E10", "1E5", "0012", "6901234567890123456", "A-1"])
def test_codes_kept_as_text_stay_as_they_are(code: str) -> None:
    assert sheet_cells.code(Cell(code)) == code


def test_a_short_number_is_a_code_as_it_is_shown() -> None:
    assert sheet_cells.code(Cell(1001)) == "1001"
