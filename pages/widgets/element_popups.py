"""What Element opens over the page: dialogs, questions, and announcements that nobody asked for."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page

from pages.widgets.clicks import press
from pages.widgets.common import any_of, button, exact, gone, settle
from pages.widgets.notices import Notice, css, keep_clear

WAYS_OUT = ("我已知晓", "我知道了", "知道了", "关闭广告", "跳过新手教程")
"""What may be pressed in an announcement or a tour (facts/miaoshou.md 10): each only puts it away.

立即进入 leads elsewhere and is never pressed.
"""


def clear_announcements(context: BrowserContext, *prefixes: str) -> None:
    """Put away announcements and tours as soon as they are to be seen, also stacked ones.

    Args:
        context: whose pages to keep clear, from the next address on that they go to.
        prefixes: the class prefixes of the kits on it.
    """
    boxes = css(prefixes, "overlay-dialog", "dialog__wrapper", "tour")
    keep_clear(context, Notice(box=boxes, words=any_of(WAYS_OUT)))


class Dialog:
    """A dialog by its title; a closed one may stay in the page, hidden."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        kinds = f".{prefix}-overlay-dialog:visible, .{prefix}-dialog__wrapper:visible"
        titles = page.locator(f".{prefix}-dialog__title", has_text=exact(title))
        self.root = page.locator(kinds).filter(has=titles)
        self._prefix = prefix

    def ready(self) -> Locator:
        """Wait until it has opened; give it."""
        return settle(self.root)

    def press(self, label: str) -> None:
        """Press a button of the settled dialog."""
        press(button(self.ready(), label))

    def close(self) -> None:
        """Close it by its cross."""
        press(self.ready().locator(f".{self._prefix}-dialog__headerbtn"))
        self.gone()

    def gone(self) -> None:
        """Wait until it has closed."""
        gone(self.root)


class MessageBox:
    """A question that the page asks on its own."""

    def __init__(self, page: Page, prefix: str) -> None:
        self.root = page.locator(f".{prefix}-message-box:visible")
        self._prefix = prefix

    def text(self) -> str:
        """Read the question."""
        return settle(self.root).locator(f".{self._prefix}-message-box__message").inner_text()

    def answer(self, label: str) -> None:
        """Press a button and wait until it has closed: the next question looks the same."""
        press(button(settle(self.root), label))
        gone(self.root)
