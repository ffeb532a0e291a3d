"""Ant Design's selects, trees and cascaders (the DOM of 4, 5 and 6)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError, TransientError
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import BY_ITSELF, SHUT, Widget, exact, gone, insist, settle
from pages.widgets.virtual import VirtualList

OPTION = "select-item-option"
LONG_MS = 10_000
"""What a list has not shown for so long, though all of it was seen, it does not have."""
# Asked at every frame: is it there, and stays? The list itself scrolls a moment after a key.
# Else go on half a screen, and from the end to the top again, but not before the rows of the last
# step are drawn: who steps on in their stead sees one end of the list from the other, for ever.
_SEEK = """
([list, option, holder, text, turn]) => {
  const GAP = 16; // px that a row's own margin may take
  list.framesGone = list.getClientRects().length ? 0 : (list.framesGone || 0) + 1;
  if (list.framesGone) return list.framesGone > 15 && 'shut'; // it may only be measured
  if (list.turn !== turn) Object.assign(list, {turn, passes: 0, framesThere: 0});
  const rows = [...list.querySelectorAll(option)], box = list.querySelector(holder);
  const drawn = () => {
    const sight = box.getBoundingClientRect();
    const places = rows.map(one => one.getBoundingClientRect());
    return Math.min(...places.map(one => one.top)) <= sight.top + GAP &&
      Math.max(...places.map(one => one.bottom)) >= sight.bottom - GAP;
  };
  list.framesLate = !box || !rows.length || drawn() ? 0 : (list.framesLate || 0) + 1;
  if (list.framesLate && list.framesLate < 30) return false;
  const there = rows.some(one => one.textContent.trim() === text);
  list.framesThere = there ? list.framesThere + 1 : 0;
  if (there) return list.framesThere > 5;
  const end = !box || box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
  list.passes += end;
  if (box) box.scrollTop = end ? 0 : box.scrollTop + box.clientHeight / 2;
  return false;
}
"""
_SEEN = """
(lists, option) => lists.map(list => ({
  passes: list.passes ?? 0,
  rows: [...list.querySelectorAll(option)].map(one => one.textContent.trim()),
}))
"""
PASSES = 2
"""So often a list is gone through to its end before it is said to lack an option."""


class _Choice(Widget):
    """A box that shows what is chosen and drops a list down, anywhere in the page."""

    def __init__(self, root: Locator, prefix: str, name: str = "") -> None:
        super().__init__(root.locator(f".{prefix}-select").first, prefix)
        self._name = name
        """The field it stands in, for what is said about it."""

    @property
    def _input(self) -> Locator:
        return self.root.locator("input[role=combobox]")

    def _shown(self) -> tuple[str, ...]:
        """What the box shows as chosen; the input's own value is always empty."""
        chosen = self._find("select-selection-item", "select-content-has-value")
        return tuple(
            chosen.evaluate_all("all => all.map(one => one.title || one.textContent.trim())")
        )

    @property
    def _dropdown(self) -> Locator:
        """The list of this very box: lists that are leaving, or of others, look alike."""
        closed = f"{self._prefix}-select-dropdown-hidden"
        opened = self._page.locator(f".{self._prefix}-select-dropdown:not(.{closed})")
        listbox = f"{self._input.get_attribute('id')}_list"
        return opened.filter(has=self._page.locator(f'[id="{listbox}"]'))

    def _open(self, timeout: Patience) -> Locator:
        dropdown = self._dropdown
        if not dropdown.is_visible():
            click_on(self.root, timeout)
        try:
            return settle(dropdown, timeout)
        except TookTooLong:
            self._leave(timeout)  # a list that never came to its place has to be opened anew
            raise

    def _closed(self) -> bool:
        return not self._dropdown.is_visible()

    def _close(self, dropdown: Locator, timeout: Patience) -> None:
        """Close a list that stays open after a choice."""
        if dropdown.is_visible():
            self._leave(timeout)
        gone(dropdown, timeout)

    def _leave(self, timeout: Patience) -> None:
        """Do what closes an open list; Escape would close a dialog around it, if it came late."""
        self._input.focus(timeout=timeout)  # a notice may have taken the focus; then no blur comes
        self._input.blur(timeout=timeout)

    def _remove(self, shown: str, timeout: Patience) -> None:
        """Take out one of several that are chosen."""
        item = self._find("select-selection-item").and_(self._page.get_by_title(shown, exact=True))
        click_on(item.first.locator(self._css("select-selection-item-remove")), timeout)

    def _choose_one(
        self, pick: Callable[[Locator, Patience], None], done: Callable[[], bool]
    ) -> None:
        """Open the list, pick in it, wait until it has closed by itself."""

        def attempt(timeout: Patience) -> None:
            if not done():
                dropdown = self._open(timeout)
                pick(dropdown, timeout)
                gone(dropdown, timeout)

        insist(attempt, done, self._closed)

    def _choose_all(
        self, wanted: Sequence[str], pick: Callable[[Locator, str, Patience], None]
    ) -> None:
        """Take out what is not wanted, pick what is missing, close the list."""

        def attempt(timeout: Patience) -> None:
            for shown in _missing(self._shown(), wanted):
                self._remove(shown, timeout)
            missing = _missing(wanted, self._shown())
            dropdown = self._dropdown
            if missing:
                self._open(timeout)
            for text in missing:
                pick(dropdown, text, timeout)
            self._close(dropdown, timeout)

        insist(attempt, lambda: set(self._shown()) == set(wanted), self._closed)


