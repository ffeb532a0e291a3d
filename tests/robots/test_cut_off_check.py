"""check-orders killed behind its question: the run that asked says so when it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from domain.outcome import Outcome
from engine.runs import ItemResult
from pages.doudian.chat_messages import Conversation, Message, Speaker
from robots import check_orders
from robots.buyer_message import SENT
from robots.check_orders import CheckOrders
from tests.domain.orders import RULES
from tests.robots.quiet_desk import QuietDesk, books_of
from tests.robots.test_dry_books import CASE, VAGUE, Store


@dataclass
class Talk(Store):
    """The pages of an order whose address is vague, with a box to write to its buyer."""

    box: str = ""
    sent: list[Message] = field(default_factory=list)

    def open(self, _key: str) -> Conversation:
        return Conversation(messages=tuple(self.sent), over=False)

    def fill(self, text: str) -> None:
        self.box = text

    def filled(self) -> str:
        return self.box

    def send(self) -> str:
        self.sent.append(Message(message_id="7", who=Speaker.SHOP, text=self.box))
        return "7"


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    talk = Talk(VAGUE)
    for page in ("OrderList", "Chat", "Shell"):
        monkeypatch.setattr(check_orders, page, talk)
    monkeypatch.setattr("robots.buyer_message.Chat", talk)
    return talk


def check(desk: QuietDesk) -> ItemResult:
    return CheckOrders(books_of(desk), RULES).work({"order_id": CASE.key}, desk)


def test_the_run_that_asked_gives_its_receipt_again_and_another_one_waits(
    desk: QuietDesk, talk: Talk
) -> None:
    asked = check(desk)
    assert (asked.outcome, len(talk.sent)) == (Outcome.DONE, 1)
    assert "waits for the buyer's answer" in asked.reason

    again = check(desk)  # killed before its result was written down
    later = check(desk.another_run())

    assert again == asked
    assert again.receipt
    assert again.receipt.found == {SENT: "已发送"}
    assert (later.outcome, len(talk.sent)) == (Outcome.SKIPPED, 1)
    assert "waits for the buyer's answer" in later.reason
