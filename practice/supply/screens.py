"""The supply platform's routes: login, catalogue, offers, factories, messages."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from practice.painting import ensure_painted
from practice.store.codes import Answer, Refusal
from practice.store.screens import FOR_EVER
from practice.supply import threads, wording
from practice.supply.offers import search, stocks
from practice.supply.pages import STYLES, drawn, missing
from practice.supply.sending import Letter, send
from practice.supply.sessions import (
    COOKIE,
    HOME,
    asked_for,
    gate,
    known_visitor,
    log_in,
    log_out,
    to_login,
    visitor_of,
    way_back,
)
from practice.supply.tables import Offer, Supplier
from practice.twin import twin_of

ASK = "请咨询客服"


async def root(_request: Request) -> Response:
    """The bare address leads to the catalogue."""
    return RedirectResponse(HOME, 302)


async def login_page(request: Request) -> Response:
    """The login page, open to all."""
    done = request.query_params.get("done", "")
    return drawn(request, "login.html", "登录", done=done, account="", error="")


async def login(request: Request) -> Response:
    """Check account and password, and go where the buyer wanted to."""
    asked = await asked_for(request)
    account, done = asked.get("account", "").strip(), asked.get("done", "")
    token = log_in(request, account, asked.get("password", ""))
    if token is None:
        error = "账号或密码错误"
        return drawn(request, "login.html", "登录", done=done, account=account, error=error)
    answer = RedirectResponse(way_back(done), 303)
    seconds = int(twin_of(request).world.pace.session)
    answer.set_cookie(COOKIE, token, max_age=seconds, httponly=True, samesite="lax")
    return answer


async def logout(request: Request) -> Response:
    """End the session."""
    log_out(request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


async def catalogue(request: Request) -> Response:
    """The supply links, all or those that were searched for."""
    world = twin_of(request).world
    words, page = request.query_params.get("keywords", "").strip(), _page(request)
    with world.transaction() as session:
        found = search(session, words, page)
        totals = {one.id: stocks(one, world.clock.now())["total"] for one in found.offers}
        return drawn(request, "offers.html", "货源", words=words, found=found, totals=totals)


def _page(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


async def offer(request: Request) -> Response:
    """One supply link with its SKUs."""
    world = twin_of(request).world
    with world.transaction() as session:
        found = session.get(Offer, request.path_params["offer_id"])
        if found is None:
            return missing(request)
        left = stocks(found, world.clock.now())
        link = str(request.base_url).rstrip("/") + found.path
        return drawn(request, "offer.html", found.title, offer=found, stocks=left, link=link)


async def supplier(request: Request) -> Response:
    """A factory: what it tells of itself, and what it sells."""
    world = twin_of(request).world
    with world.transaction() as session:
        found = session.get(Supplier, request.path_params["supplier_id"])
        if found is None:
            return missing(request)
        address, rules = _address_shown(found, world.clock.now()), _rules_shown(found)
        about: dict[str, Any] = {"supplier": found, "address": address, "rules": rules}
        return drawn(request, "supplier.html", found.name, **about)


def _address_shown(found: Supplier, now: float) -> str:
    if "address" not in found.shows:
        return ASK
    return wording.address_text(found.return_address("", now), "labelled")


def _rules_shown(found: Supplier) -> str:
    return wording.rules_shown(found) if "rules" in found.shows else ASK


async def thread_list(request: Request) -> Response:
    """All threads of the buyer."""
    world = twin_of(request).world
    with world.transaction() as session:
        lines = threads.opened(session, known_visitor(request).id, world.clock.now())
        return drawn(request, "messages.html", "消息", lines=lines)


async def thread(request: Request) -> Response:
    """What the buyer and one factory wrote each other; from now on it is read."""
    request.state.merchant_code = request.path_params["supplier_id"]  # a barrier may be for it
    return _thread(request, request.query_params.get("offer"))


async def send_message(request: Request) -> Response:
    """Send one message to a factory."""
    asked, supplier_id = await asked_for(request), request.path_params["supplier_id"]
    with twin_of(request).world.transaction() as session:
        if session.get(Supplier, supplier_id) is None:
            return PlainTextResponse("没有这个供应商", 404)
        about = _offer_of(session, supplier_id, asked.get("offer"))
    text = asked.get("text", "").replace("\r\n", "\n")  # as browsers send lines
    letter = Letter(supplier_id, text, about.id if about else None)
    done = await send(request, letter)
    if isinstance(done, Response):
        return done
    if done.code == Answer.NOT_LOGGED_IN:
        return to_login(request)
    request.state.visitor = visitor_of(request)
    return _thread(request, letter.offer_id, letter.text, done)


def _thread(
    request: Request, offer_id: str | None, text: str = "", refusal: Refusal | None = None
) -> Response:
    world, visitor = twin_of(request).world, known_visitor(request)
    supplier_id, now = request.path_params["supplier_id"], world.clock.now()
    with world.transaction() as session:
        found = session.get(Supplier, supplier_id)
        if found is None:
            return missing(request)
        known = threads.thread_with(session, visitor.id, supplier_id)
        messages = threads.shown(known, now) if known else []
        if known:
            known.read_until = now
        about = _offer_of(session, supplier_id, offer_id)
        told: dict[str, Any] = {"supplier": found, "messages": messages, "about": about}
        told |= {"offers": {one.id: one for one in found.offers}}
        error = refusal.msg if refusal else ""
        return drawn(request, "thread.html", found.name, text=text, error=error, **told)


def _offer_of(session: Session, supplier_id: str, offer_id: str | None) -> Offer | None:
    """The offer that a message is about, if it is one of this factory's."""
    found = session.get(Offer, offer_id or "")
    return found if found and found.supplier_id == supplier_id else None


async def style_sheet(_request: Request) -> Response:
    """The one style sheet."""
    return FileResponse(STYLES / "supply.css", headers=FOR_EVER, media_type="text/css")


async def picture(request: Request) -> Response:
    """An offer's picture."""
    folder, name = twin_of(request).world.pictures, request.path_params["name"]
    ensure_painted(folder, name)
    path = folder / name
    if path.parent != folder or not path.is_file():
        return PlainTextResponse("没有这个文件", 404)
    return FileResponse(path, headers=FOR_EVER, media_type="image/jpeg")


ROUTES = [
    Route("/", root),
    Route("/login", login_page, methods=["GET"]),
    Route("/login", login, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
    Route("/offers", gate(catalogue)),
    Route("/offer/{offer_id}.html", gate(offer)),
    Route("/supplier/{supplier_id}.html", gate(supplier)),
    Route("/messages", gate(thread_list)),
    Route("/messages/{supplier_id}", gate(thread), methods=["GET"]),
    Route("/messages/{supplier_id}/send", send_message, methods=["POST"]),
    Route("/assets/{version}/supply.css", style_sheet),
    Route("/pictures/{name}", picture),
]
