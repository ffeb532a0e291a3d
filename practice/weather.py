"""What goes wrong around the store: reads, uploads and sessions; writes have their own module."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice.gateway import bad_gateway
from practice.store.codes import Answer
from practice.store.sessions import COOKIE
from practice.tables import SessionRow
from practice.twin import Twin

LOG = logging.getLogger("practice")
XHRS = ("/product/", "/stock/", "/common/", "/api/", "/shopuser/")
PAGES = ("/ffa/", "/pc_seller_v2/")
UPLOADS = ("/product/img/upload", "/api/im/upload")
LISTS = (
    "/product/tproduct/list",
    "/api/order/searchlist",
    "/api/order/return_address/searchList",
    "/api/move/common_collect_box/searchList",
)


def kind_of(method: str, path: str) -> str:
    """Which faults a request may meet: page, read, upload, write, or none at all."""
    if path.startswith(PAGES):
        return "page"
    if path in UPLOADS:
        return "upload"
    if path.startswith(XHRS):
        return "read" if method == "GET" else "write"
    return ""


@dataclass
class Weather:
    """Passes requests on to the store, and lets some of them suffer."""

    app: ASGIApp
    twin: Twin
    kind_of: Callable[[str, str], str] = kind_of
    """Which faults a request may meet, by its method and path."""
    cookie: str = COOKIE
    sessions: type[Any] = SessionRow
    """Where the site keeps its logins."""
    uploads: set[str] = field(default_factory=set)
    """sha256 of every file whose first upload was seen."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["hit"] = []
        kind = self.kind_of(scope["method"], scope["path"])
        if kind:
            self._maybe_end_session(scope)
            send = self._watched(scope, send)
        await self._pass_on(kind, scope, receive, send)

    async def _pass_on(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        answer = None
        if kind == "read":
            answer = await self._read(scope)
        elif kind == "upload":
            body = await Request(scope, receive).body()
            receive = _again(body)
            answer = self._upload(scope, body)
        await (answer or self.app)(scope, receive, send)

    def _maybe_end_session(self, scope: Scope) -> None:
        token = _cookie(scope, self.cookie)
        if not token or not self.twin.faults.draws("session_expires"):
            return
        with self.twin.world.transaction() as session:
            gone = session.execute(delete(self.sessions).where(self.sessions.token == token))
            if gone.rowcount:  # type: ignore[attr-defined]
                session.add(self.twin.faults.record("session_expires", scope["path"]))
                scope["state"]["hit"].append("session_expires")

    async def _read(self, scope: Scope) -> Response | None:
        faults, sleep = self.twin.faults, self.twin.world.clock.sleep
        if self._hits("slow_read", scope):
            await sleep(faults.seconds("slow_read", 0.3, 2))
        if scope["path"] in LISTS and self._hits("stale_rows", scope):
            await sleep(faults.seconds("stale_rows", 0.5, 2))
        if self._hits("crowded", scope):
            return JSONResponse({"code": Answer.TOO_OFTEN, "msg": "商品被挤爆啦", "data": None})
        return bad_gateway() if self._hits("gateway_on_read", scope) else None

    def _upload(self, scope: Scope, body: bytes) -> Response | None:
        """The first upload of these bytes may fail; a later one is safe from this."""
        digest = hashlib.sha256(body).hexdigest()
        if digest in self.uploads:
            return None
        self.uploads.add(digest)
        if not self._hits("upload_fails_once", scope):
            return None
        return JSONResponse({"code": Answer.BAD_PICTURE, "msg": "网络异常", "data": None})

    def _hits(self, name: str, scope: Scope) -> bool:
        asked = _asked(scope)
        hit = self.twin.faults.fires(
            name, scope["path"], asked.get("id_name_code"), asked.get("product_id")
        )
        if hit:
            scope["state"]["hit"].append(name)
        return hit

    def _watched(self, scope: Scope, send: Send) -> Send:
        """Hold the answer if a barrier stands for it; tell the log what went wrong by itself."""
        path, state = scope["path"], scope["state"]

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = message["status"]
                if not state["hit"] and (status == 404 or status >= 500):
                    LOG.error("%s %s %s", status, scope["method"], path)
                code = state.get("merchant_code") or _asked(scope).get("id_name_code")
                await self.twin.barriers.hold("hold_response", path, code)
            await send(message)

        return watched


def _asked(scope: Scope) -> dict[str, str]:
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    return {name: values[-1] for name, values in asked.items()}


def _cookie(scope: Scope, name: str) -> str:
    headers = dict(scope["headers"])
    found = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(name)
    return found.value if found else ""


def _again(body: bytes) -> Receive:
    """A request's body that was read already, once more."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
