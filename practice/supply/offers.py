"""The catalogue: searching supply links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from practice.supply.tables import Offer, OfferSku, Supplier

PAGE_SIZE = 20


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    offers: list[Offer]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


def search(session: Session, words: str, page: int) -> Found:
    """The links whose title, id, 货号, 厂家SKU编号 or factory has all the words."""
    clauses = [_has(word) for word in words.split()]
    total = session.scalar(select(func.count()).select_from(Offer).where(*clauses)) or 0
    wanted = (
        select(Offer)
        .where(*clauses)
        .order_by(Offer.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return Found(list(session.scalars(wanted)), total, page)


def _has(word: str) -> ColumnElement[bool]:
    by_sku = select(OfferSku.offer_id).where(OfferSku.factory_sku == word)
    by_factory = select(Supplier.id).where(Supplier.name.contains(word, autoescape=True))
    return or_(
        Offer.id == word,
        Offer.title.contains(word, autoescape=True),
        Offer.item_no.contains(word, autoescape=True),
        Offer.id.in_(by_sku),
        Offer.supplier_id.in_(by_factory),
    )


def priced(offer: Offer) -> str:
    """The price of an offer, or its lowest and highest."""
    prices = sorted(sku.price for sku in offer.skus)
    low, high = yuan(prices[0]), yuan(prices[-1])
    return low if low == high else f"{low} ~ {high}"


def yuan(fen: int) -> str:
    """分 as 元 with its sign, e.g. ``￥16.80``."""
    return f"￥{fen // 100}.{fen % 100:02d}"


def stocks(offer: Offer, now: float) -> dict[str, Any]:
    """Pieces of each of its SKUs, and of all together."""
    each = {sku.factory_sku: sku.stock_at(now) for sku in offer.skus}
    return {"each": each, "total": sum(each.values())}
