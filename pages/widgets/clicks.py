"""Clicks that are certain: nothing else gets them, and whether they were heard is known.

Playwright waits two frames for an element to stand still before it clicks, and looks once whether
something covers it; a notice that opens a moment later gets the click. Here the page itself keeps
a click from all but the wanted element and says what that element heard. So there is nothing to
wait for: what moved away or was covered heard nothing, and is aimed at again.
"""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from domain.errors import TransientError

Patience = float | None
"""Milliseconds that a step may wait; None is the page's own limit."""
AIMS = 12
"""How often one click is aimed; each may meet a notice that has just opened."""

# Gives the place to click, in CSS pixels of the window; nothing if the element can't be hit there.
_AIM = """
([element, ...more]) => {
  if (!element || more.length) return null;
  element.scrollIntoViewIfNeeded();
  const [box] = element.getClientRects();
  if (!box || window !== top || element.closest(':disabled')) return null;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const ours = node => element.contains(node);
  if (!ours(document.elementFromPoint(x, y))) return null;
  const heard = {element, down: false, click: false};
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  const guard = event => {
    if (!event.isTrusted) return;
    if (ours(event.target)) {
      heard.down = true;
      heard.click ||= event.type === 'click';
    } else if (!heard.down) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  heard.stop = () => kinds.forEach(kind => removeEventListener(kind, guard, true));
  kinds.forEach(kind => addEventListener(kind, guard, true));
  window.__aimed = heard;
  return [x, y];
}
"""
# An element that left once the mouse was down may have heard all of it.
_HEARD = """
() => {
  const heard = window.__aimed;
  heard?.stop();
  if (!heard || heard.click || heard.down && !heard.element.isConnected) return 'click';
  return heard.down ? 'down' : 'nothing';
}
"""


def click_on(clicked: Locator, timeout: Patience = None) -> None:
    """Click as soon as nothing covers it.

    Raises:
        TransientError: every click met something else, so that nothing was done.
    """
    _aim(clicked, timeout, enough=("click", "down"))


def press(pressed: Locator, timeout: Patience = None) -> None:
    """Click what must hear of it once: only a click that was never heard is repeated.

    Raises:
        TransientError: every click was swallowed, so that nothing was done.
    """
    _aim(pressed, timeout, enough=("click",))


def _aim(target: Locator, timeout: Patience, enough: tuple[Literal["click", "down"], ...]) -> None:
    for _ in range(AIMS):
        place = target.evaluate_all(_AIM)
        if place is None:
            target.click(trial=True, timeout=timeout)  # waits until one is there to be clicked
            continue
        target.page.mouse.click(*place)
        if _heard(target.page) in enough:
            return
    raise TransientError("every click met something over the page")


def _heard(page: Page) -> str:
    """Tell what the element certainly heard; a page that goes elsewhere did hear."""
    try:
        return str(page.evaluate(_HEARD))
    except PlaywrightError:
        return "click"
