"""商品规格 in the product form, and the table of 价格与库存 that follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, expect

from domain.errors import BusinessError
from domain.listing import ListedSku, Sku
from domain.site import SiteMap
from pages.widgets.antd import Modal, VirtualList, VirtualTable, button, enter, exact, settle
from pages.widgets.clicks import press

SPEC = "[class*='styles_specName__']"
PRICE = "td.attr-column-field_price"
STOCK = "td.attr-column-field_stock_info"
CODE = "td.attr-column-field_code"
_SKUS = """
(rows, cells) => rows.map(row => cells.map(cell => {
  const node = row.querySelector(cell);
  return node.querySelector('input')?.value ?? node.textContent.trim();
}))
"""


class SpecBoxes:
    """The specs of a product, each a box with an input for every value and an empty last one."""

    def __init__(self, root: Locator, site: SiteMap) -> None:
        self.root = root
        self.site = site
        self._prefix = site.prefixes.goods

    def fill(self, specs: Mapping[str, Sequence[str]]) -> None:
        """Enter spec names and their values; the SKU table grows to their product.

        Raises:
            BusinessError: the category allows no further spec.
        """
        for name, values in specs.items():
            box = self.root.locator(f'[id="skuValue-{name}"]')
            if not box.count():
                self._add(name)
            for position, value in enumerate(values):
                entry = box.locator("input").nth(position)
                enter(entry, value)
                entry.press("Enter")

    def _add(self, name: str) -> None:
        another = button(self.root, self.site.label("创建类型"))
        if not another.count():
            raise BusinessError(
                f"the category has no spec {name} and allows no further one",
                mend="Use the spec names that the store offers for this category",
            )
        press(another)
        dialog = Modal(self.root.page, self._prefix, self.site.label("创建类型"))
        enter(settle(dialog.root).locator("input"), name)
        dialog.press(self.site.label("确定"))
        dialog.gone()


class SkuTable:
    """Price, stock and 商家编码 of every spec combination; a long one draws what is in sight."""

    def __init__(self, root: Locator, site: SiteMap) -> None:
        self.root = root
        self._prefix = site.prefixes.goods

    @property
    def rows(self) -> Locator:
        """The rows that are drawn."""
        return self.root.locator(f"tr.{self._prefix}-table-row")

    def fill(self, skus: Sequence[Sku]) -> None:
        """Enter price, stock and 商家编码 in the row of each spec combination.

        Raises:
            BusinessError: the table has no row of a combination.
        """
        long = self._long()
        if not long:
            expect(self.rows).to_have_count(len(skus))
        for sku in skus:
            if long and not self._names().reveal(sku.spec_text):
                raise BusinessError(f"the SKU table has no row {sku.spec_text}")
            name = self.root.page.locator(SPEC, has_text=exact(sku.spec_text))
            row = self.rows.filter(has=name)
            enter(row.locator(f"{PRICE} input"), f"{sku.price:.2f}")
            enter(row.locator(f"{STOCK} input"), str(sku.stock))
            enter(row.locator(f"{CODE} input"), sku.code)

    def read(self) -> tuple[ListedSku, ...]:
        """Read every row as it stands there."""
        cells = [SPEC, PRICE, STOCK, CODE]
        if self._long():
            table = VirtualTable(self.root, self._prefix, cells)
            shown: list[Sequence[str]] = [row.cells for row in table.rows()]
        else:
            shown = self.rows.evaluate_all(_SKUS, cells)
        return tuple(_listed(*row) for row in shown)

    def _long(self) -> bool:
        return self.root.locator(f".{self._prefix}-table-virtual").count() > 0

    def _names(self) -> VirtualList:
        holder = self.root.locator(f".{self._prefix}-table-tbody-virtual-holder")
        return VirtualList(holder, SPEC, key="")


def _listed(spec_text: str, price: str, stock: str, code: str) -> ListedSku:
    plain = price.replace(",", "")
    return ListedSku(code=code, spec_text=spec_text, price=plain, stock=stock.replace(",", ""))
