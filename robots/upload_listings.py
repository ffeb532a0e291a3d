"""分时段铺货: put the products of a sheet into the store, each once, each proven.

A product travels like this: is it there already? → fill the form → into the warehouse → read every
field and every SKU back → wait for the audit → 上架 → read that back too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from domain.errors import BusinessError, Defect, TransientError
from domain.listing import Listing, Picture
from domain.outcome import Outcome, Receipt
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.product_form import ProductForm
from pages.doudian.product_list import ProductList, ProductRow
from pages.doudian.shell import Shell

INTO_WAREHOUSE = "放入仓库"
ON_SALE = "售卖中"
AUDITED = ("审核通过待上架", ON_SALE)
REFUSED = "审核未通过"
TAKEN_OFF = "已下架"
AUDIT_PAUSES = (0.25, 0.5, 1.0)
"""Seconds between two looks at the audit; the last one again and again."""


class UploadListings:
    """The robot ``upload-listings``."""

    name = "upload-listings"

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return Shell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """List one product."""
        listing = Listing.model_validate(payload)
        created = desk.ensure(CreateProduct(desk, listing))
        if not created.outcome.good:
            return created
        audited = await_audit(desk, listing)
        if isinstance(audited, ItemResult):
            return audited.model_copy(
                update={"site_id": created.site_id, "receipt": created.receipt}
            )
        on_sale = desk.ensure(PutOnSale(desk, listing, created.site_id, audited))
        return both(created, on_sale)


def work_items(listings: Sequence[Listing]) -> list[WorkItem]:
    """Make the work items of a sheet; a listing is its own snapshot."""
    return [WorkItem(x.code, x.title, x.model_dump(mode="json")) for x in listings]


class CreateProduct:
    """The first write: a new product, in the warehouse, exactly as the sheet says."""

    verb = "product.create"
    creates = True
    audited = True
    clicks = "发布商品 → 放入仓库 → 审核 → 上架"
    names = ("商品标题",)

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self._desk = desk
        self._listing = listing
        self._list = ProductList(desk.second_page, desk.site)
        self._form = ProductForm(desk.page, desk.site)
        self.key = listing.code
        self.wanted = listing.facts()
        self.screen: Screen = self._list

    def look(self, known_id: str) -> Found | None:
        """Read the product's edit page; find it by id if one is known, else by 商家编码."""
        self.screen = self._form
        if known_id and self._form.open_edit(known_id):
            found = self._read(known_id)
            if found.facts["商家编码"] == self.key:
                return found
        if not (known_id or self._desk.dry):
            self._form.set_out()  # it is new, most likely: its form loads while we search
        self.screen = self._list
        row = find_row(self._list, self.key, self.key)
        if row is None:
            return None
        if not self._form.open_edit(row.product_id):
            raise TransientError(f"the list shows product {row.product_id}, its edit page does not")
        return self._read(row.product_id)

    def _read(self, product_id: str) -> Found:
        self.screen = self._form
        return Found(product_id, self._form.read(product_id).facts())

    def prepare(self) -> None:
        """Fill both steps of the form, then compare what stands there with the sheet."""
        listing, form = self._listing, self._form
        pictures = unchanged_pictures([*listing.main_pictures, *listing.detail_pictures])
        main, details = (
            pictures[: len(listing.main_pictures)],
            pictures[len(listing.main_pictures) :],
        )
        self.screen = form
        form.open_new()
        form.start(title=listing.title, category=listing.category, main_pictures=main)
        detail_pictures = form.detail_pictures
        detail_pictures.begin(details)
        form.short_title.fill(listing.short_title)
        for label, value in listing.attributes.items():
            form.attributes.fill(label, value)
        form.brand.choose(listing.brand)
        form.specs.fill(listing.specs())
        form.skus.fill(listing.skus)
        if listing.reference:
            (proof,) = unchanged_pictures([listing.reference.proof])
            form.reference.fill(listing.reference, proof)
        form.code.fill(listing.code)
        form.freight_template.choose(listing.freight_template)
        form.ships_within.choose(listing.ships_within)
        form.seven_day_return.choose(listing.seven_day_return)
        form.start_of_sale.choose(self._desk.site.label(INTO_WAREHOUSE))
        detail_pictures.finish()
        filled = Receipt(wanted=self.wanted, found=form.read("").facts())
        if not filled.equal:
            raise Defect(
                "the form does not hold what was typed: " + "; ".join(filled.differences())
            )

    def act(self) -> str:
        """Submit the form."""
        return self._form.submit()


