"""The product list's XHRs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice.gates import Handler
from practice.store import batch, draft_box, export, listing, products, recycle, stock
from practice.store.answers import fine, number
from practice.store.sessions import known_visitor, xhr_gate
from practice.store.writes import carry_out
from practice.tables import Product
from practice.twin import twin_of
from practice.world import World

PAGE_SIZES = (10, 20, 50, 100)
EVERYTHING = 100_000
Switch = Callable[[World, Session, str, str], Product]
"""World, database session, shop id, product id."""


def _question(request: Request) -> listing.Question:
    """Unknown words of an address are passed over, as the real site does."""
    asked = request.query_params
    size, order = number(request, "pageSize", 20), asked.get("order_field", "")
    return listing.Question(
        tab=asked.get("tab", "all"),
        terms=asked.get("id_name_code", ""),
        codes=_filters(asked),
        page=number(request, "page", 0),
        size=size if size in PAGE_SIZES else 20,
        order=order if order in listing.ORDERS else "create_time",
        descending=asked.get("sort", "desc") != "asc",
    )


def _filters(asked: Mapping[str, str]) -> listing.Codes:
    """Filters by codes; ``is_online`` says with 1 what ``status`` says with 0."""
    found = {name: codes for name in listing.COLUMNS if (codes := _codes(asked.get(name, "")))}
    online = _codes(asked.get("is_online", ""))
    if online:
        found["status"] = frozenset(1 - one for one in online)
    return found


def _codes(text: str) -> frozenset[int]:
    """``3,7`` as numbers."""
    return frozenset(int(one) for one in text.split(",") if one.isascii() and one.isdigit())


async def list_page(request: Request) -> Response:
    """One page of the product list."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        products.settle_audits(world, session)
        rows, total = _ask(world, session, shop_id, _question(request))
        return fine(rows, total=total)


def _ask(
    world: World, session: Session, shop_id: str, question: listing.Question
) -> tuple[list[dict[str, Any]], int]:
    ask = draft_box.list_drafts if question.tab == "draft" else listing.list_products
    return ask(world, session, shop_id, question)


async def counts(request: Request) -> Response:
    """The numbers on the list's tabs."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        products.settle_audits(world, session)
        numbers = listing.count_tabs(world, session, shop_id)
        return fine(numbers | {"draft": draft_box.count_drafts(session, shop_id)})


async def download(request: Request) -> Response:
    """导出查询商品: every product of the question as a workbook."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        products.settle_audits(world, session)
        whole = replace(_question(request), page=0, size=EVERYTHING)
        rows, _ = _ask(world, session, shop_id, whole)
    name = "商品列表" + time.strftime("%Y%m%d%H%M%S", time.localtime(world.clock.now()))
    disposition = f"attachment; filename=products.xlsx; filename*=UTF-8''{quote(name)}.xlsx"
    return Response(
        # Beside the loop: others must not wait for thousands of cells.
        await run_in_threadpool(export.workbook, rows),
        media_type=export.XLSX,
        headers={"Content-Disposition": disposition},
    )


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
    *batch.ROUTES,
    *draft_box.ROUTES,
    *stock.ROUTES,
    Route(f"{PREFIX}/list", xhr_gate(list_page)),
    Route(f"{PREFIX}/aggsProductCount", xhr_gate(counts)),
    Route(f"{PREFIX}/online", _switching(products.put_on_sale), methods=["POST"]),
    Route(f"{PREFIX}/offline", _switching(products.take_off_sale), methods=["POST"]),
    Route(f"{PREFIX}/delete", _switching(recycle.put_away), methods=["POST"]),
    Route(f"{PREFIX}/recover", _switching(recycle.bring_back), methods=["POST"]),
    Route(f"{PREFIX}/deleteForever", _switching(recycle.delete_forever), methods=["POST"]),
    Route(f"{PREFIX}/export", xhr_gate(download)),
]
