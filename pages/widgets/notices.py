"""Guides, notice dialogs and notice drawers that come by themselves and eat clicks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from re import Pattern

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TookTooLong

WORDS = ("我知道了", "知道了", "暂不", "跳过", "稍后再说", "下次再说", "以后再说")
"""What may be pressed: each only puts a notice away. Any other word is left alone."""
DRAWERS = ("消息通知", "平台公告", "新功能引导", "新功能介绍")
"""Titles of drawers that are notices; any other drawer is somebody's work."""

CLOSING_MS = 1_500


def clear_notices(page: Page, *prefixes: str, ours: Sequence[str] = ()) -> None:
    """Put away each notice as soon as it stands in the way of a click.

    Playwright looks for them before every action and calls back. The click goes to the button
    itself, not to a place on the screen: nothing else can get it, and open lists stay open.

    Args:
        page: the page to keep clear.
        prefixes: the class prefixes of the kits on it.
        ours: titles of dialogs that the page objects answer themselves.
    """
    for notice in (_guides(page), *(_dialogs(page, one, ours) for one in prefixes)):
        _watch(page, notice.get_by_text(_any_of(WORDS)))
    for prefix in prefixes:
        _watch(page, _drawers(page, prefix).locator(f".{prefix}-drawer-close"))


def _watch(page: Page, closer: Locator) -> None:
    visible = closer.locator("visible=true").first
    # Not left to Playwright's own wait: a second notice like the first would keep it for ever.
    page.add_locator_handler(visible, _put_away, no_wait_after=True)


def _put_away(closer: Locator) -> None:
    with suppress(TookTooLong):  # gone by itself, or another one is there: both are seen again
        closer.dispatch_event("click", timeout=CLOSING_MS)
        closer.wait_for(state="hidden", timeout=CLOSING_MS)


def _guides(page: Page) -> Locator:
    return page.locator('[class*="guide-single-content-wrapper"]')


def _dialogs(page: Page, prefix: str, ours: Sequence[str]) -> Locator:
    titles = page.locator(f".{prefix}-modal-title, .{prefix}-modal-confirm-title")
    dialogs = page.locator(f".{prefix}-modal")
    return dialogs.filter(has_not=titles.filter(has_text=_any_of(ours))) if ours else dialogs


def _drawers(page: Page, prefix: str) -> Locator:
    title = page.locator(f".{prefix}-drawer-title", has_text=_any_of(DRAWERS))
    return page.locator(f".{prefix}-drawer-open").filter(has=title)


def _any_of(words: Sequence[str]) -> Pattern[str]:
    """Match an element whose whole text is one of these, spaced or not."""
    return re.compile(rf"^\s*(?:{'|'.join(map(_loose, words))})\s*$")


def _loose(word: str) -> str:
    return r"\s*".join(map(re.escape, word))
