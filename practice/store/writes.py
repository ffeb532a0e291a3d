"""How a writing request is carried out: slowly, in one transaction, logged, held by barriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.store.codes import Answer, Refusal
from practice.store.sessions import Visitor, not_logged_in, visitor_of
from practice.tables import Product, Write
from practice.twin import twin_of

Act = Callable[[Session, Visitor], Product]


async def carry_out(
    request: Request, act: Act, *, product_id: str | None, merchant_code: str | None
) -> Response:
    """Do the change and answer; the client may be gone by then, the change stands nevertheless."""
    twin, path = twin_of(request), request.url.path
    visitor = visitor_of(request)
    entry = Write(
        at=twin.world.clock.now(),
        account=visitor.account if visitor else "",
        shop_id=visitor.shop_id if visitor else "",
        method=request.method,
        path=path,
        product_id=product_id,
        merchant_code=merchant_code,
        code=Answer.NOT_LOGGED_IN,
    )
    if not visitor:
        with twin.world.transaction() as session:
            session.add(entry)
        return not_logged_in()
    await twin.world.clock.sleep(twin.world.pace.save)
    await twin.barriers.hold("hold_before_commit", path, merchant_code)
    with twin.world.transaction() as session:
        answer = _decide(session, act, visitor, entry)
        session.add(entry)
    await twin.barriers.hold("hold_after_commit", path, merchant_code)
    return JSONResponse(answer)


def _decide(session: Session, act: Act, visitor: Visitor, entry: Write) -> dict[str, Any]:
    """The change and its log entry commit together; a refusal changes nothing."""
    try:
        with session.begin_nested():
            product = act(session, visitor)
    except Refusal as refusal:
        entry.code = refusal.code
        return {"code": refusal.code, "msg": refusal.msg, "data": None}
    entry.code, entry.product_id = Answer.OK, product.id
    entry.merchant_code = product.merchant_code
    return {"code": 0, "msg": "", "data": {"product_id": product.id}}
