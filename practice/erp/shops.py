"""店铺授权: the shops that the ERP works for, and the return address of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.erp import addresses
from practice.erp.answers import Form
from practice.erp.codes import ErpAnswer
from practice.erp.lag import Row
from practice.erp.tables import ErpShopTie
from practice.erp.writes import Change
from practice.store.codes import Refusal
from practice.tables import Shop


class ShopTieAsked(Form):
    """The body of 关联退货地址; no address takes the tie away."""

    shopId: str  # noqa: N815
    addressId: int = 0  # noqa: N815


def list_shops(session: Session) -> list[Row]:
    """Every shop, in order."""
    tied = {one.shop_id: one.address_id for one in session.scalars(select(ErpShopTie))}
    shops = session.scalars(select(Shop).order_by(Shop.position))
    return [_row(session, one, tied.get(one.id, 0)) for one in shops]


def _row(session: Session, shop: Shop, address_id: int) -> Row:
    label = ""
    if address_id:
        (row,) = addresses.row_of(session, [addresses.find(session, address_id)])
        label = addresses.label_of(row)
    return {
        "shopId": shop.id,
        "shopName": shop.name,
        "platform": "抖店",
        "status": "授权正常",
        "addressId": address_id,
        "addressLabel": label,
    }


def relate(change: Change, asked: ShopTieAsked) -> dict[str, Any]:
    """Let a shop have another return address, or none."""
    session = change.session
    if session.get(Shop, asked.shopId) is None:
        raise Refusal("店铺不存在或授权已失效", ErpAnswer.NO_SUCH_ITEM)
    tie = session.get(ErpShopTie, asked.shopId)
    if asked.addressId:
        addresses.find(session, asked.addressId)
        session.merge(ErpShopTie(shop_id=asked.shopId, address_id=asked.addressId))
    elif tie:
        session.delete(tie)
    return {}
