"""The ERP as an ASGI application of its own, on a port of its own."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice.erp import routes, screens
from practice.erp.seeding import ensure_erp
from practice.erp.sessions import COOKIE
from practice.erp.tables import ErpSession
from practice.erp.weather import kind_of
from practice.twin import Twin
from practice.weather import Weather


def erp_app(twin: Twin) -> Starlette:
    """All routes of the ERP over one world; see :func:`practice.app.practice_app`."""
    ensure_erp(twin.world)
    weather = Middleware(Weather, twin=twin, kind_of=kind_of, cookie=COOKIE, sessions=ErpSession)
    app = Starlette(routes=[*routes.ROUTES, *screens.ROUTES], middleware=[weather])
    app.state.twin = twin
    app.state.world_id = twin.world.about().id
    return app
