"""Simulated buyers order our products: planned at once, there in their time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.orders import people
from practice.orders.codes import OrderStatus
from practice.orders.making import SHIP_WITHIN, Goods, Made, make_order
from practice.orders.people import Temper
from practice.orders.seeding import asked_move, basket, goods_of_shop
from practice.orders.tables import Order, OrderEvent, OrderLine
from practice.seed_names import pick
from practice.store.products import settle_audits
from practice.tables import Shop, WorldRow
from practice.world import World

MANY = 1000
PAY_LATER, GIVE_UP = 0.15, 0.03


class NothingToOrder(ValueError):
    """None of the wished products is on sale."""


def place_orders(
    world: World,
    session: Session,
    count: int,
    minutes: float,
    codes: Sequence[str] = (),
) -> list[str]:
    """Let buyers order within so many of the twin's minutes; gives the orders' ids.

    ``codes``: only products with these 商家编码; none: the robots' own, else any on sale.

    Raises:
        NothingToOrder: no such product is on sale.
    """
    settle_audits(world, session)
    shop = session.scalars(select(Shop).order_by(Shop.position)).first()
    shop_id = shop.id if shop else ""
    goods = _goods(session, shop_id, codes)
    if not goods:
        raise NothingToOrder("Nothing of that is on sale: list a product and wait for its audit.")
    seed = session.scalars(select(WorldRow.seed)).one()
    known = session.scalar(select(func.count()).select_from(Order)) or 0
    made: list[Order] = []
    belongings: list[OrderLine | OrderEvent] = []
    for at in range(count):
        rng = Random(f"{seed} order {known + at}")  # noqa: S311  # a world to repeat
        when = world.clock.now() + at * minutes * world.pace.minute / count
        wanted, temper = basket(rng, goods), people.temper_of(known + at)
        rows = make_order(rng, wanted, temper, shop_id=shop_id, number=known + at, created=when)
        order, others = _planned(world, rng, rows)
        made.append(order)
        belongings += others
    session.add_all(made)
    session.flush()  # before what belongs to them
    session.add_all(belongings)
    return [one.id for one in made]


def _goods(session: Session, shop_id: str, codes: Sequence[str]) -> list[list[Goods]]:
    ours = goods_of_shop(session, shop_id, MANY, seeded=False)
    if not codes:
        return ours or goods_of_shop(session, shop_id, MANY)
    wanted = [*ours, *goods_of_shop(session, shop_id, MANY)]
    return [one for one in wanted if one[0].merchant_code in codes]


def _planned(world: World, rng: Random, made: Made) -> tuple[Order, list[OrderLine | OrderEvent]]:
    """The order, its lines, and what its buyer will do."""
    order, when = Order(**made.order), float(made.order["created_at"])
    order.place, order.region_codes = list(order.place), list(order.region_codes)
    order.paid_at, order.ship_by = when, when + SHIP_WITHIN
    others: list[OrderLine | OrderEvent] = [OrderLine(**one) for one in made.lines]
    others.append(OrderEvent(order_id=order.id, at=when, kind="placed"))
    paid = when
    if rng.random() < PAY_LATER:
        order.status, order.paid_at, order.ship_by = OrderStatus.UNPAID, None, None
        paid = when + rng.uniform(1, 20) * world.pace.minute
        kind = "gave_up" if rng.random() < GIVE_UP / PAY_LATER else "paid"
        others.append(OrderEvent(order_id=order.id, at=paid, kind=kind))
    temper = people.tempers()[order.temper]
    if temper.does:
        others.append(_own_deed(world, rng, order, temper, paid))
    return order, others


def _own_deed(world: World, rng: Random, order: Order, temper: Temper, paid: float) -> OrderEvent:
    at = paid + rng.uniform(*temper.after) * world.pace.minute
    detail = {"reason": pick(rng, REASONS)} if temper.does == "refund" else asked_move(rng)
    return OrderEvent(order_id=order.id, at=at, kind=temper.does, detail=detail)


REASONS = ("不想要了", "拍错了", "地址填错了")
