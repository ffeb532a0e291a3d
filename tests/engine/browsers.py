"""Stand-ins for what a session opens: a browser whose pages show nothing, and the site's door."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import cast

import pytest
from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from domain.shop import Identity
from tests.engine.stand_ins import OWNER, nothing


class Tab:
    """A page that shows nothing."""

    def __init__(self, context: Browser) -> None:
        self.context = context
        self.url = "https://shop.example/"
        self.closed = False
        self.crashed = False
        self.brought_to_front = 0
        self._handlers: dict[str, Callable[[object], None]] = {}

    def is_closed(self) -> bool:
        return self.closed

    def on(self, event: str, handler: Callable[[object], None]) -> None:
        self._handlers[event] = handler

    def crash(self) -> None:
        """Crash as a real page does: it answers no more, and counts as open."""
        self.crashed = True
        self._handlers["crash"](self)

    def close(self) -> None:
        self.closed = True

    def bring_to_front(self) -> None:
        self.brought_to_front += 1

    def evaluate(self, script: str) -> None:
        del script
        if self.closed or self.crashed:
            raise PlaywrightError("Page.evaluate: Target page, context or browser has been closed")

    def screenshot(self, **_how: object) -> bytes:
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8), "#8fb39a").save(buffer, "JPEG")
        return buffer.getvalue()


class NoContent:
    """A part of a page that is not there."""

    def count(self) -> int:
        return 0


@dataclass
class Door:
    """A door that stands open: signed in, in the right shop, nothing asked."""

    tab: Tab

    @property
    def page(self) -> Page:
        return cast("Page", self.tab)

    @property
    def content(self) -> Locator:
        return cast("Locator", NoContent())

    @property
    def sensitive(self) -> Sequence[Locator]:
        return ()

    def open(self) -> None:
        return

    def signed_in(self) -> bool:
        return True

    def sign_in(self, account: str, password: str) -> None:
        raise AssertionError(f"nobody asked for a login: {account}, {len(password)} characters")

    def open_shop(self, shop_name: str) -> bool:
        del shop_name
        return True

    def identity(self) -> Identity:
        return OWNER

    def person_needed(self) -> str:
        return ""


class Browser:
    """One account's browser: opened and closed where the real one is."""

    def __init__(self, at_open: Callable[[], None], at_close: Callable[[], None]) -> None:
        self.pages = [Tab(self)]
        self._at_close = at_close
        at_open()

    def new_page(self) -> Tab:
        self.pages.append(Tab(self))
        return self.pages[-1]

    def close(self) -> None:
        for page in self.pages:
            page.closed = True
        self._at_close()


def put_browser(
    patch: pytest.MonkeyPatch,
    at_open: Callable[[], None] = nothing,
    at_close: Callable[[], None] = nothing,
) -> list[Browser]:
    """Let sessions open stand-in browsers; gives the list of those that were opened."""
    opened: list[Browser] = []

    def open_profile(*_where: object, **_how: object) -> Browser:
        opened.append(Browser(at_open, at_close))
        return opened[-1]

    patch.setattr("engine.session.started_playwright", nullcontext)
    patch.setattr("engine.session.open_profile", open_profile)
    return opened


@dataclass
class Gate:
    """What the door of the site shows now; a person, or the site itself, changes it."""

    asks: str = ""
    inside: bool = True
    shows: Identity = OWNER
    own_shops: Sequence[Identity] = ()
    accepts: bool = True
    logins: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class GatedDoor(Door):
    """A door that shows what stands at the gate."""

    gate: Gate

    def signed_in(self) -> bool:
        return self.gate.inside

    def sign_in(self, account: str, password: str) -> None:
        self.gate.logins.append((account, password))
        self.gate.inside = self.gate.accepts

    def open_shop(self, shop_name: str) -> bool:
        for shop in self.gate.own_shops:
            if shop.shop_name == shop_name:
                self.gate.shows = shop
                return True
        return False

    def identity(self) -> Identity:
        return self.gate.shows

    def person_needed(self) -> str:
        return self.gate.asks
