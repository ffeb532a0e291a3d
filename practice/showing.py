"""What a world's own database says, for people and for tests that want the truth."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.clock import iso
from practice.faults import known_faults
from practice.store.products import settle_audits
from practice.tables import FaultFired, Product, Sku, Write
from practice.world import World


def shown_products(world: World, *, foreign: bool) -> list[dict[str, Any]]:
    """The shop's products, oldest first; those that were there from the start only if asked."""
    with world.transaction() as session:
        settle_audits(world, session)
        wanted = select(Product).order_by(Product.created_at, Product.id)
        if not foreign:
            wanted = wanted.where(~Product.seeded)
        return [_product(world, one) for one in session.scalars(wanted)]


def shown_writes(world: World) -> list[dict[str, Any]]:
    """Every request that asked for a change, in order."""
    with world.transaction() as session:
        return [_write(one) for one in _writes(session)]


def shown_faults(world: World) -> dict[str, int]:
    """How often each fault happened to somebody."""
    counted = select(FaultFired.name, func.count().label("times")).group_by(FaultFired.name)
    with world.transaction() as session:
        return {row.name: row.times for row in session.execute(counted)}


def faults_fired(world: World) -> list[dict[str, Any]]:
    """Every fault that happened to somebody, in order."""
    names = ("name", "path", "merchant_code", "product_id")
    with world.transaction() as session:
        rows = session.scalars(select(FaultFired).order_by(FaultFired.id))
        return [{"at": iso(r.at)} | {name: getattr(r, name) for name in names} for r in rows]


def faults_as_markdown() -> str:
    """The table of the docs: every fault with its rates."""
    rows = [
        f"| `{one.name}` | {one.where} | {one.rough:g} | {one.storm:g} | {one.what} |"
        for one in known_faults().values()
    ]
    return "\n".join(["| fault | where | rough | storm | what |", "|---|---|---|---|---|", *rows])


def _writes(session: Session) -> list[Write]:
    return list(session.scalars(select(Write).order_by(Write.id)))


def _product(world: World, product: Product) -> dict[str, Any]:
    return {
        "product_id": product.id,
        "shop_id": product.shop_id,
        "merchant_code": product.merchant_code or "",
        "title": product.title,
        "category": world.catalogue.categories[product.category_id].text,
        "status": product.status,
        "check_status": product.check_status,
        "skus": [_sku(one) for one in product.skus],
        "created_at": iso(product.created_at),
    }


def _sku(sku: Sku) -> dict[str, Any]:
    return {"code": sku.code or "", "spec": sku.spec, "price": yuan(sku.price), "stock": sku.stock}


def _write(write: Write) -> dict[str, Any]:
    return {
        "id": write.id,
        "at": iso(write.at),
        "site": write.site,
        "account": write.account,
        "shop_id": write.shop_id,
        "method": write.method,
        "path": write.path,
        "product_id": write.product_id,
        "merchant_code": write.merchant_code,
        "subject": write.subject,
        "code": write.code,
        "seconds": write.seconds,
        "fault": write.fault,
    }


def yuan(fen: int) -> str:
    """分 as 元 text, e.g. ``39.90``."""
    return f"{fen // 100}.{fen % 100:02d}"
