"""飞鸽: conversations, search by order, text and picture messages (facts/doudian.md 6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.errand import Errand
from practice.orders import views
from practice.orders.bodies import Body
from practice.orders.codes import OrderAnswer, require
from practice.orders.deeds import find
from practice.orders.replies import plan_replies
from practice.orders.seed_chats import BUYER, SELLER, SYSTEM
from practice.orders.tables import ChatMessage, Conversation, Order
from practice.orders.talks import messages_of, talk_with
from practice.store.codes import Answer, Refusal
from practice.tables import Picture
from practice.world import World

DAY = 24 * 3600
CURRENT = 24 * 3600
"""当前会话 are those of the last day, 最近联系 those of the last month."""
RECENT = 30 * DAY
OVER = 7 * DAY
IS_OVER = "会话超过7天不可回复"
ENDINGS = ("系统关闭会话", "[客服关闭会话]")
OVERTIME = 180
"""3分钟."""
MOST_SIGNS = 500
SEARCH_BACK = 180 * DAY
SHOWN = 50
RISK = Refusal("当前环境存在风险，请稍后重试", OrderAnswer.RISK)


class SendAsked(Body):
    """The body of a message."""

    conversation_id: str
    text: str = ""
    picture_id: str = ""
    order_id: str = ""
    """Which order it is about, if it was opened from one."""


class OpenAsked(Body):
    """The body of a click on 飞鸽 beside an order."""

    order_id: str


def open_talk(world: World, session: Session, shop_id: str, asked: OpenAsked) -> dict[str, Any]:
    """The conversation with an order's buyer."""
    order = find(world, session, shop_id, asked.order_id)
    return told_talk(world, session, talk_with(session, order))


def list_talks(world: World, session: Session, shop_id: str, tab: str) -> list[dict[str, Any]]:
    """The newest first; nobody wrote in the future."""
    now, since = world.clock.now(), CURRENT if tab == "current" else RECENT
    newest = func.max(ChatMessage.at)
    wanted = (
        select(ChatMessage.conversation_id, newest)
        .join(Conversation, Conversation.id == ChatMessage.conversation_id)
        .where(Conversation.shop_id == shop_id, ChatMessage.shown_from <= now)
        .group_by(ChatMessage.conversation_id)
        .having(newest > now - since)
        .order_by(newest.desc(), ChatMessage.conversation_id)
        .limit(SHOWN)
    )
    ids = [row[0] for row in session.execute(wanted)]
    found = session.scalars(select(Conversation).where(Conversation.id.in_(ids)))
    talks = {one.id: one for one in found}
    return [told_talk(world, session, talks[one]) for one in ids]


def search_talks(
    world: World, session: Session, shop_id: str, keyword: str
) -> list[dict[str, Any]]:
    """搜用户/180天订单: by order number or by the buyer's name; hits say where they come from."""
    now, word = world.clock.now(), keyword.strip()
    if not word:
        return []
    mine = (
        Order.shop_id == shop_id,
        Order.created_at <= now,
        Order.created_at > now - SEARCH_BACK,
    )
    found = session.scalars(
        select(Order)
        .where(*mine, (Order.id == word) | (Order.nickname == word))
        .order_by(Order.created_at.desc())
        .limit(20)
    )
    return [
        {
            "order_id": one.id,
            "buyer_id": one.buyer_id,
            "nickname": one.nickname,
            "from": "来自订单" if one.id == word else "来自用户",
        }
        for one in found
    ]


def told_talk(world: World, session: Session, talk: Conversation) -> dict[str, Any]:
    """A line of the left list."""
    now = world.clock.now()
    messages = messages_of(session, talk, now)
    last = messages[-1] if messages else None
    waits = last is not None and last.role == BUYER
    return {
        "conversation_id": talk.id,
        "buyer_id": talk.buyer_id,
        "nickname": talk.nickname,
        "last_text": _preview(last),
        "last_time": int(last.at) if last else 0,
        "unread_count": sum(
            one.role == BUYER and one.shown_from > talk.read_until for one in messages
        ),
        "wait_reply": waits,
        "overtime": last is not None and waits and now - last.at > OVERTIME,
        "expired": is_over(session, talk, messages, now),
    }


