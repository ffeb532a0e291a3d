"""A product as the store's XHRs tell it (section 1.1 of the facts)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from practice.catalogue import Catalogue
from practice.store.codes import CheckStatus, Status
from practice.tables import Picture, Product

TABS: dict[str, tuple[ColumnElement[bool], ...]] = {
    "all": (),
    "onSale": (Product.status == Status.ONLINE,),
    "offline": (
        Product.status == Status.OFFLINE,
        Product.check_status.in_((CheckStatus.PASSED, CheckStatus.PASSED_WAITS_FOR_SALE)),
    ),
    "auditing": (Product.check_status == CheckStatus.WAITING,),
    "rejected": (Product.check_status == CheckStatus.REJECTED,),
}
STATE_TEXTS = {
    CheckStatus.WAITING: "审核中",
    CheckStatus.REJECTED: "审核未通过",
    CheckStatus.BANNED: "封禁",
    CheckStatus.PASSED_WAITS_FOR_SALE: "审核通过待上架",
}


@dataclass(frozen=True)
class Question:
    """What one page of the list asks for."""

    tab: str
    terms: str
    page: int
    size: int


def list_products(session: Session, shop_id: str, question: Question) -> tuple[list[Product], int]:
    """One page of a tab, newest first, and how many there are in all."""
    wanted = _wanted(shop_id, question.tab).where(*_searched(question.terms))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = wanted.order_by(Product.created_at.desc(), Product.id.desc())
    rows = session.scalars(order.offset(question.page * question.size).limit(question.size)).all()
    return list(rows), total


def count_tabs(session: Session, shop_id: str) -> dict[str, int]:
    """How many products each tab holds."""
    counts = (select(func.count()).select_from(_wanted(shop_id, tab).subquery()) for tab in TABS)
    return {tab: session.scalar(count) or 0 for tab, count in zip(TABS, counts, strict=True)}


def _wanted(shop_id: str, tab: str) -> Select[Product]:
    mine = (Product.shop_id == shop_id, Product.status != Status.DELETED)
    return select(Product).where(*mine, *TABS.get(tab, ()))


def _searched(terms: str) -> tuple[ColumnElement[bool], ...]:
    """Any of several comma-separated terms: an exact id, or part of a title or code."""
    words = [word.strip() for word in terms.replace("，", ",").split(",") if word.strip()]
    hits = [
        or_(
            Product.id == word,
            Product.title.contains(word, autoescape=True),
            Product.merchant_code.contains(word, autoescape=True),
        )
        for word in words
    ]
    return (or_(*hits),) if hits else ()


def state_text(product: Product) -> str:
    """The state as the list shows it."""
    audit = STATE_TEXTS.get(CheckStatus(product.check_status))
    return audit or ("售卖中" if product.status == Status.ONLINE else "已下架")


def item(session: Session, catalogue: Catalogue, product: Product) -> dict[str, Any]:
    """One row of the list."""
    prices = [sku.price for sku in product.skus]
    return {
        "product_id": product.id,
        "name": product.title,
        "merchant_code": product.merchant_code or "",
        "discount_price": min(prices),
        "price_lower": min(prices),
        "price_higher": max(prices),
        "stock_num": sum(sku.stock for sku in product.skus),
        "sell_num": product.sold,
        "tab": state_text(product),
        "check_status": product.check_status,
        "status": product.status,
        "draft_status": product.draft_status,
        "category_leaf_id": product.category_id,
        "category_name": catalogue.categories[product.category_id].text,
        "group_id": "0",
        "img": _pictures(session, product.main_pictures[:1])[0]["url"],
        "create_time": int(product.created_at),
        "audit_time": int(product.audited_at or 0),
    }


def detail(session: Session, catalogue: Catalogue, product: Product) -> dict[str, Any]:
    """A whole product under the form's own nodes, for the edit page."""
    return {
        "product_id": product.id,
        "title": product.title,
        "category_leaf_id": product.category_id,
        "category_name": catalogue.categories[product.category_id].text,
        "pic": _pictures(session, product.main_pictures),
        "desc_pic": _pictures(session, product.detail_pictures),
        "brand_id": product.brand_id,
        "spec_detail": product.specs,
        "sku_detail": [
            {
                "sku_id": sku.id,
                "spec": sku.values,
                "price": sku.price,
                "stock_num": sku.stock,
                "code": sku.code or "",
            }
            for sku in product.skus
        ],
        "reduce_type": product.stock_count,
        "freight_id": product.freight_id,
        "presell_type": product.ship_mode,
        "delivery_delay_day": product.ship_delay,
        "supply_7day_return": product.return_policy,
        "outer_product_id": product.merchant_code or "",
        "start_sale_type": product.sale_start,
        "status": product.status,
        "check_status": product.check_status,
    }


def _pictures(session: Session, names: list[str]) -> list[dict[str, str]]:
    kept = [session.get_one(Picture, name) for name in names]
    return [{"id": one.id, "url": one.url} for one in kept]
