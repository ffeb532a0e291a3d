"""Who buys: login, the cookie, and the gate before every page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qs, quote

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from practice.gates import Handler
from practice.supply.tables import BuyerSession
from practice.tables import Buyer
from practice.twin import twin_of

# Its own name: browsers do not keep the cookies of two ports of one host apart.
COOKIE = "supply_session"
HOME = "/offers"


@dataclass(frozen=True)
class Visitor:
    """The buyer who asks."""

    id: str
    name: str
    email: str


async def asked_for(request: Request) -> dict[str, str]:
    """The fields of a form that was sent."""
    body = (await request.body()).decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def visitor_of(request: Request) -> Visitor | None:
    """Who is logged in."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session.get(BuyerSession, request.cookies.get(COOKIE, ""))
        if row is None or row.expires_at <= world.clock.now():
            return None
        buyer = session.get_one(Buyer, row.buyer_id)
        return Visitor(buyer.id, buyer.name, buyer.email)


def known_visitor(request: Request) -> Visitor:
    """Who asks, behind the gate."""
    return cast("Visitor", request.state.visitor)


def gate(handler: Handler) -> Handler:
    """Nobody else gets in: they are sent to the login page, which leads back here."""

    async def guarded(request: Request) -> Response:
        request.state.visitor = visitor_of(request)
        return await handler(request) if request.state.visitor else to_login(request)

    return guarded


def to_login(request: Request) -> Response:
    """The way to the login page; a form that was sent is lost on it."""
    target = HOME
    if request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?done={quote(target, safe='')}", 303)


def log_in(request: Request, account: str, password: str) -> str | None:
    """A new session's token, or none for a wrong account or password."""
    world = twin_of(request).world
    now, token = world.clock.now(), secrets.token_hex(16)
    with world.transaction() as session:
        session.execute(delete(BuyerSession).where(BuyerSession.expires_at <= now))
        buyer = _buyer(session, account)
        if buyer is None or buyer.password != password:
            return None
        ends = now + world.pace.session
        session.add(BuyerSession(token=token, buyer_id=buyer.id, expires_at=ends))
    return token


def _buyer(session: Session, account: str) -> Buyer | None:
    return session.scalars(select(Buyer).where(Buyer.email == account)).first()


def log_out(request: Request) -> None:
    """End this session."""
    mine = BuyerSession.token == request.cookies.get(COOKIE, "")
    with twin_of(request).world.transaction() as session:
        session.execute(delete(BuyerSession).where(mine))


def way_back(done: str) -> str:
    """Where the login leads: a page of this site, never another one."""
    return done if done.startswith("/") and not done.startswith(("//", "/\\")) else HOME
