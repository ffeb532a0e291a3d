"""What a shop's own form offers, read and nothing else: its 运费模板 and its categories.

The form shows 运费模板 only of a product, so the edit page of one that the shop has is opened;
nothing is typed or sent. The categories are those that the create page lets one choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page
from pydantic import JsonValue

from domain.outcome import Outcome, Receipt
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance
from pages.doudian.categories import CategoryDialog
from pages.doudian.product_form import ProductForm
from pages.doudian.product_list import ProductList
from pages.doudian.shell import Shell

FREIGHT, CATEGORIES = "运费模板", "商品类目"
TRIED = 5
"""How many products' edit pages are tried: a banned one may have none."""


def work_items(below: Sequence[str] = ()) -> list[WorkItem]:
    """Make the two readings; ``below`` names the first categories that are wanted, none is all."""
    return [
        WorkItem(FREIGHT, "", {"what": FREIGHT}),
        WorkItem(CATEGORIES, " ".join(below), {"what": CATEGORIES, "below": list(below)}),
    ]


class ReadShop:
    """The robot ``read-shop``."""

    name = "read-shop"

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return Shell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Read one list; its texts are the receipt's."""
        what = payload["what"]
        desk.step(f"reading {what}")
        if what == CATEGORIES:
            return _read(what, self._categories(desk, payload["below"]))
        templates = self._freight_templates(desk)
        if templates is None:
            reason = f"the shop has no product yet whose form would show {what}"
            return ItemResult(outcome=Outcome.SKIPPED, reason=reason)
        return _read(what, templates)

    def _categories(self, desk: Desk, below: Sequence[str]) -> list[str]:
        ProductForm(desk.page, desk.site).open_new()
        dialog = CategoryDialog(desk.page, desk.site)
        dialog.open()
        return [" > ".join(path) for path in dialog.leaves(below)]

    def _freight_templates(self, desk: Desk) -> list[str] | None:
        form = ProductForm(desk.page, desk.site)
        for row in ProductList(desk.page, desk.site).newest()[:TRIED]:
            if form.open_edit(row.product_id):
                return list(form.freight_template.options())
        return None


def _read(what: str, texts: Sequence[str]) -> ItemResult:
    facts: dict[str, JsonValue] = {what: list(texts)}
    return ItemResult(outcome=Outcome.UNCHANGED, receipt=Receipt(wanted=facts, found=facts))
