"""Return addresses. Facts: doudian 5.5, operators 4.4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.phones import PhoneKind
from domain.return_address import ReturnAddress, address_facts, has_door_number

PARTS = {
    "province": "浙江省",
    "city": "金华市",
    "district": "义乌市",
    "town": "北苑街道",
    "detail": "启明路1288号5栋",
    "recipient": "陈静",
    "phone": "13700004567",
}


def address(**other: str) -> ReturnAddress:
    return ReturnAddress.model_validate({**PARTS, **other})


def test_an_address_knows_its_kind_of_phone_and_its_region() -> None:
    assert address().kind is PhoneKind.MOBILE
    assert address(phone="4000001234").kind is PhoneKind.COMPANY
    assert str(address().region) == "浙江省金华市义乌市"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"district": "昆山市"}, "no division"),
        ({"district": ""}, "no division"),
        ({"province": "台湾省", "city": "", "district": ""}, "no division"),
        ({"town": "北苑"}, "must end in"),
        ({"detail": "启明路电商园"}, "door number"),
        ({"phone": "17000005858-3021"}, "ending in 3021"),
        ({"phone": "1370000456"}, "ending in 0456"),
        ({"recipient": ""}, "recipient"),
    ],
)
def test_what_is_incomplete_or_impossible_is_refused(other: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        address(**other)


def test_a_city_without_districts_needs_none() -> None:
    city = address(province="广东省", city="东莞市", district="", town="厚街镇")
    assert city.district == ""


def test_a_log_line_shows_neither_name_nor_phone() -> None:
    masked = address().masked
    assert "陈静" not in masked
    assert "1370000" not in masked
    assert masked.endswith("陈** *******4567")


@given(st.sampled_from(["detail", "recipient"]), st.sampled_from([" ", "\u3000", "\n"]))
def test_white_space_makes_no_difference_on_the_erp(field: str, space: str) -> None:
    other = PARTS[field][:2] + space + PARTS[field][2:]
    assert address(**{field: other}).facts() == address().facts()


@given(st.sampled_from(sorted(PARTS)))
def test_any_other_sign_makes_a_difference_on_the_erp(field: str) -> None:
    shown = {**PARTS, field: PARTS[field] + "1"}
    street = shown.pop("town") + shown.pop("detail")
    assert address_facts(street=street, **shown) != address().facts()


def test_an_erp_with_three_levels_shows_the_same_facts() -> None:
    shown = {name: value for name, value in PARTS.items() if name not in ("town", "detail")}
    assert address_facts(street="北苑街道启明路1288号5栋", **shown) == address().facts()


@pytest.mark.parametrize(
    "detail", ["启明路88号", "云岭路2000弄18", "仓库A座", "商城12001商位", "三号楼", "家园3栋"]
)
def test_a_door_number_is_seen(detail: str) -> None:
    assert has_door_number(detail) == (detail != "仓库A座")
