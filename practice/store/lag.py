"""A list that lags: until its time it tells a changed product as it was before the write.

Who lets a write lag takes ``row_before`` first, and hands it to ``remember_lag`` after the change,
in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from practice.store import views
from practice.tables import ListLag, Product
from practice.world import World


@dataclass(frozen=True)
class Lagging:
    """What the list of one shop must not tell yet, and what it tells instead."""

    hidden: frozenset[str]
    """Products whose truth is not listed."""
    rows: tuple[dict[str, Any], ...]
    """Their old rows, as :func:`row_before` keeps them."""


def row_before(world: World, session: Session, product_id: str | None) -> dict[str, Any] | None:
    """A product as the list tells it now; nothing if there is none."""
    product = session.get(Product, product_id) if product_id else None
    if product is None:
        return None
    (row,) = views.items(session, world.catalogue, [product])
    # With the seconds' fractions, so that the old row keeps its very place in the list.
    return {**row, "shop_id": product.shop_id, "created_at": product.created_at}


def remember_lag(
    session: Session, product_id: str, before: dict[str, Any] | None, now: float, until: float
) -> None:
    """Tell this product as it was before, until then; a list that lags already stays as it is."""
    known = session.get(ListLag, product_id)
    if known is None:
        session.add(ListLag(product_id=product_id, until=until, item=before))
    elif known.until <= now:
        known.until, known.item = until, before
    else:
        known.until = max(known.until, until)


def lagging(world: World, session: Session, shop_id: str) -> Lagging:
    """What lags in a shop now; what has caught up is forgotten."""
    session.execute(delete(ListLag).where(ListLag.until <= world.clock.now()))
    known = session.scalars(select(ListLag)).all()
    rows = [one.item for one in known if one.item and one.item["shop_id"] == shop_id]
    return Lagging(frozenset(one.product_id for one in known), tuple(rows))
