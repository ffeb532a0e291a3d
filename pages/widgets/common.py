"""What the widgets of every kit share: matching words, waiting for what opens and closes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from re import Pattern
from typing import Literal

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import NotSent, TransientError
from pages.widgets.clicks import Patience, click_on

TRIES: tuple[Patience, ...] = (2_000, 5_000, 10_000, None)
"""For tries at what a notice may have swallowed: each one that fails gets the next more time."""
CLOSED = 8
"""How often a list may be closed by what comes over the page; such a try costs no patience."""
SOON_MS = 2_400
"""What takes longer is waited for by Playwright, which then looks twice a second."""
LOOK_MS = 60
"""In so long Playwright looks twice; a shorter or longer one sees later what comes."""
HELD_MS = 300
"""How long to wait where a notice holds the focus; it goes away by itself."""
MARKING_MS = 1_000
"""How long a form may take from the click to all of its marks, or until it is on its way."""

SHUT = "shut"
LATE = "late"
BY_ITSELF = "what was opened has closed again by itself"
# One question for all of the waiting, answered by the page frame by frame.
_SETTLED = """
(element, most) => new Promise(answer => {
  const moving = /-(appear|enter|leave)(-|$)/, fading = /color|shadow/; // under the mouse, say
  const ripple = '[class*="-wave"]'; // of an earlier click in it, two seconds long
  const until = performance.now() + most;
  let shown = performance.now();
  const settled = () => {
    const box = element.getBoundingClientRect();
    // While it is measured a popup has no size either, for some frames.
    if (!box.width && !box.height) return performance.now() - shown > 250 && 'shut';
    shown = performance.now();
    // A popup that has no place yet waits far outside the window; typing would leave it there.
    if (box.right <= 0 || box.bottom <= 0) return false;
    for (let node = element, up = 0; node && up < 4; node = node.parentElement, up++)
      if ([...node.classList].some(name => moving.test(name))) return false;
    return element.getAnimations({subtree: true}).every(animation =>
      animation.playState !== 'running' || fading.test(animation.transitionProperty) ||
      animation.effect.target.matches(ripple) ||
      animation.effect.getComputedTiming().iterations === Infinity) && 'open';
  };
  const look = () => {
    const how = settled() || (performance.now() > until && 'late');
    how ? answer(how) : requestAnimationFrame(look);
  };
  look();
})
"""
MOST_MS = 15_000
"""How long a step waits that no try limits; as long as pages wait for anything."""


def exact(text: str) -> Pattern[str]:
    """Match an element whose whole text is this."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def spaced(label: str) -> Pattern[str]:
    """Match a button's label whether or not the kit put spaces between its characters."""
    return re.compile(any_of([label]))


def any_of(words: Sequence[str]) -> str:
    """Make a regular expression of a whole text that is one of these, spaced or not."""
    loose = (r"\s*".join(map(re.escape, word)) for word in words)
    return rf"^\s*(?:{'|'.join(loose)})\s*$"


def button(root: Page | Locator, label: str) -> Locator:
    """Find a button by what it says."""
    return root.get_by_role("button", name=spaced(label))


def settle(locator: Locator, timeout: Patience = None) -> Locator:
    """Wait until what is opening has opened: a click into an animation can be lost.

    Args:
        locator: what is opening.
        timeout: of a try that can be begun again; without it, what closes may open anew.

    Raises:
        TransientError: it closed meanwhile, as a list does when a notice takes the focus.
    """
    for _ in range(CLOSED if timeout is None else 1):
        appear(locator, timeout)
        how = locator.evaluate(_SETTLED, timeout or MOST_MS, timeout=timeout)
        if how == LATE:
            raise TookTooLong("what is opening does not come to rest")
        if how != SHUT:
            return locator
    raise TransientError(BY_ITSELF)


def appear(locator: Locator, timeout: Patience = None) -> None:
    """Wait until the first of these is visible."""
    _await(locator.first, "visible", timeout)


