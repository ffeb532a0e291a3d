"""The login page's XHRs: password, text message, choice of a shop (facts 2.5, 2.6)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from practice.store.codes import Answer, Refusal
from practice.store.sessions import COOKIE, known_visitor, session_of, told, xhr_gate
from practice.tables import Account, SessionRow, Shop
from practice.twin import Twin, twin_of


def fine(data: Any) -> JSONResponse:
    """What was asked for."""
    return JSONResponse({"code": 0, "msg": "", "data": data})


async def asked_for(request: Request) -> dict[str, Any]:
    """The JSON object in a request's body; nothing at all if there is none."""
    try:
        asked = json.loads(await request.body())
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


async def login(request: Request) -> Response:
    """Check password or code and set the cookie; an account of one shop has it open at once."""
    asked, twin = await asked_for(request), twin_of(request)
    world, token = twin.world, secrets.token_hex(16)
    now = world.clock.now()
    with world.transaction() as session:
        session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
        account = _account(session, asked.get("account"))
        refusal = _refused(twin, account, asked)
        if refusal or account is None:
            return told(refusal or Refusal("账号不存在", Answer.BAD_LOGIN))
        only = account.shop_ids[0] if len(account.shop_ids) == 1 else ""
        ends = now + world.pace.session
        session.add(SessionRow(token=token, account=account.email, shop_id=only, expires_at=ends))
    answer = fine({"choose_shop": not only})
    answer.set_cookie(COOKIE, token, max_age=int(world.pace.session), httponly=True, samesite="lax")
    return answer


def _account(session: Session, named: Any) -> Account | None:
    known = or_(Account.email == str(named), Account.mobile == str(named))
    return session.scalars(select(Account).where(known)).first()


def _refused(twin: Twin, account: Account | None, asked: dict[str, Any]) -> Refusal | None:
    if "code" in asked:
        now, mobile = twin.world.clock.now(), account.mobile if account else ""
        if not twin.mailbox.accepts(mobile, str(asked["code"]), now):
            return Refusal("验证码错误", Answer.BAD_LOGIN)
    elif account is None or asked.get("password") != account.password:
        return Refusal("账号或密码错误", Answer.BAD_LOGIN)
    return None


async def send_code(request: Request) -> Response:
    """Send a login code to a mobile number; an unknown one is told nothing else."""
    twin, mobile = twin_of(request), str((await asked_for(request)).get("mobile", ""))
    with twin.world.transaction() as session:
        account = _account(session, mobile)
    if account and account.mobile == mobile:
        twin.mailbox.send_sms(mobile, twin.world.clock.now())
    return fine(None)


async def shops(request: Request) -> Response:
    """The shops of the account, for the picker."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session_of(world, session, request)
        if row is None:
            return told(Refusal("未登录", Answer.NOT_LOGGED_IN))
        theirs = session.get_one(Account, row.account).shop_ids
        found = session.scalars(select(Shop).where(Shop.id.in_(theirs)).order_by(Shop.position))
        return fine([{"shop_id": one.id, "shop_name": one.name} for one in found])


async def choose(request: Request) -> Response:
    """Open one of the account's shops in this session; all its tabs are in that shop then."""
    world, wanted = twin_of(request).world, (await asked_for(request)).get("shop_id")
    with world.transaction() as session:
        row = session_of(world, session, request)
        if row is None:
            return told(Refusal("未登录", Answer.NOT_LOGGED_IN))
        if wanted not in session.get_one(Account, row.account).shop_ids:
            return told(Refusal("当前账号无该店铺权限", Answer.BAD_LOGIN))
        row.shop_id = wanted
    return fine(None)


async def check(_request: Request) -> Response:
    """The page's own question whether its session still lives."""
    return fine({"valid": True})


async def about_shop(request: Request) -> Response:
    """Whose backend this is."""
    visitor = known_visitor(request)
    return fine({"shop_name": visitor.shop_name, "toutiao_id": visitor.shop_id})


PREFIX = "/ecomauth/loginv1"
ROUTES = [
    Route(f"{PREFIX}/login", login, methods=["POST"]),
    Route(f"{PREFIX}/send_code", send_code, methods=["POST"]),
    Route(f"{PREFIX}/shops", shops),
    Route(f"{PREFIX}/choose", choose, methods=["POST"]),
    Route(f"{PREFIX}/session_check", xhr_gate(check)),
    Route("/common/index/index", xhr_gate(about_shop)),
]