class Select(_Choice):
    """A select, with a search box or without, over a list of any length."""

    def choose(self, text: str) -> None:
        """Open it, find the option by its whole text, choose it, wait until it has closed.

        Raises:
            BusinessError: the list has no such option.
        """

        def pick(dropdown: Locator, timeout: Patience) -> None:
            click_on(self._bring(dropdown, text, timeout), timeout)

        self._choose_one(pick, lambda: self.value() == text)

    def value(self) -> str:
        """Read what is chosen; empty if nothing is."""
        return next(iter(self._shown()), "")

    def options(self) -> tuple[str, ...]:
        """Read every option from top to bottom; what is chosen stays chosen."""
        found: list[str] = []

        def attempt(timeout: Patience) -> None:
            dropdown = self._open(timeout)
            rows = VirtualList(dropdown.locator(self._holder), self._css(OPTION), key="").rows()
            found[:] = [row.key for row in rows]
            self._close(dropdown, timeout)

        insist(attempt, closed=self._closed)
        return tuple(found)

    def _bring(self, dropdown: Locator, text: str, timeout: Patience) -> Locator:
        """Find an option: one in sight, else searched for where one can search, else scrolled to.

        Not searched at once, because a list may search its values instead of its words.
        """
        content = self._page.locator(self._css(f"{OPTION}-content"), has_text=exact(text))
        option = dropdown.locator(self._css(OPTION)).filter(has=content)
        if not option.count():
            if self._input.is_editable():
                self._search(dropdown, text, timeout)
            else:
                self._scroll_to(dropdown, text)
        return option

    def _search(self, dropdown: Locator, text: str, timeout: Patience) -> None:
        """Type and wait for the option, which may stand far down among the hits.

        Raises:
            BusinessError: the list has no such option.
        """
        if self._input.input_value(timeout=timeout) == text:
            self._input.fill("", timeout=timeout)  # what stands there already asks for nothing
        self._input.fill(text, timeout=timeout)
        options = [self._css(f"{OPTION}-content"), self._holder, text, time.monotonic_ns()]
        handle = dropdown.element_handle(timeout=timeout)
        try:
            how = self._page.wait_for_function(_SEEK, arg=[handle, *options], timeout=timeout)
        except TookTooLong:
            long = timeout is None or timeout >= LONG_MS
            if not (long and self._gone_through(dropdown, text)):
                raise
            self._search_without_words(dropdown, text, timeout)
            return
        handle.dispose()
        if how.json_value() == SHUT:
            raise TransientError(BY_ITSELF)

    def _search_without_words(self, dropdown: Locator, text: str, timeout: Patience) -> None:
        """Look through the whole list: it may search its values instead of its words."""
        self._input.fill("", timeout=timeout)
        self._scroll_to(dropdown, text)

    def _gone_through(self, dropdown: Locator, text: str) -> bool:
        """Tell whether all that the list has for these words was seen, be it nothing.

        A list that shows others, or is busy still, may not have heard of the words.
        """
        busy = f"{self._prefix}-select-loading" in (self.root.get_attribute("class") or "")
        if busy or dropdown.locator(self._css("spin")).count():
            return False
        if self._input.input_value() != text:
            return False
        seen = dropdown.evaluate_all(_SEEN, self._css(f"{OPTION}-content"))
        passes = max((one["passes"] for one in seen), default=0)
        return passes >= PASSES and all(text in row for one in seen for row in one["rows"])

    def _scroll_to(self, dropdown: Locator, text: str) -> None:
        rows = VirtualList(dropdown.locator(self._holder), self._css(OPTION), key="")
        if not rows.reveal(text):
            raise self._lacks(text)

    def _lacks(self, text: str) -> BusinessError:
        which = f"the list of {self._name}" if self._name else "the list"
        return BusinessError(f"{which} has no option {text}")

    @property
    def _holder(self) -> str:
        return f".rc-virtual-list-holder, {self._css('select-dropdown-list-holder')}"


class MultiSelect(Select):
    """A select of several; its list stays open until it is closed."""

    def choose_all(self, texts: Sequence[str]) -> None:
        """Leave just these chosen.

        Raises:
            BusinessError: the list has no such option.
        """

        def pick(dropdown: Locator, text: str, timeout: Patience) -> None:
            option = self._bring(dropdown, text, timeout)
            chosen = option.and_(self._page.locator(self._css(f"{OPTION}-selected")))
            if not chosen.count():  # a second click would take it out again
                click_on(option, timeout)

        self._choose_all(texts, pick)

    def values(self) -> tuple[str, ...]:
        """Read all that are chosen, in the order the box shows them."""
        return self._shown()


