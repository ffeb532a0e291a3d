"""Our messages are told by how they begin and the order in them; answers by their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import Defect
from domain.outcome import Outcome
from engine.runs import ItemResult
from pages.doudian.chat_messages import Conversation, Message, Speaker
from robots.buyer_message import (
    ComeLater,
    MessageToBuyer,
    is_ours,
    write_once,
    wrote_since,
)
from tests.domain.orders import RULES
from tests.robots.quiet_desk import QuietDesk

ORDER, OTHER = "6920100000000000078", "6920100000000000095"
ASKED = datetime(2026, 11, 22, 12, tzinfo=UTC)
BUYER, SHOP = Speaker.BUYER, Speaker.SHOP


def said(who: Speaker, text: str = "", *, minutes: int | None = 0) -> Message:
    at = None if minutes is None else ASKED + timedelta(minutes=minutes)
    return Message(message_id="1", who=who, text=text, at=at)


def question(order_id: str = ORDER) -> Message:
    return said(SHOP, f"{RULES.opening}请补充门牌号。\n（订单编号：{order_id}）")


@pytest.mark.parametrize(
    ("message", "ours"),
    [
        (question(), True),
        (question(OTHER), False),
        (said(BUYER, question().text), False),
        (said(SHOP, f"亲，您的订单 {ORDER} 已发货"), False),
    ],
)
def test_a_question_is_told_by_who_how_and_about_what(message: Message, ours: bool) -> None:
    assert is_ours(message, ORDER, RULES.opening) is ours


@pytest.mark.parametrize(
    ("messages", "answered"),
    [
        ([question()], False),
        ([said(BUYER, minutes=5), question()], False),
        ([question(), said(BUYER, minutes=-5)], True),
        ([question(), said(SHOP, "在吗", minutes=5)], False),
        ([question(OTHER), said(BUYER, minutes=-5)], False),
        ([question(OTHER), said(BUYER, minutes=5)], True),
        ([said(BUYER, minutes=None)], False),
        ([], False),
    ],
)
def test_an_answer_is_what_the_buyer_wrote_behind_it(
    messages: list[Message], answered: bool
) -> None:
    talk = Conversation(messages=tuple(messages), over=False)
    assert wrote_since(talk, ORDER, RULES.opening, ASKED) is answered


# How it is sent


@dataclass
class Pane:
    """A conversation with its box; what is done in it, and how the ledger stood then, is noted."""

    desk: QuietDesk
    loses: str = ""
    """What the box does not take."""
    box: str = ""
    moves: int = 99
    """Before which look at its buyer somebody opens another conversation."""
    messages: list[Message] = field(default_factory=list)
    deeds: list[tuple[str, int]] = field(default_factory=list)

    def open(self, _order_id: str) -> Conversation:
        return Conversation(messages=tuple(self.messages), over=False)

    def addressee(self) -> str:
        self.moves -= 1
        return "发送给 1" if self.moves > 0 else "发送给 2"

    def fill(self, text: str) -> None:
        self._note("fill")
        self.box = text.replace(self.loses, "") if self.loses else text

    def filled(self) -> str:
        return self.box

    def send(self) -> str:
        self._note("send")
        self.messages.append(said(SHOP, self.box))
        return self.messages[-1].message_id

    def _note(self, deed: str) -> None:
        with self.desk.database.connect() as connection:
            rows = connection.exec_driver_sql("SELECT seq FROM ledger").all()
        self.deeds.append((deed, len(rows)))


def ask(desk: QuietDesk, pane: Pane) -> ItemResult:
    write = MessageToBuyer(desk, "order.ask", ORDER, f"{RULES.opening}请补充门牌号。")
    stand_in: Any = pane
    write._chat = stand_in
    return desk.ensure(write, once=True)


def test_the_text_stands_in_the_box_before_anything_is_intended(desk: QuietDesk) -> None:
    pane = Pane(desk)

    assert ask(desk, pane).outcome is Outcome.DONE
    assert pane.deeds == [("fill", 0), ("send", 1)]
    assert is_ours(pane.messages[0], ORDER, RULES.opening)
    assert ORDER in pane.messages[0].text


@pytest.mark.parametrize("loses", ["\n", ORDER, "门牌号"])
def test_a_text_that_the_box_spoils_is_not_sent(desk: QuietDesk, loses: str) -> None:
    pane = Pane(desk, loses=loses)

    with pytest.raises(Defect, match="does not hold what was typed"):
        ask(desk, pane)

    assert (pane.messages, pane.deeds) == ([], [("fill", 0)])


@pytest.mark.parametrize("moves", [2, 3])
def test_nothing_is_written_into_a_conversation_that_somebody_opened_instead(
    desk: QuietDesk, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    pane = Pane(desk, moves=moves)
    monkeypatch.setattr("robots.buyer_message.Chat", lambda *_: pane)

    with pytest.raises(ComeLater, match="another conversation"):
        write_once(desk, "order.ask", ORDER, RULES.opening)
    assert pane.messages == []

    pane.moves = 99
    assert write_once(desk, "order.ask", ORDER, RULES.opening).outcome is Outcome.DONE
    assert len(pane.messages) == 1
