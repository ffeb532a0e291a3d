"""A writing request of the orders part: logged, slow, hit by the same faults as those of goods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.errand import Errand, carry_through, errand_about
from practice.orders import views
from practice.orders.listing import remember_lag
from practice.orders.settle import settle_orders
from practice.orders.tables import Order
from practice.store.codes import Answer, Refusal
from practice.store.sessions import Visitor, barred, known_visitor

Act = Callable[[Session, Visitor, Errand], dict[str, Any]]
BUSY = Refusal("操作太频繁，请稍后再试", Answer.TOO_OFTEN)


@dataclass(frozen=True)
class Deed:
    """What a request wants to do."""

    act: Act
    subject: str
    """What it concerns: the id of an order, conversation, address or product."""
    orders: Sequence[str] = ()
    """Orders whose rows the list may go on telling as they were."""
    throttled: Refusal = BUSY


async def carry_out(request: Request, deed: Deed) -> Response:
    """Do it and answer; the client may be gone by then, the change stands nevertheless."""
    errand = errand_about(request, deed.subject)
    refusal = barred(request)
    if request.state.visitor:
        errand.entry.account = known_visitor(request).account
        errand.entry.shop_id = known_visitor(request).shop_id
    if refusal is None and errand.chance("throttled"):
        refusal = deed.throttled
    if refusal:
        return errand.closed(refusal)
    return await carry_through(errand, partial(_decide, errand, deed))


def _decide(errand: Errand, deed: Deed, session: Session) -> tuple[int, Response]:
    """Try the change; a refusal changes nothing."""
    settle_orders(errand.twin.world, session)
    before = [views.item(one) for one in _orders(session, errand, deed)]
    try:
        with session.begin_nested():
            data = deed.act(session, known_visitor(errand.request), errand)
    except Refusal as refusal:
        code = int(refusal.code)
        answer = {"code": code, "msg": refusal.msg, "data": None}
    else:
        code, answer = 0, {"code": 0, "msg": "", "data": data}
        _maybe_lag(session, errand, before)
    return code, JSONResponse(answer)


def _orders(session: Session, errand: Errand, deed: Deed) -> list[Order]:
    shop_id = known_visitor(errand.request).shop_id
    found = (session.get(Order, one) for one in deed.orders)
    return [one for one in found if one and one.shop_id == shop_id]


def _maybe_lag(session: Session, errand: Errand, before: list[dict[str, Any]]) -> None:
    faults, now = errand.twin.faults, errand.twin.world.clock.now()
    if not before or not faults.draws("list_lags"):
        return
    errand.strike(session, "list_lags")
    until = now + faults.seconds("list_lags", 2, 10)
    for row in before:
        remember_lag(session, row["shop_order_id"], row, now, until)
