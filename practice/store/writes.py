"""How a writing request is carried out: slowly, in one transaction, logged, hit by faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.gateway import NoAnswer, bad_gateway, cut
from practice.store.codes import Answer, Refusal
from practice.store.lag import remember_lag, row_before
from practice.store.sessions import Visitor, barred, known_visitor, told
from practice.tables import Product, Write
from practice.twin import Twin, twin_of


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
LOSSES = ("late_commit", "gateway_before_commit", "gateway_after_commit", "answer_lost")
"""At most one of these comes over a write."""
FORMS = {"addWithSchema": "success", "createWithSchema": "success", "editWithSchema": "audit"}
"""Writes of a whole form, and the result page that follows a good one."""


@dataclass
class Errand:
    """One writing request on its way."""

    twin: Twin
    request: Request
    entry: Write
    loss: str = ""

    def chance(self, name: str) -> bool:
        """Take one chance of a fault that hits this write now."""
        return self.twin.faults.draws(name) and self.hit(name)

    def hit(self, name: str) -> bool:
        """A fault hits this write; it is kept at once, for the client may be gone soon."""
        self.request.state.hit.append(name)
        entry = self.entry
        self.twin.faults.happened(name, entry.path, entry.merchant_code, entry.product_id)
        return True

    def strike(self, session: Session, name: str) -> None:
        """A fault hits this write inside its own transaction."""
        entry = self.entry
        self.request.state.hit.append(name)
        session.add(
            self.twin.faults.record(name, entry.path, entry.merchant_code, entry.product_id)
        )

    def close(self, session: Session, code: int) -> None:
        """Put the request into the log."""
        self.entry.code = code
        self.entry.seconds = round(self.twin.world.clock.now() - self.entry.at, 3)
        self.entry.fault = ",".join(self.request.state.hit)
        session.add(self.entry)

    def closed(self, refusal: Refusal) -> Response:
        """Nothing was done."""
        with self.twin.world.transaction() as session:
            self.close(session, refusal.code)
        return told(refusal)


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
    draws = errand.twin.faults.draws
    errand.loss = next((name for name in LOSSES if draws(name)), "")
    await take_time(errand)
    if errand.loss == "gateway_before_commit":
        return lost_before(errand)
    return await _commit(errand, act)


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


def errand_about(request: Request, subject: str, site: str = "store") -> Errand:
    """A request for a change that is about one thing, with its entry in the log of writes."""
    twin = twin_of(request)
    request.state.merchant_code = subject  # a barrier may be for it
    entry = Write(
        at=twin.world.clock.now(),
        site=site,
        account="",
        method=request.method,
        path=request.url.path,
        subject=subject,
    )
    return Errand(twin, request, entry)


async def take_time(errand: Errand) -> None:
    """A save takes its time; a late one goes on long after its connection broke."""
    faults, clock = errand.twin.faults, errand.twin.world.clock
    if errand.loss == "late_commit":
        errand.hit("late_commit")
        await cut(errand.request.scope)
        await clock.sleep(faults.seconds("late_commit", 5, 20))
    elif errand.chance("slow_save"):
        await clock.sleep(faults.seconds("slow_save", 2, 6))
    await clock.sleep(errand.twin.world.pace.save)


def lost_before(errand: Errand) -> Response:
    """A gateway's 502, and nothing was done."""
    errand.hit("gateway_before_commit")
    with errand.twin.world.transaction() as session:
        errand.close(session, 502)
    return bad_gateway()


async def _commit(errand: Errand, act: Act) -> Response:
    twin, entry = errand.twin, errand.entry
    await twin.barriers.hold("hold_before_commit", entry.path, entry.merchant_code)
    with twin.world.transaction() as session:
        answer = _decide(session, act, errand)
    await twin.barriers.hold("hold_after_commit", entry.path, entry.merchant_code)
    if errand.loss == "gateway_after_commit":
        return bad_gateway()
    return NoAnswer() if errand.loss else JSONResponse(answer)


def _decide(session: Session, act: Act, errand: Errand) -> dict[str, Any]:
    """The change and its log entry commit together; a refusal changes nothing."""
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
    if errand.loss in {"gateway_after_commit", "answer_lost"}:
        errand.strike(session, errand.loss)
    errand.close(session, code)
    return answer


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
