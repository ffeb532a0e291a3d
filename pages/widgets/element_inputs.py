"""Element's fields: ticks, switches, and what a form complains about; text is as in every kit."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import Widget, exact, insist, tick


def field(root: Page | Locator, prefix: str, label: str) -> Locator:
    """Find a field's box by its label."""
    page = root if isinstance(root, Page) else root.page
    labels = page.locator(f".{prefix}-form-item__label", has_text=exact(label))
    return root.locator(f".{prefix}-form-item").filter(has=labels).last


class FormErrors(Widget):
    """What a form or one of its fields complains about."""

    @property
    def shown(self) -> Locator:
        """The complaints."""
        return self.root.locator(f"{self._css('form-item')}.is-error").locator(
            f"{self._css('form-item__error')}:visible"
        )

    def texts(self) -> tuple[str, ...]:
        """Read all complaints in the order of the fields."""
        return tuple(text.strip() for text in self.shown.all_inner_texts())


class Checkboxes(Widget):
    """One box to tick or a group of them, by what stands beside each."""

    def tick(self, label: str, on: bool = True) -> None:
        """Tick one box, or take its tick away."""
        box = self._find("checkbox").filter(has_text=exact(label))
        tick(box, box.locator("input"), on)

    def values(self) -> tuple[str, ...]:
        """Read what stands beside the ticked boxes."""
        return _chosen(self._find("checkbox"))


class Radio(Widget):
    """A group of radio buttons, round or drawn as buttons."""

    def choose(self, text: str) -> None:
        """Choose by the label's whole text."""
        label = self._find("radio", "radio-button").filter(has_text=exact(text))
        tick(label, label.locator("input"))

    def value(self) -> str:
        """Read the label of the one that is chosen."""
        return next(iter(_chosen(self._find("radio", "radio-button"))), "")


class Switch(Widget):
    """On or off."""

    def turn(self, on: bool) -> None:
        """Turn it on or off."""
        switch = self._find("switch").first
        wanted = self._page.locator(".is-checked" if on else ":not(.is-checked)")

        def attempt(timeout: Patience) -> None:
            if self.value() != on:
                click_on(switch, timeout)
            switch.and_(wanted).wait_for(timeout=timeout)

        insist(attempt)

    def value(self) -> bool:
        """Tell whether it is on."""
        return bool(self._find("switch").first.evaluate("e => e.classList.contains('is-checked')"))


def _chosen(labels: Locator) -> tuple[str, ...]:
    chosen = labels.filter(has=labels.page.locator("input:checked"))
    return tuple(text.strip() for text in chosen.all_inner_texts())
