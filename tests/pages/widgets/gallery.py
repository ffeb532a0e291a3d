"""The gallery page as the tests drive it: what a widget shows beside what its component holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from pages.widgets.antd import field, gone

LOAD_MS = 60_000


@dataclass(frozen=True)
class Gallery:
    """One loaded gallery; ``prefix`` is what a page object has to know about it."""

    page: Page
    url: str
    antd: int
    prefix: str

    def load(self, **settings: object) -> None:
        """Open it anew and wait until every widget is there."""
        asked = {"antd": self.antd, "prefix": self.prefix, **settings}
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        self.page.goto(
            f"{self.url}/_practice/gallery?{query}", wait_until="domcontentloaded", timeout=LOAD_MS
        )
        self.page.locator(f".{self.prefix}-card").first.wait_for(timeout=LOAD_MS)
        gone(self.page.locator(f".{self.prefix}-spin-spinning"))

    def field(self, label: str) -> Locator:
        return field(self.page, self.prefix, label)

    def truth(self, name: str) -> Any:
        """What a component holds by its own state; None for what never happened."""
        return json.loads(self.page.locator("#truth").text_content() or "{}").get(name)

    def happened(self, name: str) -> int:
        """How often a thing has happened; to be asked before it happens again."""
        return len(self.truth(name) or [])

    def show(self, notice: str) -> None:
        """Let a notice come up now."""
        self.page.evaluate("kind => window.gallery.show(kind)", notice)
