"""What a buyer answers to a message of the shop, and when: decided at once, shown in its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.orders import people
from practice.orders.people import Temper
from practice.orders.seed_chats import BUYER, SELLER
from practice.orders.tables import ChatMessage, Conversation, Order
from practice.orders.talks import write_to_shop
from practice.seed_names import pick

WORDS = {
    "address": r"地址|门牌|几号|几栋|几室|详细|楼",
    "phone": r"电话|手机|号码|联系方式",
    "quantity": r"数量|多少件|几件|件数|确认.*件",
}
UNCLEAR = ("嗯嗯", "就是上面那个呀", "你们看着办吧", "？")
GREETING = ("好的", "知道了，谢谢", "嗯，尽快发吧")


def plan_replies(
    session: Session, talk: Conversation, message: ChatMessage, seed: int, minute: float
) -> None:
    """Put the answers to a message into the table; a minute lasts so many seconds."""
    order = _order_meant(session, talk, message)
    if order is None:
        return
    temper = people.tempers()[order.temper]
    if temper.minutes is None:
        return
    asked = _asked_before(session, talk, message)
    rng = Random(f"{seed} {order.id} {asked}")  # noqa: S311  # a world to repeat, nothing secret
    at = message.at
    for says, text in _answers(rng, order, temper, message.text, asked):
        at += rng.uniform(*temper.minutes) * minute
        write_to_shop(session, talk, BUYER, text, at, order_id=order.id, says=says)


def _order_meant(session: Session, talk: Conversation, message: ChatMessage) -> Order | None:
    """The order a message names, else the buyer's newest."""
    named = re.search(r"\d{19}", message.text)
    theirs = select(Order).where(
        Order.shop_id == talk.shop_id,
        Order.buyer_id == talk.buyer_id,
        Order.created_at <= message.at,
    )
    if named or message.order_id:
        number = named.group() if named else message.order_id
        found = session.scalars(theirs.where(Order.id == number)).one_or_none()
        if found:
            return found
    return session.scalars(theirs.order_by(Order.created_at.desc())).first()


def _asked_before(session: Session, talk: Conversation, message: ChatMessage) -> int:
    """How many questions the shop asked before this one."""
    mine = (ChatMessage.conversation_id == talk.id, ChatMessage.role == SELLER)
    texts = session.scalars(select(ChatMessage.text).where(*mine, ChatMessage.id != message.id))
    return sum(bool(_wants(text)) for text in texts)


def _wants(text: str) -> list[str]:
    return [name for name, words in WORDS.items() if re.search(words, text)]


def _answers(
    rng: Random, order: Order, temper: Temper, text: str, asked: int
) -> Iterator[tuple[str, str]]:
    wants = _wants(text)
    if wants and asked < temper.unclear:
        yield "unclear", pick(rng, UNCLEAR)
        return
    if "address" in wants:
        yield "address", "".join(dict.fromkeys(order.place)) + order.right_detail
    if "phone" in wants:
        yield "phone", order.phone or people.mobile(rng)
    if "quantity" in wants:
        yield "quantity", f"对的，就是{sum(one.quantity for one in order.lines)}件"
    if not wants:
        yield "greeting", pick(rng, GREETING)
