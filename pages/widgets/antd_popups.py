"""What Ant Design opens over the page: dialogs, drawers, questions, menus."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from pages.widgets.clicks import Patience, click_on, press
from pages.widgets.common import Widget, button, exact, gone, insist, leave, settle


class Modal:
    """A dialog by its title."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        titles = page.locator(f".{prefix}-modal-title, .{prefix}-modal-confirm-title")
        self.root = page.locator(f".{prefix}-modal:visible").filter(
            has=titles.filter(has_text=exact(title))
        )
        self._prefix = prefix

    def press(self, label: str) -> None:
        """Press a button of the settled dialog."""
        press(button(settle(self.root), label))

    def answer(self, label: str) -> None:
        """Press a button and wait until the dialog has closed, however long the site takes."""
        self.press(label)
        self.gone()

    def close(self) -> None:
        """Close it by its cross."""
        press(settle(self.root).locator(f".{self._prefix}-modal-close"))
        self.gone()

    def gone(self) -> None:
        """Wait until it has closed."""
        gone(self.root)


class Confirm(Modal):
    """A question that the page asks on its own: ``modal.confirm``."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        super().__init__(page, prefix, title)
        self.root = self.root.and_(page.locator(f".{prefix}-modal-confirm"))


class Drawer:
    """A panel from the side, by its title."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        titles = page.locator(f".{prefix}-drawer-title", has_text=exact(title))
        self.root = page.locator(f".{prefix}-drawer-open").filter(has=titles)
        self._prefix = prefix

    def press(self, label: str) -> None:
        """Press a button of the settled drawer."""
        press(button(settle(self.root), label))

    def close(self) -> None:
        """Close it by its cross."""
        press(settle(self.root).locator(f".{self._prefix}-drawer-close"))
        self.gone()

    def gone(self) -> None:
        """Wait until it has closed; its element stays in the page."""
        gone(self.root)


class Popconfirm:
    """A small question beside what was clicked."""

    def __init__(self, page: Page, prefix: str, title: str) -> None:
        titles = page.locator(f".{prefix}-popconfirm-title, .{prefix}-popover-message-title")
        opened = page.locator(f".{prefix}-popover:not(.{prefix}-popover-hidden)")
        self.root = opened.filter(has=titles.filter(has_text=exact(title)))

    def answer(self, label: str) -> None:
        """Press a button and wait until it has closed: the next question looks the same."""
        press(button(settle(self.root), label))
        gone(self.root)


class Menu(Widget):
    """A menu that drops from its root, on hover or on a click."""

    def choose(self, *path: str, click: bool = False) -> None:
        """Open the menu and click an item by its words; before it stand its menus, if any."""

        def attempt(timeout: Patience) -> None:
            if not self._menus.count():
                leave(self._page)  # it opens for a mouse that comes, not for one that is there
                if click:
                    click_on(self.root, timeout)
                else:
                    self.root.hover(timeout=timeout)
            settle(self._menus.first, timeout)
            for name in path[:-1]:
                self._item("dropdown-menu-submenu-title", name).hover(timeout=timeout)
            item = settle(self._item("dropdown-menu-item", path[-1]), timeout)
            press(item, timeout)

        insist(attempt, closed=lambda: not self._menus.count())
        leave(self._page)
        gone(self._menus)

    @property
    def _menus(self) -> Locator:
        closed = f"{self._prefix}-dropdown-hidden"
        return self._page.locator(f".{self._prefix}-dropdown:not(.{closed})")

    def _item(self, kind: str, name: str) -> Locator:
        return self._page.locator(f"{self._css(kind)}:visible", has_text=exact(name))
