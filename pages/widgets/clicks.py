"""Clicks that are certain: nothing else gets them, and whether they were heard is known.

Playwright waits two frames for an element to stand still before it clicks, and looks once whether
something covers it; a notice that opens a moment later gets the click. Here the page itself keeps
a click from all but the wanted element and says what that element heard. So there is nothing to
wait for: what moved away or was covered heard nothing, and is aimed at again.
"""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import TransientError

Patience = float | None
"""Milliseconds that a step may wait; None is the page's own limit."""
Heard = Literal["nothing", "elsewhere", "click"]
"""What an element heard: nothing at all; the mouse going down, but the click went elsewhere."""
AIMS = 12
"""How often one click is aimed; each may meet a notice that has just opened."""
ELSEWHERE = 3
"""How often a click may go elsewhere after the mouse went down: such a try may not be endless."""

# Gives the place to click, in CSS pixels of the window; nothing if the element can't be hit there.
# A text's button hears for it: where a text moves under the mouse, the button gets the click.
_AIM = """
element => {
  window.__aimed?.stop();
  if (window !== top || element.closest(':disabled, [aria-disabled=true]')) return null;
  element.scrollIntoViewIfNeeded();
  const box = [...element.getClientRects()].find(one => one.width && one.height);
  if (!box) return null;
  const middle = (start, end, most) => (Math.max(start, 0) + Math.min(end, most)) / 2;
  const x = middle(box.left, box.right, innerWidth);
  const y = middle(box.top, box.bottom, innerHeight);
  const whole = element.closest('a, button, label, [role=button], [role=link]') ?? element;
  const ours = node => whole.contains(node);
  if (!ours(document.elementFromPoint(x, y))) return null;
  const aimed = {whole, heard: 'nothing', down: false};
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  const guard = event => {
    if (!event.isTrusted) return;
    if (ours(event.target)) {
      aimed.down = true;
      if (event.type === 'click') aimed.heard = 'click';
    } else if (!aimed.down) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.type === 'click' && aimed.heard !== 'click') {
      aimed.heard = 'elsewhere';
    }
  };
  aimed.stop = () => kinds.forEach(kind => removeEventListener(kind, guard, true));
  kinds.forEach(kind => addEventListener(kind, guard, true));
  setTimeout(aimed.stop, 5000);
  window.__aimed = aimed;
  return [x, y];
}
"""
# Only what certainly did not hear is told: what left once the mouse was down, or whose click was
# seen nowhere, because the site kept it to itself, may have heard all of it.
_HEARD = """
() => {
  const aimed = window.__aimed;
  aimed?.stop();
  if (!aimed) return 'click';
  if (!aimed.down) return 'nothing';
  return aimed.heard === 'elsewhere' && aimed.whole.isConnected ? 'elsewhere' : 'click';
}
"""


def click_on(clicked: Locator, timeout: Patience = None) -> None:
    """Click as soon as nothing covers it; never again once the mouse went down on it."""
    for _ in range(AIMS):
        if _aimed(clicked, timeout) != "nothing":
            return
    clicked.click(timeout=timeout)  # what can't be aimed at, Playwright may reach


def press(pressed: Locator, timeout: Patience = None) -> None:
    """Click a button until it has heard: only a click that certainly went elsewhere is repeated.

    For what is known by its click; what acts as soon as the mouse goes down is for ``click_on``.

    Raises:
        TransientError: each click went to something that opened in between.
    """
    elsewhere = 0
    for _ in range(AIMS):
        heard = _aimed(pressed, timeout)
        if heard == "click":
            return
        elsewhere += heard == "elsewhere"
        if elsewhere == ELSEWHERE:
            raise TransientError("each click went to something that opened over the button")
    pressed.click(timeout=timeout)


def _aimed(target: Locator, timeout: Patience) -> Heard:
    try:
        place = target.evaluate(_AIM, timeout=timeout)
        if place is None:
            target.click(trial=True, timeout=timeout)  # waits until it can be clicked
            return "nothing"
    except TookTooLong:
        raise
    except PlaywrightError as error:
        if "Execution context was destroyed" not in error.message:
            raise
        return "nothing"  # the page drew itself anew before anything was clicked
    target.page.mouse.click(*place)
    return _heard(target)


def _heard(target: Locator) -> Heard:
    """Ask the page; one that goes elsewhere did hear."""
    try:
        heard: Heard = target.page.evaluate(_HEARD)
    except PlaywrightError:
        return "click"
    return heard
