"""What stands between a client and the store: a 502 page, and connections that really break."""

from __future__ import annotations

import asyncio

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

CUT = "practice.cut"
BAD_GATEWAY = """<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
"""


def bad_gateway() -> Response:
    """The page of a gateway that got no answer from the store."""
    return HTMLResponse(BAD_GATEWAY, 502)


class CuttableProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, and each request carries the means to break its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection."""
        super().connection_made(transport)
        app = self.app

        def cut() -> None:
            # One byte that is no HTTP: after a bare close on a connection that was used before,
            # Chromium sends the request again by itself, even a POST, and one click acts twice.
            # The real site speaks HTTP/2, where it does not.
            if not transport.is_closing():
                transport.write(b"\0")
                transport.close()

        async def cuttable(scope: Scope, receive: Receive, send: Send) -> None:
            scope[CUT] = cut
            await app(scope, receive, send)

        self.app = cuttable


async def cut(scope: Scope) -> None:
    """Break the connection of this request now; whoever handles it may go on."""
    scope[CUT]()
    await asyncio.sleep(0)  # the server learns of it before anything else is sent


class NoAnswer(Response):
    """The connection breaks instead of an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Say nothing at all."""
        await cut(scope)
