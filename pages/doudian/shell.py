"""The shell around every backend page, and the login in front of it."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.errors import Defect
from domain.shop import Identity
from domain.site import SiteMap
from pages.widgets.antd import clear_notices, settle

_IDENTITY = """
([name, id]) => ({
  name: document.querySelector(name)?.textContent.trim() ?? '',
  id: (document.querySelector(id)?.textContent ?? '').replace(/\\D/g, ''),
  world: document.querySelector('meta[name=practice-world]')?.content ?? '',
  host: location.hostname,
})
"""
CAPTCHA_BOX = (280, 180)
"""Smallest visible captcha, px: a hidden 300×150 frame is always on the page."""


def account_in(page: Page, site: SiteMap) -> list[Locator]:
    """Find the signed-in account's phone number, which the shell shows on every page."""
    return [page.locator(site.selector("shell.account", "[class*='index_userName__']"))]


def login_button(page: Page) -> Locator:
    """Find the button of the login page, where the site sends whose session has ended."""
    return page.locator("button.account-center-action-button")


class Shell:
    """The header and menu of the merchant backend."""

    url = "/ffa/mshop/homepage/index"

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.shell

    @property
    def anchor(self) -> Locator:
        """The left menu: only pages behind the login have it."""
        return self.page.locator(f".{self._prefix}-layout-sider")

    @property
    def content(self) -> Locator:
        """What stands inside the shell; the login page has none, so nothing typed there is kept."""
        return self.page.locator("#app_subContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The account's phone number; on a page we do not know, every value."""
        known = account_in(self.page, self.site)
        return known if self.anchor.count() else [*known, self.page.locator("input, td")]

    def open(self) -> None:
        """Go to the home page; without a session the site sends us to the login."""
        clear_notices(self.page.context, self._prefix, self.site.prefixes.goods)
        self.page.goto(self.site.url(self.url), wait_until="domcontentloaded")
        self.anchor.or_(self.login_form).or_(self.shop_choices).first.wait_for()

    def signed_in(self) -> bool:
        """Tell whether we are behind the login."""
        return self.anchor.is_visible()

    def identity(self) -> Identity:
        """Read whose page this is. Two port numbers of one machine are one world's host.

        Raises:
            Defect: shop name or id can't be read, so that no write could be told apart.
        """
        name = self.site.selector("shell.shop_name", ".headerShopName")
        number = self.site.selector("shell.shop_id", "[class*='index_shopId__']")
        self.page.locator(name).wait_for()
        seen = self.page.evaluate(_IDENTITY, [name, number])
        if not seen["name"] or not seen["id"]:
            raise Defect(
                "the page does not show whose shop it is",
                mend="Mend shell.shop_name and shell.shop_id in the site's file of config/sites",
            )
        return Identity(
            world=f"{seen['host']}/{seen['world']}".rstrip("/"),
            shop_id=seen["id"],
            shop_name=seen["name"],
        )

    def person_needed(self) -> str:
        """Name the captcha or risk notice that is in the way, if any."""
        for selector in ("#captcha_container", "#vc_captcha_box", "#fxg_risk_captcha_container"):
            box = self.page.locator(selector).first
            size = box.bounding_box() if box.count() else None
            if size and size["width"] >= CAPTCHA_BOX[0] and size["height"] >= CAPTCHA_BOX[1]:
                return "captcha"
        risk = self.page.get_by_text("系统判断当前操作存在风险", exact=False)
        return "risk notice" if risk.count() else ""

    @property
    def login_form(self) -> Locator:
        """The button of the login page."""
        return login_button(self.page)

    def sign_in(self, account: str, password: str) -> None:
        """Sign in by e-mail as a person would; ``signed_in`` tells whether it worked."""
        self.page.get_by_role("tab", name=self.site.label("邮箱登录")).click()
        self.page.locator("input[name=email]").fill(account)
        self.page.locator("input[type=password]:visible").fill(password)
        self.page.locator(f"input.{self._prefix}-checkbox-input").check()
        self.login_form.click()
        notice = self.page.locator(f".{self._prefix}-message-error")
        self.anchor.or_(notice).or_(self.shop_choices).first.wait_for()

    @property
    def shop_choices(self) -> Locator:
        """The shops of an account that has several, after the login or behind the header."""
        return self.page.locator(self.site.selector("shell.shop_choice", "[class*='roleItem']"))

    def open_shop(self, shop_name: str) -> bool:
        """Choose one of the account's shops, where the site asks or where one can switch.

        Tells whether there was such a choice; which shop is open, ``identity`` says.
        """
        if not self.shop_choices.count():
            switch = self.page.get_by_text(self.site.label("切换组织/店铺"), exact=True)
            if not switch.count():
                return False
            switch.click()
            self.shop_choices.first.wait_for()
        name = self.page.get_by_text(shop_name, exact=True)
        choice = self.shop_choices.filter(has=name)
        if not choice.count():
            return False
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            settle(choice).click()
        self.anchor.wait_for()
        return True
