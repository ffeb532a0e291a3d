"""How the store's XHRs answer: ``{code, msg, data}`` (section 1.1 of the facts)."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from practice.store.codes import Refusal


def fine(data: Any, **more: Any) -> JSONResponse:
    """What was asked for."""
    return JSONResponse({"code": 0, "msg": "", "data": data, **more})


def refused(refusal: Refusal) -> JSONResponse:
    """The store's no, in its own words."""
    return JSONResponse({"code": refusal.code, "msg": refusal.msg, "data": None})


def number(request: Request, name: str, otherwise: int) -> int:
    """A number of the address, or another one if there is none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else otherwise
