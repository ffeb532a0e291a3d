"""What buyers do by themselves: done in order when its time has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.orders.codes import WAITING, OrderStatus
from practice.orders.making import SHIP_WITHIN
from practice.orders.seed_chats import BUYER
from practice.orders.tables import Order, OrderEvent
from practice.orders.talks import talk_with, write_to_shop
from practice.tables import Product, Sku
from practice.world import World

Deed = Callable[[Session, Order, OrderEvent], None]


def settle_orders(world: World, session: Session) -> None:
    """Do all that is due."""
    due = (
        select(OrderEvent)
        .where(~OrderEvent.done, OrderEvent.at <= world.clock.now())
        .order_by(OrderEvent.at, OrderEvent.id)
    )
    events = session.scalars(due).all()
    theirs = Order.id.in_({one.order_id for one in events})
    orders = {one.id: one for one in session.scalars(select(Order).where(theirs))} if events else {}
    with session.no_autoflush:  # else every look writes down all that is new, again and again
        for event in events:
            event.done = True
            DEEDS[event.kind](session, orders[event.order_id], event)


def _placed(session: Session, order: Order, _event: OrderEvent) -> None:
    """The pieces leave the stock."""
    for line in order.lines:
        sku, product = session.get(Sku, line.sku_id), session.get(Product, line.product_id)
        if sku:
            sku.stock = max(0, sku.stock - line.quantity)
        if product:
            product.sold += line.quantity


def _paid(_session: Session, order: Order, event: OrderEvent) -> None:
    if order.status == OrderStatus.UNPAID:
        order.status = OrderStatus.TO_SHIP
        order.paid_at, order.ship_by = event.at, event.at + SHIP_WITHIN


def _gave_up(_session: Session, order: Order, event: OrderEvent) -> None:
    if order.status == OrderStatus.UNPAID:
        order.status, order.ended_at = OrderStatus.CLOSED, event.at


def _moved(session: Session, order: Order, event: OrderEvent) -> None:
    if order.status in WAITING:
        take_address(order, event.detail, event.at)
        _write(session, order, event, "moved", "我刚把收货地址改了，麻烦按新地址发")


def _asks_move(session: Session, order: Order, event: OrderEvent) -> None:
    if order.status in WAITING:
        order.address_asked = event.detail
        _write(session, order, event, "moved", "我申请了修改地址，麻烦同意一下")


def _refund(session: Session, order: Order, event: OrderEvent) -> None:
    if order.status in WAITING and not order.aftersale:
        order.aftersale = "refund"
        _write(session, order, event, "refund", "不想要了，麻烦退款")


def take_address(order: Order, new: dict[str, Any], at: float) -> None:
    """The receiver lives elsewhere from now on."""
    order.place, order.region_codes = list(new["place"]), list(new["region_codes"])
    order.detail = order.right_detail = new["detail"]
    order.address_asked, order.address_changed_at = None, at


def _write(session: Session, order: Order, event: OrderEvent, says: str, text: str) -> None:
    talk = talk_with(session, order)
    write_to_shop(session, talk, BUYER, text, event.at, order_id=order.id, says=says)


DEEDS: dict[str, Deed] = {
    "placed": _placed,
    "paid": _paid,
    "gave_up": _gave_up,
    "moved": _moved,
    "asks_move": _asks_move,
    "refund": _refund,
}
