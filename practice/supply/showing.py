"""What a world's database says of its supply platform: the truth for people and tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.clock import iso
from practice.supply.tables import (
    FactoryAddress,
    Offer,
    RightSku,
    Supplier,
    Thread,
    ThreadMessage,
)
from practice.supply.wording import full_text
from practice.world import World

PARTS = ("province", "city", "district", "street", "road", "door", "recipient", "phone")


def shown_suppliers(world: World) -> list[dict[str, Any]]:
    """Every factory, where its returns go now, and which SKUs of ours it makes."""
    now = world.clock.now()
    with world.transaction() as session:
        rights = _rights(session)
        found = session.scalars(select(Supplier).order_by(Supplier.position))
        return [_supplier(one, now, rights.get(one.id, [])) for one in found]


def shown_threads(world: World) -> list[dict[str, Any]]:
    """Every message, also those that a factory has yet to send."""
    now = world.clock.now()
    with world.transaction() as session:
        wanted = select(Thread, ThreadMessage).join(Thread.messages)
        rows = session.execute(wanted.order_by(ThreadMessage.at, ThreadMessage.id))
        return [_message(thread, message, now) for thread, message in rows]


def _rights(session: Session) -> dict[str, list[dict[str, Any]]]:
    rights: dict[str, list[dict[str, Any]]] = {}
    wanted = select(RightSku, Offer.supplier_id, Offer.warehouse).join(
        Offer, Offer.id == RightSku.offer_id
    )
    names = ("sku_code", "merchant_code", "product_id", "offer_id", "factory_sku")
    for right, supplier_id, warehouse in session.execute(wanted.order_by(RightSku.sku_code)):
        told = {name: getattr(right, name) for name in names} | {"warehouse": warehouse}
        rights.setdefault(supplier_id, []).append(told)
    return rights


def _supplier(supplier: Supplier, now: float, skus: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("name", "contact", "temper", "shows", "lead_hours")
    rules = ("seven_days", "freight", "damage")
    warehouses = sorted({one.warehouse for one in supplier.addresses if one.kind == "return"})
    return {
        "supplier_id": supplier.id,
        **{name: getattr(supplier, name) for name in names},
        "rules": {name: getattr(supplier, name) for name in rules},
        "returns": [
            {"warehouse": one} | _address(supplier.return_address(one, now)) for one in warehouses
        ],
        "other_addresses": [
            {"kind": one.kind} | _address(one)
            for one in supplier.addresses
            if one not in [supplier.return_address(house, now) for house in warehouses]
        ],
        "skus": skus,
    }


def _address(address: FactoryAddress) -> dict[str, Any]:
    parts = {name: getattr(address, name) for name in PARTS}
    return {"address_id": address.id, **parts, "text": full_text(address)}


def _message(thread: Thread, message: ThreadMessage, now: float) -> dict[str, Any]:
    names = ("sender", "text", "offer_id", "says", "address_id", "left_out")
    return {
        "id": message.id,
        "at": iso(message.at),
        "buyer_id": thread.buyer_id,
        "supplier_id": thread.supplier_id,
        "supplier": thread.supplier.name,
        "sent": message.at <= now,
        **{name: getattr(message, name) for name in names},
    }