def _preview(message: ChatMessage | None) -> str:
    if message is None:
        return ""
    return "[图片]" if message.kind == "image" else message.text


def is_over(session: Session, talk: Conversation, messages: list[ChatMessage], now: float) -> bool:
    """Neither a word of the buyer nor an order of theirs within seven days."""
    words = [one.at for one in messages if one.role == BUYER]
    orders = select(func.max(Order.created_at)).where(
        Order.shop_id == talk.shop_id, Order.buyer_id == talk.buyer_id, Order.created_at <= now
    )
    newest = session.scalar(orders) or 0
    return now - max([newest, *words]) > OVER


def find_talk(session: Session, shop_id: str, conversation_id: str) -> Conversation:
    """A conversation of this shop, or a refusal."""
    talk = session.get(Conversation, conversation_id)
    if talk is None or talk.shop_id != shop_id:
        raise Refusal("会话不存在", OrderAnswer.NO_SUCH_CHAT)
    return talk


def read_talk(world: World, session: Session, shop_id: str, conversation_id: str) -> dict[str, Any]:
    """All messages that are there; those of the buyer count as read from now on."""
    talk = find_talk(session, shop_id, conversation_id)
    head = told_talk(world, session, talk)
    talk.read_until = world.clock.now()
    messages = messages_of(session, talk, world.clock.now())
    theirs = select(Order).where(
        Order.shop_id == shop_id,
        Order.buyer_id == talk.buyer_id,
        Order.created_at <= world.clock.now(),
    )
    orders = session.scalars(theirs.order_by(Order.created_at.desc()).limit(10))
    return head | {
        "messages": [_told(one) for one in messages],
        "orders": [views.item(one) for one in orders],
    }


def _told(message: ChatMessage) -> dict[str, Any]:
    return {
        "id": _message_id(message),
        "role": message.role,
        "type": message.kind,
        "text": message.text,
        "time": int(message.at),
    }


def _message_id(message: ChatMessage) -> str:
    """Those of the system say what they are (facts/doudian.md 6)."""
    closing = message.role == SYSTEM and message.text.endswith(ENDINGS)
    return f"{message.id}{'_cs_close_conversation' if closing else ''}"


def send(
    world: World, session: Session, shop_id: str, asked: SendAsked, errand: Errand
) -> dict[str, Any]:
    """Keep a message of the shop, and plan what the buyer answers."""
    talk, now = find_talk(session, shop_id, asked.conversation_id), world.clock.now()
    kind, text = _content(session, asked)
    over = is_over(session, talk, messages_of(session, talk, now), now)
    require(not over, IS_OVER, OrderAnswer.CHAT_OVER)
    message = ChatMessage(
        conversation_id=talk.id,
        role=SELLER,
        at=now,
        shown_from=now,
        kind=kind,
        text=text,
        order_id=asked.order_id,
    )
    if errand.twin.faults.draws("list_lags"):
        errand.strike(session, "list_lags")
        message.shown_from += errand.twin.faults.seconds("list_lags", 2, 10)
    session.add(message)
    session.flush()
    if kind == "text":
        plan_replies(session, talk, message, errand.twin.faults.seed, world.pace.minute)
    return {"message_id": _message_id(message)}


def _content(session: Session, asked: SendAsked) -> tuple[str, str]:
    if asked.picture_id:
        picture = session.get(Picture, asked.picture_id)
        if picture is None:
            raise Refusal("图片不存在", Answer.BAD_PICTURE)
        return "image", picture.url
    if not asked.text.strip():
        raise Refusal("请输入消息内容", Answer.BAD_FIELD)
    if len(asked.text) > MOST_SIGNS:
        raise Refusal(f"消息不能超过{MOST_SIGNS}字", Answer.BAD_FIELD)
    return "text", asked.text
