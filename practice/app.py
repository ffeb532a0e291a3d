"""The practice store as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice import control, gallery
from practice.orders import control as orders_control
from practice.orders import routes as orders
from practice.store import goods, goods_form, hurdles, logins, screens
from practice.twin import Twin
from practice.weather import Weather


def practice_app(twin: Twin) -> Starlette:
    """All routes of the store over one world.

    Handlers touch the database on the event loop itself: the store is one thread, so that its
    writes have one order; what must not block it (a slow save, a barrier) waits asynchronously.
    """
    app = Starlette(
        routes=[
            *control.ROUTES,
            *orders_control.ROUTES,
            *gallery.ROUTES,
            *logins.ROUTES,
            *hurdles.ROUTES,
            *goods.ROUTES,
            *goods_form.ROUTES,
            *orders.ROUTES,
            *screens.ROUTES,
        ],
        middleware=[Middleware(Weather, twin=twin)],
    )
    app.state.twin = twin
    return app
