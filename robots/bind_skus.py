"""抖店商品关联: bind each SKU to its factory SKU, never to a wrong one.

A SKU travels like this: read the product's 关联设置 → match it by product, code and name on both
sides → ambiguous: refused with what was seen; bound to something else: a person → fill its row and
compare the whole table → 保存 → read the page again. What the supplier's side offers stands in the
sheet. 商家编码 is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from books.entries import Note, Place
from books.library import Books
from domain.bindings import BindingPlan, BindingWish, Bound, SupplierSku, plan_bindings
from domain.errors import BusinessError, Defect, TransientError
from domain.model import Value
from domain.outcome import Outcome
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.bindings import BindingPage, SkuBinding
from pages.doudian.shell import Shell


class SkuToBind(Value):
    """All that the bindings sheet says about one SKU."""

    wish: BindingWish
    theirs: SupplierSku
    link: str
    """The supply link as the sheet has it."""
    others: tuple[BindingWish, ...] = ()
    """The other rows of its product."""
    offered: tuple[SupplierSku, ...] = ()
    """What the sheet knows of the same supply link."""


class BindSkus:
    """The robot ``bind-skus``."""

    name = "bind-skus"

    def __init__(self, books: Books) -> None:
        self._books = books

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return Shell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Bind one SKU."""
        sku = SkuToBind.model_validate(payload)
        desk.step("matching the SKU")
        plan = planned(sku, BindingPage(desk.page, desk.site).open(sku.wish.product_id))
        if plan.outcome is Outcome.REJECTED:
            raise BusinessError(_told(plan), mend="Compare the sheet's row with both sites")
        if plan.outcome is Outcome.NEEDS_PERSON or plan.target is None:
            return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=_told(plan))
        result = desk.ensure(BindSku(desk, sku, plan.target))
        if result.outcome.good and not desk.dry:
            self._note(desk, sku, plan.target)
        return result

    def _note(self, desk: Desk, sku: SkuToBind, target: Bound) -> None:
        here = Shell(desk.page, desk.site).identity()
        place = Place(world=here.world, shop_id=here.shop_id)
        evidence = f"sku.bind {sku.wish.sku_code}"
        note = Note(source=self.name, at=desk.clock.now(), evidence=evidence)
        self._books.note_binding(place, sku.wish.product_id, sku.wish.sku_code, target, note)


def work_items(skus: Sequence[SkuToBind]) -> list[WorkItem]:
    """Make the work items of a sheet; what it says of a SKU is the SKU's snapshot."""
    return [WorkItem(s.wish.sku_code, s.wish.name, s.model_dump(mode="json")) for s in skus]


def planned(sku: SkuToBind, rows: Sequence[SkuBinding]) -> BindingPlan:
    """Match one SKU against what the store and the sheet show; its sheet's other rows count."""
    wishes = (sku.wish, *sku.others)
    return plan_bindings(wishes, [row.sku for row in rows], sku.offered)[0]


def _told(plan: BindingPlan) -> str:
    seen = "; ".join(plan.seen) or "nothing like it"
    return f"not bound: {plan.reason}; seen: {seen}"


class BindSku:
    """The one write: one row of 关联设置."""

    verb = "sku.bind"
    creates = False
    audited = False
    clicks = "关联设置 → 保存"
    names = ()

    def __init__(self, desk: Desk, sku: SkuToBind, target: Bound) -> None:
        self._page = BindingPage(desk.page, desk.site)
        self._sku = sku
        self._target = target
        self._seen: tuple[SkuBinding, ...] = ()
        self.key = sku.wish.sku_code
        self.wanted: Facts = target.facts()
        self.screen: Screen = self._page

    def look(self, known_id: str) -> Found | None:
        """Read what the SKU is bound to.

        Raises:
            BusinessError: the shop has no such product.
            TransientError: the page does not show the SKU that it showed a moment ago.
        """
        del known_id  # the sheet names the product
        self._seen = self._page.open(self._sku.wish.product_id)
        bound = self._row(self._seen).sku.bound
        return Found(self._sku.wish.product_id, bound.facts() if bound else {})

    def prepare(self) -> None:
        """Fill the SKU's row; every other row must stay as it was."""
        own = self._row(self._seen)
        if own.sku.bound is not None:
            raise BusinessError("not bound: it is bound to another factory SKU")
        self._page.fill(own.sku_id, self._target, self._sku.link)
        filled = own.sku.model_copy(update={"bound": self._target})
        wanted = [filled if row is own else row.sku for row in self._seen]
        product_id, code = own.sku.product_id, own.sku.product_code
        found = [row.sku for row in self._page.read(product_id, code)]
        if found != wanted:
            raise Defect("the form does not hold what was typed: a row of 关联设置 differs")

    def act(self) -> str:
        """Press 保存."""
        self._page.save()
        return self._sku.wish.product_id

    def _row(self, rows: Sequence[SkuBinding]) -> SkuBinding:
        own = [row for row in rows if row.sku.sku_code == self.key]
        if len(own) != 1:
            raise TransientError(f"the page shows {len(own)} SKUs with the code {self.key}")
        return own[0]