class Tags(_Choice):
    """A select that takes words of one's own."""

    def choose_all(self, words: Sequence[str]) -> None:
        """Leave just these words in it."""

        def pick(_dropdown: Locator, word: str, timeout: Patience) -> None:
            self._input.fill(word, timeout=timeout)
            self._input.press("Enter", timeout=timeout)

        self._choose_all(words, pick)

    def values(self) -> tuple[str, ...]:
        """Read all words."""
        return self._shown()


class TreeSelect(_Choice):
    """A select over a tree: one node, or ticked nodes."""

    @property
    def _dropdown(self) -> Locator:
        # Its listbox carries no id of its own; only one tree is ever open.
        closed = f"{self._prefix}-select-dropdown-hidden"
        opened = self._page.locator(f".{self._prefix}-select-dropdown:not(.{closed})")
        return opened.filter(has=self._page.locator(self._css("select-tree")))

    def choose(self, *path: str) -> None:
        """Choose a node by the titles from the root down to it."""

        def pick(dropdown: Locator, timeout: Patience) -> None:
            self._click(dropdown, path, timeout)

        self._choose_one(pick, lambda: self.value() == path[-1])

    def choose_all(self, paths: Iterable[Sequence[str]]) -> None:
        """Leave just these nodes ticked, each by the titles from the root down to it."""
        wanted = {path[-1]: path for path in paths}

        def pick(dropdown: Locator, title: str, timeout: Patience) -> None:
            self._click(dropdown, wanted[title], timeout)

        self._choose_all(list(wanted), pick)

    def value(self) -> str:
        """Read the title that is chosen; empty if none is."""
        return next(iter(self._shown()), "")

    def values(self) -> tuple[str, ...]:
        """Read all titles that are ticked."""
        return self._shown()

    def _click(self, dropdown: Locator, path: Sequence[str], timeout: Patience) -> None:
        for title in path[:-1]:
            branch = settle(self._node(dropdown, title), timeout)
            closed = branch.locator(self._css("select-tree-switcher_close"))
            if closed.count():
                click_on(closed, timeout)
        leaf = settle(self._node(dropdown, path[-1]), timeout)
        click_on(leaf.locator(self._css("select-tree-node-content-wrapper")), timeout)

    def _node(self, dropdown: Locator, title: str) -> Locator:
        words = self._page.locator(self._css("select-tree-title"), has_text=exact(title))
        return dropdown.locator(self._css("select-tree-treenode")).filter(has=words)


class Cascader(_Choice):
    """Columns, each opened by the one before it: at once, on hover, or from the server."""

    @property
    def _dropdown(self) -> Locator:
        closed = f"{self._prefix}-select-dropdown-hidden"
        return self._page.locator(f".{self._prefix}-cascader-dropdown:not(.{closed})")

    def choose(self, *path: str) -> None:
        """Choose by the names of every level."""

        def pick(dropdown: Locator, timeout: Patience) -> None:
            click_on(self._walk(dropdown, path, timeout), timeout)

        self._choose_one(pick, lambda: self.value() == path)

    def search(self, *path: str) -> None:
        """Choose by typing the last name and taking the hit with all names in this order."""
        hit = re.compile(r"\s*/\s*".join(map(re.escape, path)) + r"\s*$")

        def pick(dropdown: Locator, timeout: Patience) -> None:
            self._input.fill(path[-1], timeout=timeout)
            hits = dropdown.locator(self._css("cascader-menu-item"), has_text=hit)
            click_on(hits, timeout)

        self._choose_one(pick, lambda: self.value() == path)

    def choose_all(self, paths: Iterable[Sequence[str]]) -> None:
        """Leave just these ticked; the box shows the last name of each."""
        wanted = {path[-1]: path for path in paths}

        def pick(dropdown: Locator, name: str, timeout: Patience) -> None:
            leaf = self._walk(dropdown, wanted[name], timeout)
            click_on(leaf.locator(self._css("cascader-checkbox")), timeout)

        self._choose_all(list(wanted), pick)

    def value(self) -> tuple[str, ...]:
        """Read the names of every level; empty if nothing is chosen."""
        return tuple(name.strip() for shown in self._shown()[:1] for name in shown.split(" / "))

    def values(self) -> tuple[str, ...]:
        """Read the last name of each path that is ticked."""
        return self._shown()

    def _walk(self, dropdown: Locator, path: Sequence[str], timeout: Patience) -> Locator:
        """Open column after column and give the item of the last name, unclicked."""
        columns = dropdown.locator(self._css("cascader-menu"))
        items = [
            columns.nth(level).locator(self._css("cascader-menu-item"), has_text=exact(name))
            for level, name in enumerate(path)
        ]
        active = self._page.locator(self._css("cascader-menu-item-active"))
        for item, following in pairwise(items):
            # Each click may ask the server anew, and an answer takes the columns after it away:
            # what a try before this one has opened is left alone.
            if not (item.and_(active).is_visible() and following.is_visible()):
                click_on(item, timeout)
        return items[-1]


def _missing(wanted: Sequence[str], there: Sequence[str]) -> list[str]:
    return [text for text in wanted if text not in there]
