"""One question to a factory in its thread: sent once, never a second time.

A message can't be searched for for certain, so it is a write *once*. Each question has a number of
its own, which stands in it, so that it is known again among all that was written.
"""

from __future__ import annotations

from domain.errors import BusinessError, Defect
from domain.supplier_answers import is_question
from engine.robot import Desk
from engine.screen import Screen
from engine.write import Facts, Found
from pages.supply.messages import Thread, Writer

ASK = "return-address.ask"


class QuestionToSupplier:
    """The write: one question with its number; ``offer_id`` puts a product's card on it."""

    verb = ASK
    creates = True
    audited = False
    clicks = "消息 → 发送"
    names = ()

    def __init__(
        self, desk: Desk, supplier_id: str, number: str, text: str, offer_id: str = ""
    ) -> None:
        self._thread = Thread(desk.page, desk.site, supplier_id)
        self._text = text
        self._offer_id = offer_id
        self.key = number
        self.wanted: Facts = {"消息": "已发送"}
        self.screen: Screen = self._thread

    def look(self, known_id: str) -> Found | None:
        """Find our question in the thread.

        Raises:
            BusinessError: the platform has no such supplier.
        """
        del known_id
        messages = self._thread.open(self._offer_id)
        if messages is None:
            raise BusinessError("the supply platform has no such supplier")
        mine = (one for one in messages if one.who is Writer.US)
        ours = next((one for one in mine if is_question(one.text, self.key)), None)
        self._thread.show([ours] if ours else [])
        return Found(ours.message_id, self.wanted) if ours else None

    def prepare(self) -> None:
        """Put the text into the box."""
        if self._thread.write(self._text) != self._text:
            raise Defect("the form does not hold what was typed: the message differs")

    def act(self) -> str:
        """Press 发送; the platform tells no id."""
        self._thread.send()
        return ""
