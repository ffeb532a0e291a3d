"""The shell around every page of the supply platform, and the login in front of it."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from domain.errors import Defect, TransientError
from domain.shop import Identity
from domain.site import SiteMap

_IDENTITY = """
([name, id]) => ({
  name: document.querySelector(name)?.textContent.trim() ?? '',
  id: (document.querySelector(id)?.textContent ?? '').replace(/\\D/g, ''),
  world: document.querySelector('meta[name=practice-world]')?.content ?? '',
  host: location.hostname,
})
"""


def login_form(page: Page, site: SiteMap) -> Locator:
    """Find the login form, where the site sends whose session has ended."""
    return page.locator(site.selector("supply_shell.login_form", "form.login"))


def goto(page: Page, address: str) -> None:
    """Go to an address of the platform; what it says is in its HTML, so no other part is awaited.

    Raises:
        TransientError: a gateway answered, not the platform.
    """
    response = page.goto(address, wait_until="domcontentloaded")
    if response is not None and response.status >= 500:
        raise TransientError(f"the site answered {response.status}")


class SupplyShell:
    """The header of the supply platform: who buys, and the way to supply links and messages."""

    url = "/offers"

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site

    @property
    def anchor(self) -> Locator:
        """The menu: only pages behind the login have it."""
        return self.page.get_by_role("navigation", name=self.site.label("主导航"))

    @property
    def content(self) -> Locator:
        """What stands below the header; of the login page nothing, so nothing typed is kept."""
        return self.page.locator("main").filter(has_not=login_form(self.page, self.site))

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Nothing behind the login; on a page we do not know, every value."""
        return [] if self.anchor.count() else [self.page.locator("input, td")]

    def open(self) -> None:
        """Go to the catalogue; without a session the site sends us to the login.

        Raises:
            TransientError: a gateway answered, not the platform.
        """
        goto(self.page, self.site.url(self.url))
        self.anchor.or_(login_form(self.page, self.site)).first.wait_for()

    def signed_in(self) -> bool:
        """Tell whether we are behind the login."""
        return self.anchor.is_visible()

    def sign_in(self, account: str, password: str) -> None:
        """Sign in as a person would; ``signed_in`` tells whether it worked."""
        form = login_form(self.page, self.site)
        form.get_by_label(self.site.label("账号")).fill(account)
        form.get_by_label(self.site.label("密码")).fill(password)
        form.get_by_role("button", name=self.site.label("登录")).click()
        self.anchor.or_(form.get_by_role("alert")).first.wait_for()

    def open_shop(self, shop_name: str) -> bool:
        """Tell that the platform lets nobody choose: an account is one buyer."""
        del shop_name
        return False

    def identity(self) -> Identity:
        """Read whose page this is: the buyer's name and 会员ID.

        Raises:
            Defect: one of them can't be read, so that no write could be told apart.
        """
        name = self.site.selector("supply_shell.buyer_name", ".buyer-name")
        number = self.site.selector("supply_shell.buyer_id", ".buyer-id")
        self.page.locator(name).wait_for()
        seen = self.page.evaluate(_IDENTITY, [name, number])
        if not seen["name"] or not seen["id"]:
            raise Defect(
                "the page does not show whose account it is",
                mend="Mend supply_shell.buyer_name and supply_shell.buyer_id in the site's file "
                "of config/sites",
            )
        return Identity(
            world=f"{seen['host']}/{seen['world']}".rstrip("/"),
            shop_id=seen["id"],
            shop_name=seen["name"],
        )

    def person_needed(self) -> str:
        """Name what only a person can do here; the practice platform asks for nothing."""
        return ""
