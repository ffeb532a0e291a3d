"""What somebody asked of a world, held against its own database: what is wrong, twice or lost."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select

from practice.erp.showing import shown_addresses
from practice.orders.codes import OPEN_AFTERSALES, RISK, OrderStatus
from practice.orders.people import tempers
from practice.orders.showing import shown_bindings, shown_chats, shown_orders
from practice.orders.tables import Package
from practice.showing import shown_products
from practice.store.codes import CheckStatus, Status
from practice.tables import WorldRow
from practice.world import World

ORDER_ID = re.compile(r"\d{19}")
MOVING = (OrderStatus.TO_SHIP, OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED)


@dataclass(frozen=True)
class Asked:
    """What robots were asked to bring about; what is left out is not looked at."""

    products: dict[str, dict[str, str]] = field(default_factory=dict)
    """商家编码 → SKU code → price, 元 as text."""
    mark: str = ""
    """What stands once in the 备注 of each order of ``marked``, and in no other's."""
    marked: frozenset[str] = frozenset()
    question: str = ""
    """How a question to a buyer begins."""
    checked: frozenset[str] = frozenset()
    """Orders whose buyers had to be asked, where there is something to ask."""
    message: str = ""
    """How a buyer of an order of ``marked`` is told of it, once at most, and no other buyer."""
    told: frozenset[str] = frozenset()
    """Orders whose buyers must have been told."""
    parcels: dict[str, list[str]] = field(default_factory=dict)
    """Order → tracking numbers."""
    bound: frozenset[str] = frozenset()
    """SKU codes."""
    returns: frozenset[str] = frozenset()
    """商家编码 of products that must be tied to their factory's return address."""


@dataclass
class Truth:
    """How a world differs from what was asked, each difference in a few words."""

    wrong: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether everything is there once and right."""
        return not (self.wrong or self.twice or self.lost)

    def counts(self) -> dict[str, int]:
        """How many differences of each kind."""
        return {kind: len(which) for kind, which in asdict(self).items()}


def truth_of(world: World, asked: Asked) -> Truth:
    """Compare everything that was asked with what stands in the world's database."""
    truth = Truth()
    _products(truth, world, asked)
    orders = shown_orders(world, foreign=False)
    if asked.mark:
        _marks(truth, orders, asked)
    chats = shown_chats(world) if asked.question or asked.message else []
    if asked.question:
        _questions(truth, orders, chats, asked)
    if asked.message:
        _messages(truth, orders, chats, asked)
    _parcels(truth, world, orders, asked)
    _bindings(truth, world, asked)
    if asked.returns:
        _returns(truth, world, asked)
    return truth


def _products(truth: Truth, world: World, asked: Asked) -> None:
    there: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for product in shown_products(world, foreign=False) if asked.products else ():
        there[product["merchant_code"]].append(product)
    for code, prices in asked.products.items():
        found = there.pop(code, [])
        if len(found) != 1:
            (truth.twice if found else truth.lost).append(f"product {code}")
        elif _sold_at(found[0]) != prices:
            truth.wrong.append(f"product {code}")
    truth.wrong += [f"product {code}" for code in there]


def _sold_at(product: dict[str, Any]) -> dict[str, str] | None:
    """Price of each SKU; nothing of a product that is not on sale."""
    if (product["status"], product["check_status"]) != (Status.ONLINE, CheckStatus.PASSED):
        return None
    return {sku["code"]: sku["price"] for sku in product["skus"]}


def _marks(truth: Truth, orders: Iterable[dict[str, Any]], asked: Asked) -> None:
    for order in orders:
        times, wanted = order["remark"].count(asked.mark), order["order_id"] in asked.marked
        _count(truth, f"mark of {order['order_id']}", times, wanted, _may_go_on(order))


