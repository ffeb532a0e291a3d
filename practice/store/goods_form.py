"""The create and edit form's XHRs."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice import pictures
from practice.store import products, views
from practice.store.answers import fine, number, refused
from practice.store.codes import Refusal
from practice.store.form import ProductForm
from practice.store.sessions import Handler, Visitor, known_visitor, xhr_gate
from practice.store.writes import carry_out
from practice.tables import Product
from practice.twin import twin_of
from practice.world import World

Save = Callable[[World, Session, str, ProductForm], Product]
"""World, database session, shop id, form."""


async def categories(request: Request) -> Response:
    """One column of the category picker."""
    children = twin_of(request).world.catalogue.children(number(request, "cid", 0))
    return fine([{"id": c.id, "name": c.name, "is_leaf": c.is_leaf} for c in children])


async def schema(request: Request) -> Response:
    """What the form offers for one category."""
    catalogue = twin_of(request).world.catalogue
    category = catalogue.categories.get(number(request, "category_leaf_id", 0))
    if category is None or not category.is_leaf:
        return refused(Refusal("请选择商品类目至最后一级"))
    options = {
        name: [{"label": text, "value": code} for text, code in entries.items()]
        for name, entries in catalogue.choices.items()
    }
    specs = list(catalogue.spec_names(category))
    return fine({"category_name": category.text, "spec_names": specs, "options": options})


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
        return refused(refusal)
    return fine({"id": picture.id, "url": picture.url})


async def detail(request: Request) -> Response:
    """Everything the edit page shows."""
    world = twin_of(request).world
    shop_id = known_visitor(request).shop_id
    try:
        with world.transaction() as session:
            products.settle_audits(world, session)
            product = products.find(session, shop_id, request.query_params.get("product_id", ""))
            return fine(views.detail(session, world.catalogue, product))
    except Refusal as refusal:
        return refused(refusal)


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


PREFIX = "/product/tproduct"
ROUTES = [
    Route(f"{PREFIX}/categoryOptionsN", xhr_gate(categories)),
    Route(f"{PREFIX}/getSchema", xhr_gate(schema)),
    Route(f"{PREFIX}/detail", xhr_gate(detail)),
    Route("/product/img/upload", xhr_gate(upload), methods=["POST"]),
    Route(f"{PREFIX}/addWithSchema", _saving(products.add), methods=["POST"]),
    Route(f"{PREFIX}/editWithSchema", _saving(products.edit), methods=["POST"]),
]