def gone(locator: Locator, timeout: Patience = None) -> None:
    """Wait until nothing of what is closing is left, nor has come back."""
    _await(locator.first, "detached", timeout)


def _await(one: Locator, state: Literal["visible", "detached"], timeout: Patience) -> None:
    """Wait for what mostly comes soon: Playwright looks ever less often, so it is asked anew.

    Each look has its limit, as Playwright's own quick looks have not: a page that is stuck would
    keep them for ever. Half of the patience stays for one long wait, whose looks may be slow.
    """
    soon = min(SOON_MS, timeout / 2) if timeout else SOON_MS
    until = time.monotonic() + soon / 1000
    while time.monotonic() < until:
        with suppress(TookTooLong):
            return one.wait_for(state=state, timeout=LOOK_MS)
    return one.wait_for(state=state, timeout=timeout and timeout - soon)


def leave(page: Page) -> None:
    """Take the mouse to the page's corner: what opens on hover stays open under it."""
    page.mouse.move(0, 0)


def insist(
    attempt: Callable[[Patience], None],
    done: Callable[[], bool] = lambda: True,
    closed: Callable[[], bool] | None = None,
) -> None:
    """Begin again what takes several steps, where a notice closed a list or swallowed a click.

    The attempt gets the time its steps may wait. It must look first what is done already. Whether
    its last try has worked is for the caller's read-back to say.

    Args:
        attempt: the steps.
        done: tells whether they have worked.
        closed: tells whether a list was closed meanwhile: the reason to begin again, if known.
    """
    failed, spared = 0, CLOSED
    for left in reversed(range(CLOSED + len(TRIES))):
        try:
            attempt(TRIES[failed])
        except (TookTooLong, TransientError):
            if spared and closed and closed():
                spared -= 1
            else:  # what is not to be seen may also open slowly
                failed += 1
            if failed == len(TRIES) or not left:
                raise
            continue
        if done():
            return


def await_sending(
    errors: Locator, sending: Locator, sent: Callable[[], bool], *others: Locator
) -> None:
    """Wait until a form is on its way, or one of the others is to be seen.

    Raises:
        NotSent: the form marks fields instead; their words.
    """
    marks = errors.or_(sending)
    for other in others:
        marks = other.or_(marks)

    def wait(timeout: Patience) -> None:
        if not sent():  # a quick answer may have taken the mark of sending away already
            appear(marks, timeout)

    insist(wait)
    if refuses(errors, sending, sent):
        raise NotSent("; ".join(errors.all_inner_texts()))


def refuses(errors: Locator, sending: Locator, sent: Callable[[], bool]) -> bool:
    """Tell whether a form that was to be sent marks fields instead.

    A mark may be older than the click, which then takes it away and sends, or brings more of them.
    """
    if sent() or not errors.count():
        return False
    with suppress(TookTooLong):
        appear(sending, MARKING_MS)
        return False
    return not sent() and errors.count() > 0


def enter(box: Locator, text: str) -> None:
    """Put a text into a box and see it there: a notice that takes the focus takes what is typed.

    What the kit makes of it when the box is left, a rounded number say, is for the read-back.
    """

    def there() -> bool:
        return _bare(box.input_value()) == _bare(text)

    def attempt(timeout: Patience) -> None:
        box.fill(text, timeout=timeout)
        if not there():
            box.page.wait_for_timeout(HELD_MS)

    insist(attempt, there)


def _bare(text: str) -> str:
    """Leave out what number boxes write between thousands."""
    return text.replace(",", "")


def tick(clicked: Locator, box: Locator, on: bool = True) -> None:
    """Click until the box is as wanted: a click is lost where a notice comes in between."""
    wanted = box.page.locator("input:checked" if on else "input:not(:checked)")

    def attempt(timeout: Patience) -> None:
        if box.is_checked() != on:
            click_on(clicked, timeout)
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
