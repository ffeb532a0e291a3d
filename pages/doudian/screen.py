"""What all screens behind the login have in common: how to get there, content, what to mask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Request, Response

from domain.errors import TransientError
from domain.site import SiteMap
from pages.doudian.answers import body_of
from pages.doudian.shell import account_in, login_button
from pages.widgets.antd import appear


class BackendScreen(ABC):
    """A screen behind the login, with the class prefix of its part of the site."""

    def __init__(self, page: Page, site: SiteMap, prefix: str) -> None:
        self.page = page
        self.site = site
        self._prefix = prefix

    @property
    @abstractmethod
    def anchor(self) -> Locator:
        """What proves that we are here."""

    @property
    def content(self) -> Locator:
        """What stands inside the shell."""
        return self.page.locator("#app_subContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The account's phone number in the shell."""
        return account_in(self.page, self.site)

    def _go(self, route: str, *arrived: Locator) -> None:
        """Go to a route and wait until one of these shows.

        Raises:
            TransientError: the site wants a login first.
        """
        self.page.goto(self.site.url(route), wait_until="domcontentloaded")
        self._arrive(*arrived)

    def _set_out(self, route: str) -> None:
        """Begin to go to a route, for what can be done elsewhere until we are there."""
        self.page.goto(self.site.url(route), wait_until="commit")

    def _arrive(self, *arrived: Locator) -> None:
        """Wait until one of these shows.

        Raises:
            TransientError: the site wants a login first.
        """
        signed_out = login_button(self.page)
        mark = signed_out
        for one in arrived:
            mark = mark.or_(one)
        appear(mark)
        if signed_out.count():
            raise TransientError("the site wants a login")

    def _ask(self, route: str, ours: Callable[[Response], bool]) -> dict[str, Any]:
        """Go to a route and give what the site answers to the page's first question.

        The page before is left first: an answer that it still waits for would look like ours.

        Raises:
            BusinessError: the site said no; its own words.
            TransientError: the site wants a login first, or did not answer.
        """
        refusal = self.page.locator(f".{self._prefix}-message-error")
        self.page.goto("about:blank")
        with self.page.expect_response(ours) as answer:
            self._go(route, self.anchor, refusal)
        body = body_of(answer.value)
        appear(self.anchor.or_(refusal))
        if refusal.count() and not self.anchor.count():
            raise TransientError(f"the page said: {refusal.first.inner_text()}")
        return body


def request_to(call: str) -> Callable[[Request], bool]:
    """Match the request of a call, whatever its query: the site signs each with one of its own."""
    return lambda request: urlsplit(request.url).path.endswith(call)


def answer_to(call: str, **asked: str) -> Callable[[Response], bool]:
    """Match the answer to a call that had these words in its query."""

    def matches(response: Response) -> bool:
        address = urlsplit(response.url)
        query = parse_qs(address.query)
        same = all(query.get(name, [""])[0] == word for name, word in asked.items())
        return same and address.path.endswith(call)

    return matches
