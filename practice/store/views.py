"""A product as a row of the list (section 1.1 of the facts)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.catalogue import Catalogue
from practice.store.codes import CheckStatus, Status
from practice.tables import ChannelStock, Picture, Product

STATE_TEXTS = {
    CheckStatus.NOT_SUBMITTED: "未提交",
    CheckStatus.WAITING: "审核中",
    CheckStatus.REJECTED: "审核未通过",
    CheckStatus.BANNED: "封禁",
    CheckStatus.PASSED_WAITS_FOR_SALE: "审核通过待上架",
}


def state_text(product: Product) -> str:
    """The state as the list shows it."""
    if product.status == Status.DELETED:
        return "已删除"
    audit = STATE_TEXTS.get(CheckStatus(product.check_status))
    return audit or ("售卖中" if product.status == Status.ONLINE else "已下架")


def items(session: Session, catalogue: Catalogue, rows: Sequence[Product]) -> list[dict[str, Any]]:
    """Rows of the list."""
    firsts = addresses(session, {row.main_pictures[0] for row in rows if row.main_pictures})
    channels = _channels(session, [row.id for row in rows])
    told = [_item(catalogue, row, firsts) for row in rows]
    return [row | {"channel_num": channels.get(row["product_id"], 0)} for row in told]


def _item(catalogue: Catalogue, product: Product, pictures: dict[str, str]) -> dict[str, Any]:
    prices = [sku.price for sku in product.skus] or [0]
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
        "reject_reasons": product.reject_reasons or [],
        "category_leaf_id": product.category_id,
        "category_name": catalogue.categories[product.category_id].text,
        "group_id": "0",
        "img": pictures.get(product.main_pictures[0], "") if product.main_pictures else "",
        "create_time": int(product.created_at),
        "audit_time": int(product.audited_at or 0),
    }


def _channels(session: Session, product_ids: list[str]) -> dict[str, int]:
    """How many 渠道品 each product has."""
    kinds = func.count(ChannelStock.channel_id.distinct())
    mine = ChannelStock.product_id.in_(product_ids)
    counted = select(ChannelStock.product_id, kinds).where(mine).group_by(ChannelStock.product_id)
    return dict(list(session.execute(counted)))


def addresses(session: Session, names: set[str]) -> dict[str, str]:
    """All of a page's pictures in one question."""
    kept = session.scalars(select(Picture).where(Picture.id.in_(names)))
    return {one.id: one.url for one in kept}
