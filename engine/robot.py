"""What a robot is to the engine, and what the engine hands to a robot."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from domain.site import SiteMap
from engine.clock import Clock
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Write


class Desk(Protocol):
    """Where a robot works on one item: the page, the site's map, and the way to write."""

    @property
    def page(self) -> Page:
        """Give the browser page."""
        ...

    @property
    def second_page(self) -> Page:
        """Give a second page, for what is looked up while the first one is at work.

        It lasts as long as all goes well, so ask anew for each write.
        """
        ...

    @property
    def site(self) -> SiteMap:
        """Give the map of the site."""
        ...

    @property
    def clock(self) -> Clock:
        """Give the clock."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """Give the zone of the shop's people, for every time that they read."""
        ...

    @property
    def dry(self) -> bool:
        """Tell whether this run only looks and plans: nothing is written, the books neither."""
        ...

    def step(self, words: str) -> None:
        """Say what is being done, for people who follow and for the event log."""
        ...

    def picture(self, screen: Screen, name: str) -> None:
        """Keep a masked picture of a screen that proves what was learnt from it."""
        ...

    def ensure(self, write: Write, *, once: bool = False) -> ItemResult:
        """Bring one fact of the site to what is wanted, never twice, proven.

        ``once`` is for a write that can't be searched for, such as a message: it is never
        repeated, not even when nothing of it is to be seen.
        """
        ...

    def made(self, verb: str, key: str) -> ItemResult | None:
        """Give what this run itself wrote and proved, as it may have before it was killed."""
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


@runtime_checkable
class Gatherer(Protocol):
    """A robot that finds its own work on the site: its run begins without an item."""

    def gather(self, page: Page, site: SiteMap) -> list[WorkItem]:
        """Look what there is to do; nothing is changed by it."""
        ...
