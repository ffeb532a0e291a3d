"""The HTML around the ERP's pages, their files, and its two style sheets."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from practice import libraries
from practice.control import fault_shown
from practice.erp.sessions import HOME, LOGIN_FAULT, known_visitor, page_gate, visitor_of
from practice.painting import ensure_painted
from practice.store.screens import FOR_EVER, NOT_KEPT, STATIC
from practice.twin import twin_of

PAGES = STATIC / "erp"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".jpg": "image/jpeg",
    ".woff": "font/woff",
}
EL = re.compile(r"(?<![a-z])el-")


@cache
def _frame() -> Template:
    return Template((PAGES / "page.html").read_text(encoding="utf-8"))


def version() -> str:
    """Changes with any page file, so that browsers may keep each version for ever."""
    stamps = sorted((one.name, one.stat().st_mtime_ns) for one in PAGES.iterdir())
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:10]


def _page(request: Request, script: str, title: str, facts: dict[str, Any]) -> Response:
    twin = twin_of(request)
    address = request.url.path + "?" + request.url.query
    facts |= {"faults": twin.faults.drawn_for_page(address), "luck": twin.faults.luck()}
    facts["edition"] = libraries.edition()
    html = _frame().substitute(
        title=title,
        world=request.app.state.world_id,
        build=f"5.38.{twin.build}",
        script=script,
        version=version(),
        libraries=libraries.edition(),
        # Inside a script element only "<" could end it early.
        facts=json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return Response(html, media_type="text/html", headers=NOT_KEPT)


async def login_page(request: Request) -> Response:
    """The login page, open to all; who is logged in already gets the shell instead."""
    request.state.visitor = visitor_of(request)
    if request.state.visitor:
        return await backend_page(request)
    captcha = twin_of(request).faults.fires(LOGIN_FAULT, request.url.path)
    return _page(request, "login", "登录 - 练习ERP", {"home": HOME, "captcha": captcha})


async def backend_page(request: Request) -> Response:
    """Any page behind the login: the script looks at the address."""
    who = known_visitor(request)
    facts = {"home": HOME, "login": who.login, "name": who.name, "company": who.company}
    return _page(request, "shell", "练习ERP", facts)


async def asset(request: Request) -> Response:
    """A page file of ours."""
    return _file(PAGES, request.path_params["name"])


async def library(request: Request) -> Response:
    """A file of an installed UI library."""
    package, name = request.path_params["package"], request.path_params["name"]
    known = package in {one.name for one in libraries.pinned()}
    return _file(twin_of(request).libraries / package if known else PAGES, name)


async def shell_style(request: Request) -> Response:
    """Element Plus' style sheet under the class prefix of the shell."""
    return _style(_renamed(twin_of(request).libraries / "element-plus" / "index.css"))


async def sub_app_style(request: Request) -> Response:
    """Element UI's own; its font lies beside it here, not in a folder."""
    return _style(_flat(twin_of(request).libraries / "element-ui" / "index.css"))


@cache
def _renamed(path: Path) -> str:
    return EL.sub("jx-", path.read_text(encoding="utf-8"))


@cache
def _flat(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("url(fonts/", "url(../libraries/0/element-ui/")


def _style(text: str) -> Response:
    return Response(text, headers=FOR_EVER, media_type="text/css")


def _file(folder: Path, name: str) -> Response:
    """One file straight out of a folder; nothing beside or above it."""
    path = folder / name
    if Path(name).name != name or not path.is_file():
        return PlainTextResponse("没有这个文件", 404)
    return FileResponse(path, headers=FOR_EVER, media_type=TYPES.get(path.suffix))


async def picture(request: Request) -> Response:
    """A product's picture."""
    folder, name = twin_of(request).world.pictures, request.path_params["name"]
    ensure_painted(folder, name)
    return _file(folder, name)


ROUTES = [
    *(Route(path, login_page) for path in ("/", "/login", "/sub_account/users")),
    Route("/_practice/faults/fired", fault_shown, methods=["POST"]),
    Route("/assets/{version}/{name}", asset),
    Route("/libraries/{edition}/{package}/{name}", library),
    Route("/styles/{edition}-jx.css", shell_style),
    Route("/styles/{edition}-el.css", sub_app_style),
    Route("/pictures/{name}", page_gate(picture)),
    *(
        Route(path, page_gate(backend_page))
        for path in (
            HOME,
            "/common_collect_box/{rest:path}",
            "/order/{rest:path}",
            "/auth_shop/{rest:path}",
            "/pddkj/{rest:path}",
        )
    ),
]
