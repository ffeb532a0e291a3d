"""What 订单管理 asks, and the answer: tabs, filters, pages, lag."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from practice.orders import views
from practice.orders.codes import AFTERSALE_TEXTS, OrderStatus
from practice.orders.tables import Order, OrderLag, OrderLine
from practice.world import World

Codes = frozenset[int]
TABS: dict[str, Codes] = {
    "all": frozenset(OrderStatus),
    "unpaid": frozenset({OrderStatus.UNPAID}),
    "unshipped": frozenset({OrderStatus.TO_SHIP, OrderStatus.PARTLY_SHIPPED}),
    "on_delivery": frozenset({OrderStatus.SHIPPED}),
    "received": frozenset({OrderStatus.FINISHED}),
    "closed": frozenset({OrderStatus.CLOSED}),
}
STATUS_NAMES: dict[str, Codes] = {
    "unpaid": TABS["unpaid"],
    "stock_up": TABS["unshipped"],
    "on_delivery": TABS["on_delivery"],
    "received": TABS["received"],
    "closed": TABS["closed"],
    "paid": frozenset({OrderStatus.HELD}),
}


@dataclass(frozen=True)
class Question:
    """What one page of the list asks for; empty: whatever."""

    tab: str = "all"
    order_id: str = ""
    product: str = ""
    """Part of a product's title, or its id."""
    art_no: str = ""
    """商家编码 of product or SKU."""
    status: str = ""
    aftersale: str = ""
    flag: int | None = None
    since: int = 0
    until: int = 0
    by_finish: bool = False
    """The times are those of 完成时间, not of 下单时间."""
    page: int = 0
    size: int = 20
    descending: bool = True


def list_orders(
    world: World, session: Session, shop_id: str, question: Question
) -> tuple[list[dict[str, Any]], int]:
    """One page of rows, and how many there are in all."""
    old = _lagging(world, session)
    wanted = _clauses(world, shop_id, question, old)
    place = (Order.created_at, Order.id)
    asked = (
        select(Order)
        .where(*wanted)
        .order_by(*(one.desc() if question.descending else one.asc() for one in place))
        .offset(question.page * question.size)
        .limit(question.size)
    )
    rows = session.scalars(asked).all()
    total = session.scalar(select(func.count()).select_from(Order).where(*wanted)) or 0
    return [old.get(one.id) or views.item(one) for one in rows], total


def count_tabs(world: World, session: Session, shop_id: str) -> dict[str, int]:
    """How many orders each tab holds."""
    old = _lagging(world, session)
    clauses = _clauses(world, shop_id, Question(), old)
    wanted = select(Order.status, func.count()).where(*clauses).group_by(Order.status)
    kinds = dict(list(session.execute(wanted)))
    for order in session.scalars(select(Order).where(Order.id.in_(old), Order.shop_id == shop_id)):
        kinds[order.status] = kinds.get(order.status, 0) - 1
        before = old[order.id]["order_status"]
        kinds[before] = kinds.get(before, 0) + 1
    return {tab: sum(kinds.get(code, 0) for code in codes) for tab, codes in TABS.items()}


def _lagging(world: World, session: Session) -> dict[str, dict[str, Any]]:
    """Orders that the list still tells as they were; what has caught up is forgotten."""
    session.execute(delete(OrderLag).where(OrderLag.until <= world.clock.now()))
    return {one.order_id: one.item for one in session.scalars(select(OrderLag))}


def remember_lag(
    session: Session, order_id: str, before: dict[str, Any], now: float, until: float
) -> None:
    """Tell this order as it was before, until then; one that lags already stays as it is."""
    known = session.get(OrderLag, order_id)
    if known is None:
        session.add(OrderLag(order_id=order_id, until=until, item=before))
    elif known.until <= now:
        known.until, known.item = until, before
    else:
        known.until = max(known.until, until)


def _clauses(
    world: World, shop_id: str, question: Question, old: dict[str, dict[str, Any]]
) -> list[ColumnElement[bool]]:
    """What never changes about an order, and what the list may tell as it was before."""
    changing = and_(*_changing(question))
    if old:
        fitting = [key for key, row in old.items() if _fits(row, question)]
        changing = or_(and_(changing, Order.id.not_in(old)), Order.id.in_(fitting))
    return [
        Order.shop_id == shop_id,
        Order.created_at <= world.clock.now(),
        changing,
        *_lasting(question),
    ]


def _codes(question: Question) -> Codes:
    codes = TABS.get(question.tab, TABS["all"])
    return codes & STATUS_NAMES.get(question.status, codes)


def _changing(question: Question) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if _codes(question) != TABS["all"]:
        clauses.append(Order.status.in_(_codes(question)))
    else:
        clauses.append(Order.status >= 0)
    if question.aftersale:
        clauses.append(Order.aftersale == question.aftersale)
    if question.flag is not None:
        clauses.append(Order.flag == question.flag)
    return clauses


def _fits(row: dict[str, Any], question: Question) -> bool:
    """What :func:`_changing` says, for a row that is not what the database holds."""
    aftersale = AFTERSALES.get(row["after_sale_info"]["after_sale_text"], "")
    return (
        row["order_status"] in _codes(question)
        and (not question.aftersale or aftersale == question.aftersale)
        and (question.flag is None or row["star"] == question.flag)
    )


AFTERSALES = {text: name for name, text in AFTERSALE_TEXTS.items()}


def _lasting(question: Question) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if question.order_id:
        clauses.append(Order.id == question.order_id)
    of_line: list[ColumnElement[bool]] = []
    if question.product:
        named = OrderLine.title.contains(question.product, autoescape=True)
        of_line.append(or_(named, OrderLine.product_id == question.product))
    if question.art_no:
        codes = (OrderLine.sku_code, OrderLine.merchant_code)
        of_line.append(or_(*(one == question.art_no for one in codes)))
    if of_line:
        clauses.append(Order.id.in_(select(OrderLine.order_id).where(*of_line)))
    moment = Order.ended_at if question.by_finish else Order.created_at
    if question.since:
        clauses.append(moment >= question.since)
    if question.until:
        clauses.append(moment < question.until + 1)
    return clauses


def one_order(world: World, session: Session, shop_id: str, order_id: str) -> Order | None:
    """An order of this shop that is there already."""
    order = session.get(Order, order_id)
    there = order and order.shop_id == shop_id and order.created_at <= world.clock.now()
    return order if there else None


def everything(question: Question) -> Question:
    """The same without pages."""
    return replace(question, page=0, size=100_000)
