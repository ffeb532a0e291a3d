"""What the engine needs of a page object and of a site's door; pages fit these, unaware of us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from playwright.sync_api import Locator, Page

from domain.shop import Identity


class Screen(Protocol):
    """A screen that can be pictured: what it shows, and what of it must be masked."""

    @property
    def page(self) -> Page:
        """Give the browser page."""
        ...

    @property
    def content(self) -> Locator:
        """Give the part that is this screen's own, without the shell around it."""
        ...

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Name the regions with personal data: pictures and the kept text leave them out."""
        ...


class Entrance(Screen, Protocol):
    """The door of a site: are we in, as whom, in which shop."""

    def open(self) -> None:
        """Go to the first page behind the login."""
        ...

    def signed_in(self) -> bool:
        """Tell whether the page we are on is behind the login."""
        ...

    def sign_in(self, account: str, password: str) -> None:
        """Fill the login form as a person would; whether it worked, ``signed_in`` tells."""
        ...

    def open_shop(self, shop_name: str) -> bool:
        """Choose one of the account's shops, if the site offers it; tell whether it did."""
        ...

    def identity(self) -> Identity:
        """Read whose page this is."""
        ...

    def person_needed(self) -> str:
        """Say what only a person can do on this page (captcha, risk notice), else ``""``."""
        ...
