"""``/_practice``: for tests and the console, never for a robot."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from practice.barriers import MAX_SECONDS, Barrier, Name
from practice.faults import NoSuchFault, Profile, known_faults
from practice.showing import shown_faults
from practice.tables import SessionRow
from practice.twin import twin_of


class BarrierAsked(BaseModel):
    """The body of a request for a barrier."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    merchant_code: str
    """Or ``*``."""
    seconds: float = Field(default=MAX_SECONDS, gt=0, le=MAX_SECONDS)
    path: str = "addWithSchema"
    """A part of the request's path, or ``*``."""


async def ping(request: Request) -> Response:
    """Which world answers here."""
    return JSONResponse({"world": twin_of(request).world.about().id})


async def put_barrier(request: Request) -> Response:
    """Stand a barrier in the way of the next request that it is for."""
    try:
        asked = BarrierAsked.model_validate_json(await request.body())
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_input=False)}, 422)
    barriers = twin_of(request).barriers
    barriers.standing.append(Barrier(**asked.model_dump()))
    return JSONResponse(_told(barriers.standing), 201)


async def see_barriers(request: Request) -> Response:
    """Which barriers stand, and which hold a request right now."""
    return JSONResponse(_told(twin_of(request).barriers.standing))


async def lift_barriers(request: Request) -> Response:
    """Let everything go on."""
    twin_of(request).barriers.lift_all()
    return JSONResponse(_told([]))


class FaultsAsked(BaseModel):
    """The body of a request for other faults."""

    model_config = ConfigDict(extra="forbid")

    profile: Profile | None = None
    rates: dict[str, float] = Field(default_factory=dict)


class FaultShown(BaseModel):
    """The body of a page's word that one of its faults shows."""

    model_config = ConfigDict(extra="forbid")

    name: str
    path: str


async def see_faults(request: Request) -> Response:
    """Profile, rates, and how often each fault has happened in this world."""
    twin = twin_of(request)
    fired = shown_faults(twin.world)
    return JSONResponse(
        {"profile": twin.faults.profile, "rates": twin.faults.rates, "fired": fired}
    )


async def set_faults(request: Request) -> Response:
    """Other faults from now on."""
    try:
        asked = FaultsAsked.model_validate_json(await request.body())
        twin_of(request).faults.set(asked.profile, asked.rates)
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_input=False)}, 422)
    except NoSuchFault as error:
        return JSONResponse({"error": str(error)}, 422)
    return await see_faults(request)


async def fault_shown(request: Request) -> Response:
    """A page shows a fault that was drawn for it."""
    try:
        shown = FaultShown.model_validate_json(await request.body())
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_input=False)}, 422)
    if shown.name not in known_faults():
        return JSONResponse({"error": f"There is no fault {shown.name}."}, 422)
    twin_of(request).faults.happened(shown.name, shown.path)
    return JSONResponse({"kept": True}, 201)


async def mail(request: Request) -> Response:
    """The codes that the platform sent by e-mail and text message, newest first."""
    letters = twin_of(request).mailbox.letters
    return JSONResponse({"mail": [asdict(one) for one in letters]})


async def put_captcha(request: Request) -> Response:
    """Every session meets a captcha, now and in the middle of what it does."""
    twin_of(request).faults.happened("captcha", request.url.path)
    return _hurdle(request, "", "captcha")


async def solve_captcha(request: Request) -> Response:
    """Take every captcha away, as a person who solved it."""
    return _hurdle(request, "captcha", "")


def _hurdle(request: Request, old: str, new: str) -> Response:
    with twin_of(request).world.transaction() as session:
        stands = SessionRow.hurdle == old
        session.execute(update(SessionRow).where(stands).values(hurdle=new))
    return JSONResponse({"captcha": new == "captcha"})


async def close(request: Request) -> Response:
    """Close the store, as Ctrl-C would."""
    twin_of(request).closing.set()
    return JSONResponse({"closing": True})


def _told(standing: list[Barrier]) -> dict[str, list[dict[str, Any]]]:
    told = ("name", "merchant_code", "seconds", "path", "reached")
    return {"barriers": [{key: getattr(one, key) for key in told} for one in standing]}


ROUTES = [
    Route("/_practice/ping", ping),
    Route("/_practice/close", close, methods=["POST"]),
    Route("/_practice/faults", see_faults, methods=["GET"]),
    Route("/_practice/faults", set_faults, methods=["POST"]),
    Route("/_practice/mail", mail),
    Route("/_practice/captcha", put_captcha, methods=["POST"]),
    Route("/_practice/captcha/solve", solve_captcha, methods=["POST"]),
    Route("/_practice/faults/fired", fault_shown, methods=["POST"]),
    Route("/_practice/barriers", put_barrier, methods=["POST"]),
    Route("/_practice/barriers", see_barriers, methods=["GET"]),
    Route("/_practice/barriers", lift_barriers, methods=["DELETE"]),
]
