"""Who works in the ERP: login, 图形验证码, the cookie, and the gates (facts/miaoshou.md 9)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete
from starlette.requests import Request

from practice import gates
from practice.erp.answers import refused
from practice.erp.codes import ErpAnswer
from practice.erp.tables import ErpSession, ErpUser
from practice.store.codes import Answer, Refusal
from practice.twin import Twin, twin_of

# Its own name: browsers do not keep the cookies of two ports of one host apart.
COOKIE = "erp_session"
HOME = "/welcome"
FAILURES = 3
"""So many wrong passwords, and the login asks for 图形验证码."""
LOGIN_FAULT = "erp_captcha"


@dataclass(frozen=True)
class Visitor:
    """Who asks."""

    login: str
    name: str
    company: str
    may_delete: bool


@dataclass(frozen=True)
class Tried:
    """What somebody typed into the login page."""

    login: str
    password: str
    captcha: str
    captcha_key: str


def visitor_of(request: Request) -> Visitor | None:
    """Who is logged in."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session.get(ErpSession, request.cookies.get(COOKIE, ""))
        if row is None or row.expires_at <= world.clock.now():
            return None
        user = session.get_one(ErpUser, row.login)
        return Visitor(user.login, user.name, user.company, user.may_delete)


def known_visitor(request: Request) -> Visitor:
    """Who asks, behind a gate."""
    return cast("Visitor", request.state.visitor)


def barred(request: Request) -> Refusal | None:
    """Why this visitor gets no answer; else they are the request's known visitor from now on."""
    request.state.visitor = visitor_of(request)
    return None if request.state.visitor else Refusal("请先登录", Answer.NOT_LOGGED_IN)


page_gate = gates.page_gate(visitor_of, "/?redirect=")
xhr_gate = gates.xhr_gate(barred, refused)


def captcha_code(twin: Twin, key: str) -> str:
    """What the picture under this key shows."""
    digest = hashlib.sha256(f"{twin.build} {key}".encode()).digest()
    return "".join(str(one % 10) for one in digest[:4])


def log_in(twin: Twin, tried: Tried) -> str:
    """A new session's token.

    Raises:
        Refusal: wrong account or password, or 图形验证码 is asked for.
    """
    world, token = twin.world, secrets.token_hex(16)
    now = world.clock.now()
    refusal = _refused(twin, tried)
    if refusal:
        raise refusal
    with world.transaction() as session:
        session.execute(delete(ErpSession).where(ErpSession.expires_at <= now))
        ends = now + world.pace.session
        session.add(ErpSession(token=token, login=tried.login, expires_at=ends))
    return token


def _refused(twin: Twin, tried: Tried) -> Refusal | None:
    """In a transaction of its own: a wrong password is counted although it is refused."""
    with twin.world.transaction() as session:
        user = session.get(ErpUser, tried.login)
        if user is None:
            return Refusal("账号或密码错误", Answer.BAD_LOGIN)
        asked = user.failures >= FAILURES or bool(tried.captcha_key)
        if asked and tried.captcha != captcha_code(twin, tried.captcha_key):
            words = "图形验证码错误" if tried.captcha else "请输入图形验证码"
            return Refusal(words, ErpAnswer.CAPTCHA)
        if user.password != tried.password:
            user.failures += 1
            return Refusal("账号或密码错误", Answer.BAD_LOGIN)
        user.failures = 0
        return None


def log_out(request: Request) -> None:
    """End this session."""
    mine = ErpSession.token == request.cookies.get(COOKIE, "")
    with twin_of(request).world.transaction() as session:
        session.execute(delete(ErpSession).where(mine))
