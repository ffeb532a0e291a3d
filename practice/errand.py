"""A writing request on its way: slow, in one transaction, logged, hit by faults.

Store, ERP and supply platform say what a request changes; what may become of it is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from practice import barriers
from practice.gateway import NoAnswer, bad_gateway, cut
from practice.store.codes import Refusal
from practice.store.sessions import told
from practice.tables import Write
from practice.twin import Twin, twin_of

Decide = Callable[[Session], tuple[int, Response]]
"""Makes the change, or doesn't; gives the code for the log and what is answered."""
LOSSES = ("late_commit", "gateway_before_commit", "gateway_after_commit", "answer_lost")
"""At most one of these comes over a write."""


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


async def carry_through(errand: Errand, decide: Decide) -> Response:
    """Let the weather take its toll, then commit; the client may be gone by then."""
    draws = errand.twin.faults.draws
    errand.loss = next((name for name in LOSSES if draws(name)), "")
    await _take_time(errand)
    if errand.loss == "gateway_before_commit":
        return _lost_before(errand)
    return await _commit(errand, decide)


async def _commit(errand: Errand, decide: Decide) -> Response:
    """The change and its log entry commit together, between two barriers for tests that kill."""
    await _hold(errand, "hold_before_commit")
    with errand.twin.world.transaction() as session:
        code, answer = decide(session)
        if errand.loss in {"gateway_after_commit", "answer_lost"}:
            errand.strike(session, errand.loss)
        errand.close(session, code)
    await _hold(errand, "hold_after_commit")
    if errand.loss == "gateway_after_commit":
        return bad_gateway()
    return NoAnswer() if errand.loss else answer


async def _hold(errand: Errand, barrier: barriers.Name) -> None:
    entry = errand.entry
    await errand.twin.barriers.hold(barrier, entry.path, entry.merchant_code or entry.subject)


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


async def _take_time(errand: Errand) -> None:
    """A save takes its time; a late one goes on long after its connection broke."""
    faults, clock = errand.twin.faults, errand.twin.world.clock
    if errand.loss == "late_commit":
        errand.hit("late_commit")
        await cut(errand.request.scope)
        await clock.sleep(faults.seconds("late_commit", 5, 20))
    elif errand.chance("slow_save"):
        await clock.sleep(faults.seconds("slow_save", 2, 6))
    await clock.sleep(errand.twin.world.pace.save)


def _lost_before(errand: Errand) -> Response:
    """A gateway's 502, and nothing was done."""
    errand.hit("gateway_before_commit")
    with errand.twin.world.transaction() as session:
        errand.close(session, 502)
    return bad_gateway()
