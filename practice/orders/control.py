"""``/_practice`` of the orders part: buyers that order, what carriers know of a number."""

from __future__ import annotations

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from practice.orders.bodies import Body
from practice.orders.placing import NothingToOrder, place_orders
from practice.orders.tables import Waybill
from practice.twin import twin_of


class OrdersAsked(Body):
    """The body of a request for orders."""

    count: int = Field(ge=1, le=5000)
    minutes: float = Field(default=0.0, ge=0)
    """The twin's minutes until the last one is there."""
    merchant_codes: list[str] = Field(default_factory=list)
    """Only of these products; none: of those that a robot listed."""


class WaybillKnown(Body):
    """What a carrier knows of a number from now on."""

    number: str
    recalled: bool = False
    first_seen: float | None = None
    receiver: str = ""


async def order(request: Request) -> Response:
    """Let simulated buyers order."""
    world = twin_of(request).world
    try:
        asked = OrdersAsked.model_validate_json(await request.body())
        with world.transaction() as session:
            made = place_orders(world, session, asked.count, asked.minutes, asked.merchant_codes)
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_input=False)}, 422)
    except NothingToOrder as error:
        return JSONResponse({"error": str(error)}, 422)
    return JSONResponse({"order_ids": made}, 201)


async def know_waybill(request: Request) -> Response:
    """Tell the carriers something of a number."""
    try:
        known = WaybillKnown.model_validate_json(await request.body())
    except ValidationError as error:
        return JSONResponse({"error": error.errors(include_url=False, include_input=False)}, 422)
    with twin_of(request).world.transaction() as session:
        session.merge(Waybill(**known.model_dump()))
    return JSONResponse({"number": known.number}, 201)


ROUTES = [
    Route("/_practice/orders", order, methods=["POST"]),
    Route("/_practice/waybills", know_waybill, methods=["POST"]),
]
