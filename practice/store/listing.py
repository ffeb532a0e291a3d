"""What the product list asks, and the answer: tabs, search, filters, order, pages, lag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import QueryableAttribute, Session

from practice.store import views
from practice.store.codes import CheckStatus, Status
from practice.store.lag import Lagging, lagging
from practice.tables import Product, Sku
from practice.world import World

Codes = dict[str, frozenset[int]]
"""A row's field to the codes that fit; a field that is not named fits with any."""
LIVE = frozenset({Status.ONLINE, Status.OFFLINE})
TABS: dict[str, Codes] = {
    "all": {"status": LIVE},
    "onSale": {"status": frozenset({Status.ONLINE})},
    "offline": {
        "status": frozenset({Status.OFFLINE}),
        "check_status": frozenset({CheckStatus.PASSED, CheckStatus.PASSED_WAITS_FOR_SALE}),
    },
    "auditing": {"status": LIVE, "check_status": frozenset({CheckStatus.WAITING})},
    "rejected": {"status": LIVE, "check_status": frozenset({CheckStatus.REJECTED})},
    "recycle": {"status": frozenset({Status.DELETED})},
}
COLUMNS: dict[str, QueryableAttribute[int]] = {
    "status": Product.status,
    "check_status": Product.check_status,
    "draft_status": Product.draft_status,
    "category_leaf_id": Product.category_id,
}


def _of_skus(value: ColumnElement[Any]) -> ColumnElement[Any]:
    wanted = select(value).where(Sku.product_id == Product.id)
    return wanted.correlate(Product).scalar_subquery()


# Field of a row to what the database orders by.
ORDERS: dict[str, ColumnElement[Any] | QueryableAttribute[Any]] = {
    "create_time": Product.created_at,
    "audit_time": func.coalesce(Product.audited_at, 0),
    "sell_num": Product.sold,
    "stock_num": _of_skus(func.coalesce(func.sum(Sku.stock), 0)),
    "discount_price": _of_skus(func.coalesce(func.min(Sku.price), 0)),
}


@dataclass(frozen=True)
class Question:
    """What one page of the list asks for."""

    tab: str = "all"
    terms: str = ""
    codes: Codes = field(default_factory=dict)
    """Filters beside the tab."""
    page: int = 0
    size: int = 20
    order: str = "create_time"
    descending: bool = True


def list_products(
    world: World, session: Session, shop_id: str, question: Question
) -> tuple[list[dict[str, Any]], int]:
    """One page of rows, and how many there are in all."""
    lag = lagging(world, session, shop_id)
    wanted = _clauses(shop_id, question, lag)
    old = [row for row in lag.rows if _fits(row, question)]
    if old or question.terms:  # a search is too dear to be made twice
        ids, total = _among_all(session, question, wanted, old)
    else:
        ids, total = _few(session, question, wanted)
    return _rows(world, session, ids, old), total


def count_tabs(world: World, session: Session, shop_id: str) -> dict[str, int]:
    """How many products each tab holds."""
    lag = lagging(world, session, shop_id)
    codes = (Product.status, Product.check_status)
    wanted = select(*codes, func.count()).where(Product.shop_id == shop_id).group_by(*codes)
    if lag.hidden:
        wanted = wanted.where(Product.id.not_in(lag.hidden))
    kinds = [
        ({"status": one[0], "check_status": one[1]}, one[2]) for one in session.execute(wanted)
    ]
    kinds += [(row, 1) for row in lag.rows]
    return {
        tab: sum(count for row, count in kinds if _has_codes(row, codes))
        for tab, codes in TABS.items()
    }


def _few(
    session: Session, question: Question, wanted: list[ColumnElement[bool]]
) -> tuple[list[str], int]:
    """The ids of a page, and how many fit in all."""
    first = question.page * question.size
    asked = _in_order(question, wanted).offset(first).limit(question.size)
    total = session.scalar(select(func.count()).select_from(Product).where(*wanted)) or 0
    return [row[0] for row in session.execute(asked)], total


def _among_all(
    session: Session,
    question: Question,
    wanted: list[ColumnElement[bool]],
    old: list[dict[str, Any]],
) -> tuple[list[str], int]:
    """The same in one question; old rows stand where they stood before."""
    found = [tuple(row) for row in session.execute(_in_order(question, wanted))]
    if old:
        found += [_place(row, question) for row in old]
        found.sort(key=lambda row: (row[1], row[2], row[0]), reverse=question.descending)
    first = question.page * question.size
    return [row[0] for row in found[first : first + question.size]], len(found)


def _in_order(question: Question, wanted: list[ColumnElement[bool]]) -> Select[Any, Any, Any]:
    """Id, order and age of the products that fit."""
    # Under a label, so that it is worked out once for each product.
    order, newest = ORDERS[question.order].label("place"), (Product.created_at, Product.id)
    by = newest if question.order == "create_time" else (order, *newest)
    asked = select(Product.id, order, Product.created_at).where(*wanted)
    return asked.order_by(*(one.desc() if question.descending else one.asc() for one in by))


def _place(row: dict[str, Any], question: Question) -> tuple[str, float, float]:
    key = "created_at" if question.order == "create_time" else question.order
    return row["product_id"], row[key], row["created_at"]


def _rows(
    world: World, session: Session, ids: list[str], old: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    before = {row["product_id"]: row for row in old}
    fresh = session.scalars(select(Product).where(Product.id.in_(set(ids) - set(before)))).all()
    known = {row["product_id"]: row for row in views.items(session, world.catalogue, fresh)}
    known |= before
    return [known[product_id] for product_id in ids]


def words_of(terms: str) -> list[str]:
    """The terms of a search, whatever comma or line end stands between them."""
    return [word.strip() for word in re.split(r"[,，\n]", terms) if word.strip()]


def _clauses(shop_id: str, question: Question, lag: Lagging) -> list[ColumnElement[bool]]:
    asked = (*TABS.get(question.tab, TABS["all"]).items(), *question.codes.items())
    clauses = [Product.shop_id == shop_id, *(COLUMNS[name].in_(codes) for name, codes in asked)]
    words = words_of(question.terms)
    if words:
        clauses.append(or_(Product.id.in_(words), *(_has_word(word) for word in words)))
    if lag.hidden:
        clauses.append(Product.id.not_in(lag.hidden))
    return clauses


def _has_word(word: str) -> ColumnElement[bool]:
    """Part of a title or code."""
    return or_(
        Product.title.contains(word, autoescape=True),
        Product.merchant_code.contains(word, autoescape=True),
    )


def _fits(row: dict[str, Any], question: Question) -> bool:
    """What :func:`_clauses` says, for a row that is not what the database holds."""
    asked = (TABS.get(question.tab, TABS["all"]), question.codes)
    words = words_of(question.terms)
    return all(_has_codes(row, codes) for codes in asked) and (
        not words or any(_row_has_word(row, word) for word in words)
    )


def _has_codes(row: dict[str, Any], codes: Codes) -> bool:
    return all(row[name] in fitting for name, fitting in codes.items())


def _row_has_word(row: dict[str, Any], word: str) -> bool:
    # SQLite's LIKE takes capital and small letters for the same.
    texts: Iterable[str] = (row["name"], row["merchant_code"])
    return row["product_id"] == word or any(word.lower() in text.lower() for text in texts)
