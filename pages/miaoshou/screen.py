"""What all screens of the ERP have in common: how to get there, content, what to mask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from playwright.sync_api import Locator, Page, Response

from domain.errors import Defect, TransientError
from domain.site import SiteMap
from pages.miaoshou.answers import answer_to, body_of
from pages.miaoshou.shell import account_in, login_form
from pages.widgets.clicks import press
from pages.widgets.element import appear, button, gone


class ErpScreen(ABC):
    """A screen behind the login. Suppliers' addresses on it are business data, no buyer's."""

    url: ClassVar[str]

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.shell

    @property
    @abstractmethod
    def anchor(self) -> Locator:
        """What proves that we are here."""

    @property
    def content(self) -> Locator:
        """What stands inside the shell; it scrolls by itself."""
        return self.page.locator("#appScrollContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Who is signed in."""
        return [account_in(self.page, self.site)]

    @property
    def _form(self) -> Locator:
        """The search form above the list."""
        return self.content.locator("form.pro-query-form")

    def _open(self, call: str) -> None:
        """Go there and wait until the list has come as it comes by itself.

        The page before is left first: an answer that it still waits for would look like ours.

        Raises:
            BusinessError: the site said no; its own words.
            TransientError: the site wants a login first, or did not answer.
        """
        self.page.goto("about:blank")
        with self.page.expect_response(answer_to(call)) as answer:
            self.page.goto(self.site.url(self.url), wait_until="domcontentloaded")
            signed_out = login_form(self.page)
            appear(self.anchor.or_(signed_out))
            if signed_out.count():
                raise TransientError("the site wants a login")
        body_of(answer.value)
        self._ready()

    def _search(self, ours: Callable[[Response], bool]) -> dict[str, Any]:
        """Press 搜索 and give the answer to this very question."""
        with self.page.expect_response(ours) as answer:
            press(button(self._form, self.site.label("搜索")))
        body = body_of(answer.value)
        self._ready()
        if not {"list", "total"} <= body.keys():
            raise Defect(
                "the site tells its list in another form than it did",
                mend="Compare its answer with the tables of docs/real-sites.md",
            )
        return body

    def _ready(self) -> None:
        """Wait until no rows are on their way."""
        gone(self.content.locator(f".{self._prefix}-loading-mask:visible"))
