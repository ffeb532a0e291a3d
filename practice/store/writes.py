"""How a writing request is carried out: slowly, in one transaction, logged, hit by faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.errand import Errand, carry_through
from practice.store.codes import Answer, Refusal
from practice.store.lag import remember_lag, row_before
from practice.store.sessions import Visitor, barred, known_visitor
from practice.tables import Product, Write
from practice.twin import twin_of


@dataclass(frozen=True)
class One:
    """One product of a write that concerns several, and what became of it."""

    product_id: str
    merchant_code: str | None
    title: str
    code: int
    before: dict[str, Any] | None
    """Its row of the list before the write."""


@dataclass(frozen=True)
class Several:
    """What a write of several products did, and what is answered."""

    ones: list[One]
    data: dict[str, Any]


Act = Callable[[Session, Visitor], Product | Several]
FORMS = {"addWithSchema": "success", "createWithSchema": "success", "editWithSchema": "audit"}
"""Writes of a whole form, and the result page that follows a good one."""


async def carry_out(
    request: Request, act: Act, *, product_id: str | None, merchant_code: str | None
) -> Response:
    """Do the change and answer; the client may be gone by then, the change stands nevertheless."""
    errand = _errand(request, product_id, merchant_code)
    refusal = barred(request)
    if errand.request.state.visitor:
        errand.entry.account = known_visitor(request).account
        errand.entry.shop_id = known_visitor(request).shop_id
    if refusal is None and errand.chance("throttled"):
        refusal = Refusal("更新商品太频繁，请稍后再试", Answer.TOO_OFTEN)
    if refusal:
        return errand.closed(refusal)
    return await carry_through(errand, partial(_decide, act, errand))


def _errand(request: Request, product_id: str | None, merchant_code: str | None) -> Errand:
    twin = twin_of(request)
    request.state.merchant_code = merchant_code  # a barrier may be for it
    entry = Write(
        at=twin.world.clock.now(),
        account="",
        shop_id="",
        method=request.method,
        path=request.url.path,
        product_id=product_id,
        merchant_code=merchant_code,
    )
    return Errand(twin, request, entry)


def _decide(act: Act, errand: Errand, session: Session) -> tuple[int, Response]:
    """Try the change; a refusal changes nothing."""
    twin, entry = errand.twin, errand.entry
    before = row_before(twin.world, session, entry.product_id)
    try:
        with session.begin_nested():
            done = act(session, known_visitor(errand.request))
    except Refusal as refusal:
        code = int(refusal.code)
        answer = {"code": code, "msg": refusal.msg, "data": None}
    else:
        if isinstance(done, Several):
            code, data = done.ones[0].code, _after_several(session, errand, done)
        else:
            entry.product_id, entry.merchant_code = done.id, done.merchant_code
            code, data = 0, _after(session, errand, done, before)
        answer = {"code": 0, "msg": "", "data": data}
    return code, JSONResponse(answer)


def _after(
    session: Session, errand: Errand, product: Product, before: dict[str, Any] | None
) -> dict[str, Any]:
    """What may happen to a write that was carried out, and what is answered to it."""
    faults = errand.twin.faults
    answer = {"product_id": product.id}
    _maybe_lag(session, errand, {product.id: before})
    following = FORMS.get(errand.entry.path.rsplit("/", 1)[-1])
    if following is None:
        return answer
    if product.skus and faults.draws("sku_saved_wrong"):
        errand.strike(session, "sku_saved_wrong")
        product.skus[-1].price += 100
    if faults.draws("form_reset"):
        errand.strike(session, "form_reset")
        following = "reset"
    return answer | {"next": following}


def _after_several(session: Session, errand: Errand, done: Several) -> dict[str, Any]:
    """The list may lag behind all of them; the log has a line for each."""
    changed = [one for one in done.ones if one.code == Answer.OK]
    _maybe_lag(session, errand, {one.product_id: one.before for one in changed})
    first, *others = done.ones
    entry = errand.entry
    entry.product_id, entry.merchant_code = first.product_id, first.merchant_code
    for one in others:
        session.add(
            Write(
                at=entry.at,
                account=entry.account,
                shop_id=entry.shop_id,
                method=entry.method,
                path=entry.path,
                product_id=one.product_id,
                merchant_code=one.merchant_code,
                code=one.code,
            )
        )
    return done.data


def _maybe_lag(session: Session, errand: Errand, before: dict[str, dict[str, Any] | None]) -> None:
    """The list may go on telling these products as they were."""
    faults, now = errand.twin.faults, errand.twin.world.clock.now()
    if not before or not faults.draws("list_lags"):
        return
    errand.strike(session, "list_lags")
    until = now + faults.seconds("list_lags", 2, 10)
    for product_id, row in before.items():
        remember_lag(session, product_id, row, now, until)
