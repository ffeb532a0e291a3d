"""What all screens behind the supply platform's login have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.errors import TransientError
from domain.site import SiteMap
from pages.supply.shell import goto, login_form

MISSING = "页面不存在"


class SupplyScreen(ABC):
    """A screen behind the login."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site

    @property
    @abstractmethod
    def anchor(self) -> Locator:
        """What proves that we are here."""

    @property
    def content(self) -> Locator:
        """What stands below the header."""
        return self.page.locator("main")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """What is said in a thread: a person may have sent a buyer's name and address there."""
        return [self.page.locator("[data-message-id] .text")]

    def _go(self, route: str) -> bool:
        """Go to a route; tell whether the platform has such a page.

        Raises:
            TransientError: the site wants a login first, or a gateway answered.
        """
        goto(self.page, self.site.url(route))
        missing = self.page.get_by_role("heading", name=self.site.label(MISSING), exact=True)
        form = login_form(self.page, self.site)
        self.anchor.or_(missing).or_(form).first.wait_for()
        if form.count():
            raise TransientError("the site wants a login")
        return not missing.count()

    def _facts(self) -> dict[str, str]:
        """Read the terms of the page's first list of facts, such as 货号 and 发货时效."""
        told: dict[str, str] = self.anchor.locator("dl").first.evaluate(
            "list => Object.fromEntries([...list.querySelectorAll('dt')].map("
            "term => [term.textContent.trim(), term.nextElementSibling.innerText.trim()]))"
        )
        return told
