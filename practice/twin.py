"""What every request handler needs, hung on the application once."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from starlette.requests import Request

from practice.barriers import Barriers
from practice.faults import Faults
from practice.mailbox import Mailbox
from practice.world import World


@dataclass(frozen=True)
class Twin:
    """One running practice store."""

    world: World
    libraries: Path
    faults: Faults
    barriers: Barriers = field(default_factory=Barriers)
    mailbox: Mailbox = field(default_factory=Mailbox)
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when somebody asked the store to close."""
    build: str = field(default_factory=lambda: secrets.token_urlsafe(4)[:5].replace("-", "q"))
    """The suffix of the hashed class names; the real site's change with each build too."""


def twin_of(request: Request) -> Twin:
    """The store that got this request."""
    return cast("Twin", request.app.state.twin)
