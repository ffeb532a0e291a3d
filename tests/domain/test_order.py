"""Orders. Facts: doudian 4."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import BusinessError
from domain.order import REMARK_LENGTH, Receiver, by_urgency, marked_remark, revealed_receiver
from tests.domain.orders import LINE, NOON, RECEIVER, order, receiver

PRIVATE = ("甄小满", "13800001234", "云帆路")


def test_nothing_that_is_printed_shows_the_receiver() -> None:
    shown = f"{order()!r} {order()} {RECEIVER!r} {RECEIVER} {[RECEIVER]}"
    assert [secret for secret in PRIVATE if secret in shown] == []


def test_an_error_about_a_receiver_does_not_repeat_it() -> None:
    with pytest.raises(ValidationError) as caught:
        Receiver.model_validate({"name": "甄小满", "phone": 13800001234})
    assert [secret for secret in PRIVATE if secret in str(caught.value)] == []


@pytest.mark.parametrize(
    "line",
    [
        "甄小满，13800001234，浙江省杭州市余杭区仓前街道云帆路188号3幢",
        "甄小满, 13800001234, 浙江省 杭州市 余杭区 仓前街道 云帆路188号3幢",
        "甄小满,13800001234,浙江杭州余杭区仓前街道云帆路188号3幢",
    ],
)
def test_the_revealed_line_is_read_into_its_levels(line: str) -> None:
    assert revealed_receiver(line).model_dump() == RECEIVER.model_dump()


def test_a_line_of_two_parts_is_refused_without_repeating_it() -> None:
    with pytest.raises(BusinessError, match="2 parts") as caught:
        revealed_receiver("甄小满，浙江省杭州市")
    assert "甄小满" not in str(caught.value)


def test_divisions_that_are_not_clear_stay_with_the_detail() -> None:
    found = revealed_receiver("甄小满，13800001234，鼓楼区云帆路188号")
    assert (found.province, found.detail) == ("", "鼓楼区云帆路188号")


@pytest.mark.parametrize(
    ("other", "hidden", "reachable"),
    [
        ({}, False, True),
        ({"phone": "138****1234"}, True, False),
        ({"name": "甄**"}, True, True),
        ({"phone": "18400008965-7576"}, False, True),
        ({"phone": ""}, False, False),
    ],
)
def test_what_a_receiver_can_be_reached_by(
    other: dict[str, str], *, hidden: bool, reachable: bool
) -> None:
    assert (receiver(**other).hidden, receiver(**other).reachable) == (hidden, reachable)


def test_pieces_of_one_sku_are_added_up() -> None:
    other = LINE.model_copy(update={"sku_code": "CG-1001-B-S", "quantity": 1})
    assert order(lines=(LINE, other, LINE)).quantities() == {"CG-1001-W-S": 4, "CG-1001-B-S": 1}


def test_the_order_that_is_late_first_comes_first() -> None:
    late = order(order_id="6920138000012345670", ship_by=NOON - timedelta(hours=1))
    soon = order(order_id="6920138000012345671", ship_by=NOON + timedelta(hours=1))
    whenever = order(order_id="6920138000012345669")
    assert by_urgency([whenever, soon, late]) == [late, soon, whenever]
    assert late.time_left(NOON) == timedelta(hours=-1)
    assert whenever.time_left(NOON) is None


texts = st.text(st.characters(exclude_categories=["C"], exclude_characters="；"), max_size=70)
marks = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(texts, marks)
def test_a_mark_is_appended_once_and_nothing_is_cut(remark: str, mark: str) -> None:
    try:
        once = marked_remark(remark, mark)
    except BusinessError:
        assert len(remark) + 1 + len(mark) > REMARK_LENGTH
        return
    assert marked_remark(once, mark) == once
    assert once in (remark, mark, f"{remark}；{mark}")
    assert remark.strip() in once


@pytest.mark.parametrize(
    ("remark", "mark", "whole"),
    [
        ("", "已付款-待发货", "已付款-待发货"),
        ("送贺卡", "已付款-待发货", "送贺卡；已付款-待发货"),
        ("送贺卡；已付款-待发货", "已付款-待发货", "送贺卡；已付款-待发货"),
        ("未已付款-待发货", "已付款-待发货", "未已付款-待发货；已付款-待发货"),
    ],
)
def test_a_remark_that_stands_there_is_kept(remark: str, mark: str, whole: str) -> None:
    assert marked_remark(remark, mark) == whole
