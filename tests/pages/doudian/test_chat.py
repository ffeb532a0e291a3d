"""飞鸽: what is read is what was said, and what is sent is said once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import NeedsPerson, OutcomeUnknown, TransientError
from pages.doudian.chat import Chat, ConversationOver
from pages.doudian.chat_messages import Conversation, Speaker
from pages.doudian.shell import Shell
from tests.conftest import Store
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying

QUESTION = "您好，请问收货地址的门牌号是多少？\n（订单还没有发）"


@pytest.fixture
def chat(shell: Shell) -> Chat:
    return Chat(shell.page, shell.site)


def opened(chat: Chat, order_id: str) -> Conversation:
    talk = trying(chat.open, order_id)
    assert talk
    return talk


def test_a_conversation_tells_who_said_what_and_when(
    chat: Chat, truth: Truth, weather: str
) -> None:
    assert weather
    order_id = truth.waiting()
    begun = datetime.now(UTC) - timedelta(seconds=1)
    words = truth.write_as_buyer(order_id, "你好\n2026/01/02 03:04:05 能到吗")
    picture = truth.write_as_buyer(order_id, "/picture/none.png", kind="image")
    said, seen = opened(chat, order_id).messages[-2:]
    assert (said.message_id, said.who) == (str(words), Speaker.BUYER)
    assert said.text == "你好\n2026/01/02 03:04:05 能到吗"
    assert said.at
    assert begun <= said.at + timedelta(seconds=1) <= datetime.now(UTC) + timedelta(seconds=1)
    assert (seen.message_id, seen.text) == (str(picture), "")
    assert seen.picture.endswith("/picture/none.png")
    assert "你好" not in repr(said)


def test_a_message_is_sent_once(chat: Chat, truth: Truth) -> None:
    order_id = truth.waiting(1)
    before = len(opened(chat, order_id).messages)
    chat.fill(QUESTION)
    assert chat.filled() == QUESTION
    assert len(chat.read().messages) == before
    sent = chat.send()
    talk = opened(chat, order_id)
    mine = talk.messages[before]
    assert (mine.message_id, mine.who, mine.text) == (sent, Speaker.SHOP, QUESTION)
    told = [one for one in truth.chats() if one["text"] == QUESTION and one["sender"] == "seller"]
    assert [(str(one["id"]), one["order_id"]) for one in told] == [(sent, order_id)]


def test_an_unknown_order_has_no_conversation(chat: Chat) -> None:
    assert chat.open("6900000000000000000") is None


def test_a_risk_at_sending_is_for_a_person_and_at_opening_for_later(
    chat: Chat, truth: Truth, shared_store: Store
) -> None:
    order_id = truth.waiting(2)
    opened(chat, order_id)
    shared_store.control("POST", "faults", profile="calm", rates={"throttled": 1})
    try:
        chat.fill("在吗")
        with pytest.raises(NeedsPerson, match="当前环境存在风险"):
            chat.send()
        with pytest.raises(TransientError, match="当前环境存在风险"):
            chat.open(order_id)
    finally:
        shared_store.control("POST", "faults", profile="calm", rates={})
    assert not any(one["text"] == "在吗" and one["sender"] == "seller" for one in truth.chats())


def test_a_message_whose_answer_breaks_may_be_sent(
    chat: Chat, truth: Truth, shared_store: Store
) -> None:
    order_id, text = truth.waiting(3), "请稍等，我们在核对地址"
    opened(chat, order_id)
    shared_store.control("POST", "faults", profile="calm", rates={"gateway_after_commit": 1})
    try:
        chat.fill(text)
        with pytest.raises((TransientError, OutcomeUnknown)):
            chat.send()
    finally:
        shared_store.control("POST", "faults", profile="calm", rates={})
    assert opened(chat, order_id).messages[-1].text == text


def test_an_old_conversation_is_over(chat: Chat, truth: Truth) -> None:
    order_id = truth.orders(status=5)[0]
    talk = opened(chat, order_id)
    assert talk.over
    chat.fill("您好")
    with pytest.raises(ConversationOver, match="7天"):
        chat.send()


def test_all_that_is_said_is_declared_sensitive(chat: Chat, truth: Truth) -> None:
    order_id = truth.waiting(4)
    truth.write_as_buyer(order_id, "我的电话写错了")
    truth.change(order_id, remark="示例先生催过")
    opened(chat, order_id)
    text = "\n".join(one for region in chat.sensitive for one in region.all_inner_texts())
    assert "我的电话写错了" in text
    assert "示例先生" in text
    assert "我的电话" not in chat.content.aria_snapshot()
    assert order_id in chat.content.aria_snapshot()
