"""Threads between a buyer and the factories: what can be read of them at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.supply.tables import Supplier, Thread, ThreadMessage


@dataclass(frozen=True)
class Opened:
    """A line of the list of threads."""

    supplier: Supplier
    last: ThreadMessage
    unread: int


def thread_with(session: Session, buyer_id: str, supplier_id: str) -> Thread | None:
    """The thread of these two, if there is one."""
    theirs = (Thread.buyer_id == buyer_id, Thread.supplier_id == supplier_id)
    return session.scalars(select(Thread).where(*theirs)).first()


def shown(thread: Thread, now: float) -> list[ThreadMessage]:
    """The messages that the platform shows now, oldest first."""
    return [one for one in thread.messages if one.at <= now and one.shown_from <= now]


def unread(messages: Sequence[ThreadMessage], thread: Thread) -> int:
    """How many answers came since the buyer last opened the thread."""
    return sum(one.sender == "factory" and one.at > thread.read_until for one in messages)


def opened(session: Session, buyer_id: str, now: float) -> list[Opened]:
    """All threads of a buyer that show anything, the newest first."""
    lines = []
    for thread in session.scalars(select(Thread).where(Thread.buyer_id == buyer_id)):
        messages = shown(thread, now)
        if messages:
            lines.append(Opened(thread.supplier, messages[-1], unread(messages, thread)))
    return sorted(lines, key=lambda one: one.last.at, reverse=True)
