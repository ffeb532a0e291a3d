"""A writing request of the orders part: logged, slow, hit by the same faults as those of goods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.gateway import NoAnswer, bad_gateway
from practice.orders import views
from practice.orders.listing import remember_lag
from practice.orders.settle import settle_orders
from practice.orders.tables import Order
from practice.store.codes import Answer, Refusal
from practice.store.sessions import Visitor, barred, known_visitor
from practice.store.writes import LOSSES, Errand, errand_about, lost_before, take_time

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
    draws = errand.twin.faults.draws
    errand.loss = next((name for name in LOSSES if draws(name)), "")
    await take_time(errand)
    if errand.loss == "gateway_before_commit":
        return lost_before(errand)
    return await _commit(errand, deed)


async def _commit(errand: Errand, deed: Deed) -> Response:
    twin, path = errand.twin, errand.entry.path
    await twin.barriers.hold("hold_before_commit", path, deed.subject)
    with twin.world.transaction() as session:
        settle_orders(twin.world, session)
        answer = _decide(session, errand, deed)
    await twin.barriers.hold("hold_after_commit", path, deed.subject)
    if errand.loss == "gateway_after_commit":
        return bad_gateway()
    return NoAnswer() if errand.loss else JSONResponse(answer)


def _decide(session: Session, errand: Errand, deed: Deed) -> dict[str, Any]:
    """The change and its log entry commit together; a refusal changes nothing."""
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
    if errand.loss in {"gateway_after_commit", "answer_lost"}:
        errand.strike(session, errand.loss)
    errand.close(session, code)
    return answer


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
