"""The supply platform's HTML: plain pages, drawn on the server."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from practice.store.screens import NOT_KEPT, STATIC
from practice.supply import offers, wording
from practice.supply.sessions import Visitor

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
STYLES = STATIC / "supply"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to load

    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"yuan": offers.yuan, "lead": wording.lead_time, "moment": _moment}
    made.globals |= {"priced": offers.priced}
    return made


def drawn(request: Request, template: str, title: str, status: int = 200, **told: Any) -> Response:
    """One page."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    html = (
        _environment()
        .get_template(template)
        .render(
            title=title,
            world=request.app.state.world_id,
            version=_version(),
            visitor=visitor,
            **told,
        )
    )
    return HTMLResponse(html, status, headers=NOT_KEPT)


def missing(request: Request) -> Response:
    """There is nothing at this address."""
    return drawn(request, "missing.html", "页面不存在", 404)


def _version() -> str:
    """Changes with the style sheet, so that browsers may keep each version for ever."""
    return str((STYLES / "supply.css").stat().st_mtime_ns)


def _moment(seconds: float) -> str:
    """As the platform writes a time: China's."""
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(seconds, ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S")
