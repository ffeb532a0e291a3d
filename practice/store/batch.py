"""批量上架, 批量下架 and 批量删除: one request, one answer for each product."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice.gates import Handler
from practice.store import products, recycle
from practice.store.codes import Answer, Refusal
from practice.store.lag import row_before
from practice.store.sessions import Visitor
from practice.store.writes import One, Several, carry_out
from practice.tables import Product
from practice.twin import twin_of
from practice.world import World

MOST = 100
"""Products of one batch: as many as a page shows."""
Change = Callable[[World, Session, str, str], Product]
"""World, database session, shop id, product id."""


class Batch(BaseModel):
    """The body of a batch."""

    model_config = ConfigDict(extra="forbid")

    product_ids: list[str] = Field(min_length=1, max_length=MOST)


def change_each(
    world: World, session: Session, shop_id: str, product_ids: list[str], change: Change
) -> Several:
    """Change what can be changed; each refusal is told beside its product."""
    done = [_change_one(world, session, shop_id, one, change) for one in product_ids]
    failed = [(one, refusal) for one, refusal in done if refusal]
    told = {
        "success": [one.product_id for one, refusal in done if refusal is None],
        "fail": [
            {"product_id": one.product_id, "name": one.title, "code": one.code, "msg": refusal.msg}
            for one, refusal in failed
        ],
    }
    return Several([one for one, _ in done], told)


def _change_one(
    world: World, session: Session, shop_id: str, product_id: str, change: Change
) -> tuple[One, Refusal | None]:
    before = row_before(world, session, product_id)
    title, code = (before["name"], before["merchant_code"]) if before else ("", "")
    try:
        with session.begin_nested():
            change(world, session, shop_id, product_id)
    except Refusal as refusal:
        return One(product_id, code or None, title, refusal.code, before), refusal
    return One(product_id, code or None, title, Answer.OK, before), None


def _handling(change: Change) -> Handler:
    async def handler(request: Request) -> Response:
        world, asked = twin_of(request).world, _read(await request.body())

        def act(session: Session, visitor: Visitor) -> Several:
            if asked is None:
                raise Refusal(f"请选择商品，一次最多{MOST}件")
            ids = list(dict.fromkeys(asked.product_ids))
            return change_each(world, session, visitor.shop_id, ids, change)

        return await carry_out(request, act, product_id=None, merchant_code=None)

    return handler


def _read(body: bytes) -> Batch | None:
    try:
        return Batch.model_validate_json(body)
    except ValidationError:
        return None


PREFIX = "/product/tproduct"
ROUTES = [
    Route(f"{PREFIX}/batchOnline", _handling(products.put_on_sale), methods=["POST"]),
    Route(f"{PREFIX}/batchOffline", _handling(products.take_off_sale), methods=["POST"]),
    Route(f"{PREFIX}/batchDelete", _handling(recycle.put_away), methods=["POST"]),
]
