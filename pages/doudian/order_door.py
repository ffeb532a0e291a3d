"""The store's door for robots that see orders: what they fail at shows no buyer."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator

from pages.doudian.shell import Shell, account_in

INSIDE = ("#app_subContainer", "[role=dialog]", "[role=tooltip]")


class OrderDoor(Shell):
    """The shell; a picture taken at the door may be of any order screen, so all of it is covered.

    What is left to see are the menu, the address of the page and the site's own messages.
    """

    @property
    def content(self) -> Locator:
        """The menu: the text of a page with orders is kept in no evidence."""
        return self.anchor

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The account and everything inside the shell; on a page without it, everything."""
        if not self.anchor.count():
            return [self.page.locator("body")]
        return [*account_in(self.page, self.site), *map(self.page.locator, INSIDE)]
