"""What all goods screens have in common: their class prefix, their fields."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from domain.site import SiteMap
from pages.doudian.screen import BackendScreen


class GoodsScreen(BackendScreen):
    """A screen of 商品 inside the shell."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        super().__init__(page, site, site.prefixes.goods)

    def field(self, label: str) -> Locator:
        """Find a field's box by its label; its hook is the label itself."""
        return self.page.locator(f'[attr-field-id="{self.site.label(label)}"]')
