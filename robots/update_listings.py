"""改商品: bring products that stand in the store to what a sheet says now, each proven.

Only ``upload-listings`` makes products. This one changes what an edit page lets a person change
safely: texts, attributes, brand, prices, stock, freight and service. Another category, other
pictures or other SKUs make another product: these it names and leaves to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page
from pydantic import JsonValue

from domain.errors import BusinessError, Defect, TransientError
from domain.listing import Listing
from domain.outcome import Outcome, Receipt
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.product_form import ProductForm
from pages.doudian.product_list import ProductList
from pages.doudian.shell import Shell
from robots.upload_listings import await_audit, find_row

BY_HAND = ("商品类目", "主图", "商品详情", "参考价", "参考价凭证")
"""Facts that a robot never changes on a product that is there."""
ATTRIBUTE = "类目属性 "


class UpdateListings:
    """The robot ``update-listings``."""

    name = "update-listings"

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return Shell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Bring one product to what the sheet says."""
        listing = Listing.model_validate(payload)
        updated = desk.ensure(UpdateProduct(desk, listing))
        if updated.outcome is not Outcome.DONE:
            return updated
        audited = await_audit(desk, listing)
        if isinstance(audited, ItemResult) and audited.outcome is Outcome.REJECTED:
            return audited.model_copy(
                update={"site_id": updated.site_id, "receipt": updated.receipt}
            )
        return updated


class UpdateProduct:
    """The one write: the edit page of this product, with the sheet's values."""

    verb = "product.update"
    creates = False
    audited = True
    clicks = "编辑 → 发布商品"
    names = ()

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self._listing = listing
        self._list = ProductList(desk.second_page, desk.site)
        self._form = ProductForm(desk.page, desk.site)
        self._seen = Found("", {})
        self.key = listing.code
        self.wanted = listing.facts()
        self.screen: Screen = self._list

    def look(self, known_id: str) -> Found | None:
        """Read the edit page of the one product that carries the code.

        Raises:
            BusinessError: there is none, or it is not the product that the sheet describes.
        """
        del known_id  # a receipt may name a product that was deleted and listed anew
        self.screen = self._list
        row = find_row(self._list, self.key, self.key)
        if row is None:
            raise BusinessError(
                f"the store has no product with the code {self.key}",
                mend="List it first: `shopclerk run upload-listings`",
            )
        if not self._form.open_edit(row.product_id):
            raise TransientError(f"the list shows product {row.product_id}, its edit page does not")
        self.screen = self._form
        self._seen = Found(row.product_id, self._compared(row.product_id))
        self._refuse_another_product(self._seen.facts)
        return self._seen

    def _compared(self, product_id: str) -> Facts:
        """Read what the sheet speaks of, and every SKU; the store may know more of a product."""
        facts = self._form.read(product_id).facts()
        return {
            name: fact
            for name, fact in facts.items()
            if name in self.wanted or name.startswith("SKU ")
        }

    def _refuse_another_product(self, found: Mapping[str, JsonValue]) -> None:
        fixed = [name for name in BY_HAND if found.get(name) != self.wanted.get(name)]
        skus = {name for name in found if name.startswith("SKU ")} ^ {
            name for name in self.wanted if name.startswith("SKU ")
        }
        if fixed or skus:
            differing = ", ".join([*fixed, *sorted(skus)])
            raise BusinessError(
                f"a robot changes neither category, pictures nor SKU codes, and these differ: "
                f"{differing}",
                mend="Change them in the store by hand, or in the sheet",
            )

    def prepare(self) -> None:
        """Change what differs, then compare the whole form with the sheet."""
        found, form = self._seen.facts, self._form
        differing = {name for name, fact in self.wanted.items() if found.get(name) != fact}
        for name in differing:
            self._change(name)
        if any(name.startswith("SKU ") for name in differing):
            form.skus.fill(self._listing.skus)
        filled = Receipt(wanted=self.wanted, found=self._compared(self._seen.site_id))
        if not filled.equal:
            raise Defect(
                "the form does not hold what was typed: " + "; ".join(filled.differences())
            )

    def _change(self, name: str) -> None:
        """Bring one field to the sheet's value; SKUs are rows of a table, not fields."""
        listing, form = self._listing, self._form
        if name.startswith(ATTRIBUTE):
            label = name.removeprefix(ATTRIBUTE)
            form.attributes.fill(label, listing.attributes[label])
        elif name == "商品标题":
            form.fill_title(listing.title)
        elif name == "导购短标题":
            form.short_title.fill(listing.short_title)
        elif name == "品牌":
            form.brand.choose(listing.brand)
        elif name == "运费模板":
            form.freight_template.choose(listing.freight_template)
        elif name == "发货时效":
            form.ships_within.choose(listing.ships_within)
        elif name == "售后政策":
            form.seven_day_return.choose(listing.seven_day_return)

    def act(self) -> str:
        """Submit the edit page."""
        return self._form.submit_edit()
