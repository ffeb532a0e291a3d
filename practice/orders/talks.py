"""A conversation and its messages in the tables."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.orders.seed_chats import conversation_id
from practice.orders.tables import ChatMessage, Conversation, Order


def talk_with(session: Session, order: Order) -> Conversation:
    """The conversation with this order's buyer; made if there is none."""
    known = conversation_id(order.shop_id, order.buyer_id)
    talk = session.get(Conversation, known)
    if talk is None:
        talk = Conversation(
            id=known, shop_id=order.shop_id, buyer_id=order.buyer_id, nickname=order.nickname
        )
        session.add(talk)
        session.flush()
    return talk


def write_to_shop(
    session: Session,
    talk: Conversation,
    role: int,
    text: str,
    at: float,
    *,
    order_id: str = "",
    says: str = "",
) -> ChatMessage:
    """Put a text into a conversation; it is there from its time on."""
    message = ChatMessage(
        conversation_id=talk.id,
        role=role,
        at=at,
        shown_from=at,
        text=text,
        order_id=order_id,
        says=says,
    )
    session.add(message)
    return message


def messages_of(session: Session, talk: Conversation, now: float) -> list[ChatMessage]:
    """What is shown of it now."""
    shown = (ChatMessage.conversation_id == talk.id, ChatMessage.shown_from <= now)
    wanted = select(ChatMessage).where(*shown).order_by(ChatMessage.at, ChatMessage.id)
    return list(session.scalars(wanted))
