"""One message to an order's buyer in 飞鸽: sent once, never a second time.

A message can't be searched for for certain, so it is a write *once*: what is not seen afterwards
stays unknown. Ours are known again by how they begin and by the order's number in them.
"""

from __future__ import annotations

from datetime import datetime

from domain.errors import BusinessError, Defect, NeedsPerson, NotSent, TransientError
from domain.order_checks import beginning_of
from engine.robot import Desk
from engine.runs import ItemResult
from engine.screen import Screen
from engine.write import Facts, Found
from pages.doudian.chat import OVER, Chat, ConversationOver
from pages.doudian.chat_messages import Conversation, Message, Speaker

SENT = "消息"
"""Names the fact that a message stands in the conversation."""


class CantWrite(BusinessError):
    """The buyer can't be written to any more; nothing was sent."""


class ComeLater(NeedsPerson, TransientError):
    """飞鸽 took nothing and says 请稍后重试, or shows another buyer: first tried again."""


class MessageToBuyer:
    """The write: one text about one order."""

    creates = True
    audited = False
    clicks = "飞鸽 → 发送"
    names = ()

    def __init__(self, desk: Desk, verb: str, order_id: str, text: str) -> None:
        self._chat = Chat(desk.page, desk.site)
        self._text = f"{text}\n（订单编号：{order_id}）"
        self._dry = desk.dry
        self._talk: Conversation | None = None
        self._addressee = ""
        self.verb = verb
        self.key = order_id
        self.over = False
        """Whether this buyer can't be written to any more."""
        self.later: ComeLater | None = None
        """Why 飞鸽 lets us write to this buyer later only; nothing was sent then."""
        self.wanted: Facts = {SENT: "已发送"}
        self.screen: Screen = self._chat

    def look(self, known_id: str) -> Found | None:
        """Find our message in the conversation.

        Raises:
            BusinessError: 飞鸽 does not find the order.
        """
        del known_id
        self._talk = self._chat.open(self.key)
        if self._talk is None:
            raise BusinessError(f"飞鸽搜不到订单 {self.key}")
        self._addressee = self._chat.addressee()
        ours = [one for one in self._talk.messages if is_ours(one, self.key, self._text)]
        if self._dry and not ours:
            self._refuse_when_over()  # a plan has no message that can't be sent
        return Found(ours[0].message_id, self.wanted) if ours else None

    def prepare(self) -> None:
        """Write the text and compare it; nothing is sent yet.

        Raises:
            BusinessError: the conversation is over.
            ComeLater: somebody opened another conversation in this window.
        """
        self._refuse_when_over()
        self._chat.fill(self._text)
        if moved := self._moved():
            raise moved
        if self._chat.filled() != self._text:
            raise Defect("the form does not hold what was typed: the message differs")

    def _refuse_when_over(self) -> None:
        if self._talk and self._talk.over:
            self.over = True
            raise BusinessError(f"the site said: {OVER}")

    def act(self) -> str:
        """Press 发送, if it is still the same buyer who gets it."""
        self.later = self._moved()
        if self.later:
            raise NotSent(self.later.what)
        try:
            return self._chat.send()
        except ConversationOver:
            self.over = True
            raise
        except NeedsPerson as barred:  # 飞鸽 says so before it takes anything
            mend = "Open 飞鸽 by hand and see what it asks for"
            self.later = ComeLater(barred.what, mend=mend)
            raise NotSent(barred.what) from None

    def _moved(self) -> ComeLater | None:
        if self._chat.addressee() == self._addressee:
            return None
        return ComeLater(
            "another conversation was opened in the robot's window",
            mend="Leave the robot's window alone while it writes; your own browser is free",
        )


def write_once(desk: Desk, verb: str, order_id: str, text: str) -> ItemResult:
    """Write to an order's buyer, once in all runs.

    Raises:
        CantWrite: the buyer can't be written to any more.
        ComeLater: 飞鸽 sees a risk in this browser, or somebody is at work in it.
    """
    write = MessageToBuyer(desk, verb, order_id, text)
    try:
        result = desk.ensure(write, once=True)
    except BusinessError as refusal:
        if write.over:
            raise CantWrite(refusal.what) from None
        raise
    if write.over:
        raise CantWrite(result.reason)
    if write.later:
        raise write.later
    return result


def is_ours(message: Message, order_id: str, text: str) -> bool:
    """Tell our message about an order: its first line's beginning, and the order's number."""
    begins, said = beginning_of(text), message.text
    return message.who is Speaker.SHOP and said.startswith(begins) and order_id in said


def wrote_since(talk: Conversation, order_id: str, text: str, asked_at: datetime) -> bool:
    """Tell whether the buyer wrote after our message; without it in sight, after its time."""
    ours = [at for at, one in enumerate(talk.messages) if is_ours(one, order_id, text)]
    if ours:
        return any(one.who is Speaker.BUYER for one in talk.messages[ours[-1] + 1 :])
    theirs = (one.at for one in talk.messages if one.who is Speaker.BUYER)
    return any(at is not None and at > asked_at for at in theirs)
