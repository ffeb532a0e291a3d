"""What the widgets of every kit share: matching words, waiting for what opens and closes."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Pattern

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import TransientError

PATIENCE = 4_000
"""Milliseconds for a try at what a notice may close meanwhile; the last try gets the page's own."""

_SETTLED = """
element => {
  // A popup that has no place yet waits far outside the window; typing then would leave it there.
  const box = element.getBoundingClientRect();
  if (box.right <= 0 || box.bottom <= 0) return false;
  const moving = /-(appear|enter|leave)(-|$)/;
  for (let node = element, up = 0; node && up < 4; node = node.parentElement, up++)
    if ([...node.classList].some(name => moving.test(name))) return false;
  return element.getAnimations({subtree: true}).every(animation =>
    animation.playState !== 'running' ||
    animation.effect.getComputedTiming().iterations === Infinity);
}
"""


def exact(text: str) -> Pattern[str]:
    """Match an element whose whole text is this."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def spaced(label: str) -> Pattern[str]:
    """Match a button's label whether or not the kit put spaces between its characters."""
    return re.compile(r"\s*".join(["^", *map(re.escape, label), "$"]))


def button(root: Page | Locator, label: str) -> Locator:
    """Find a button by what it says."""
    return root.get_by_role("button", name=spaced(label))


def settle(locator: Locator, timeout: float | None = None) -> Locator:
    """Wait until what is opening has opened: a click into an animation can be lost."""
    locator.wait_for(state="visible", timeout=timeout)
    handle = locator.element_handle(timeout=timeout)
    locator.page.wait_for_function(_SETTLED, arg=handle, timeout=timeout)
    handle.dispose()
    return locator


def gone(locator: Locator) -> None:
    """Wait until what is closing has left the page."""
    locator.first.wait_for(state="hidden")  # looks at every frame; the next one only now and then
    expect(locator).to_have_count(0)


def leave(page: Page) -> None:
    """Take the mouse to the page's corner: what opens on hover stays open under it."""
    page.mouse.move(0, 0)


def insist(attempt: Callable[[float | None], None]) -> None:
    """Begin again what takes several clicks in a list that a notice can close in between.

    The attempt gets the milliseconds it may wait. It must look first what is done already.
    """
    for _ in range(2):
        try:
            return attempt(PATIENCE)
        except (TookTooLong, TransientError):
            continue
    return attempt(None)


def tick(clicked: Locator, box: Locator, on: bool = True) -> None:
    """Click until the box is as wanted: a click is lost where a notice comes in between."""
    wanted = box.page.locator("input:checked" if on else "input:not(:checked)")

    def attempt(timeout: float | None) -> None:
        if box.is_checked() != on:
            clicked.click(timeout=timeout)
        box.and_(wanted).wait_for(state="attached", timeout=timeout)

    insist(attempt)


class Widget:
    """One widget: the element it lies in and the kit's class prefix."""

    def __init__(self, root: Locator, prefix: str) -> None:
        self.root = root
        self._prefix = prefix

    @property
    def _page(self) -> Page:
        return self.root.page

    def _css(self, *names: str) -> str:
        """Write the selector of any of these classes of the kit."""
        return ", ".join(f".{self._prefix}-{name}" for name in names)

    def _find(self, *names: str) -> Locator:
        """Find parts of the widget by their class without the prefix."""
        return self.root.locator(self._css(*names))
