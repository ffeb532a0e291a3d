"""What a factory wrote in its thread after a question of ours."""

from __future__ import annotations

from collections.abc import Sequence

from books.entries import Case
from domain.supplier_answers import Told, is_question
from pages.supply.messages import SupplyMessage, Writer


def answers(messages: Sequence[SupplyMessage], number: str, case: Case) -> list[SupplyMessage]:
    """Give what the factory wrote after a question; without it in sight, after its time."""
    ours = [at for at, one in enumerate(messages) if _asks(one, number)]
    after = messages[ours[-1] + 1 :] if ours else [m for m in messages if m.at > case.asked_at]
    return [m for m in after if m.who is Writer.SUPPLIER]


def as_told(messages: Sequence[SupplyMessage]) -> tuple[Told, ...]:
    """Give messages as they are judged."""
    return tuple(Told(text=m.text, at=m.at, number=m.message_id) for m in messages)


def told_since(messages: Sequence[SupplyMessage], number: str, case: Case) -> tuple[Told, ...]:
    """Give what the factory wrote after a question, as it is judged."""
    return as_told(answers(messages, number, case))


def _asks(message: SupplyMessage, number: str) -> bool:
    return message.who is Writer.US and is_question(message.text, number)
