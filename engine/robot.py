"""What a robot is to the engine, and what the engine hands to a robot."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Page

from domain.site import SiteMap
from engine.clock import Clock
from engine.ensure import Write
from engine.runs import ItemResult
from engine.screen import Entrance


class Desk(Protocol):
    """Where a robot works on one item: the page, the site's map, and the way to write."""

    @property
    def page(self) -> Page:
        """Give the browser page."""
        ...

    @property
    def site(self) -> SiteMap:
        """Give the map of the site."""
        ...

    @property
    def clock(self) -> Clock:
        """Give the clock."""
        ...

    def step(self, words: str) -> None:
        """Say what is being done, for people who follow and for the event log."""
        ...

    def ensure(self, write: Write) -> ItemResult:
        """Bring one fact of the site to what is wanted, never twice, proven."""
        ...

    def refused(self, verb: str, key: str, reason: str) -> None:
        """Count a refusal that came later than the click: too many a day harm the shop."""
        ...


class Robot(Protocol):
    """One flow of the shop's day, as the engine sees it."""

    @property
    def name(self) -> str:
        """Give the name commands call it by."""
        ...

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the door of the site it works on."""
        ...

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Carry out one work item; safe to be called again for the same item."""
        ...
