"""What all goods screens have in common: their class prefix, their content, what to mask."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.site import SiteMap
from pages.doudian.shell import account_in


class GoodsScreen:
    """A screen of 商品 inside the shell."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.goods

    @property
    def content(self) -> Locator:
        """What stands inside the shell."""
        return self.page.locator("#app_subContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The account's phone number in the shell."""
        return account_in(self.page, self.site)
