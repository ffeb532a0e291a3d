"""A new world's orders, parcels, conversations, address books and bindings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.orders import people
from practice.orders.codes import RISK, OrderStatus
from practice.orders.making import HOUR, Goods, make_order
from practice.orders.seed_chats import chats_of_orders
from practice.orders.tables import (
    Binding,
    ChatMessage,
    Conversation,
    Order,
    OrderLine,
    Package,
    ShopAddress,
    Waybill,
)
from practice.seed_names import pick
from practice.seeding import ELSEWHERE, insert_plainly
from practice.store.codes import CheckStatus, Status
from practice.supply.tables import RightSku
from practice.tables import Picture, Product, Shop, Sku, Table
from practice.world import World

DAYS = 60
RANGE = 150
"""So many of a shop's products are ordered."""
CHAT_EVERY = 25
GOLDEN = 0.6180339887
BOUND, BOUND_WRONG = 4, 2
"""Products whose SKUs are bound from the start: rightly, and to another factory SKU."""
WAYBILLS = ({"number": "YT8800000000001", "recalled": True, "first_seen": None, "receiver": ""},)


@dataclass
class Rows:
    """What goes into the tables."""

    orders: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    packages: list[dict[str, Any]] = field(default_factory=list)


def seed_orders(world: World, session: Session, seed: int, count: int) -> None:
    """Fill the orders part; the same seed and number give the same orders."""
    now = world.clock.now()
    first = 0
    for shop in session.scalars(select(Shop).order_by(Shop.position)):
        rng = Random(f"{seed} orders {shop.position}")  # noqa: S311  # a world to repeat
        many = count if shop.position == 0 else min(count, ELSEWHERE)
        goods = goods_of_shop(session, shop.id, RANGE)
        some = many if goods else 0
        rows = _orders(rng, goods, shop_id=shop.id, first=first, many=some, now=now)
        first += len(rows.orders)
        _insert(session, Order, rows.orders)
        _insert(session, OrderLine, rows.lines)
        _insert(session, Package, rows.packages)
        talks = chats_of_orders(rng, rows.orders[::CHAT_EVERY], now)
        _insert(session, Conversation, talks.conversations)
        _insert(session, ChatMessage, talks.messages)
        session.add_all(_addresses(rng, shop))
    _insert(session, Binding, list(_bindings(session, now)))
    session.add_all(Waybill(**one) for one in WAYBILLS)


def _insert(session: Session, table: type[Table], entries: list[dict[str, Any]]) -> None:
    if entries:
        insert_plainly(session, table, entries)


def goods_of_shop(
    session: Session, shop_id: str, most: int, *, seeded: bool = True
) -> list[list[Goods]]:
    """The SKUs of products that are on sale, product by product."""
    standing = (Product.status == Status.ONLINE, Product.check_status == CheckStatus.PASSED)
    wanted = (
        select(Product.id, Product.merchant_code, Product.title, Product.main_pictures)
        .where(Product.shop_id == shop_id, *standing, Product.seeded == seeded)
        .order_by(Product.created_at.desc(), Product.id)
        .limit(most)
    )
    products = {row.id: row for row in session.execute(wanted)}
    rows = select(Sku.id, Sku.product_id, Sku.code, Sku.values, Sku.price)
    files = dict(list(session.execute(select(Picture.id, Picture.file_name))))
    found: dict[str, list[Goods]] = {}
    skus = rows.where(Sku.product_id.in_(products)).order_by(Sku.product_id, Sku.position)
    for sku in session.execute(skus):
        product = products[sku.product_id]
        shown = product.main_pictures[0] if product.main_pictures else ""
        found.setdefault(sku.product_id, []).append(
            Goods(
                product_id=sku.product_id,
                sku_id=sku.id,
                title=product.title,
                picture=f"/obj/material/{files[shown]}" if shown in files else "",
                spec=" / ".join(sku.values),
                merchant_code=product.merchant_code or "",
                sku_code=sku.code or "",
                price=sku.price,
            )
        )
    return list(found.values())


def basket(rng: Random, goods: list[list[Goods]]) -> list[Goods]:
    """What one buyer orders: mostly one SKU."""
    many = pick(rng, (1, 1, 1, 1, 1, 1, 2, 3))
    if many == 1:
        return [pick(rng, pick(rng, goods))]
    chosen = {one.sku_id: one for one in (pick(rng, pick(rng, goods)) for _ in range(many))}
    return list(chosen.values())


