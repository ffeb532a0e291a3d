"""What all goods screens have in common: their class prefix, their content, what to mask."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.errors import TransientError
from domain.site import SiteMap
from pages.doudian.shell import account_in, login_button
from pages.widgets.antd import appear


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

    def field(self, label: str) -> Locator:
        """Find a field's box by its label; its hook is the label itself."""
        return self.page.locator(f'[attr-field-id="{self.site.label(label)}"]')

    def _go(self, route: str, *arrived: Locator) -> None:
        """Go to a route and wait until one of these shows.

        Raises:
            TransientError: the site wants a login first.
        """
        self.page.goto(self.site.url(route), wait_until="domcontentloaded")
        signed_out = login_button(self.page)
        mark = signed_out
        for one in arrived:
            mark = mark.or_(one)
        appear(mark)
        if signed_out.count():
            raise TransientError("the site wants a login")
