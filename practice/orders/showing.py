"""What a world's database says of orders, 飞鸽 and bindings: the truth for people and tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.clock import iso
from practice.orders.seed_chats import BUYER, SELLER, SYSTEM
from practice.orders.settle import settle_orders
from practice.orders.tables import Binding, ChatMessage, Conversation, Order, Package
from practice.supply.tables import RightSku
from practice.tables import Sku, WorldRow
from practice.world import World

ROLES = {BUYER: "buyer", SELLER: "seller", SYSTEM: "system"}


def shown_orders(world: World, *, foreign: bool) -> list[dict[str, Any]]:
    """Orders, oldest first; of those that were there from the start only the touched ones.

    Touched is what has a remark, a flag, a parcel or a message of this world's time.
    """
    now = world.clock.now()
    with world.transaction() as session:
        settle_orders(world, session)
        wanted = select(Order).where(Order.created_at <= now)
        if not foreign:
            wanted = wanted.where(~Order.seeded | Order.id.in_(_touched(session)))
        return [_order(one) for one in session.scalars(wanted.order_by(Order.created_at, Order.id))]


def shown_order(world: World, order_id: str) -> dict[str, Any]:
    """One order."""
    with world.transaction() as session:
        settle_orders(world, session)
        return _order(session.get_one(Order, order_id))


def _touched(session: Session) -> set[str]:
    since = _began(session)
    marked = select(Order.id).where((Order.remark != "") | (Order.flag != 0) | (Order.looks > 0))
    shipped = select(Package.order_id).where(Package.at > since)
    return {*session.scalars(marked), *session.scalars(shipped)}


def _began(session: Session) -> float:
    return session.scalars(select(WorldRow.created_at)).one()


def _order(order: Order) -> dict[str, Any]:
    names = ("status", "aftersale", "abnormal", "barred", "remark", "flag", "temper", "hidden")
    truth = ("receiver", "phone", "place", "detail", "right_detail", "looks", "seeded")
    return {
        "order_id": order.id,
        "shop_id": order.shop_id,
        "buyer_id": order.buyer_id,
        **{name: getattr(order, name) for name in (*names, *truth)},
        "lines": [
            {
                "line_id": one.id,
                "product_id": one.product_id,
                "merchant_code": one.merchant_code,
                "sku_code": one.sku_code,
                "quantity": one.quantity,
                "shipped": one.shipped,
            }
            for one in order.lines
        ],
        "packages": [
            {"company": one.company_code, "number": one.number, "lines": one.line_ids}
            for one in order.packages
        ],
        "address_asked": order.address_asked is not None,
        "address_changed_at": _maybe(order.address_changed_at),
        "created_at": iso(order.created_at),
        "paid_at": _maybe(order.paid_at),
        "ship_by": _maybe(order.ship_by),
    }


def _maybe(moment: float | None) -> str | None:
    return None if moment is None else iso(moment)


def shown_chats(world: World) -> list[dict[str, Any]]:
    """Every message of 飞鸽 since the world began, also those that a buyer has yet to send."""
    now = world.clock.now()
    with world.transaction() as session:
        settle_orders(world, session)
        wanted = (
            select(ChatMessage, Conversation)
            .join(Conversation, Conversation.id == ChatMessage.conversation_id)
            .where(ChatMessage.at > _began(session))
            .order_by(ChatMessage.at, ChatMessage.id)
        )
        return [_message(one, talk, now) for one, talk in session.execute(wanted)]


def _message(message: ChatMessage, talk: Conversation, now: float) -> dict[str, Any]:
    names = ("kind", "text", "order_id", "says")
    return {
        "id": message.id,
        "at": iso(message.at),
        "buyer_id": talk.buyer_id,
        "buyer": talk.nickname,
        "conversation_id": talk.id,
        "sender": ROLES[message.role],
        "sent": message.at <= now,
        **{name: getattr(message, name) for name in names},
    }


def shown_bindings(world: World, *, foreign: bool) -> list[dict[str, Any]]:
    """Every SKU that is bound, and whether it is bound rightly; none: nobody knows."""
    with world.transaction() as session:
        wanted = select(Binding, Sku.code).outerjoin(Sku, Sku.id == Binding.sku_id)
        if not foreign:
            wanted = wanted.where(~Binding.seeded)
        rights = {one.sku_code: one for one in session.scalars(select(RightSku))}
        rows = session.execute(wanted.order_by(Binding.product_id, Binding.sku_id))
        return [_binding(one, code, rights.get(code or "")) for one, code in rows]


def _binding(binding: Binding, code: str | None, right: RightSku | None) -> dict[str, Any]:
    names = ("product_id", "sku_id", "offer", "supplier", "factory_sku", "seeded")
    fits = right and right.offer_id in binding.offer and right.factory_sku == binding.factory_sku
    return {
        **{name: getattr(binding, name) for name in names},
        "sku_code": code or "",
        "right": None if right is None else bool(fits),
        "at": iso(binding.at),
    }
