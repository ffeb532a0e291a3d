"""The shell around every page of the ERP, and the login in front of it (facts/miaoshou.md 3, 4, 9).

The ERP keeps the products of all shops of a company: what stands in its header is the company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.errors import Defect
from domain.shop import Identity
from domain.site import SiteMap
from pages.widgets.element import button, clear_announcements

_IDENTITY = """
name => ({
  name: document.querySelector(name)?.textContent.trim() ?? '',
  world: document.querySelector('meta[name=practice-world]')?.content ?? '',
  host: location.hostname,
})
"""
OLDER = "el"
"""Class prefix of the pages that run in the older sub-app."""
RISK = "#aliyunCaptcha-window-popup, .baxia-dialog"
"""The sliders of AliyunCaptcha and AWSC, which run on every page."""


def account_in(page: Page, site: SiteMap) -> Locator:
    """Find who is signed in: the header shows it on every page."""
    return page.locator(site.selector("erp.account", ".account-name"))


def login_form(page: Page) -> Locator:
    """Find the field of the login page, where the site sends whose session has ended."""
    return page.locator("input[name=mobile].account-input")


class ErpShell:
    """The header and menu of the ERP."""

    url = "/welcome"

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.shell

    @property
    def anchor(self) -> Locator:
        """The menu in the header: only pages behind the login have it."""
        return self.page.locator("ul.nav-list")

    @property
    def content(self) -> Locator:
        """What stands inside the shell; the login page has none, so nothing typed there is kept."""
        return self.page.locator("#appScrollContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Who is signed in; on a page we do not know, every value."""
        known = account_in(self.page, self.site)
        return [known] if self.anchor.count() else [known, self.page.locator("input, td")]

    def open(self) -> None:
        """Go to the home page; without a session the site sends us to the login."""
        clear_announcements(self.page.context, self._prefix, OLDER)
        self.page.goto(self.site.url(self.url), wait_until="domcontentloaded")
        self.anchor.or_(login_form(self.page)).first.wait_for()

    def signed_in(self) -> bool:
        """Tell whether we are behind the login."""
        return self.anchor.is_visible()

    def identity(self) -> Identity:
        """Read whose ERP this is; it shows a company's name and no number.

        Raises:
            Defect: the company can't be read, so that no write could be told apart.
        """
        name = self.site.selector("erp.company", ".company-name")
        self.page.locator(name).wait_for(state="attached")
        seen = self.page.evaluate(_IDENTITY, name)
        if not seen["name"]:
            raise Defect(
                "the page does not show whose shop it is",
                mend="Mend erp.company in the site's file of config/sites",
            )
        world = f"{seen['host']}/{seen['world']}".rstrip("/")
        return Identity(world=world, shop_id=seen["name"], shop_name=seen["name"])

    def person_needed(self) -> str:
        """Name the captcha that is in the way, if any."""
        asked = self.page.locator("input[name=captcha]:visible")
        slider = self.page.locator(self.site.selector("erp.risk", RISK))
        return "captcha" if asked.count() or slider.locator("visible=true").count() else ""

    def sign_in(self, account: str, password: str) -> None:
        """Sign in as a person would; ``signed_in`` tells whether it worked."""
        login_form(self.page).fill(account)
        self.page.locator("input[name=password].password-input").fill(password)
        button(self.page, self.site.label("立即登录")).click()
        no = self.page.get_by_role("alert").filter(has_text=re.compile(r"\S"))
        self.anchor.or_(no).first.wait_for()

    def open_shop(self, shop_name: str) -> bool:
        """Tell that the ERP lets nobody choose: an account belongs to one company."""
        del shop_name
        return False
