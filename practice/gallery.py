"""``/_practice/gallery``: every widget of the two Ant Design versions, for testing page objects.

Its address says ``antd`` (5 or 6), ``prefix``, ``latency`` (ms an answer takes), ``motion`` (0, 1),
``only`` (one of its cards) and ``rough`` (1: slow answers at random, notices that get in the way).
Nobody needs to sign in.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import secrets
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from practice import libraries
from practice.store.screens import FOR_EVER, NOT_KEPT, STATIC, TYPES

FOLDER = STATIC / "gallery"
ANTD = {"5": "antd", "6": "antd6"}
ROUGH_MS = (100, 400)
MAX_MS = 10_000
BRANDS = [f"品牌{number}" for number in range(1, 501)]
ROWS = 137
REGIONS: dict[str, Any] = {
    "北京市": {"北京市": {"东城区": {}, "西城区": {}, "朝阳区": {}}},
    "广东省": {
        "广州市": {"天河区": {}, "越秀区": {}, "白云区": {}},
        "东莞市": {},
        "中山市": {},
    },
    "浙江省": {"杭州市": {"余杭区": {}, "临平区": {}}, "宁波市": {"海曙区": {}, "江北区": {}}},
    "重庆市": {"重庆市": {"江北区": {}, "渝中区": {}}},
}


async def page(request: Request) -> Response:
    """The gallery itself; its address is its settings."""
    asked = request.query_params
    folder = ANTD.get(asked.get("antd", "5"))
    prefix = asked.get("prefix", "ant")
    if folder is None or not re.fullmatch(r"[a-z][a-z-]*", prefix):
        return PlainTextResponse("antd=5|6, prefix=ant", 400)
    facts = {
        "build": secrets.token_hex(3)[:5],
        "prefix": prefix,
        "motion": asked.get("motion", "1") == "1",
        "rough": asked.get("rough") == "1",
        "only": asked.get("only", ""),
        "pace": {key: asked[key] for key in ("latency", "rough") if key in asked},
        "brands": BRANDS,
        "regions": REGIONS,
    }
    html = Template((FOLDER / "gallery.html").read_text(encoding="utf-8")).substitute(
        antd=folder,
        libraries=libraries.edition(),
        version=_version(),
        facts=json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return Response(html, media_type="text/html", headers=NOT_KEPT)


def _version() -> str:
    """Changes with any file the gallery loads."""
    files = sorted([*STATIC.glob("*.*"), *FOLDER.iterdir()])
    stamps = [(one.name, one.stat().st_mtime_ns) for one in files]
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:10]


async def asset(request: Request) -> Response:
    """A page file of the gallery."""
    path = FOLDER / request.path_params["name"]
    if path.name not in {one.name for one in FOLDER.iterdir()}:
        return PlainTextResponse("没有这个文件", 404)
    return FileResponse(path, headers=FOR_EVER, media_type=TYPES.get(Path(path).suffix))


async def _take_a_while(request: Request) -> None:
    asked = request.query_params
    if asked.get("rough") == "1":
        milliseconds = random.randint(*ROUGH_MS)  # noqa: S311 - no secret
    else:
        milliseconds = min(int(asked.get("latency", "0")), MAX_MS)
    await asyncio.sleep(milliseconds / 1000)


def _answer(data: Any, **more: Any) -> Response:
    return JSONResponse({"code": 0, "msg": "", "data": data, **more})


async def options(request: Request) -> Response:
    """The brands that contain some words: the first twenty, as a searched select shows them."""
    await _take_a_while(request)
    words = request.query_params.get("q", "")
    return _answer([brand for brand in BRANDS if words in brand][:20])


async def regions(request: Request) -> Response:
    """What lies below one region."""
    await _take_a_while(request)
    node: dict[str, Any] = REGIONS
    for name in request.query_params["in"].split("/"):
        node = node[name]
    return _answer([{"name": name, "leaf": not below} for name, below in node.items()])


async def rows(request: Request) -> Response:
    """One page of a table; each row names the page it was asked for with."""
    await _take_a_while(request)
    number, size = (int(request.query_params[key]) for key in ("page", "size"))
    numbers = range((number - 1) * size + 1, min(number * size, ROWS) + 1)
    found = [{"id": f"P-{n}", "name": f"商品 {n}", "price": f"{n}.00"} for n in numbers]
    return _answer(found, total=ROWS)


async def upload(request: Request) -> Response:
    """Take a file; names that begin with ``bad-`` are refused, ``once-`` at the first attempt."""
    await request.body()
    await _take_a_while(request)
    name, attempt = request.query_params["name"], request.query_params["attempt"]
    if name.startswith("bad-") or (name.startswith("once-") and attempt == "1"):
        return JSONResponse({"code": 1, "msg": "图片上传失败", "data": None})
    return _answer({"name": name})


async def save(request: Request) -> Response:
    """Say yes, after a while."""
    await _take_a_while(request)
    return _answer(None)


ROUTES = [
    Route("/_practice/gallery", page),
    Route("/_practice/gallery/options", options),
    Route("/_practice/gallery/regions", regions),
    Route("/_practice/gallery/rows", rows),
    Route("/_practice/gallery/upload", upload, methods=["POST"]),
    Route("/_practice/gallery/save", save, methods=["POST"]),
    Route("/assets/{version}/gallery/{name}", asset),
]
