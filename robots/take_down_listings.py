"""撤下: take 下架 what a run put on sale, each product once, each proven.

A product goes off sale only while it still is what that run read back: the same code, the same
fields and prices, on sale. What somebody changed since is left for a person. Stock is not compared:
orders change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page
from pydantic import JsonValue

from domain.errors import NeedsPerson, TransientError
from domain.listing import without_stock
from domain.model import Value
from domain.outcome import Outcome
from domain.site import SiteMap
from engine.plan import Expected, planned_as
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.product_form import ProductForm
from pages.doudian.product_list import ProductList, ProductRow
from pages.doudian.shell import Shell
from robots.upload_listings import TAKEN_OFF

STATUS = "商品状态"
VERB = "product.off-sale"


class Listed(Value):
    """A product that a run put on sale: where, and what it read back of it."""

    run_id: str
    world: str
    shop_id: str
    code: str
    title: str
    product_id: str
    facts: dict[str, JsonValue]
    """As the run's receipt has them, its status too."""

    @property
    def seen(self) -> dict[str, JsonValue]:
        """Give what must still stand there."""
        return without_stock(self.facts)


def work_items(listed: Sequence[Listed]) -> list[WorkItem]:
    """Make the work items; a product as it was read back is its own snapshot."""
    return [WorkItem(one.code, one.title, one.model_dump(mode="json")) for one in listed]


def expected(listed: Sequence[Listed]) -> dict[str, Expected]:
    """Give by code what must still stand on the site for a product to be taken off sale."""
    return {one.code: {planned_as(VERB, one.code): one.seen} for one in listed}


class TakeDownListings:
    """The robot ``take-down-listings``."""

    name = "take-down-listings"

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return Shell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Take one product off sale.

        Raises:
            NeedsPerson: the run to undo was in another store; none of its products is here.
        """
        listed = Listed.model_validate(payload)
        here = Shell(desk.page, desk.site).identity()
        if (here.world, here.shop_id) != (listed.world, listed.shop_id):
            raise NeedsPerson(
                f"run {listed.run_id} listed in another store, so none of it is in this one",
                mend="Take its products off sale there, by hand",
            )
        write = TakeOffSale(desk, listed)
        if write.row() is None:
            reason = f"the store shows product {listed.product_id} no more"
            return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=reason)
        return desk.ensure(write)


class TakeOffSale:
    """The one write: 下架 of this very product, found by its id."""

    verb = VERB
    creates = False
    audited = False
    clicks = "下架"
    names = ()

    def __init__(self, desk: Desk, listed: Listed) -> None:
        self._list = ProductList(desk.second_page, desk.site)
        self._form = ProductForm(desk.page, desk.site)
        self._product_id = listed.product_id
        self.key = listed.code
        self.wanted: Facts = {**listed.seen, STATUS: desk.site.label(TAKEN_OFF)}
        self.screen: Screen = self._list

    def row(self) -> ProductRow | None:
        """Find the product's row in the list by its id; ``None`` is proven absence."""
        self.screen = self._list
        rows = self._list.search(self._product_id)
        return next((row for row in rows if row.product_id == self._product_id), None)

    def look(self, known_id: str) -> Found | None:
        """Read its edit page, and its status in the list."""
        del known_id  # it is the one that this was made for
        row = self.row()
        if row is None:
            raise TransientError(f"the list does not show product {self._product_id} yet")
        if not self._form.open_edit(self._product_id):
            raise TransientError(
                f"the list shows product {self._product_id}, its edit page does not"
            )
        self.screen = self._form
        facts = without_stock(self._form.read(self._product_id).facts())
        return Found(self._product_id, {**facts, STATUS: row.status})

    def prepare(self) -> None:
        """Nothing to fill; the product's row must be on the screen."""
        self.row()

    def act(self) -> str:
        """Press 下架 and confirm."""
        self._list.take_off_sale(self._product_id)
        return self._product_id
