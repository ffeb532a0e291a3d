"""Logins: the cookie, the gate before pages and XHRs, and the login XHR (facts, section 2.6)."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from sqlalchemy import delete, or_, select
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from practice.store.codes import Answer
from practice.tables import Account, SessionRow, Shop
from practice.twin import twin_of

COOKIE = "sessionid"
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Visitor:
    """Who asks, and in which shop."""

    account: str
    mobile: str
    permissions: frozenset[str]
    shop_id: str
    shop_name: str


def visitor_of(request: Request) -> Visitor | None:
    """Who is logged in with a shop open; nobody if the session ended or no shop is chosen yet."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session.get(SessionRow, request.cookies.get(COOKIE, ""))
        if row is None or row.expires_at <= world.clock.now():
            return None
        shop = session.get(Shop, row.shop_id)
        if shop is None:
            return None
        account = session.get_one(Account, row.account)
        return Visitor(
            account=account.email,
            mobile=account.mobile,
            permissions=frozenset(account.permissions),
            shop_id=shop.id,
            shop_name=shop.name,
        )


def known_visitor(request: Request) -> Visitor:
    """Who asks, behind a gate that let nobody else through."""
    return cast("Visitor", request.state.visitor)


def page_gate(handler: Handler) -> Handler:
    """A page without a session sends to the login page, which leads back here."""

    async def guarded(request: Request) -> Response:
        request.state.visitor = visitor_of(request)
        if request.state.visitor:
            return await handler(request)
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login/common?extra={quote(target, safe='')}", 302)

    return guarded


def xhr_gate(handler: Handler) -> Handler:
    """An XHR without a session answers 10008."""

    async def guarded(request: Request) -> Response:
        request.state.visitor = visitor_of(request)
        return await handler(request) if request.state.visitor else not_logged_in()

    return guarded


def not_logged_in() -> JSONResponse:
    """What every XHR says without a session."""
    return JSONResponse({"code": Answer.NOT_LOGGED_IN, "msg": "未登录", "data": None})


async def login(request: Request) -> Response:
    """Check the account and set the cookie; an account of one shop has it open at once."""
    asked = await request.json()
    world = twin_of(request).world
    now, token = world.clock.now(), secrets.token_hex(16)
    named = asked.get("account")
    with world.transaction() as session:
        session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
        known = or_(Account.email == named, Account.mobile == named)
        account = session.scalars(select(Account).where(known)).first()
        if account is None or asked.get("password") != account.password:
            return JSONResponse({"code": Answer.BAD_LOGIN, "msg": "账号或密码错误", "data": None})
        only = account.shop_ids[0] if len(account.shop_ids) == 1 else ""
        ends = now + world.pace.session
        session.add(SessionRow(token=token, account=account.email, shop_id=only, expires_at=ends))
    answer = JSONResponse({"code": 0, "msg": "", "data": {"choose_shop": not only}})
    answer.set_cookie(COOKIE, token, max_age=int(world.pace.session), httponly=True, samesite="lax")
    return answer


async def check(_request: Request) -> Response:
    """The page's own question whether its session still lives."""
    return JSONResponse({"code": 0, "msg": "", "data": {"valid": True}})


async def about_shop(request: Request) -> Response:
    """Whose backend this is."""
    visitor = known_visitor(request)
    data = {"shop_name": visitor.shop_name, "toutiao_id": visitor.shop_id}
    return JSONResponse({"code": 0, "msg": "", "data": data})


ROUTES = [
    Route("/ecomauth/loginv1/login", login, methods=["POST"]),
    Route("/ecomauth/loginv1/session_check", xhr_gate(check)),
    Route("/common/index/index", xhr_gate(about_shop)),
]
