"""Ant Design's tables, page numbers and tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Response

from pages.widgets.antd_choices import Select
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import Widget, exact, gone, insist, leave, settle, tick

Answered = str | Callable[[Response], bool]
"""Which answer of the site brings the rows: a pattern of its address, or a test of it."""

CHOOSING_MS = 45_000
"""The wait for an answer begins before the choice that asks, which may need all of its tries."""

_RECORDS = """
(root, [heads, rows, cells]) => {
  const titles = [...root.querySelectorAll(heads)].map(head => head.innerText.trim());
  return [...root.querySelectorAll(rows)].map(row => Object.fromEntries(
    [...row.querySelectorAll(cells)].map((cell, at) => [titles[at], cell.innerText.trim()])));
}
"""

_OWN_TEXT = """
tab => {
  const button = tab.querySelector('[role=tab]') ?? tab;
  const own = [...button.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
  return own.map(node => node.textContent).join('').trim() || button.innerText.trim();
}
"""


class Table(Widget):
    """A table whose rows are found by their key, never by their place."""

    @property
    def rows(self) -> Locator:
        """Every row of the page that is shown; the kit's hidden measuring row is none."""
        return self._find("table-row")

    def row(self, key: str) -> Locator:
        """Find a row by its key."""
        return self.rows.and_(self._page.locator(f'[data-row-key="{key}"]'))

    def row_showing(self, text: str) -> Locator:
        """Find the row that has a cell with just this text."""
        cell = self._page.locator(self._css("table-cell"), has_text=exact(text))
        return self.rows.filter(has=cell)

    def ready(self) -> None:
        """Wait until no rows are on their way."""
        gone(self._find("spin-spinning"))

    def keys(self) -> tuple[str, ...]:
        """Read the keys of the rows in their order."""
        self.ready()
        return tuple(self.rows.evaluate_all("rows => rows.map(row => row.dataset.rowKey)"))

    def records(self) -> tuple[dict[str, str], ...]:
        """Read every row: column title → text."""
        self.ready()
        parts = [self._css(name) for name in ("table-thead th", "table-row", "table-cell")]
        return tuple(self.root.evaluate(_RECORDS, parts))

    def tick(self, key: str, on: bool = True) -> None:
        """Tick a row's box, or take its tick away."""
        cell = self.row(key).locator(self._css("table-selection-column"))
        tick(cell.locator(self._css("checkbox-wrapper")), cell.locator("input"), on)

    def ticked(self) -> tuple[str, ...]:
        """Read the keys of the ticked rows of this page."""
        ticked = self.rows.filter(
            has=self._page.locator(f"{self._css('table-selection-column')} input:checked")
        )
        return tuple(ticked.evaluate_all("rows => rows.map(row => row.dataset.rowKey)"))


class Pagination(Widget):
    """Page numbers; its root holds the table too, so that a turned page is one with its rows."""

    def go_to(self, number: int, answered: Answered) -> None:
        """Turn to a page and wait for its rows."""
        item = self._find(f"pagination-item-{number}")

        def attempt(timeout: Patience) -> None:
            if self.number() == number:
                return
            with self._page.expect_response(answered, timeout=timeout):
                if item.count():  # a key: the dots beside it may spill over it and get its click
                    item.press("Enter", timeout=timeout)
                else:
                    self._jump(number, timeout)

        insist(attempt)
        self._turned(number)

    def next(self, answered: Answered) -> bool:
        """Turn to the next page, if there is one."""
        if self._find("pagination-next").get_attribute("aria-disabled") == "true":
            return False
        self.go_to(self.number() + 1, answered)
        return True

    def number(self) -> int:
        """Read which page is shown."""
        return int(self._find("pagination-item-active").inner_text())

    def resize(self, size: int, answered: Answered) -> None:
        """Show so many rows on a page and wait for them."""
        if size != self.size():
            with self._page.expect_response(answered, timeout=CHOOSING_MS):
                self._sizes.choose(f"{size} 条/页")
            gone(self._find("spin-spinning"))

    def size(self) -> int:
        """Read how many rows a page has."""
        return int(re.sub(r"\D", "", self._sizes.value()))

    @property
    def _sizes(self) -> Select:
        return Select(self._find("pagination-options"), self._prefix)

    def _jump(self, number: int, timeout: Patience) -> None:
        box = self._find("pagination-options-quick-jumper").locator("input")
        box.fill(str(number), timeout=timeout)
        box.press("Enter", timeout=timeout)

    def _turned(self, number: int) -> None:
        self._find("pagination-item-active").filter(has_text=exact(str(number))).wait_for()
        gone(self._find("spin-spinning"))


class Tabs(Widget):
    """Tabs by their label; those without room are in a menu at the end."""

    def choose(self, label: str) -> None:
        """Go to a tab and wait until it is the active one."""
        tab = self._find("tabs-tab").filter(has_text=_counted(label))

        def attempt(timeout: Patience) -> None:
            if self.value() != label:
                if self._in_sight(tab):
                    click_on(tab, timeout)
                else:
                    self._choose_hidden(label)
            self._active.filter(has_text=_counted(label)).wait_for(timeout=timeout)

        insist(attempt)

    def value(self) -> str:
        """Read the active tab's label, without the number of things that may follow it."""
        return re.sub(r"\s*[(（]\d+\+?[)）]$", "", str(self._active.evaluate(_OWN_TEXT)))

    @property
    def _active(self) -> Locator:
        return self._find("tabs-tab-active").first

    def _in_sight(self, tab: Locator) -> bool:
        strip = self._find("tabs-nav-wrap").first.bounding_box()
        box = tab.bounding_box()
        if strip is None or box is None:
            return False
        after = box["x"] >= strip["x"] - 1
        return after and box["x"] + box["width"] <= strip["x"] + strip["width"] + 1

    def _choose_hidden(self, label: str) -> None:
        closed = f"{self._prefix}-tabs-dropdown-hidden"
        menu = self._page.locator(f".{self._prefix}-tabs-dropdown:not(.{closed})")
        item = menu.locator(self._css("tabs-dropdown-menu-item"), has_text=_counted(label))

        def attempt(timeout: Patience) -> None:
            if not menu.is_visible():
                leave(self._page)  # it opens for a mouse that comes, not for one that is there
                click_on(self._find("tabs-nav-more"), timeout)
            settle(menu, timeout)
            click_on(item, timeout)

        insist(attempt, closed=lambda: not menu.is_visible())
        leave(self._page)
        gone(menu)


def _counted(label: str) -> re.Pattern[str]:
    """Match a tab's label, alone or followed by how many things it holds."""
    apart = r"[\s(（]+" if label[-1:].isdigit() else r"[\s(（]*"
    return re.compile(rf"^\s*{re.escape(label)}(?:{apart}\d+\+?[)）]?)?\s*$")
