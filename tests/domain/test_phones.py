from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.phones import (
    PhoneKind,
    find_phones,
    hide_phones,
    is_virtual,
    masked_phone,
    phone_kind,
)

mobiles = st.from_regex(r"1[3-9][0-9]0000[0-9]{4}", fullmatch=True)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("13800001234", PhoneKind.MOBILE),
        ("0571-80001234", PhoneKind.LANDLINE),
        ("010-80001234-801", PhoneKind.LANDLINE),
        ("4000001234", PhoneKind.COMPANY),
        ("18400008965-7576", None),
        ("1380000123", None),
        ("80001234", None),
        ("", None),
    ],
)
def test_kinds(written: str, kind: PhoneKind | None) -> None:
    assert phone_kind(written) is kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("电话:+86 138-0000-2020", "13800002020"),
        ("0086-13800002020", "13800002020"),
        ("138 0000 2020", "13800002020"),
        ("138.0000.2020", "13800002020"),
        ("(0571)8000 1234", "0571-80001234"),
        ("057180001234", "0571-80001234"),
        ("0797-8000123转802", "0797-8000123-802"),
        ("0797-8000123 分机802", "0797-8000123-802"),
        ("400-000-2121", "4000002121"),
        ("4000-002-121", "4000002121"),
        ("17000005858转3021", "17000005858-3021"),
    ],
)
def test_numbers_are_found_in_each_of_their_spellings(text: str, number: str) -> None:
    assert [each.number for each in find_phones(text)] == [number]


@pytest.mark.parametrize("text", ["6920138000012345678", "138****1234", "1380000123", "315400"])
def test_what_is_no_phone_is_not_found(text: str) -> None:
    assert list(find_phones(text)) == []


def test_a_mobile_with_an_extension_is_virtual() -> None:
    (found,) = find_phones("18400008965-7576")
    assert found.virtual
    assert is_virtual(found.number)
    assert not is_virtual("18400008965")


@given(mobiles)
def test_a_log_shows_the_last_four_digits_only(number: str) -> None:
    masked = masked_phone(number)
    assert masked == "*" * 7 + number[-4:]
    assert masked_phone(f"0571-{number[-8:]}") == f"****-****{number[-4:]}"


@given(mobiles)
def test_of_every_number_in_a_text_the_last_four_digits_are_left(number: str) -> None:
    text = f"王练习 {number} 义乌市练习路8号, 0571-80001234-801"
    hidden = hide_phones(text)
    assert number not in hidden
    assert "80001234" not in hidden
    assert hidden.startswith(f"王练习 *******{number[-4:]} 义乌市练习路8号, ")


def test_full_width_numbers_are_hidden_too_and_nothing_else_is_changed() -> None:
    assert hide_phones("电话１３８ ０００0 1234，急") == "电话*** **** 1234，急"
