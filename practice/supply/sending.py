"""A message is sent: logged as a writing request, hit by the weather, answered after a while."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from practice.errand import Errand, carry_through, errand_about
from practice.store.codes import Answer, Refusal
from practice.supply.factory import answer
from practice.supply.sessions import Visitor, visitor_of
from practice.supply.tables import Offer, Supplier, Thread, ThreadMessage
from practice.supply.threads import thread_with

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
    errand = errand_about(request, letter.supplier_id, "supply")
    errand.entry.account = visitor.email if visitor else ""
    refusal = _refused(errand, letter, visitor)
    if refusal or visitor is None:
        refusal = refusal or Refusal("请先登录", Answer.NOT_LOGGED_IN)
        errand.closed(refusal)
        return refusal
    return await carry_through(errand, partial(_keep, errand, letter, visitor))


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


def _keep(
    errand: Errand, letter: Letter, visitor: Visitor, session: Session
) -> tuple[int, Response]:
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
    return Answer.OK, RedirectResponse(f"/messages/{letter.supplier_id}", 303)
