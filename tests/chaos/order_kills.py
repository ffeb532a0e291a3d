"""The order robots as they are killed: what each is asked, and how the practice world counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from console.demo_clerk import LINK, Clerk, write_sheet
from console.sheet_binding_columns import BINDINGS, Header
from practice.orders.people import tempers
from practice.orders.showing import shown_bindings, shown_chats, shown_orders
from practice.orders.tables import Binding
from practice.supply.tables import Offer, RightSku
from practice.tables import Sku
from practice.truth import ORDER_ID
from practice.world import World, open_world
from robots.update_order_status import MARK
from tests.chaos.judging import ZONE, sold_codes
from tests.conftest import Store

ASKED, MARKED, SHIPPED, BOUND = "im/send", "addRemark", "logisticsAdd", "supply/bind"
"""The requests that the robots are killed about."""
BUYERS = 130
"""So many that some odd ones are among them."""
SKUS_OF_A_PRODUCT = 2


def world_of(store: Store) -> closing[World]:
    """Open the world beside its store."""
    return closing(open_world(store.home))


def orders_of(store: Store) -> list[dict[str, Any]]:
    """Give the orders that came after the world began."""
    with world_of(store) as world:
        return [one for one in shown_orders(world, foreign=False) if not one["seeded"]]


def chosen_orders(store: Store, clerk: Clerk, each: int) -> tuple[list[str], list[str]]:
    """Let buyers order; give orders with nothing to ask, and orders whose buyers must be asked.

    None whose buyer changes anything by itself: what is due then is due to the end.
    """
    clerk.orders_come(BUYERS, sold_codes(store))
    waiting = set(clerk.to_ship())
    known = [one for one in orders_of(store) if one["order_id"] in waiting and not one["hidden"]]
    quiet = [one for one in known if not tempers()[one["temper"]].does]
    odd = {one["order_id"] for one in quiet if tempers()[one["temper"]].order}
    plain = [one["order_id"] for one in quiet if one["order_id"] not in odd]
    assert min(len(plain), len(odd)) >= each, (len(plain), len(odd))
    return plain[:each], sorted(odd)[:each]


def written(store: Store, beginning: str) -> Counter[str]:
    """Count the shop's messages that begin so, by the order that they name."""
    with world_of(store) as world:
        chats = [one for one in shown_chats(world) if one["sender"] == "seller" and one["sent"]]
    named = (ORDER_ID.search(one["text"]) for one in chats if one["text"].startswith(beginning))
    return Counter(found.group() for found in named if found)


def marks_and_messages(store: Store, message: str) -> dict[str, str]:
    """Count the marks and the messages of each order."""
    told = written(store, message)
    marks = {one["order_id"]: one["remark"].count(MARK) for one in orders_of(store)}
    return {order_id: f"{times} + {told[order_id]}" for order_id, times in marks.items()}


def parcels(store: Store) -> dict[str, int]:
    """Count the parcels of each order."""
    return {one["order_id"]: len(one["packages"]) for one in orders_of(store)}


def times_bound(store: Store) -> Counter[str]:
    """Count the bindings of each SKU."""
    with world_of(store) as world:
        return Counter(row["sku_code"] for row in shown_bindings(world, foreign=False))


def accepted(store: Store, path: str) -> Counter[str]:
    """Count the writes of a kind that the store took, by what they are about."""
    return Counter(one["subject"] for one in store.writes(path) if one["code"] == 0)


def bought(clerk: Clerk, orders: Iterable[str]) -> tuple[str, dict[str, list[str]]]:
    """Buy what these orders hold; give the sheet and each order's tracking number."""
    sheet, numbers = clerk.buy(orders, datetime.now(ZONE))
    return str(sheet), numbers


def skus_to_bind(store: Store, products: int, path: Path) -> tuple[str, dict[str, str]]:
    """Write down where SKUs without a binding are bought; give the sheet, and SKU → product."""
    with world_of(store) as world, world.transaction() as session:
        bound = set(session.scalars(select(Binding.product_id)))
        free = [
            (sku, right, session.get_one(Offer, right.offer_id))
            for right, sku in session.execute(
                select(RightSku, Sku)
                .join(Sku, Sku.code == RightSku.sku_code)
                .where(Sku.product_id == RightSku.product_id)
                .order_by(RightSku.sku_code)
            )
            if right.product_id not in bound
        ]
        sizes = Counter(sku.product_id for sku, _, _ in free)
        fitting = [one for one, size in sizes.items() if size == SKUS_OF_A_PRODUCT][:products]
        rows = [_binding(*one) for one in free if one[0].product_id in fitting]
    sheet = str(write_sheet(BINDINGS, rows, path))
    return sheet, {str(row[Header.SKU_CODE]): str(row[Header.PRODUCT_ID]) for row in rows}


def _binding(sku: Sku, right: RightSku, offer: Offer) -> Mapping[Header, object]:
    (theirs,) = [one for one in offer.skus if one.factory_sku == right.factory_sku]
    return {
        Header.SKU_CODE: sku.code,
        Header.PRODUCT_ID: sku.product_id,
        Header.NAME: sku.spec,
        Header.LINK: LINK.format(offer.id),
        Header.SUPPLIER: offer.supplier.name,
        Header.FACTORY_SKU: right.factory_sku,
        Header.FACTORY_NAME: theirs.spec,
    }
