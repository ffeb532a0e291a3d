"""The HTML around the pages' JavaScript, and the files it loads."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from practice import libraries
from practice.painting import ensure_painted
from practice.store.hurdles import hurdle_now
from practice.store.sessions import Visitor, known_visitor, page_gate, session_of, xhr_gate
from practice.twin import twin_of

STATIC = Path(__file__).parents[1] / "static"
HOME_PAGE = "/ffa/mshop/homepage/index"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
LAZY = ("order_", "chat", "address_", "goods_bind")
"""How the files of pages begin that are loaded when they are first asked for."""
NOT_KEPT = {"Cache-Control": "no-store"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png"}


@cache
def _frame() -> Template:
    return Template((STATIC / "page.html").read_text(encoding="utf-8"))


def version() -> str:
    """Changes with any page file, so that browsers may keep each version for ever."""
    stamps = sorted((one.name, one.stat().st_mtime_ns) for one in STATIC.iterdir())
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:10]


def _page(request: Request, script: str, title: str, visitor: Visitor | None) -> Response:
    twin, address = twin_of(request), request.url.path + "?" + request.url.query
    facts: dict[str, Any] = {
        "build": twin.build,
        "faults": twin.faults.drawn_for_page(address),
        "renamed": twin.faults.renamed(request.url.path),
        "luck": twin.faults.luck(),
    }
    facts |= _about(request, visitor) if visitor else {"choose_shop": _lacks_shop(request)}
    html = _frame().substitute(
        title=title,
        world=twin.world.about().id,
        script=script,
        version=version(),
        libraries=libraries.edition(),
        styles=_styles(),
        preloads=_preloads(),
        # Inside a script element only "<" could end it early.
        facts=json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return Response(html, media_type="text/html", headers=NOT_KEPT)


def _about(request: Request, visitor: Visitor) -> dict[str, Any]:
    """What the page may know of its visitor."""
    name, _, domain = visitor.account.partition("@")
    return {
        "shop_name": visitor.shop_name,
        "shop_id": visitor.shop_id,
        "phone": f"{visitor.mobile[:3]}****{visitor.mobile[-4:]}",
        "mail": f"{name[:1]}***@{domain}",
        "permissions": sorted(visitor.permissions),
        "hurdle": hurdle_now(request, visitor),
    }


def _lacks_shop(request: Request) -> bool:
    """Whether somebody logged in and chose none of several shops yet."""
    world = twin_of(request).world
    with world.transaction() as session:
        row = session_of(world, session, request)
        return row is not None and not row.shop_id


def _preloads() -> str:
    """Without these a browser would find one module only after it has read another."""
    names = sorted(one.name for one in STATIC.glob("*.js") if not one.name.startswith(LAZY))
    links = (f'<link rel="modulepreload" href="/assets/{version()}/{name}">' for name in names)
    return "\n  ".join(links)


def _styles() -> str:
    names = sorted(one.name for one in STATIC.glob("*.css"))
    links = (f'<link rel="stylesheet" href="/assets/{version()}/{name}">' for name in names)
    return "\n  ".join(links)


async def login_page(request: Request) -> Response:
    """The login page, open to all."""
    return _page(request, "login", "登录 - 练习店铺后台", None)


async def backend_page(request: Request) -> Response:
    """Any page of the backend: the script looks at the address."""
    return _page(request, "backend", "练习店铺后台", known_visitor(request))


async def chat_page(request: Request) -> Response:
    """飞鸽; on the real site it has a host of its own."""
    return _page(request, "chat", "飞鸽", known_visitor(request))


async def root(_request: Request) -> Response:
    """The bare address leads home."""
    return RedirectResponse(HOME_PAGE, 302)


async def old_login(_request: Request) -> Response:
    """Where the login once was."""
    return RedirectResponse("/login/common", 302)


def _file(folder: Path, name: str) -> Response:
    """One file straight out of a folder; nothing beside or above it."""
    path = folder / name
    if Path(name).name != name or not path.is_file():
        return PlainTextResponse("没有这个文件", 404)
    return FileResponse(path, headers=FOR_EVER, media_type=TYPES.get(path.suffix))


async def asset(request: Request) -> Response:
    """A page file of ours."""
    return _file(STATIC, request.path_params["name"])


async def library(request: Request) -> Response:
    """A file of an installed UI library."""
    package, name = request.path_params["package"], request.path_params["name"]
    known = package in {one.name for one in libraries.pinned()}
    return _file(twin_of(request).libraries / package if known else STATIC, name)


async def picture(request: Request) -> Response:
    """An uploaded picture, or one of the foreign products'."""
    folder, name = twin_of(request).world.pictures, request.path_params["name"]
    ensure_painted(folder, name)
    return _file(folder, name)


ROUTES = [
    Route("/", root),
    Route("/login/common", login_page),
    *(Route(path, old_login) for path in ("/login", "/index.html")),
    Route("/ffa/{rest:path}", page_gate(backend_page)),
    Route("/pc_seller_v2/main/workspace", page_gate(chat_page)),
    Route("/assets/{version}/{name}", asset),
    Route("/libraries/{edition}/{package}/{name}", library),
    Route("/obj/material/{name}", xhr_gate(picture)),
]
