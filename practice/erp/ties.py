"""Which products and shops a return address belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from practice.erp.codes import ErpAnswer
from practice.erp.tables import ErpItem, ErpShopTie
from practice.store.codes import Refusal
from practice.tables import Shop


def shops_of_addresses(session: Session) -> dict[int, list[dict[str, str]]]:
    """Address id to its shops."""
    wanted = (
        select(ErpShopTie.address_id, Shop.id, Shop.name)
        .join(Shop, Shop.id == ErpShopTie.shop_id)
        .order_by(Shop.position)
    )
    found: dict[int, list[dict[str, str]]] = {}
    for address_id, shop_id, name in session.execute(wanted):
        found.setdefault(address_id, []).append({"shopId": shop_id, "shopName": name})
    return found


def items_of_addresses(session: Session) -> dict[int, int]:
    """Address id to how many products are tied to it."""
    tied = (ErpItem.address_id.is_not(None), ~ErpItem.deleted)
    wanted = select(ErpItem.address_id, func.count()).where(*tied).group_by(ErpItem.address_id)
    return {key: count for key, count in session.execute(wanted) if key is not None}


def tie_shops(session: Session, address_id: int, shop_ids: Sequence[str]) -> None:
    """Let an address be that of these shops and of no others."""
    known = {one.shop_id: one for one in session.scalars(select(ErpShopTie))}
    taken = [one for one in shop_ids if one in known and known[one].address_id != address_id]
    if taken:
        names = session.scalars(select(Shop.name).where(Shop.id.in_(taken)))
        words = f"以下店铺已关联其他退货地址：{'、'.join(names)}"
        raise Refusal(words, ErpAnswer.TIED_ALREADY)
    mine = ErpShopTie.address_id == address_id
    session.execute(delete(ErpShopTie).where(mine, ErpShopTie.shop_id.not_in(shop_ids)))
    there = set(session.scalars(select(Shop.id).where(Shop.id.in_(shop_ids))))
    for shop_id in there - set(known):
        session.add(ErpShopTie(shop_id=shop_id, address_id=address_id))
