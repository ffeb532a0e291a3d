"""Element's selects and cascaders, of Element Plus and of Element UI 2."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import SOON_MS, Widget, appear, exact, gone, insist, settle

BETWEEN = " / "
"""What a cascader writes between its levels."""
# What is chosen. Element Plus writes it beside the select's input and makes it transparent while
# the list is open; Element UI and cascaders write it into the input.
_SHOWN = """
(root, prefix) => {
  if (!root.querySelector(`.${prefix}-select__wrapper`))
    return root.querySelector('input')?.value.trim() ?? '';
  const shown = `.${prefix}-select__placeholder:not(.is-transparent)`;
  return root.querySelector(shown)?.textContent.trim() ?? '';
}
"""
_LIST_ID = "root => root.querySelector('input[role=combobox]')?.getAttribute('aria-controls') ?? ''"


class _Choice(Widget):
    """A box that shows what is chosen and drops something down, anywhere in the page."""

    @property
    def _dropdown(self) -> Locator:
        raise NotImplementedError

    def _shown(self) -> str:
        shown: str = self.root.evaluate(_SHOWN, self._prefix)
        return shown

    def _choose(self, text: str, pick: Callable[[Locator, Patience], None]) -> None:
        """Open it, pick in it, wait until it has closed and shows what was picked."""

        def attempt(timeout: Patience) -> None:
            if self._shown() == text:
                return
            dropdown = self._dropdown
            if not dropdown.is_visible():
                click_on(self.root, timeout)
            pick(settle(dropdown, timeout), timeout)
            gone(dropdown, timeout)
            self._await(text, timeout)

        insist(attempt, lambda: self._shown() == text, lambda: not self._dropdown.is_visible())

    def _await(self, text: str, timeout: Patience) -> None:
        handle = self.root.element_handle(timeout=timeout)
        shows = f"([root, prefix, text]) => ({_SHOWN})(root, prefix) === text"
        self._page.wait_for_function(shows, arg=[handle, self._prefix, text], timeout=timeout)
        handle.dispose()


class Select(_Choice):
    """A select, with a search box or without; its list is there as a whole."""

    def __init__(self, root: Locator, prefix: str) -> None:
        super().__init__(root.locator(f".{prefix}-select").first, prefix)

    @property
    def _dropdown(self) -> Locator:
        """The list of this very box by its id; Element UI gives none, and opens one at a time."""
        listbox = self.root.evaluate(_LIST_ID)
        if not listbox:
            return self._page.locator(f"{self._css('select-dropdown')}:visible")
        opened = self._page.locator(f"{self._css('popper')}:visible")
        return opened.filter(has=self._page.locator(f'[id="{listbox}"]'))

    def choose(self, text: str) -> None:
        """Choose an option by its whole text; of several that read alike it is the first.

        Raises:
            BusinessError: the list has no such option.
        """

        def pick(dropdown: Locator, timeout: Patience) -> None:
            options = dropdown.locator(self._css("select-dropdown__item"))
            click_on(_one_of(options, text), timeout)

        self._choose(text, pick)

    def value(self) -> str:
        """Read what is chosen; empty if nothing is."""
        return self._shown()

    def values(self) -> tuple[str, ...]:
        """Read all that are chosen, of a select of several."""
        texts = self._find("select__tags-text").all_inner_texts()
        return tuple(text.strip() for text in texts)


class Cascader(_Choice):
    """Columns, each opened by the one before it: at once or from the server."""

    def __init__(self, root: Locator, prefix: str) -> None:
        super().__init__(root.locator(f".{prefix}-cascader").first, prefix)

    @property
    def _dropdown(self) -> Locator:
        return self._page.locator(f"{self._css('cascader__dropdown')}:visible")

    def choose(self, *path: str) -> None:
        """Choose by the names of every level.

        Raises:
            BusinessError: a level has no such name.
        """

        def pick(dropdown: Locator, timeout: Patience) -> None:
            columns = dropdown.locator(self._css("cascader-menu"))
            for level, name in enumerate(path):
                nodes = columns.nth(level).locator(self._css("cascader-node"))
                click_on(_one_of(nodes, name), timeout)

        self._choose(BETWEEN.join(path), pick)

    def value(self) -> tuple[str, ...]:
        """Read the names of every level; empty if nothing is chosen."""
        return tuple(filter(None, self._shown().split(BETWEEN)))


def _one_of(items: Locator, text: str) -> Locator:
    """Wait for the item with just this text.

    Raises:
        BusinessError: there are others, and it is not among them.
    """
    found = items.filter(has_text=exact(text)).first
    try:
        appear(found, SOON_MS)
    except TookTooLong:
        if items.first.is_visible():
            raise BusinessError(f"the list has no option {text}") from None
        raise
    return found
