"""The corpus of suppliers' replies itself: complete, balanced, and true to what was said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.domain.replies.corpus import (
    Abstention,
    Half,
    Reading,
    Reason,
    Reply,
    compact,
    differences,
    replies,
)

HALVES: dict[Half, list[Reply]] = {half: replies(half) for half in get_args(Half)}
ALL = [each for half in HALVES.values() for each in half]
READ = [(each, each.wanted) for each in ALL if isinstance(each.wanted, Reading)]
SAMPLE = Reading(
    province="浙江省",
    city="杭州市",
    district="余杭区",
    town="仓前街道",
    detail="云帆路188号3幢",
    recipient="王芳",
    phone="0571-80001234",
    rules=["到付拒收", "请附纸条，写明订单号"],
)
FIELDS = ("province", "city", "district", "town", "detail", "recipient", "phone")
PHONE = re.compile(r"1[3-9]\d0000\d{4}|0\d{2,3}-8000\d{3,4}(-\d{1,4})?|400000\d{4}")

of_each_reading = pytest.mark.parametrize(
    ("reply", "wanted"), READ, ids=lambda each: getattr(each, "id", "")
)


def test_it_is_large_and_no_reply_comes_twice() -> None:
    assert len(ALL) >= 120
    assert [id for id, times in Counter(each.id for each in ALL).items() if times > 1] == []  # noqa: A001
    said = Counter(compact(each.text) for each in ALL)
    assert [text for text, times in said.items() if times > 1] == []


def test_both_halves_hold_each_kind_and_each_verdict_equally_often() -> None:
    kinds = [Counter(each.kind for each in half) for half in HALVES.values()]
    abstentions = [
        sum(isinstance(each.wanted, Abstention) for each in half) for half in HALVES.values()
    ]
    assert kinds[0] == kinds[1]
    assert abstentions[0] == abstentions[1]


def test_the_halves_share_no_answer() -> None:
    """A parser must not know a street, a person or a phone from the open half."""
    answers = [
        {(wanted.detail, wanted.recipient, wanted.phone) for reply, wanted in READ if reply in half}
        for half in HALVES.values()
    ]
    for column in range(3):
        opened, aside = ({each[column] for each in half} for half in answers)
        assert opened & aside == set()


def test_every_reason_is_wanted_somewhere() -> None:
    wanted = {each.wanted.abstain for each in ALL if isinstance(each.wanted, Abstention)}
    assert wanted == set(get_args(Reason))


@of_each_reading
def test_recipient_detail_town_and_rules_were_said(reply: Reply, wanted: Reading) -> None:
    said = compact(reply.text)
    for part in (wanted.recipient, wanted.detail, wanted.town, *wanted.rules):
        assert compact(part) in said, part


@of_each_reading
def test_the_last_level_was_said(reply: Reply, wanted: Reading) -> None:
    # Old names and typing errors are the point of these two kinds.
    last = wanted.district or wanted.city
    assert reply.kind in {"typo", "old_name"} or last[:2] in compact(reply.text)


@of_each_reading
def test_the_digits_of_the_phone_were_said_together(reply: Reply, wanted: Reading) -> None:
    # Between two digits there may be spaces, dashes, brackets, or 转 before an extension.
    digits = [each for each in wanted.phone if each.isdecimal()]
    said = unicodedata.normalize("NFKC", reply.text)
    assert re.search(r"[\s\-()转分机]{0,4}".join(digits), said), wanted.phone


@pytest.mark.parametrize("reply", ALL, ids=lambda each: each.id)
def test_no_text_holds_a_phone_that_could_be_somebodys(reply: Reply) -> None:
    said = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", reply.text))
    for phone in re.findall(r"1[3-9]\d{9}", said):
        assert phone[3:7] == "0000", phone


@pytest.mark.parametrize("wanted", [each for _, each in READ])
def test_a_reading_has_the_form_that_the_readme_describes(wanted: Reading) -> None:
    assert re.search(r"(省|市|自治区)$", wanted.province)
    assert re.search(r"(市|州|盟|地区|行政区划)$", wanted.city)
    assert re.search(r"[市区县旗]$|^$", wanted.district)
    assert re.search(r"(街道|镇|乡)$|^$", wanted.town)
    assert wanted.detail == wanted.detail.strip(" ，,。.;；、:：/|-")
    assert re.search(r"\d", wanted.detail), "no door number"
    assert PHONE.fullmatch(wanted.phone), "a phone that is not of an invented series"
    for rule in wanted.rules:
        assert not re.search(r"[，。；！\n]", rule), f"more than one clause: {rule}"


@given(st.sampled_from(FIELDS), st.text(min_size=1).filter(compact))
def test_any_other_field_makes_a_reading_wrong(field: str, more: str) -> None:
    other = SAMPLE.model_copy(update={field: getattr(SAMPLE, field) + more})
    assert any(each.startswith(f"{field}: ") for each in differences(SAMPLE, other))


@given(st.sampled_from(FIELDS), st.integers(0, 4), st.text(" \t\n\u3000\u00a0", max_size=3))
def test_white_space_makes_no_difference(field: str, at: int, space: str) -> None:
    value = getattr(SAMPLE, field)
    other = SAMPLE.model_copy(update={field: value[:at] + space + value[at:]})
    assert differences(SAMPLE, other) == []


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        (["到付拒收，请附纸条写明订单号！"], []),
        (["请附纸条", "写明订单号", "到付 拒收", "周末不收"], []),
        (["到付拒收"], ["rule lost: 请附纸条，写明订单号"]),
        (
            ["到付拒收，请附纸条，写明订单号", "云帆路188号3幢 王芳 0571 80001234"],
            ["detail filed as a rule", "phone filed as a rule"],
        ),
    ],
)
def test_rules_may_be_cut_otherwise_but_not_be_lost(rules: list[str], wrong: list[str]) -> None:
    assert differences(SAMPLE, SAMPLE.model_copy(update={"rules": rules})) == wrong


def test_a_phone_that_yaml_took_for_a_number_is_refused() -> None:
    with pytest.raises(ValidationError, match="phone"):
        Reading.model_validate({**SAMPLE.model_dump(), "phone": 13800001234})
