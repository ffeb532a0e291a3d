"""A message is sent: logged as a writing request, hit by the weather, answered after a while."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from practice.gateway import NoAnswer, bad_gateway
from practice.store.codes import Answer, Refusal
from practice.store.writes import LOSSES, Errand, lost_before, take_time
from practice.supply.factory import answer
from practice.supply.sessions import Visitor, visitor_of
from practice.supply.tables import Offer, Supplier, Thread, ThreadMessage
from practice.supply.threads import thread_with
from practice.tables import Write
from practice.twin import twin_of

MOST_SIGNS = 500


@dataclass(frozen=True)
class Letter:
    """What a buyer wants to send."""

    supplier_id: str
    text: str
    offer_id: str | None


async def send(request: Request, letter: Letter) -> Response | Refusal:
    """Keep the message and go back to the thread; the client may be gone by then."""
    visitor = visitor_of(request)
    errand = _errand(request, letter, visitor)
    refusal = _refused(errand, letter, visitor)
    if refusal or visitor is None:
        refusal = refusal or Refusal("请先登录", Answer.NOT_LOGGED_IN)
        errand.closed(refusal)
        return refusal
    draws = errand.twin.faults.draws
    errand.loss = next((name for name in LOSSES if draws(name)), "")
    await take_time(errand)
    if errand.loss == "gateway_before_commit":
        return lost_before(errand)
    return await _commit(errand, letter, visitor)


def _errand(request: Request, letter: Letter, visitor: Visitor | None) -> Errand:
    twin = twin_of(request)
    request.state.merchant_code = letter.supplier_id  # a barrier may be for it
    entry = Write(
        at=twin.world.clock.now(),
        site="supply",
        account=visitor.email if visitor else "",
        method=request.method,
        path=request.url.path,
        subject=letter.supplier_id,
    )
    return Errand(twin, request, entry)


def _refused(errand: Errand, letter: Letter, visitor: Visitor | None) -> Refusal | None:
    if visitor is None:
        return Refusal("请先登录", Answer.NOT_LOGGED_IN)
    if not letter.text.strip():
        return Refusal("请输入消息内容")
    if len(letter.text) > MOST_SIGNS:
        return Refusal(f"消息不能超过{MOST_SIGNS}字")
    if errand.chance("throttled"):
        return Refusal("消息发送太频繁，请稍后再试", Answer.TOO_OFTEN)
    return None


async def _commit(errand: Errand, letter: Letter, visitor: Visitor) -> Response:
    twin, path = errand.twin, errand.entry.path
    await twin.barriers.hold("hold_before_commit", path, letter.supplier_id)
    with twin.world.transaction() as session:
        _keep(session, errand, letter, visitor)
        if errand.loss in {"gateway_after_commit", "answer_lost"}:
            errand.strike(session, errand.loss)
        errand.close(session, Answer.OK)
    await twin.barriers.hold("hold_after_commit", path, letter.supplier_id)
    if errand.loss == "gateway_after_commit":
        return bad_gateway()
    return NoAnswer() if errand.loss else RedirectResponse(f"/messages/{letter.supplier_id}", 303)


def _keep(session: Session, errand: Errand, letter: Letter, visitor: Visitor) -> None:
    """The message, and what the factory will answer to it."""
    world, faults = errand.twin.world, errand.twin.faults
    now = world.clock.now()
    thread = thread_with(session, visitor.id, letter.supplier_id)
    if thread is None:
        supplier = session.get_one(Supplier, letter.supplier_id)
        thread = Thread(buyer_id=visitor.id, supplier_id=supplier.id, supplier=supplier)
        session.add(thread)
    message = ThreadMessage(
        sender="buyer", at=now, shown_from=now, text=letter.text, offer_id=letter.offer_id
    )
    if faults.draws("list_lags"):
        errand.strike(session, "list_lags")
        message.shown_from += faults.seconds("list_lags", 2, 10)
    offers = session.scalars(select(Offer).where(Offer.supplier_id == letter.supplier_id)).all()
    answers = answer(thread, message, offers, faults.seed, world.pace.minute)
    thread.messages += [message, *answers]
