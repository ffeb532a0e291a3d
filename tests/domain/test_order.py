"""Orders. Facts: doudian 4."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import BusinessError
from domain.order import (
    Receiver,
    by_urgency,
    fits_box,
    marked_remark,
    revealed_receiver,
    told_remark,
)
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


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        (["", ""], ""),
        (["退款中"], "退款中"),
        (["售后中"], "售后中"),
        (["退款成功"], "退款成功"),
        (["售后关闭"], ""),
        (["退款失败"], ""),
        (["售后关闭", "退款中"], "退款中"),
        (["退款失败", "售后关闭"], ""),
        (["没见过的话"], "没见过的话"),
    ],
)
def test_an_after_sale_that_is_over_asks_for_nothing(columns: list[str], asked: str) -> None:
    lines = tuple(LINE.model_copy(update={"after_sale": text}) for text in columns)
    assert order(lines=lines).after_sale == asked


texts = st.text(st.characters(exclude_categories=["C"], exclude_characters="；"), max_size=70)
marks = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(texts, marks)
def test_a_mark_is_appended_once_and_nothing_is_cut(remark: str, mark: str) -> None:
    try:
        once = marked_remark(remark, mark)
    except BusinessError:
        assert not fits_box(f"{remark}；{mark}")
        return
    assert marked_remark(once, mark) == once
    assert once in (remark, mark, f"{remark}；{mark}")
    assert remark.strip() in once


@given(st.text(st.characters(exclude_categories=["C"]), max_size=70), marks)
def test_what_a_person_wrote_is_told_by_length_and_digest_the_same_before_and_after(
    remark: str, mark: str
) -> None:
    order_id = "6920100000000000078"
    _, before = told_remark(remark, mark, order_id)
    assert re.fullmatch(r"|\d+ 字 #[0-9a-f]{4}", before)
    try:
        marked = marked_remark(remark, mark)
    except BusinessError:
        return
    assert told_remark(marked, mark, order_id) == (mark, before)


def test_a_rest_that_was_kept_reads_the_same_and_one_that_was_not_does_not() -> None:
    mark, order_id = "已付款-待发货", "6920100000000000078"
    stood = "甄小满 13800001234 送到云帆路"
    before, after = (told_remark(text, mark, order_id) for text in (stood, f"{stood}；{mark}"))
    assert before[0] == ""
    assert after == (mark, before[1])
    assert not any(word in str(after) for word in ("甄小满", "1380", "云帆路"))
    for changed in ("甄小满 13800001235 送到云帆路", "甄小满", ""):
        assert told_remark(f"{changed}；{mark}", mark, order_id)[1] != before[1]
    assert told_remark(stood, mark, "6920100000000000079")[1] != before[1]


@pytest.mark.parametrize(
    "remark",
    ["{} 已催工厂", "{}\n买家催", "{};急", "{}，急", "急 {}", "{}。", "急{}", "a；{} b；c"],
)
def test_a_mark_that_a_person_wrote_beside_is_not_appended_again(remark: str) -> None:
    mark, order_id = "已付款-待发货", "6920100000000000078"
    there = remark.format(mark)
    assert marked_remark(there, mark) == there
    told, rest = told_remark(there, mark, order_id)
    assert (told, rest) == (mark, told_remark(remark.format(""), mark, order_id)[1])
    assert rest != ""


def test_the_room_is_counted_as_the_box_counts_it() -> None:
    mark, emoji = "已付款-待发货", "\N{MONEY BAG}"
    assert marked_remark(emoji * 25, mark) == f"{emoji * 25}；{mark}"
    with pytest.raises(BusinessError, match="has 54 of 60 characters, no room"):
        marked_remark(emoji * 27, mark)


@pytest.mark.parametrize(
    ("remark", "mark", "whole"),
    [
        ("", "已付款-待发货", "已付款-待发货"),
        ("送贺卡", "已付款-待发货", "送贺卡；已付款-待发货"),
        ("送贺卡；已付款-待发货", "已付款-待发货", "送贺卡；已付款-待发货"),
        ("未已付款-待发货", "已付款-待发货", "未已付款-待发货；已付款-待发货"),
        ("未已付款-待发货 已付款-待发货", "已付款-待发货", "未已付款-待发货 已付款-待发货"),
    ],
)
def test_a_remark_that_stands_there_is_kept(remark: str, mark: str, whole: str) -> None:
    assert marked_remark(remark, mark) == whole