class PutOnSale:
    """The second write: 上架, only for a product that was read back equal and passed the audit."""

    verb = "product.on-sale"
    creates = False
    audited = False
    clicks = "上架"
    names = ()

    def __init__(self, desk: Desk, listing: Listing, product_id: str, seen: ProductRow) -> None:
        self._list = ProductList(desk.second_page, desk.site)
        self._product_id = product_id
        self._seen: ProductRow | None = seen
        """Its row as the search just now gave it, which stands on the screen: the first look."""
        self.key = listing.code
        self.wanted: Facts = {"商品状态": desk.site.label(ON_SALE)}
        self.screen: Screen = self._list

    def look(self, known_id: str) -> Found | None:
        """Read the status of this very product in the list; it was read back a moment ago."""
        del known_id  # a receipt may name a product that was deleted and listed anew
        row, self._seen = self._seen, None
        if row is None or row.product_id != self._product_id:
            row = find_row(self._list, self._product_id, self.key)
        if row is None:
            raise TransientError(f"the list does not show product {self._product_id} yet")
        return Found(row.product_id, {"商品状态": row.status})

    def prepare(self) -> None:
        """Nothing to fill: the look before left the product's row on the screen."""

    def act(self) -> str:
        """Press 上架 and confirm."""
        self._list.put_on_sale(self._product_id)
        return self._product_id


def find_row(products: ProductList, term: str, code: str) -> ProductRow | None:
    """Find the one product of this 商家编码; a search for P-1 also meets P-10.

    Raises:
        Defect: several products carry the code, so that no write can be sure which is meant.
    """
    rows = [row for row in products.search(term) if row.code == code]
    if len(rows) > 1:
        ids = ", ".join(row.product_id for row in rows)
        raise Defect(f"several products carry the code {code}: {ids}")
    return rows[0] if rows else None


def await_audit(desk: Desk, listing: Listing) -> ProductRow | ItemResult:
    """Wait until the product passed the audit; give its row then, or the result if it did not."""
    desk.step("waiting for the audit")
    products = ProductList(desk.second_page, desk.site)
    deadline = desk.clock.now() + desk.site.audit_wait
    pauses = chain(AUDIT_PAUSES, repeat(AUDIT_PAUSES[-1]))
    while True:
        row = find_row(products, listing.code, listing.code)
        status = row.status if row else ""
        if row and status in map(desk.site.label, AUDITED):
            return row
        if status == desk.site.label(REFUSED):
            desk.refused("product.audit", listing.code, "the audit refused it")
            return ItemResult(outcome=Outcome.REJECTED, reason="the audit refused it")
        if status == desk.site.label(TAKEN_OFF):
            reason = "it is there as wanted, but somebody took it off sale; put it on sale by hand"
            return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=reason)
        if desk.clock.now() >= deadline:
            waited = f"created and proven, but still {status or 'not in the list'}"
            again = "run the same sheet again later: it goes on from here"
            return ItemResult(outcome=Outcome.SKIPPED, reason=f"{waited}; {again}")
        desk.clock.sleep(next(pauses))


def both(created: ItemResult, on_sale: ItemResult) -> ItemResult:
    """Join the two writes' results: the product is as good as the lesser of them."""
    joined = Receipt.joined((created.receipt, on_sale.receipt))
    outcome = created.outcome if on_sale.outcome is Outcome.UNCHANGED else on_sale.outcome
    return on_sale.model_copy(
        update={"outcome": outcome, "receipt": joined, "site_id": created.site_id}
    )


def unchanged_pictures(pictures: Sequence[Picture]) -> list[Path]:
    """Give the files of pictures that still hold what they held when the sheet was read.

    Raises:
        BusinessError: a file is gone or was changed since.
    """
    for picture in pictures:
        try:
            content = picture.path.read_bytes()
        except OSError:
            raise BusinessError(f"{picture.path.name} is gone", mend="Put it back") from None
        if hashlib.sha256(content).hexdigest() != picture.sha256:
            raise BusinessError(
                f"{picture.path.name} was changed after this run was made",
                mend="Run the sheet again to list it with the new picture",
            )
    return [picture.path for picture in pictures]
