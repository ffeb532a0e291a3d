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
    answers = _boxes(page, prefixes, ours).get_by_text(_any_of(WORDS))
    crosses = _drawers(page, prefixes).locator(_css(prefixes, "drawer-close"))
    # One handler for all of them: each is a question to the browser before every single action.
    # And not left to Playwright's own wait: a second notice like the first would keep it for ever.
    closer = answers.or_(crosses).locator("visible=true").first
    page.add_locator_handler(closer, _put_away, no_wait_after=True)


def _put_away(closer: Locator) -> None:
    with suppress(TookTooLong):  # gone by itself: if another one is there, it is seen again
        pressed = closer.element_handle(timeout=CLOSING_MS)
        pressed.dispatch_event("click")
        pressed.wait_for_element_state("hidden", timeout=CLOSING_MS)


def _boxes(page: Page, prefixes: Sequence[str], ours: Sequence[str]) -> Locator:
    """Find guides and dialogs, without those that the page objects answer."""
    boxes = page.locator(f'[class*="guide-single-content-wrapper"], {_css(prefixes, "modal")}')
    titles = page.locator(_css(prefixes, "modal-title", "modal-confirm-title"))
    return boxes.filter(has_not=titles.filter(has_text=_any_of(ours))) if ours else boxes


def _drawers(page: Page, prefixes: Sequence[str]) -> Locator:
    title = page.locator(_css(prefixes, "drawer-title"), has_text=_any_of(DRAWERS))
    return page.locator(_css(prefixes, "drawer-open")).filter(has=title)


def _css(prefixes: Sequence[str], *names: str) -> str:
    return ", ".join(f".{prefix}-{name}" for prefix in prefixes for name in names)


def _any_of(words: Sequence[str]) -> Pattern[str]:
    """Match an element whose whole text is one of these, spaced or not."""
    return re.compile(rf"^\s*(?:{'|'.join(map(_loose, words))})\s*$")


def _loose(word: str) -> str:
    return r"\s*".join(map(re.escape, word))
