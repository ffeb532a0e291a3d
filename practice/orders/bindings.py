"""关联设置: which supply link, supplier and factory SKU each SKU of a product comes from."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from practice.orders.bodies import Body
from practice.orders.tables import Binding
from practice.store.codes import Answer, Refusal
from practice.store.products import find
from practice.tables import Product
from practice.world import World

LONGEST = 200


class SkuBinding(Body):
    """What one SKU comes from; all empty: nothing."""

    sku_id: str
    offer: str = Field(default="", max_length=LONGEST)
    supplier: str = Field(default="", max_length=LONGEST)
    factory_sku: str = Field(default="", max_length=LONGEST)


class BindAsked(Body):
    """The body of 保存 in 关联设置; SKUs that are not named stay as they are."""

    product_id: str
    sku_list: list[SkuBinding] = Field(min_length=1)


def told(session: Session, shop_id: str, product_id: str) -> dict[str, Any]:
    """Every SKU of a product with its binding."""
    product = find(session, shop_id, product_id)
    wanted = select(Binding).where(Binding.product_id == product.id)
    known = {one.sku_id: one for one in session.scalars(wanted)}
    return {
        "product_id": product.id,
        "name": product.title,
        "merchant_code": product.merchant_code or "",
        "sku_list": [
            {"sku_id": sku.id, "sku_code": sku.code or "", "spec": sku.spec}
            | _told(known.get(sku.id))
            for sku in product.skus
        ],
    }


def _told(binding: Binding | None) -> dict[str, str]:
    names = ("offer", "supplier", "factory_sku")
    return {name: getattr(binding, name) if binding else "" for name in names}


def bind(world: World, session: Session, shop_id: str, asked: BindAsked) -> dict[str, Any]:
    """Keep what was typed; the store does not know whether it is right."""
    product = find(session, shop_id, asked.product_id)
    mine = {one.id for one in product.skus}
    for wish in asked.sku_list:
        if wish.sku_id not in mine:
            raise Refusal("找不到对应的sku", Answer.BAD_FIELD)
        if wish.factory_sku and not wish.offer:
            raise Refusal("请填写货源链接", Answer.BAD_FIELD)
        _put(world, session, product, wish)
    return {"product_id": product.id}


def _put(world: World, session: Session, product: Product, wish: SkuBinding) -> None:
    session.execute(delete(Binding).where(Binding.sku_id == wish.sku_id))
    values = {name: value.strip() for name, value in wish.model_dump().items()}
    if not any(value for name, value in values.items() if name != "sku_id"):
        return
    session.add(
        Binding(**values, product_id=product.id, shop_id=product.shop_id, at=world.clock.now())
    )
