from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.money import Yuan, yuan

amounts = st.decimals(min_value=0, max_value=999_999_999, places=2)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(amounts)
def test_what_the_site_writes_reads_back_to_the_cent(amount: Decimal) -> None:
    for text in (f"{amount:.2f}", f"￥{amount:.2f}", f"¥{amount:,.2f}", f" {amount:.2f} "):
        assert yuan(text) == amount
        assert str(yuan(text)) == f"{amount:.2f}"


@given(amounts)
def test_full_width_digits_read_the_same(amount: Decimal) -> None:
    assert yuan(f"{amount:.2f}".translate(FULL_WIDTH)) == amount


@given(st.integers(0, 99_999_999))
def test_numbers_of_an_excel_cell_read_exactly(cents: int) -> None:
    assert yuan(cents / 100) == Decimal(cents) / 100
    assert yuan(cents) == Decimal(cents)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("39.9", "39.90"),
        ("39.900", "39.90"),
        ("39", "39.00"),
        ("0", "0.00"),
        ("1,299", "1299.00"),
        ("1，299.5", "1299.50"),
        ("999,999,999.99", "999999999.99"),
    ],
)
def test_each_way_of_writing_it(text: str, amount: str) -> None:
    assert str(yuan(text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "￥",
        "-1",
        "+1",
        "39.999",
        "39.",
        ".5",
        "39.9元",
        "十九元九",
        "1,29",
        "1,2999",
        "12 99",
        "1e3",
        "NaN",
        "inf",
        "$5",
        "￥￥5",
        "39.9\n40",
        "1000000000",
        "1,000,000,000",
    ],
)
def test_what_is_no_amount_is_refused_in_its_own_words(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount of money") as caught:
        yuan(text)

    assert repr(text) in str(caught.value)


@given(st.text(max_size=12))
def test_no_text_makes_it_crash_or_come_out_negative(text: str) -> None:
    try:
        amount = yuan(text)
    except ValueError:
        return
    assert amount >= 0
    assert amount == amount.quantize(Decimal("0.01"))


@given(amounts)
def test_json_carries_it_as_text_and_back(amount: Decimal) -> None:
    adapter = TypeAdapter(Yuan)

    text = adapter.dump_json(adapter.validate_python(amount))

    assert text == f'"{amount:.2f}"'.encode()
    assert adapter.validate_json(text) == amount


@pytest.mark.parametrize("amount", ["39.999", "-1", "1000000000"])
def test_a_model_refuses_what_the_rule_refuses(amount: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Yuan).validate_python(amount)
