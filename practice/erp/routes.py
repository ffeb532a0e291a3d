"""The XHRs: POST, form-encoded (facts/miaoshou.md 11)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from practice.erp import addresses, items, regions, shops
from practice.erp.answers import Form, Shape, fine, read, refused
from practice.erp.sessions import (
    COOKIE,
    Tried,
    captcha_code,
    known_visitor,
    log_in,
    log_out,
    xhr_gate,
)
from practice.erp.writes import Change, Deed, carry_out
from practice.gates import Handler
from practice.store.codes import Answer, Refusal
from practice.supply.sessions import asked_for
from practice.twin import twin_of

ACCOUNT = "/api/auth/account"
SHOPS = "/api/auth/shop"
BOX = "/api/move/common_collect_box"
RETURNS = "/api/order/return_address"
LISTS = (f"{BOX}/searchList", f"{RETURNS}/searchList")
READS = frozenset(
    {
        *LISTS,
        f"{ACCOUNT}/getAccountInfo",
        f"{SHOPS}/getShopList",
        f"{BOX}/getTabCount",
        f"{RETURNS}/getOptions",
        f"{RETURNS}/getRegionTree",
    }
)
NOT_UNDERSTOOD = Refusal("参数错误", Answer.BAD_FIELD)


class Nothing(Form):
    """A request without fields."""


def _reading(
    shape: type[Shape], tell: Callable[[Session, Shape, Request], dict[str, Any]]
) -> Handler:
    async def handler(request: Request) -> Response:
        asked = await read(shape, request)
        if asked is None:
            return refused(NOT_UNDERSTOOD)
        with twin_of(request).world.transaction() as session:
            return fine(**tell(session, asked, request))

    return xhr_gate(handler)


def _repeats(request: Request) -> bool:
    """Whether this page of a list begins with the last row of the page before it."""
    return twin_of(request).faults.draws("rows_repeat")


def _page(
    search: Callable[[Session, Any, float, bool], tuple[list[dict[str, Any]], int]],
) -> Callable[[Session, Any, Request], dict[str, Any]]:
    def tell(session: Session, asked: Any, request: Request) -> dict[str, Any]:
        twin, repeat = twin_of(request), _repeats(request)
        rows, total = search(session, asked, twin.world.clock.now(), repeat)
        if repeat and asked.pageNo > 1:
            session.add(twin.faults.record("rows_repeat", request.url.path))
        return {"total": total, "list": rows}

    return tell


def _writing(
    shape: type[Shape],
    subject: Callable[[Shape], str],
    change: Callable[[Change, Shape], dict[str, Any]],
) -> Handler:
    async def handler(request: Request) -> Response:
        asked = await read(shape, request)

        def act(given: Change) -> dict[str, Any]:
            if asked is None:
                raise NOT_UNDERSTOOD
            return change(given, asked)

        return await carry_out(request, Deed(act, subject(asked) if asked else ""))

    return handler


async def login(request: Request) -> Response:
    """Check account and password, and set the cookie."""
    asked, twin = await asked_for(request), twin_of(request)
    names = {"login": "mobile", "password": "password"}
    names |= {"captcha": "captcha", "captcha_key": "captchaKey"}
    try:
        token = log_in(twin, Tried(**{key: asked.get(one, "") for key, one in names.items()}))
    except Refusal as refusal:
        return refused(refusal)
    answer = fine()
    seconds = int(twin.world.pace.session)
    answer.set_cookie(COOKIE, token, max_age=seconds, httponly=True, samesite="lax")
    return answer


async def logout(request: Request) -> Response:
    """End the session."""
    log_out(request)
    answer: JSONResponse = fine()
    answer.delete_cookie(COOKIE)
    return answer


async def captcha(request: Request) -> Response:
    """The picture of 图形验证码."""
    from PIL import Image, ImageDraw, ImageFont

    code = captcha_code(twin_of(request), request.query_params.get("key", ""))
    picture = Image.new("RGB", (110, 40), "#eef3fb")
    draw = ImageDraw.Draw(picture)
    for at, digit in enumerate(code):
        draw.text((12 + at * 24, 4 + at % 2 * 6), digit, "#33557f", ImageFont.load_default(26))
        draw.line((0, 8 + at * 9, 110, 34 - at * 8), "#a9bdd8")
    out = io.BytesIO()
    picture.save(out, "PNG")
    headers = {"Cache-Control": "no-store"}
    return Response(out.getvalue(), media_type="image/png", headers=headers)


def _account(_session: Session, _asked: Nothing, request: Request) -> dict[str, Any]:
    who = known_visitor(request)
    return {"account": {"login": who.login, "name": who.name, "company": who.company}}


def _now(request: Request) -> float:
    return twin_of(request).world.clock.now()


ROUTES = [
    Route(f"{ACCOUNT}/login", login, methods=["POST"]),
    Route(f"{ACCOUNT}/logout", logout, methods=["POST"]),
    Route(f"{ACCOUNT}/captcha", captcha),
    *(
        Route(path, handler, methods=["POST"])
        for path, handler in {
            f"{ACCOUNT}/getAccountInfo": _reading(Nothing, _account),
            f"{SHOPS}/getShopList": _reading(
                Nothing, lambda session, _, __: {"list": shops.list_shops(session)}
            ),
            f"{SHOPS}/relateReturnAddress": _writing(
                shops.ShopTieAsked, lambda one: one.shopId, shops.relate
            ),
            f"{RETURNS}/searchList": _reading(addresses.Wanted, _page(addresses.search)),
            f"{RETURNS}/getOptions": _reading(
                Nothing,
                lambda session, _, request: {"list": addresses.options(session, _now(request))},
            ),
            f"{RETURNS}/getRegionTree": _reading(
                Nothing, lambda _, __, ___: {"list": list(regions.tree())}
            ),
            f"{RETURNS}/save": _writing(
                addresses.AddressAsked, lambda one: str(one.id or one.phone), addresses.save
            ),
            f"{RETURNS}/delete": _writing(
                addresses.AddressNamed, lambda one: str(one.id), addresses.delete
            ),
            f"{BOX}/searchList": _reading(items.Wanted, _page(items.search)),
            f"{BOX}/getTabCount": _reading(
                items.Wanted,
                lambda session, one, _: {"counts": items.count_tabs(session, one)},
            ),
            f"{BOX}/relateReturnAddress": _writing(
                items.RelateAsked, lambda one: one.ids, items.relate
            ),
            f"{BOX}/remark": _writing(items.RemarkAsked, lambda one: str(one.id), items.remark),
            f"{BOX}/delete": _writing(items.ItemsNamed, lambda one: one.ids, items.delete),
            f"{BOX}/deleteAllBySearchCondition": _writing(
                items.Wanted, lambda _: "*", items.delete_found
            ),
        }.items()
    ),
]
