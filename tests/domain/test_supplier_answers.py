"""Asking factories: who is waited for, asked again, filed, or left to a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.replies import Reason, ReturnTerms, parse_reply
from domain.supplier_answers import (
    QUESTIONS,
    Asked,
    News,
    Step,
    Told,
    is_question,
    judge,
    news_against,
    number_in,
    question_text,
    second_text,
)
from engine.order_rules import load_address_rules

RULES = load_address_rules()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO, JUST_NOW = NOW - 2 * RULES.quiet, NOW - RULES.quiet / 2
WHOLE = "浙江省金华市义乌市北苑街道启明路1288号5栋 收件人：陈静 电话：13700004567"


def asked(
    *told: str, times: int = 1, at: datetime = LONG_AGO, product: bool = False, before: int = 0
) -> Asked:
    """``before``: so many of the messages came before the newest question."""
    messages = tuple(Told(text=text, at=at) for text in told)
    return Asked(
        times=times,
        due_at=NOW + timedelta(hours=1),
        one_product=product,
        told=messages,
        told_last=messages[before:],
    )


@pytest.mark.parametrize(
    ("question", "step", "why"),
    [
        (asked(), Step.WAIT, ""),
        (asked(WHOLE, at=JUST_NOW), Step.WAIT, ""),
        (asked(WHOLE), Step.FILE, ""),
        (asked(WHOLE.partition(" 电话")[0]), Step.ASK_AGAIN, Reason.NO_PHONE),
        (asked(WHOLE.partition(" 电话")[0], times=2), Step.PERSON, Reason.NO_PHONE),
        (asked("请问是哪一款？"), Step.ASK_EACH, Reason.ASKS_BACK),
        (asked("请问是哪一款？", product=True), Step.ASK_AGAIN, Reason.ASKS_BACK),
        (asked("请问是哪一款？", WHOLE, times=2, before=1), Step.FILE, ""),
        (asked("江浙沪退这里", WHOLE, times=2, before=1), Step.PERSON, Reason.SEVERAL_ADDRESSES),
        (asked("在的亲"), Step.ASK_AGAIN, Reason.NO_ANSWER),
    ],
)
def test_what_becomes_of_a_question(question: Asked, step: Step, why: str) -> None:
    verdict = judge(question, RULES, NOW)
    assert (verdict.step, verdict.why) == (step, why)
    assert (verdict.terms is not None) == (step is Step.FILE)


@pytest.mark.parametrize(
    ("told", "apart", "step", "why"),
    [
        (["已发货，中通 78000000001234"], 1, Step.WAIT, ""),
        (["已发货，中通 78000000001234", WHOLE], 1, Step.FILE, ""),
        ([WHOLE, "这款下周到货"], 1, Step.FILE, ""),
        ([WHOLE, "今天发出"], 0.1, Step.ASK_AGAIN, Reason.ELSEWHERE),
        (["今天发出", WHOLE], 0.1, Step.ASK_AGAIN, Reason.ELSEWHERE),
    ],
)
def test_news_of_goods_is_no_answer_and_right_beside_an_address_tells_whose_it_is(
    told: list[str], apart: float, step: Step, why: str
) -> None:
    question = asked(*told)
    spread = tuple(
        one.model_copy(update={"at": LONG_AGO - RULES.quiet * apart * (len(told) - at)})
        for at, one in enumerate(question.told)
    )
    question = question.model_copy(update={"told": spread, "told_last": spread})
    verdict = judge(question, RULES, NOW)
    assert (verdict.step, verdict.why) == (step, why)


@pytest.mark.parametrize(("times", "step"), [(1, Step.ASK_AGAIN), (QUESTIONS, Step.PERSON)])
def test_who_does_not_answer_in_time_is_asked_once_more(times: int, step: Step) -> None:
    late = judge(asked(times=times), RULES, NOW + timedelta(hours=1))
    assert (late.step, late.why) == (step, "silent")


@given(st.sampled_from([*Reason, "silent"]), st.text("0123456789/-", min_size=1))
def test_each_question_fits_the_box_and_is_known_by_its_own_number(why: str, number: str) -> None:
    texts = [
        question_text(RULES, number),
        question_text(RULES, number, title="夏季 T恤" * 10, item_no="YZ2201"),
        second_text(RULES, number, why),
    ]
    for text in texts:
        assert len(text) <= 500
        assert "退货" in text
        assert number_in(text) == number
        assert is_question(text, number)
        assert not is_question(text, f"{number}1")
    assert "夏季 T恤" in texts[1]


def test_a_second_question_names_what_was_missing_and_a_person_s_words_are_no_question() -> None:
    assert "门牌号我们" in second_text(RULES, "7-2", Reason.NO_DOOR_NUMBER)
    assert number_in("您好，退货寄到哪里？") == ""


SAME = parse_reply([WHOLE])
ANOTHER = "江苏省苏州市昆山市花桥镇绿湖路9号 收件人：王芳 电话：13800001234"
BUYER = "张三 13800001234 浙江省杭州市余杭区仓前街道云帆路188号3幢"


def against(*told: str, apart: timedelta = RULES.quiet) -> News | None:
    assert isinstance(SAME, ReturnTerms)
    news = [
        Told(text=text, at=LONG_AGO + at * apart, number=str(at + 1))
        for at, text in enumerate(told)
    ]
    return news_against(SAME.address, news, RULES.quiet)


@pytest.mark.parametrize(
    "news",
    [
        "已发货，中通 78000000001234",
        "快递单号：中通78000000001234",
        "这款下周到货",
        "最近单多，晚点发",
        "运费调整一下，下个月起每单加0.5",
        "仓库今天发，单号中通78000000001234",
        "退货收到了，这边给您退款",
        "退货单号有吗？",
        "中通停收了，清仓款下周到",
        "这个客户地址不详",
        "您是要退货吗，退货寄出了没有？",
        "面单已打：" + BUYER,
        "派送失败 收件人 " + BUYER + " 麻烦联系买家",
        WHOLE,
    ],
)
def test_ordinary_news_speaks_against_no_filed_address(news: str) -> None:
    assert against(news) is None
    assert against("在的亲", news, "这款还有货吗？有的") is None


@pytest.mark.parametrize(
    ("told", "message", "why"),
    [
        (["我们仓库搬了，新地址过几天发您"], "1", Reason.OUTDATED),
        (["已发货，中通 78000000001234", "退货地址下个月要换"], "2", Reason.OUTDATED),
        (["我们换新厂了，之前那里没人收", "今天发，中通 78000000001234"], "1", Reason.ELSEWHERE),
        (["我们搬仓库了，您要退货吗？"], "1", Reason.OUTDATED),
        (["原来那个点撤了"], "1", Reason.OUTDATED),
        (["仓库换了"], "1", Reason.OUTDATED),
        (["退货别寄了"], "1", Reason.ELSEWHERE),
        (["新的收货地点：鼓楼区华章路56号"], "1", Reason.REGION_UNCLEAR),
    ],
)
def test_what_may_move_a_return_address_is_told_by_its_message(
    told: list[str], message: str, why: Reason
) -> None:
    news = against(*told)
    assert news
    assert (news.message.number, news.why, news.address) == (message, why, None)


def test_another_address_counts_whole_though_it_comes_in_pieces_and_beside_other_news() -> None:
    place, person = ANOTHER.split(" ", 1)
    for told in ([ANOTHER], ["已发货", ANOTHER], [ANOTHER, "这款下周到货"], [ANOTHER, WHOLE]):
        news = against(*told)
        assert news
        assert news.address
        assert "绿湖路9号" in news.address.street
    pieces = against(place, person, apart=RULES.quiet / 2)
    assert pieces
    assert pieces.address
    alone = against(place, person)
    assert alone
    assert alone.why == Reason.NO_RECIPIENT
