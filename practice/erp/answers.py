"""How the ERP's XHRs ask and answer: forms, and ``result`` in the body (facts/miaoshou.md 11)."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from practice.erp.codes import FieldRefusal
from practice.store.codes import Refusal
from practice.supply.sessions import asked_for


class Form(BaseModel):
    """The fields of a request; what is not known is refused. Lists are written with commas."""

    model_config = ConfigDict(extra="forbid")


Shape = TypeVar("Shape", bound=Form)


def listed(text: str) -> list[str]:
    """The parts of a list."""
    return [part for part in text.split(",") if part]


async def read(shape: type[Shape], request: Request) -> Shape | None:
    """What was asked, or nothing if it is not understood."""
    try:
        return shape.model_validate(await asked_for(request))
    except ValidationError:
        return None


def success(**told: Any) -> dict[str, Any]:
    """What was asked for; HTTP 200 alone says nothing."""
    return {"result": "success", **told}


def failure(refusal: Refusal) -> dict[str, Any]:
    """The ERP's no, in its own words."""
    field = {"field": refusal.field} if isinstance(refusal, FieldRefusal) else {}
    return {"result": "fail", "code": int(refusal.code), "reason": refusal.msg, **field}


def fine(**told: Any) -> JSONResponse:
    """An answer to a reading request."""
    return JSONResponse(success(**told))


def refused(refusal: Refusal) -> JSONResponse:
    """The same, if it is no."""
    return JSONResponse(failure(refusal))
