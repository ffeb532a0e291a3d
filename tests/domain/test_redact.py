from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from domain.redact import redact, redact_all

phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(phones, st.text(alphabet="收货人：, ()\n-", max_size=5))
def test_a_phone_keeps_its_ends_only(phone: str, around: str) -> None:
    assert redact(around + phone + around) == f"{around}{phone[:3]}****{phone[7:]}{around}"


@given(st.text(alphabet="0123456789", min_size=1).filter(lambda it: it != "86"), phones)
def test_a_phone_inside_a_longer_number_is_none(digits: str, phone: str) -> None:
    for number in (digits + phone, phone + digits, f"3{phone}0000000"):
        assert redact(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "商品ID 3913812345678000001",
        "SKU 1389999999999999999",
        "CG-1001 ￥139.00 x 10000",
        "12812345678 is no mobile number",
        "the token has expired",
        "密码不能为空",
    ],
)
def test_what_people_must_read_stays(text: str) -> None:
    assert redact(text) == text


def test_every_phone_of_a_text_is_hidden() -> None:
    assert redact("13812345678/19987654321") == "138****5678/199****4321"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("手机 138 1234 5678", "手机 138****5678"),
        ("手机 138-1234-5678", "手机 138****5678"),
        ("手机 １３８１２３４５６７８", "手机 １３８****５６７８"),
        ("+8613812345678", "+86138****5678"),
        ("+86 138 1234 5678", "+86 138****5678"),
        ("8613812345678", "86138****5678"),
    ],
)
def test_a_phone_is_known_in_each_of_its_spellings(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("password=s3cret", "password=***"),
        ("Password : s3cret", "Password : ***"),
        ('{"password": "s3cret", "user": "demo"}', '{"password": "***", "user": "demo"}'),
        ("{'token': 's3cret'}", "{'token': '***'}"),
        ("https://x.cn/?a=1&token=s3cret", "https://x.cn/?a=1&token=***"),
        ("cookie: PHPSESSID=s3cret", "cookie: ***"),
        ("Cookie: a=1; sid=s3cret", "Cookie: ***"),
        ("Set-Cookie: sid=s3cret; Path=/\nHost: x.cn", "Set-Cookie: ***\nHost: x.cn"),
        ("Authorization: Bearer s3cret", "Authorization: ***"),
        ("password: 'a s3cret'", "password: '***'"),
        ('{"password": "a s3cret", "user": "demo"}', '{"password": "***", "user": "demo"}'),
        ("密码：s3cret，好的", "密码：***"),
        ("sessionid=s3cret, rest", "sessionid=***, rest"),
    ],
)
def test_what_opens_a_door_is_hidden(text: str, hidden: str) -> None:
    assert redact(text) == hidden


def test_every_text_of_a_json_value_is_redacted_and_nothing_else() -> None:
    value: dict[str, JsonValue] = {
        "a": "13812345678",
        "b": ["token=s3cret", {"c": 'password="s3cret"'}],
        "d": [3, None],
    }

    assert redact_all(value) == {
        "a": "138****5678",
        "b": ["token=***", {"c": 'password="***"'}],
        "d": [3, None],
    }


fragments = st.sampled_from(
    [*"=:：\"'\\ ,;\nx-", "password", "token", "密码", "cookie", "+86", "***"]
)


@given(st.text() | st.lists(phones | fragments | st.text(max_size=3)).map("".join))
def test_redacting_again_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(st.text())
def test_a_text_without_numbers_and_secrets_is_untouched(text: str) -> None:
    plain = "".join(c for c in text if not c.isdecimal() and c not in "=:：")
    assert redact(plain) == plain
