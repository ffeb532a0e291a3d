"""Logins: the cookie, the gate before pages and XHRs, and the login XHR (facts, section 2.6)."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from practice.store.codes import Answer
from practice.tables import SessionRow
from practice.twin import twin_of

COOKIE = "sessionid"
Handler = Callable[[Request], Awaitable[Response]]


def account_of(request: Request) -> str | None:
    """The account this request is logged in as."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session.get(SessionRow, request.cookies.get(COOKIE, ""))
        return row.account if row and row.expires_at > world.clock.now() else None


def page_gate(handler: Handler) -> Handler:
    """A page without a session sends to the login page, which leads back here."""

    async def guarded(request: Request) -> Response:
        if account_of(request):
            return await handler(request)
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login/common?extra={quote(target, safe='')}", 302)

    return guarded


def xhr_gate(handler: Handler) -> Handler:
    """An XHR without a session answers 10008."""

    async def guarded(request: Request) -> Response:
        return await handler(request) if account_of(request) else not_logged_in()

    return guarded


def not_logged_in() -> JSONResponse:
    """What every XHR says without a session."""
    return JSONResponse({"code": Answer.NOT_LOGGED_IN, "msg": "未登录", "data": None})


async def login(request: Request) -> Response:
    """Check the account and set the cookie."""
    asked = await request.json()
    world = twin_of(request).world
    about = world.about()
    known = asked.get("account") in (about.email, about.mobile)
    if not known or asked.get("password") != about.password:
        return JSONResponse({"code": Answer.BAD_LOGIN, "msg": "账号或密码错误", "data": None})
    now, token = world.clock.now(), secrets.token_hex(16)
    with world.transaction() as session:
        session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
        session.add(
            SessionRow(token=token, account=about.email, expires_at=now + world.pace.session)
        )
    answer = JSONResponse({"code": 0, "msg": "", "data": {"shop_name": about.shop_name}})
    answer.set_cookie(COOKIE, token, max_age=int(world.pace.session), httponly=True, samesite="lax")
    return answer


async def check(_request: Request) -> Response:
    """The page's own question whether its session still lives."""
    return JSONResponse({"code": 0, "msg": "", "data": {"valid": True}})


async def about_shop(request: Request) -> Response:
    """Whose backend this is."""
    about = twin_of(request).world.about()
    data = {"shop_name": about.shop_name, "toutiao_id": about.shop_id}
    return JSONResponse({"code": 0, "msg": "", "data": data})


ROUTES = [
    Route("/ecomauth/loginv1/login", login, methods=["POST"]),
    Route("/ecomauth/loginv1/session_check", xhr_gate(check)),
    Route("/common/index/index", xhr_gate(about_shop)),
]
