"""The gates before pages and XHRs of a practice site: who is not let through, and what they get."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from practice.store.codes import Refusal

Handler = Callable[[Request], Awaitable[Response]]
Gate = Callable[[Handler], Handler]


def page_gate(visitor_of: Callable[[Request], object | None], login: str) -> Gate:
    """A page without a session sends to the login page, which leads back here."""

    def gate(handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            request.state.visitor = visitor_of(request)
            if request.state.visitor:
                return await handler(request)
            target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(login + quote(target, safe=""), 302)

        return guarded

    return gate


def xhr_gate(
    barred: Callable[[Request], Refusal | None], told: Callable[[Refusal], Response]
) -> Gate:
    """An XHR that may not be answered says why."""

    def gate(handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            refusal = barred(request)
            return told(refusal) if refusal else await handler(request)

        return guarded

    return gate
