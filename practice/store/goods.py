"""The goods pages' XHRs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from practice import pictures
from practice.store import listing, products, views
from practice.store.codes import Refusal
from practice.store.form import ProductForm
from practice.store.sessions import Handler, Visitor, known_visitor, xhr_gate
from practice.store.writes import carry_out
from practice.tables import Product
from practice.twin import twin_of
from practice.world import World

PAGE_SIZES = (10, 20, 50, 100)
Save = Callable[[World, Session, str, ProductForm], Product]
"""World, database session, shop id, form."""
Switch = Callable[[World, Session, str, str], Product]
"""World, database session, shop id, product id."""


def _fine(data: Any, **more: Any) -> JSONResponse:
    return JSONResponse({"code": 0, "msg": "", "data": data, **more})


def _refused(refusal: Refusal) -> JSONResponse:
    return JSONResponse({"code": refusal.code, "msg": refusal.msg, "data": None})


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else otherwise


async def categories(request: Request) -> Response:
    """One column of the category picker."""
    children = twin_of(request).world.catalogue.children(_number(request, "cid", 0))
    return _fine([{"id": c.id, "name": c.name, "is_leaf": c.is_leaf} for c in children])


async def schema(request: Request) -> Response:
    """What the form offers for one category."""
    catalogue = twin_of(request).world.catalogue
    category = catalogue.categories.get(_number(request, "category_leaf_id", 0))
    if category is None or not category.is_leaf:
        return _refused(Refusal("请选择商品类目至最后一级"))
    options = {
        name: [{"label": text, "value": code} for text, code in entries.items()]
        for name, entries in catalogue.choices.items()
    }
    specs = list(catalogue.spec_names(category))
    return _fine({"category_name": category.text, "spec_names": specs, "options": options})


async def upload(request: Request) -> Response:
    """Take one picture; ``use=main`` asks for a square one."""
    world = twin_of(request).world
    content = await request.body()
    try:
        if request.query_params.get("use") == "main":
            pictures.check_main(*pictures.measure(content)[1:])
        with world.transaction() as session:
            picture = pictures.keep(session, world.pictures, content)
    except Refusal as refusal:
        return _refused(refusal)
    return _fine({"id": picture.id, "url": picture.url})


def _question(request: Request) -> listing.Question:
    """Unknown words of an address are passed over, as the real site does."""
    asked = request.query_params
    size, order = _number(request, "pageSize", 20), asked.get("order_field", "")
    return listing.Question(
        tab=asked.get("tab", "all"),
        terms=asked.get("id_name_code", ""),
        codes={name: codes for name in listing.COLUMNS if (codes := _codes(asked.get(name, "")))},
        page=_number(request, "page", 0),
        size=size if size in PAGE_SIZES else 20,
        order=order if order in listing.ORDERS else "create_time",
        descending=asked.get("sort", "desc") != "asc",
    )


def _codes(text: str) -> frozenset[int]:
    """``3,7`` as numbers."""
    return frozenset(int(one) for one in text.split(",") if one.isascii() and one.isdigit())


async def list_page(request: Request) -> Response:
    """One page of the product list."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        products.settle_audits(world, session)
        rows, total = listing.list_products(world, session, shop_id, _question(request))
        return _fine(rows, total=total)


async def counts(request: Request) -> Response:
    """The numbers on the list's tabs."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        products.settle_audits(world, session)
        return _fine(listing.count_tabs(world, session, shop_id))


async def detail(request: Request) -> Response:
    """Everything the edit page shows."""
    world = twin_of(request).world
    shop_id = known_visitor(request).shop_id
    try:
        with world.transaction() as session:
            products.settle_audits(world, session)
            product = products.find(session, shop_id, request.query_params.get("product_id", ""))
            return _fine(views.detail(session, world.catalogue, product))
    except Refusal as refusal:
        return _refused(refusal)


def _saving(save: Save) -> Handler:
    """A handler that takes a whole form."""

    async def handler(request: Request) -> Response:
        form = _read_form(await request.body())
        world = twin_of(request).world
        known = form or ProductForm()

        def act(session: Session, visitor: Visitor) -> Product:
            if form is None:
                raise Refusal("参数错误")
            return save(world, session, visitor.shop_id, form)

        return await carry_out(
            request,
            act,
            product_id=known.product_id,
            merchant_code=known.outer_product_id or None,
        )

    return handler


def _read_form(body: bytes) -> ProductForm | None:
    try:
        return ProductForm.model_validate_json(body)
    except ValidationError:
        return None


def _switching(switch: Switch) -> Handler:
    """A handler that puts one product on or off sale."""

    async def handler(request: Request) -> Response:
        product_id = _read_product_id(await request.body())
        world = twin_of(request).world
        with world.transaction() as session:
            product = session.get(Product, product_id)
        return await carry_out(
            request,
            lambda session, visitor: switch(world, session, visitor.shop_id, product_id),
            product_id=product_id,
            merchant_code=product.merchant_code if product else None,
        )

    return handler


def _read_product_id(body: bytes) -> str:
    try:
        asked = json.loads(body)
    except ValueError:
        return ""
    return str(asked.get("product_id", "")) if isinstance(asked, dict) else ""


PREFIX = "/product/tproduct"
ROUTES = [
    Route(f"{PREFIX}/categoryOptionsN", xhr_gate(categories)),
    Route(f"{PREFIX}/getSchema", xhr_gate(schema)),
    Route(f"{PREFIX}/list", xhr_gate(list_page)),
    Route(f"{PREFIX}/aggsProductCount", xhr_gate(counts)),
    Route(f"{PREFIX}/detail", xhr_gate(detail)),
    Route("/product/img/upload", xhr_gate(upload), methods=["POST"]),
    Route(f"{PREFIX}/addWithSchema", _saving(products.add), methods=["POST"]),
    Route(f"{PREFIX}/editWithSchema", _saving(products.edit), methods=["POST"]),
    Route(f"{PREFIX}/online", _switching(products.put_on_sale), methods=["POST"]),
    Route(f"{PREFIX}/offline", _switching(products.take_off_sale), methods=["POST"]),
]
