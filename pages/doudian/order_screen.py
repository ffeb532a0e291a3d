"""What all order screens have in common: their class prefix, who must be masked on them."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.site import SiteMap
from pages.doudian.screen import BackendScreen

RECEIVER = "[class*='index_infoItem_']"
BUYER = "[class*='table_nickname_']"
REMARK = "[class*='index_remark_']"


class OrderScreen(BackendScreen):
    """A screen of 订单 inside the shell.

    Its content is one line or strip: the text of a screen is kept as evidence, and a receiver or a
    buyer must not stand in it.
    """

    def __init__(self, page: Page, site: SiteMap) -> None:
        super().__init__(page, site, site.prefixes.shell)

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Receivers with what buyers wrote below them, buyers' names, 备注, the account."""
        receivers = self.page.locator(f"div:has(> {RECEIVER})")
        return [*super().sensitive, receivers, *map(self.page.locator, (BUYER, REMARK))]
