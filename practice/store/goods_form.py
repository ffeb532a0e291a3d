"""The create and edit form's XHRs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice import pictures
from practice.gates import Handler
from practice.painting import ensure_painted
from practice.store import details, drafts, products, service
from practice.store import schema as schemas
from practice.store.answers import fine, number, refused
from practice.store.codes import Answer, Refusal
from practice.store.form import FreightNode, Node, ProductForm
from practice.store.sessions import Visitor, known_visitor, xhr_gate
from practice.store.writes import carry_out
from practice.tables import Picture, Product
from practice.twin import twin_of
from practice.world import World

Read = TypeVar("Read", bound=Node)
Save = Callable[[World, Session, str, ProductForm], Product]
"""World, database session, shop id, form."""


async def categories(request: Request) -> Response:
    """One column of the category picker."""
    children = twin_of(request).world.catalogue.children(number(request, "cid", 0))
    return fine([{"id": c.id, "name": c.name, "is_leaf": c.is_leaf} for c in children])


async def schema(request: Request) -> Response:
    """What the form offers for one category."""
    leaf = number(request, "category_leaf_id", 0)

    def read(world: World, session: Session, shop_id: str) -> Any:
        return schemas.schema(world, session, shop_id, leaf)

    return _answered(request, read)


async def predicted(request: Request) -> Response:
    """Categories for a title and the main pictures."""
    asked, catalogue = request.query_params, twin_of(request).world.catalogue
    return fine(schemas.predicted(catalogue, asked.get("title", ""), asked.get("pic", "")))


async def brands(request: Request) -> Response:
    """What the brand search finds."""
    words = request.query_params.get("query", "")
    return fine(schemas.brands(twin_of(request).world.catalogue, words))


async def ship_delays(request: Request) -> Response:
    """Every 发货时效 that some category of the platform has; the form's schema knows which."""
    choices = twin_of(request).world.catalogue.choices
    delays = choices["ship_delays"] | choices["longer_ship_delays"]
    return fine([{"label": name, "value": code} for name, code in delays.items()])


async def freight_templates(request: Request) -> Response:
    """The 运费模板 of the shop."""
    return _answered(request, service.freight_templates)


async def draft(request: Request) -> Response:
    """The draft that the page offers to go on with."""
    product_id = request.query_params.get("product_id", "")

    def read(world: World, session: Session, shop_id: str) -> Any:
        product = products.find(session, shop_id, product_id) if product_id else None
        return drafts.offered(world, session, shop_id, product)

    return _answered(request, read)


async def detail(request: Request) -> Response:
    """Everything the edit page shows."""
    product_id = request.query_params.get("product_id", "")

    def read(world: World, session: Session, shop_id: str) -> Any:
        products.settle_audits(world, session)
        product = products.find(session, shop_id, product_id)
        return details.detail(session, world.catalogue, product)

    return _answered(request, read)


def _answered(request: Request, read: Callable[[World, Session, str], Any]) -> Response:
    """Answer out of the database, or with the store's refusal."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    try:
        with world.transaction() as session:
            return fine(read(world, session, shop_id))
    except Refusal as refusal:
        return refused(refusal)


async def upload(request: Request) -> Response:
    """Take one picture; ``use`` names the field that asks for a shape."""
    world, use = twin_of(request).world, request.query_params.get("use", "")
    content = await request.body()
    try:
        pictures.check_shape(use, *pictures.measure(content)[1:])
        with world.transaction() as session:
            picture = pictures.keep(session, world.pictures, content)
    except Refusal as refusal:
        return refused(refusal)
    return fine({"id": picture.id, "url": picture.url})


async def make_tall(request: Request) -> Response:
    """A 3:4 picture of an uploaded one, cropped or as a whole on white."""
    world = twin_of(request).world
    asked = await request.json()
    with world.transaction() as session:
        source = session.get(Picture, str(asked.get("id", "")))
        if source is None:
            return refused(Refusal("图片不存在，请重新上传", Answer.BAD_PICTURE))
        ensure_painted(world.pictures, source.file_name)
        content = (world.pictures / source.file_name).read_bytes()
        crop = asked.get("how") == "crop"
        picture = pictures.keep(session, world.pictures, pictures.made_tall(content, crop=crop))
    return fine({"id": picture.id, "url": picture.url})


async def save_draft(request: Request) -> Response:
    """Keep a form that is not ready."""
    body = await request.body()

    def write(world: World, session: Session, shop_id: str) -> Any:
        form = _read(ProductForm, body)
        return {"draft_id": drafts.save(world, session, shop_id, form).id}

    return _answered(request, write)


async def add_freight_template(request: Request) -> Response:
    """A new 运费模板 of the shop."""
    body = await request.body()

    def write(world: World, session: Session, shop_id: str) -> Any:
        node = _read(FreightNode, body)
        return {"value": service.add_freight_template(world, session, shop_id, node).id}

    return _answered(request, write)


def _saving(save: Save) -> Handler:
    """A handler that takes a whole form."""

    async def handler(request: Request) -> Response:
        body = await request.body()
        world = twin_of(request).world
        try:
            known = _read(ProductForm, body)
        except Refusal:
            known = ProductForm()

        def act(session: Session, visitor: Visitor) -> Product:
            return save(world, session, visitor.shop_id, _read(ProductForm, body))

        return await carry_out(
            request,
            act,
            product_id=known.product_id,
            merchant_code=known.outer_product_id or None,
        )

    return handler


def _read(kind: type[Read], body: bytes) -> Read:
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise Refusal("参数错误") from None


PREFIX = "/product/tproduct"
READS = {
    f"{PREFIX}/categoryOptionsN": categories,
    f"{PREFIX}/predictCategoryN": predicted,
    f"{PREFIX}/getSchema": schema,
    f"{PREFIX}/brandList": brands,
    f"{PREFIX}/getShopShipDelayRule": ship_delays,
    f"{PREFIX}/freightTemplates": freight_templates,
    f"{PREFIX}/draft": draft,
    f"{PREFIX}/detail": detail,
}
ASIDE = {
    "/product/img/upload": upload,
    "/product/img/tall": make_tall,
    f"{PREFIX}/saveDraft": save_draft,
    f"{PREFIX}/addFreightTemplate": add_freight_template,
}
"""Writes that change no product."""
ROUTES = [
    *(Route(path, xhr_gate(handler)) for path, handler in READS.items()),
    *(Route(path, xhr_gate(handler), methods=["POST"]) for path, handler in ASIDE.items()),
    Route(f"{PREFIX}/addWithSchema", _saving(products.add), methods=["POST"]),
    Route(f"{PREFIX}/createWithSchema", _saving(products.add), methods=["POST"]),
    Route(f"{PREFIX}/editWithSchema", _saving(products.edit), methods=["POST"]),
]
