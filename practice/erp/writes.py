"""A writing request of the ERP: logged, slow, hit by the same faults as those of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from practice.erp import lag
from practice.erp.answers import failure, refused, success
from practice.erp.sessions import Visitor, barred, known_visitor
from practice.errand import Errand, carry_through, errand_about
from practice.store.codes import Answer, Refusal


@dataclass
class Change:
    """What a write is given to work with."""

    session: Session
    visitor: Visitor
    now: float
    before: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """Rows of lists that it changes, as they were; those lists may lag."""


Act = Callable[[Change], dict[str, Any]]


@dataclass(frozen=True)
class Deed:
    """What a request wants to do."""

    act: Act
    subject: str
    """What it concerns: phone of a new address, else the id of an address, item or shop."""


async def carry_out(request: Request, deed: Deed) -> Response:
    """Do it and answer; the client may be gone by then, the change stands nevertheless."""
    errand = errand_about(request, deed.subject, site="erp")
    refusal = barred(request)
    if request.state.visitor:
        errand.entry.account = known_visitor(request).login
    if refusal is None and errand.chance("throttled"):
        refusal = Refusal("操作太频繁，请稍后再试", Answer.TOO_OFTEN)
    if refusal:
        errand.closed(refusal)
        return refused(refusal)
    return await carry_through(errand, partial(_decide, errand, deed))


def _decide(errand: Errand, deed: Deed, session: Session) -> tuple[int, Response]:
    """Try the change; a refusal changes nothing."""
    change = Change(session, known_visitor(errand.request), errand.twin.world.clock.now())
    try:
        with session.begin_nested():
            told = deed.act(change)
    except Refusal as refusal:
        code, answer = int(refusal.code), failure(refusal)
    else:
        code, answer = int(Answer.OK), success(**told)
        _maybe_lag(errand, change)
    return code, JSONResponse(answer)


def _maybe_lag(errand: Errand, change: Change) -> None:
    faults = errand.twin.faults
    if change.before and faults.draws("list_lags"):
        errand.strike(change.session, "list_lags")
        until = change.now + faults.seconds("list_lags", 2, 10)
        lag.remember(change.session, change.before, change.now, until)
