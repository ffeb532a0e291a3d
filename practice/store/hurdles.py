"""What a person must do before a session goes on: slider, code by e-mail (facts 2.6)."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice.store.codes import Answer, Refusal
from practice.store.logins import asked_for, fine
from practice.store.sessions import COOKIE, Visitor, put_hurdle, told, visitor_of
from practice.twin import twin_of

WIDTH, HEIGHT, PIECE = 340, 212, 56
TOLERANCE = 8
"""How many pixels beside the gap the piece may be let go."""


def gap(request: Request) -> int:
    """Where the gap in the slider's picture is, in px from the left."""
    digest = hashlib.sha256(request.cookies.get(COOKIE, "").encode()).digest()
    return 110 + digest[0] % (WIDTH - PIECE - 130)


async def picture(request: Request) -> Response:
    """The slider's picture with a gap in it."""
    hills = "M0 150 Q60 90 130 140 T260 120 T340 150 V212 H0 Z"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        '<rect width="100%" height="100%" fill="#cfe0ff"/><circle cx="278" cy="50" r="22" '
        f'fill="#fff3c9"/><path d="{hills}" fill="#8fb4f5"/>'
        f'<rect x="{gap(request)}" y="78" width="{PIECE}" height="{PIECE}" rx="6" '
        'fill="#252931" fill-opacity=".45" stroke="#fff" stroke-width="2"/></svg>'
    )
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


async def slide(request: Request) -> Response:
    """The piece was let go somewhere."""
    try:
        x = float((await asked_for(request)).get("x", -1))
    except (TypeError, ValueError):
        x = -1.0
    if abs(x - gap(request)) > TOLERANCE:
        return told(Refusal("验证失败，请重新尝试"))
    put_hurdle(request, "")
    return fine(None)


async def send_code(request: Request) -> Response:
    """Send the code of the risk notice to the account's e-mail address."""
    twin, visitor = twin_of(request), visitor_of(request)
    if visitor is None:
        return told(Refusal("未登录", Answer.NOT_LOGGED_IN))
    twin.mailbox.send_mail(visitor.account, twin.world.clock.now())
    return fine(None)


async def verify_code(request: Request) -> Response:
    """The code was typed in."""
    twin, visitor = twin_of(request), visitor_of(request)
    if visitor is None:
        return told(Refusal("未登录", Answer.NOT_LOGGED_IN))
    code = str((await asked_for(request)).get("code", "")).strip().upper()
    if not twin.mailbox.accepts(visitor.account, code, twin.world.clock.now()):
        return told(Refusal("验证码错误", Answer.BAD_LOGIN))
    put_hurdle(request, "")
    return fine(None)


def hurdle_now(request: Request, visitor: Visitor) -> str:
    """What stands in this page's way: what stood there before, or what is drawn for it now."""
    if visitor.hurdle:
        return visitor.hurdle
    faults = twin_of(request).faults
    drawn = faults.hurdle_for_page(request.url.path)
    if drawn:
        put_hurdle(request, drawn)
        faults.happened(drawn, request.url.path)
    return drawn


ROUTES = [
    Route("/captcha/picture", picture),
    Route("/captcha/verify", slide, methods=["POST"]),
    Route("/ecomauth/risk/send_code", send_code, methods=["POST"]),
    Route("/ecomauth/risk/verify", verify_code, methods=["POST"]),
]
