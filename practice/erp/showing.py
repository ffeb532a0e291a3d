"""What a world's database says of its ERP: the truth for people and tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.clock import iso
from practice.erp.regions import DIRECT
from practice.erp.seeding import ensure_erp
from practice.erp.tables import ErpAddress, ErpItem
from practice.erp.ties import shops_of_addresses
from practice.supply.tables import FactoryAddress, Offer, RightSku, Supplier
from practice.tables import Product
from practice.world import World

PARTS = ("receiver", "phone_kind", "phone", "region", "detail", "remark", "creator")
Tied = list[tuple[ErpItem, Product | None]]
FLAGS = ("is_default", "is_send_default", "deleted", "seeded")


class _Truth:
    """Where returns go now: of each factory, and of each product that comes from one."""

    def __init__(self, session: Session, now: float) -> None:
        suppliers = list(session.scalars(select(Supplier)))
        self.addresses: dict[tuple[str, str], FactoryAddress] = {
            (one.id, at.warehouse): one.return_address(at.warehouse, now)
            for one in suppliers
            for at in one.addresses
            if at.kind == "return"
        }
        wanted = select(RightSku.product_id, RightSku.merchant_code, Offer).join(Offer)
        self.products: dict[str, FactoryAddress] = {
            product_id or code: self.addresses[offer.supplier_id, offer.warehouse]
            for product_id, code, offer in session.execute(wanted)
        }

    def factories(self, address: ErpAddress) -> list[str]:
        """The factories whose return address it is, to the letter."""
        found = {key[0] for key, one in self.addresses.items() if _same(address, one)}
        return sorted(found)

    def is_right(self, address: ErpAddress, product: Product | None) -> bool | None:
        """Whether returns of a product go there; nothing if nobody knows its factory."""
        if product is None:
            return None
        right = self.products.get(product.id) or self.products.get(product.merchant_code or "")
        return None if right is None else _same(address, right)


def _same(one: ErpAddress, two: FactoryAddress) -> bool:
    """To the letter; blanks do not count."""
    region = [name for name in (two.province, two.city, two.district) if name]
    return (
        [name for name in one.region if name not in DIRECT] == region
        and "".join(one.detail.split()) == two.street + two.road + two.door
        and (one.receiver, one.phone) == (two.recipient, two.phone)
    )


def shown_addresses(world: World, *, foreign: bool) -> list[dict[str, Any]]:
    """Every return address, also deleted ones, oldest first, with its ties and whose it truly is.

    Those that were there from the start only if asked, or if they or their ties were changed.
    """
    ensure_erp(world)
    with world.transaction() as session:
        truth, shops = _Truth(session, world.clock.now()), shops_of_addresses(session)
        tied = _tied(session)
        known = session.scalars(select(ErpAddress).order_by(ErpAddress.id))
        return [
            _address(one, truth, tied.get(one.id, []), shops.get(one.id, []))
            for one in known
            if foreign or _touched(one, tied.get(one.id, []))
        ]


def _touched(one: ErpAddress, tied: Tied) -> bool:
    changed = one.updated_at != one.created_at or one.deleted
    return not one.seeded or changed or any(item.tied_at is not None for item, _ in tied)


def _tied(session: Session) -> dict[int, Tied]:
    wanted = (
        select(ErpItem, Product)
        .outerjoin(Product, Product.id == ErpItem.product_id)
        .where(ErpItem.address_id.is_not(None), ~ErpItem.deleted)
        .order_by(ErpItem.id)
    )
    found: dict[int, Tied] = {}
    for item, product in session.execute(wanted):
        found.setdefault(item.address_id or 0, []).append((item, product))
    return found


def _address(
    one: ErpAddress,
    truth: _Truth,
    tied: Tied,
    shops: list[dict[str, str]],
) -> dict[str, Any]:
    return {
        "address_id": str(one.id),
        **{name: getattr(one, name) for name in (*PARTS, *FLAGS)},
        "text": one.text,
        "right_for": truth.factories(one),
        "items": [
            {
                "item_id": str(item.id),
                "product_id": item.product_id or "",
                "merchant_code": (product.merchant_code or "") if product else "",
                "right": truth.is_right(one, product),
            }
            for item, product in tied
        ],
        "shops": [shop["shopId"] for shop in shops],
        "created_at": iso(one.created_at),
        "updated_at": iso(one.updated_at),
    }


def shown_items(world: World) -> list[dict[str, Any]]:
    """Products whose return address, 备注 or presence somebody may have changed."""
    ensure_erp(world)
    with world.transaction() as session:
        touched = ErpItem.address_id.is_not(None) | ErpItem.deleted | (ErpItem.remark != "")
        return [
            {
                "item_id": str(one.id),
                "product_id": one.product_id or "",
                "address_id": str(one.address_id or ""),
                "deleted": one.deleted,
                "remark": one.remark,
            }
            for one in session.scalars(select(ErpItem).where(touched).order_by(ErpItem.id))
        ]
