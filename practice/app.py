"""The practice store as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette

from practice import control, gallery
from practice.store import goods, goods_form, screens, sessions
from practice.twin import Twin


def practice_app(twin: Twin) -> Starlette:
    """All routes of the store over one world.

    Handlers touch the database on the event loop itself: the store is one thread, so that its
    writes have one order; what must not block it (a slow save, a barrier) waits asynchronously.
    """
    app = Starlette(
        routes=[
            *control.ROUTES,
            *gallery.ROUTES,
            *sessions.ROUTES,
            *goods.ROUTES,
            *goods_form.ROUTES,
            *screens.ROUTES,
        ],
    )
    app.state.twin = twin
    return app
