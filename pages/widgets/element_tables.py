"""Element's tables and page numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Response

from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import Widget, exact, gone, insist

Answered = str | Callable[[Response], bool]
"""Which answer of the site brings the rows: a pattern of its address, or a test of it."""
# A cell of a column that Element UI draws as a copy is hidden here: its text is there, not shown.
_RECORDS = """
(root, [heads, rows]) => {
  const shown = cell => cell.innerText.trim() || cell.textContent.trim();
  const titles = [...root.querySelectorAll(heads)].map(shown);
  return [...root.querySelectorAll(rows)].map(row => Object.fromEntries(
    [...row.children].map((cell, at) => [titles[at] ?? '', shown(cell)])));
}
"""

_KEYS = """
([root, rows, keys]) => {
  const found = [...root.querySelectorAll(rows)].map(row => row.children[0].innerText.trim());
  return found.length === keys.length && keys.every((key, at) => key === found[at]);
}
"""


class Table(Widget):
    """A table whose rows are found by what a cell of theirs says, never by their place.

    Element UI draws fixed columns as copies of the whole table: text is read in the table's own
    body, buttons are pressed in the copy on the right.
    """

    @property
    def rows(self) -> Locator:
        """Every row of the page that is shown, once."""
        return self.root.locator(f"{self._css('table__body-wrapper')} {self._css('table__row')}")

    def row(self, text: str) -> Locator:
        """Find the row that has a cell with just this text."""
        cell = self._page.locator("td", has_text=exact(text))
        return self.rows.filter(has=cell)

    def actions(self, text: str) -> Locator:
        """Find where the buttons of that row are."""
        copies = self.root.locator(f"{self._css('table__fixed-right')} {self._css('table__row')}")
        if not copies.count():
            return self.row(text)
        return copies.nth(int(self.row(text).evaluate("row => row.sectionRowIndex")))

    def ready(self) -> None:
        """Wait until no rows are on their way."""
        gone(self.root.locator(f"{self._css('loading-mask')}:visible"))

    def show(self, keys: Sequence[str]) -> None:
        """Wait until the rows are just these, by what their first cell says."""
        rows = f"{self._css('table__body-wrapper')} {self._css('table__row')}"
        handle = self.root.element_handle()
        self._page.wait_for_function(_KEYS, arg=[handle, rows, list(keys)])
        handle.dispose()

    def records(self) -> tuple[dict[str, str], ...]:
        """Read every row: column title → text."""
        self.ready()
        heads = f"{self._css('table__header-wrapper')} th"
        rows = f"{self._css('table__body-wrapper')} {self._css('table__row')}"
        return tuple(self.root.evaluate(_RECORDS, [heads, rows]))


class Pagination(Widget):
    """Page numbers; its root holds the rows too, so that a turned page is one with its rows."""

    def last(self) -> bool:
        """Tell whether no page follows."""
        return self._further.is_disabled()

    def next(self, answered: Answered) -> None:
        """Turn to the next page and wait for its rows."""
        number = self.number() + 1

        def attempt(timeout: Patience) -> None:
            if self.number() != number:
                with self._page.expect_response(answered, timeout=timeout):
                    click_on(self._further, timeout)

        insist(attempt)
        self._active.filter(has_text=exact(str(number))).wait_for()
        gone(self.root.locator(f"{self._css('loading-mask')}:visible"))

    def number(self) -> int:
        """Read which page is shown."""
        return int(re.sub(r"\D", "", self._active.inner_text()))

    @property
    def _further(self) -> Locator:
        return self._find("pagination").locator("button.btn-next")

    @property
    def _active(self) -> Locator:
        pager = self._css("pager")  # Element Plus marks the page with is-active, Element UI active
        return self.root.locator(f"{pager} li.is-active, {pager} li.active").first