def _orders(
    rng: Random, goods: list[list[Goods]], *, shop_id: str, first: int, many: int, now: float
) -> Rows:
    rows = Rows()
    plain = people.tempers()["plain"]
    # A tenth of them came in the last two days.
    ages = sorted(
        (int(rng.random() * (2 if at % 10 == 0 else DAYS) * 24 * HOUR) for at in range(many)),
        reverse=True,
    )
    for at, age in enumerate(ages):
        fresh = age < 46 * HOUR
        temper = people.temper_of(at) if fresh else plain
        wanted, created = basket(rng, goods), now - 500 - age
        made = make_order(rng, wanted, temper, shop_id=shop_id, number=first + at, created=created)
        order = made.order | {"seeded": True}
        if fresh:
            _settle_fresh(rng, order, at)
        else:
            _settle(rng, order)
        shipped = order["status"] in {OrderStatus.SHIPPED, OrderStatus.FINISHED}
        for line in made.lines:
            line["shipped"] = shipped
        if order["status"] == OrderStatus.PARTLY_SHIPPED:
            made.lines[0]["shipped"] = True
            shipped = True
        rows.orders.append(order)
        rows.lines += made.lines
        if shipped:
            rows.packages.append(_package(order, made.lines, now))
    return rows


def _settle(rng: Random, order: dict[str, Any]) -> None:
    """Where an order of old stands by now."""
    dice = rng.random()
    if dice < 0.1:
        order["status"] = int(OrderStatus.CLOSED)
        order["aftersale"] = "refund_success" if dice < 0.04 else ""
    else:
        recent = order["created_at"] + 9 * 24 * HOUR > order["paid_at"] + 46 * HOUR
        order["status"] = int(
            OrderStatus.SHIPPED if recent and dice < 0.3 else OrderStatus.FINISHED
        )
        if dice > 0.97:
            order["aftersale"] = pick(
                rng, ("refund_fail", "exchange_success", "aftersale_close", "in_aftersale")
            )
    if order["status"] != OrderStatus.SHIPPED:
        order["ended_at"] = order["created_at"] + 6 * 24 * HOUR


def _settle_fresh(rng: Random, order: dict[str, Any], at: int) -> None:
    """Most wait to be shipped, and their buyers have done already what they would do."""
    dice = at * GOLDEN % 1  # even among few orders every state comes
    temper = people.tempers()[order["temper"]]
    if dice < 0.06:
        order |= {"status": int(OrderStatus.UNPAID), "paid_at": None, "ship_by": None}
    elif dice < 0.08:
        order |= {"status": int(OrderStatus.HELD), "abnormal": RISK}
    elif dice < 0.1:
        order["barred"] = "supply_chain" if dice < 0.09 else "platform_warehouse"
    elif dice < 0.12:
        order["status"] = int(OrderStatus.PARTLY_SHIPPED)
    elif temper.does == "refund":
        order["aftersale"] = "refund"
    elif temper.does == "moved":
        order["address_changed_at"] = order["paid_at"] + 600
    elif temper.does == "asks_move":
        order["address_asked"] = asked_move(rng)


def asked_move(rng: Random) -> dict[str, Any]:
    """Where a buyer wants to have it sent instead."""
    home = people.home(rng)
    return {"place": list(home.place), "region_codes": list(home.codes), "detail": home.detail}


def _package(order: dict[str, Any], lines: list[dict[str, Any]], now: float) -> dict[str, Any]:
    """Twenty hours after it was paid; what came of late had to be quicker: it is on its way."""
    usual = order["paid_at"] + 20 * HOUR if order["paid_at"] else order["created_at"]
    return {
        "order_id": order["id"],
        "company_code": "yuantong",
        "number": f"YT{order['id'][-13:]}",
        "line_ids": (lines[0]["id"],) if order["status"] == OrderStatus.PARTLY_SHIPPED else (),
        "address_id": 0,
        "return_address_id": 0,
        "at": min(usual, now - 60),
    }


def _addresses(rng: Random, shop: Shop) -> Iterator[ShopAddress]:
    """The second shop lacks a default for returns, the third one for sending."""
    words = ("仓库发货", "售后退货", "备用仓")
    for at, remark in enumerate(words):
        home = people.home(rng)
        yield ShopAddress(
            shop_id=shop.id,
            receiver=people.name(rng),
            link_type=0,
            phone=people.mobile(rng),
            place=list(home.place),
            region_codes=list(home.codes),
            detail=home.detail,
            is_send_default=at == 0 and shop.position != 2,
            is_default=at == 1 and shop.position != 1,
            remark=remark,
        )


def _bindings(session: Session, now: float) -> Iterator[dict[str, Any]]:
    """Of the products that have a right factory, some are bound: most rightly, some wrongly."""
    sold = select(RightSku).where(RightSku.product_id.is_not(None)).order_by(RightSku.sku_code)
    by_product: dict[str, list[RightSku]] = {}
    for one in session.scalars(sold):
        by_product.setdefault(str(one.product_id), []).append(one)
    codes = select(Sku.code, Sku.id).where(Sku.product_id.in_(by_product))
    skus = dict(list(session.execute(codes)))
    shop_id = session.scalars(select(Shop.id).where(Shop.position == 0)).one()
    for at, (product_id, rights) in enumerate(sorted(by_product.items())[: BOUND + BOUND_WRONG]):
        for right in rights:
            yield {
                "sku_id": skus[right.sku_code],
                "product_id": product_id,
                "shop_id": shop_id,
                "offer": right.offer_id,
                "supplier": "",
                "factory_sku": right.factory_sku + ("" if at < BOUND else "-9"),
                "seeded": True,
                "at": now,
            }
