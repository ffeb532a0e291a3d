"""Ant Design widgets (4 and 5 DOM) on a root locator; the class prefix is a parameter.

Every idiom here is one that held in measurement: buttons carry an inner space between two Chinese
characters, a select's options are found by its own listbox id, what opens is settled before the
first click, what closes is waited for until it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from re import Pattern

from playwright.sync_api import Locator, Page, expect

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


def settle(locator: Locator) -> Locator:
    """Wait until what is opening has opened: a click into an animation can be lost."""
    locator.wait_for(state="visible")
    handle = locator.element_handle()
    locator.page.wait_for_function(_SETTLED, arg=handle)
    handle.dispose()
    return locator


def gone(locator: Locator) -> None:
    """Wait until what is closing has left the page."""
    expect(locator).to_have_count(0)


class Select:
    """A select with a search box and a virtual list."""

    def __init__(self, root: Locator, prefix: str) -> None:
        self.root = root.locator(f".{prefix}-select").first
        self._prefix = prefix

    def choose(self, text: str) -> None:
        """Open it, find the option by its whole text, choose it, wait until it has closed."""
        if self.value() == text:
            return
        box = self.root.locator("input[role=combobox]")
        self.root.click()
        options = settle(self._dropdown(box))
        if box.is_editable():
            box.fill(text)
        content = f".{self._prefix}-select-item-option-content"
        option = options.locator(f".{self._prefix}-select-item-option")
        option.filter(has=self.root.page.locator(content, has_text=exact(text))).click()
        gone(options)

    def value(self) -> str:
        """Read what is chosen; the input's own value is always empty."""
        chosen = self.root.locator(f".{self._prefix}-select-selection-item")
        return (chosen.get_attribute("title") or "") if chosen.count() else ""

    def _dropdown(self, box: Locator) -> Locator:
        listbox = f"{box.get_attribute('id')}_list"
        closed = f"{self._prefix}-select-dropdown-hidden"
        opened = self.root.page.locator(f".{self._prefix}-select-dropdown:not(.{closed})")
        return opened.filter(has=self.root.page.locator(f'[id="{listbox}"]'))


class Upload:
    """A picture list with a hidden file input."""

    def __init__(self, root: Locator, prefix: str) -> None:
        self.root = root
        self._done = root.locator(f".{prefix}-upload-list-item-done")
        self._busy = root.locator(f".{prefix}-upload-list-item-uploading")

    def put(self, files: Sequence[Path]) -> None:
        """Add files to those that are there and wait until the site has every one of them."""
        before = self._done.count()
        self.root.locator("input[type=file]").first.set_input_files(list(files))
        expect(self._done).to_have_count(before + len(files), timeout=30_000)

    def count(self) -> int:
        """Count the pictures the site has; those on their way do not count."""
        gone(self._busy)
        return self._done.count()


class Radio:
    """A group of radio buttons."""

    def __init__(self, root: Locator, prefix: str) -> None:
        self.root = root
        self._prefix = prefix

    def choose(self, text: str) -> None:
        """Choose by the label's whole text."""
        self.root.get_by_role("radio", name=text, exact=True).check()

    def value(self) -> str:
        """Read the label of the one that is chosen."""
        chosen = self.root.locator(f".{self._prefix}-radio-wrapper-checked")
        return chosen.inner_text().strip() if chosen.count() else ""


class Modal:
    """A dialog by its title."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        titles = page.locator(f".{prefix}-modal-title, .{prefix}-modal-confirm-title")
        self.root = page.locator(f".{prefix}-modal:visible").filter(
            has=titles.filter(has_text=exact(title))
        )

    def press(self, label: str) -> None:
        """Press a button of the settled dialog."""
        button(settle(self.root), label).click()

    def gone(self) -> None:
        """Wait until it has closed."""
        gone(self.root)
