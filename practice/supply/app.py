"""The supply platform as an ASGI application of its own, on a port of its own."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice.supply import screens
from practice.supply.sessions import COOKIE
from practice.supply.tables import BuyerSession
from practice.supply.weather import kind_of
from practice.twin import Twin
from practice.weather import Weather


def supply_app(twin: Twin) -> Starlette:
    """All routes of the supply platform over one world; see :func:`practice.app.practice_app`."""
    weather = Middleware(Weather, twin=twin, kind_of=kind_of, cookie=COOKIE, sessions=BuyerSession)
    app = Starlette(routes=screens.ROUTES, middleware=[weather])
    app.state.twin = twin
    app.state.world_id = twin.world.about().id
    return app
