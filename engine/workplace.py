"""What a worker is equipped with; the console puts it together, every session uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import NamedTuple

from domain.shop import Shop
from domain.site import SiteMap
from engine.approval import Approvals
from engine.browser import Choice
from engine.chain import Chain
from engine.clock import Clock
from engine.ledger import Ledger
from engine.robot import Robot
from engine.runs import Runs
from engine.settings import Settings
from engine.stops import Stops


class Login(NamedTuple):
    """What a person would type; only the practice store's is known to the program."""

    account: str
    password: str


@dataclass(frozen=True)
class Workplace:
    """What a worker is equipped with: put together by the console, used by every session."""

    settings: Settings
    clock: Clock
    runs: Runs
    ledger: Ledger
    approvals: Approvals
    stops: Stops
    chain: Chain
    robots: dict[str, Robot]
    browser: Callable[[], Choice]
    site_of: Callable[[Shop], SiteMap]
    """Give the map of a shop's site as it is now; starts the practice store when it is down."""
    login_of: Callable[[Shop], Login | None]
    shop_now: Callable[[Shop], Shop]
    """Give a shop as its file says by now; a run that waited may outlast a change of mind."""
    stop: Event = field(default_factory=Event)
    """Set when a person asked to stop after the item in hand, in this window."""

    def stopping(self, run_id: str) -> bool:
        """Tell whether a run must begin nothing more, whoever asked for it, wherever."""
        return self.stop.is_set() or self.stops.asked(run_id)