def _questions(
    truth: Truth, orders: Iterable[dict[str, Any]], chats: list[dict[str, Any]], asked: Asked
) -> None:
    times = _written_about(chats, asked.question)
    for order in orders:
        order_id = order["order_id"]
        odd = bool(tempers()[order["temper"]].order)
        due = odd and order_id in asked.checked
        fair = _may_go_on(order) and not order["hidden"]
        _count(truth, f"question about {order_id}", times[order_id], odd, fair and due)


def _messages(
    truth: Truth, orders: Iterable[dict[str, Any]], chats: list[dict[str, Any]], asked: Asked
) -> None:
    times = _written_about(chats, asked.message)
    for order_id in (order["order_id"] for order in orders):
        wanted, due = order_id in asked.marked, order_id in asked.told
        _count(truth, f"message about {order_id}", times[order_id], wanted, due)


def _written_about(chats: Iterable[dict[str, Any]], beginning: str) -> Counter[str]:
    """Count the shop's messages that begin so by the order that they name."""
    ours = (one["text"] for one in chats if one["sender"] == "seller" and one["sent"])
    named = (ORDER_ID.search(text) for text in ours if text.startswith(beginning))
    return Counter(found.group() for found in named if found)


def _count(truth: Truth, name: str, times: int, wanted: bool, due: bool) -> None:
    """Once if it is wanted, never if not; nothing is lost that was not due."""
    if times > 1:
        truth.twice.append(name)
    elif times and not wanted:
        truth.wrong.append(name)
    elif wanted and due and not times:
        truth.lost.append(name)


def _may_go_on(order: dict[str, Any]) -> bool:
    """Whether nothing speaks against marking and shipping an order."""
    barred = order["aftersale"] in OPEN_AFTERSALES or order["address_asked"] or order["barred"]
    return order["status"] in MOVING and order["abnormal"] != RISK and not barred


def _parcels(truth: Truth, world: World, orders: Iterable[dict[str, Any]], asked: Asked) -> None:
    """Compare the parcels of this world's time; orders had others before."""
    if not asked.parcels:
        return
    began = select(WorldRow.created_at).scalar_subquery()
    sent: dict[str, list[str]] = defaultdict(list)
    with world.transaction() as session:
        known = select(Package.order_id, Package.number).where(Package.at > began)
        for order_id, number in session.execute(known):
            sent[order_id].append(number)
    used = Counter(number for numbers in sent.values() for number in numbers)
    truth.twice += [f"parcel {number}" for number, times in used.items() if times > 1]
    for order_id, numbers in sent.items():
        others = set(numbers) - set(asked.parcels.get(order_id, []))
        truth.wrong += [f"parcel {number}" for number in sorted(others)]
    for order in orders:
        wanted = asked.parcels.get(order["order_id"], []) if _may_go_on(order) else []
        truth.lost += [f"parcel {one}" for one in wanted if one not in sent[order["order_id"]]]


def _bindings(truth: Truth, world: World, asked: Asked) -> None:
    if not asked.bound:
        return
    rows = shown_bindings(world, foreign=False)
    truth.wrong += [f"binding of {row['sku_code']}" for row in rows if row["right"] is False]
    there = {row["sku_code"] for row in rows}
    truth.lost += [f"binding of {code}" for code in sorted(asked.bound - there)]


def _returns(truth: Truth, world: World, asked: Asked) -> None:
    rows = [row for row in shown_addresses(world, foreign=True) if not row["deleted"]]
    ours = [item for row in rows for item in row["items"] if item["merchant_code"] in asked.returns]
    truth.wrong += [f"return of {one['merchant_code']}" for one in ours if one["right"] is False]
    tied = {item["merchant_code"] for item in ours}
    truth.lost += [f"return of {code}" for code in sorted(asked.returns - tied)]
    times = Counter(map(_written, rows))
    again = {row["address_id"] for row in rows if not row["seeded"] and times[_written(row)] > 1}
    truth.twice += [f"return address {one}" for one in sorted(again)]


def _written(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["text"], row["receiver"], row["phone"]
