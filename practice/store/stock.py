"""修改库存 and the prices of single SKUs, from the list (sections 1.1 and 3.3 of the facts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice.gates import Handler
from practice.store import views
from practice.store.answers import fine, refused
from practice.store.codes import Answer, Refusal
from practice.store.products import find
from practice.store.rules import MAX_PRICE, MAX_STOCK
from practice.store.sessions import Visitor, known_visitor, xhr_gate
from practice.store.writes import carry_out
from practice.tables import ChannelStock, Product, Sku, StockChange
from practice.twin import twin_of
from practice.world import World


class Asked(BaseModel):
    """A body that names a product."""

    model_config = ConfigDict(extra="forbid")

    product_id: str = ""


class SkuStock(BaseModel):
    """One SKU's new stock, or what is added to it."""

    model_config = ConfigDict(extra="forbid")

    sku_id: str
    stock_num: int


class StockAsked(Asked):
    """The body of a change of stock."""

    idempotent_id: str = Field(min_length=1)
    """The same one twice is carried out once."""
    incremental: bool = True
    """Otherwise the numbers replace the stock."""
    sku_list: list[SkuStock] = Field(min_length=1)


class SkuPrice(BaseModel):
    """One SKU's new price in 分."""

    model_config = ConfigDict(extra="forbid")

    sku_id: str
    price: int = Field(gt=0, le=MAX_PRICE)


class PriceAsked(Asked):
    """The body of a change of prices."""

    sku_list: list[SkuPrice] = Field(min_length=1)


Body = TypeVar("Body", bound=Asked)
Change = Callable[[World, Session, str, Body], Product]
"""World, database session, shop id, body."""


def change_stock(_world: World, session: Session, shop_id: str, asked: StockAsked) -> Product:
    """Add to the stock of some SKUs, or replace it; never below what channels hold."""
    product = find(session, shop_id, asked.product_id)
    if session.get(StockChange, asked.idempotent_id):
        return product  # it was carried out already
    held, skus = _occupied(session, product.id), {sku.id: sku for sku in product.skus}
    added = {}
    for one in asked.sku_list:
        sku = _its_sku(skus, one.sku_id)
        stock = one.stock_num + (sku.stock if asked.incremental else 0)
        least = sum(item["occupy_stock_num"] for item in held.get(sku.id, []))
        if not least <= stock <= MAX_STOCK:
            raise Refusal(
                f"{sku.spec}：改后现货库存不能小于占用库存" if stock < least else "现货库存不正确"
            )
        added[sku.id], sku.stock = stock - sku.stock, stock
    session.add(StockChange(key=asked.idempotent_id, product_id=product.id, added=added))
    return product


def change_prices(_world: World, session: Session, shop_id: str, asked: PriceAsked) -> Product:
    """New prices for some SKUs."""
    product = find(session, shop_id, asked.product_id)
    skus = {sku.id: sku for sku in product.skus}
    for one in asked.sku_list:
        _its_sku(skus, one.sku_id).price = one.price
    return product


def _its_sku(skus: dict[str, Sku], sku_id: str) -> Sku:
    if sku_id not in skus:
        raise Refusal("SKU不存在")
    return skus[sku_id]


def told_product(world: World, session: Session, product: Product) -> dict[str, Any]:
    """The head of the drawer."""
    (row,) = views.items(session, world.catalogue, [product])
    return {
        "product_id": product.id,
        "name": product.title,
        "img": row["img"],
        "total_stock_num": row["stock_num"],
    }


def told_skus(_world: World, session: Session, product: Product) -> dict[str, Any]:
    """Each SKU with its stock, and what channels keep of it."""
    held = _occupied(session, product.id)
    return {"sku_detail_list": [_told_sku(sku, held.get(sku.id, [])) for sku in product.skus]}


def _told_sku(sku: Sku, held: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "sku_id": sku.id,
        "sku_code": sku.code or "",
        "spec": sku.spec,
        "price": sku.price,
        "total_stock_num": sku.stock,
        "total_occupied_stock_num": sum(item["occupy_stock_num"] for item in held),
        "occupy_items": held,
    }


def _occupied(session: Session, product_id: str) -> dict[str, list[dict[str, Any]]]:
    wanted = select(ChannelStock).where(ChannelStock.product_id == product_id)
    held: dict[str, list[dict[str, Any]]] = {}
    for row in session.scalars(wanted.order_by(ChannelStock.channel_id)):
        entry = {
            "stock_occupy_type": "channel",
            "channel_id": row.channel_id,
            "occupy_stock_num": row.occupied,
        }
        held.setdefault(row.sku_id, []).append(entry)
    return held


def _reading(tell: Callable[[World, Session, Product], dict[str, Any]]) -> Handler:
    async def handler(request: Request) -> Response:
        asked, world = _body(Asked, await request.body()), twin_of(request).world
        try:
            with world.transaction() as session:
                shop_id = known_visitor(request).shop_id
                product = find(session, shop_id, asked.product_id if asked else "")
                return fine(tell(world, session, product))
        except Refusal as refusal:
            return refused(refusal)

    return handler


def _writing(shape: type[Body], change: Change[Body]) -> Handler:
    async def handler(request: Request) -> Response:
        asked, world = _body(shape, await request.body()), twin_of(request).world
        with world.transaction() as session:
            known = session.get(Product, asked.product_id) if asked else None

        def act(session: Session, visitor: Visitor) -> Product:
            if asked is None:
                raise Refusal("参数错误", Answer.BAD_FIELD)
            return change(world, session, visitor.shop_id, asked)

        return await carry_out(
            request,
            act,
            product_id=known.id if known else None,
            merchant_code=known.merchant_code if known else None,
        )

    return handler


def _body(shape: type[Body], body: bytes) -> Body | None:
    try:
        return shape.model_validate_json(body)
    except ValidationError:
        return None


ROUTES = [
    Route("/stock/manage/get_product_info", xhr_gate(_reading(told_product)), methods=["POST"]),
    Route("/stock/manage/detail", xhr_gate(_reading(told_skus)), methods=["POST"]),
    Route("/stock/manage/edit", _writing(StockAsked, change_stock), methods=["POST"]),
    Route("/product/tproduct/editPrice", _writing(PriceAsked, change_prices), methods=["POST"]),
]
