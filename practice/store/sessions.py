"""Who asks: the cookie, and the gates before pages and XHRs (facts 1.1, 2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import update
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse

from practice import gates
from practice.store.codes import Answer, Refusal
from practice.tables import Account, SessionRow, Shop
from practice.twin import twin_of
from practice.world import World

COOKIE = "sessionid"
NO_PERMISSION = "您无操作权限，请联系主账号管理员开设权限"
CAPTCHA_TITLE = "请完成下列验证后继续"
# Where a path belongs to an app that not every account may use.
APPS = {"/product/": "g", "/stock/": "g", "/api/order/": "morder", "/shopuser/": "morder"}


@dataclass(frozen=True)
class Visitor:
    """Who asks, and in which shop."""

    account: str
    mobile: str
    permissions: frozenset[str]
    shop_id: str
    shop_name: str
    hurdle: str
    """What a person must do first: ``captcha``, ``risk_notice`` or nothing."""

    def may_use(self, path: str) -> bool:
        """Whether the account has the app that a path of an XHR belongs to."""
        app = next((app for start, app in APPS.items() if path.startswith(start)), None)
        return app is None or bool(self.permissions & {"*", app})


def session_of(world: World, session: Session, request: Request) -> SessionRow | None:
    """The living login behind a request, whether or not a shop was chosen."""
    row = session.get(SessionRow, request.cookies.get(COOKIE, ""))
    return row if row and row.expires_at > world.clock.now() else None


def visitor_of(request: Request) -> Visitor | None:
    """Who is logged in with a shop open; nobody if the session ended or no shop is chosen yet."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session_of(world, session, request)
        shop = session.get(Shop, row.shop_id) if row else None
        if row is None or shop is None:
            return None
        account = session.get_one(Account, row.account)
        return Visitor(
            account=account.email,
            mobile=account.mobile,
            permissions=frozenset(account.permissions),
            shop_id=shop.id,
            shop_name=shop.name,
            hurdle=row.hurdle,
        )


def put_hurdle(request: Request, hurdle: str) -> None:
    """Stop this session until a person has done something, or let it go on."""
    mine = SessionRow.token == request.cookies.get(COOKIE, "")
    with twin_of(request).world.transaction() as session:
        session.execute(update(SessionRow).where(mine).values(hurdle=hurdle))


def known_visitor(request: Request) -> Visitor:
    """Who asks, behind a gate that let nobody else through."""
    return cast("Visitor", request.state.visitor)


def barred(request: Request) -> Refusal | None:
    """Why this visitor gets no answer; else they are the request's known visitor from now on."""
    path, visitor = request.url.path, visitor_of(request)
    request.state.visitor = visitor
    if visitor is None:
        return Refusal("未登录", Answer.NOT_LOGGED_IN)
    if visitor.hurdle == "captcha" and not path.startswith("/obj/"):
        return Refusal(CAPTCHA_TITLE, Answer.CAPTCHA)
    if not visitor.may_use(path):
        return Refusal(NO_PERMISSION, Answer.NO_PERMISSION)
    return None


def told(refusal: Refusal) -> JSONResponse:
    """A refusal as the site writes it: one of its codes is text."""
    code = str(int(refusal.code)) if refusal.code == Answer.NO_PERMISSION else refusal.code
    return JSONResponse({"code": code, "msg": refusal.msg, "data": None})


page_gate = gates.page_gate(visitor_of, "/login/common?extra=")
xhr_gate = gates.xhr_gate(barred, told)
