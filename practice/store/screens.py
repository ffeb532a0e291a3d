"""The HTML around the pages' JavaScript, and the files it loads."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from practice import libraries
from practice.store.sessions import page_gate, xhr_gate
from practice.twin import Twin, twin_of

STATIC = Path(__file__).parents[1] / "static"
HOME_PAGE = "/ffa/mshop/homepage/index"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
NOT_KEPT = {"Cache-Control": "no-store"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png"}


@cache
def _frame() -> Template:
    return Template((STATIC / "page.html").read_text(encoding="utf-8"))


def version() -> str:
    """Changes with any page file, so that browsers may keep each version for ever."""
    stamps = sorted((one.name, one.stat().st_mtime_ns) for one in STATIC.iterdir())
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:10]


def _page(twin: Twin, script: str, title: str) -> Response:
    about = twin.world.about()
    facts = {
        "build": twin.build,
        "shop_name": about.shop_name,
        "shop_id": about.shop_id,
        "phone": f"{about.mobile[:3]}****{about.mobile[-4:]}",
    }
    html = _frame().substitute(
        title=title,
        world=about.id,
        script=script,
        version=version(),
        libraries=libraries.edition(),
        preloads=_preloads(),
        # Inside a script element only "<" could end it early.
        facts=json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return Response(html, media_type="text/html", headers=NOT_KEPT)


def _preloads() -> str:
    """Without these a browser would find one module only after it has read another."""
    names = sorted(one.name for one in STATIC.glob("*.js"))
    links = (f'<link rel="modulepreload" href="/assets/{version()}/{name}">' for name in names)
    return "\n  ".join(links)


async def login_page(request: Request) -> Response:
    """The login page, open to all."""
    return _page(twin_of(request), "login", "登录 - 练习店铺后台")


async def backend_page(request: Request) -> Response:
    """Any page of the backend: the script looks at the address."""
    return _page(twin_of(request), "backend", "练习店铺后台")


async def root(_request: Request) -> Response:
    """The bare address leads home."""
    return RedirectResponse(HOME_PAGE, 302)


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
    """An uploaded picture."""
    return _file(twin_of(request).world.pictures, request.path_params["name"])


ROUTES = [
    Route("/", root),
    Route("/login/common", login_page),
    Route("/ffa/{rest:path}", page_gate(backend_page)),
    Route("/assets/{version}/{name}", asset),
    Route("/libraries/{edition}/{package}/{name}", library),
    Route("/obj/material/{name}", xhr_gate(picture)),
]
