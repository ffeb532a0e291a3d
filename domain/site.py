"""What a site looks like, as data: a redesign is mended here, not in code."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from domain.model import Value


class SiteKind(StrEnum):
    """What a site is to a shop: which door leads in, and which robots work there."""

    STORE = "store"
    ERP = "erp"
    SUPPLY = "supply"


class Prefixes(Value):
    """Class prefixes of the UI kit, by part of the site (the real one uses several)."""

    shell: str = "auxo"
    goods: str = "ecom-g"
    newer: str = "aurora"
    """Of single widgets that are drawn by a newer kit than the page around them."""


class SiteMap(Value):
    """One site: where it is, how it is drawn, and how long it may take.

    ``labels`` and ``selectors`` hold only what differs from the page objects: a label as the page
    objects write it → as this site writes it now; ``screen.element`` → a CSS selector.
    """

    name: str
    base_url: str
    kind: SiteKind = SiteKind.STORE
    prefixes: Prefixes = Prefixes()
    headless: bool = False
    """Real shops show their window, so that a person can step in; the practice store needs none."""
    labels: dict[str, str] = Field(default_factory=dict)
    selectors: dict[str, str] = Field(default_factory=dict)
    settle_window: timedelta = timedelta(seconds=90)
    """How long after a lost answer a submit may still commit."""
    audit_wait: timedelta = timedelta(seconds=60)
    """How long a run waits for a product to pass the audit before it goes on."""
    first_item_asks: bool = True
    """Whether a shop's first live run stops after one item and waits for a person's yes."""
    person_wait: timedelta = timedelta()
    """How long a session waits for a person at a login, captcha or risk notice, lane kept."""

    def url(self, route: str) -> str:
        """Make a full address of a route such as ``/ffa/g/list``."""
        return self.base_url.rstrip("/") + route

    def label(self, text: str) -> str:
        """Give the label this site shows where the page objects say ``text``."""
        return self.labels.get(text, text)

    def selector(self, element: str, usual: str) -> str:
        """Give the CSS selector of ``screen.element``: the override, else the usual one."""
        return self.selectors.get(element, usual)
