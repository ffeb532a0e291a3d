"""关联设置: which factory SKU each SKU of a product comes from."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator

from domain.bindings import Bound, StoreSku, offer_of
from domain.errors import BusinessError, Defect, TransientError
from domain.model import Value
from pages.doudian.answers import body_of
from pages.doudian.goods import GoodsScreen
from pages.doudian.screen import answer_to
from pages.widgets.antd import button, enter
from pages.widgets.clicks import press

READ_CALL = "/product/supply/detail"
SAVE_CALL = "/product/supply/bind"
COLUMNS = ("规格", "商家编码", "货源链接", "供应商", "厂家SKU编号")
EMPTY = "（空）"
"""What stands for a missing part of a binding that is there in part: it is not free either."""
_ROWS = """
(root, [head, row, columns]) => {
  const heads = [...root.querySelectorAll(head)].map(one => one.textContent.trim());
  const places = columns.map(column => heads.indexOf(column));
  const shown = cell => cell?.querySelector('input')?.value ?? cell?.textContent.trim() ?? '';
  const rows = [...root.querySelectorAll(row)];
  return places.includes(-1) ? null : rows.map(one => [
    one.dataset.rowKey, ...places.map(at => shown(one.children[at]).trim())]);
}
"""


class SkuBinding(Value):
    """One row: a SKU and what it is bound to."""

    sku_id: str
    sku: StoreSku


class BindingPage(GoodsScreen):
    """关联设置 ``/ffa/g/supply-bind``."""

    url = "/ffa/g/supply-bind"

    @property
    def anchor(self) -> Locator:
        """The button that saves."""
        return button(self.page, self.site.label("保存"))

    def open(self, product_id: str) -> tuple[SkuBinding, ...]:
        """Go to a product's page and read every SKU as it is stored.

        Raises:
            BusinessError: the shop has no such product.
            TransientError: the site wants a login first, or did not answer.
        """
        ours = answer_to(READ_CALL, product_id=product_id)
        told = self._ask(f"{self.url}?product_id={product_id}", ours)["data"]
        rows = self.read(product_id, str(told["merchant_code"] or ""))
        if [row.sku_id for row in rows] != [str(one["sku_id"]) for one in told["sku_list"]]:
            raise TransientError("the page shows other SKUs than the site answered")
        return rows

    def read(self, product_id: str, product_code: str = "") -> tuple[SkuBinding, ...]:
        """Read every row as it stands in the form, saved or not."""
        kit = f".{self._prefix}-table"
        labels = [self.site.label(column) for column in COLUMNS]
        rows = self._table.evaluate(_ROWS, [f"{kit}-thead th", f"{kit}-row", labels])
        if rows is None:
            raise Defect(
                "the table of 关联设置 lacks a column",
                mend="Compare its titles with COLUMNS in pages/doudian/bindings.py",
            )
        return tuple(
            SkuBinding(
                sku_id=sku_id,
                sku=StoreSku(
                    product_id=product_id,
                    product_code=product_code,
                    sku_code="" if code == "-" else code,
                    name=spec,
                    bound=_bound(link, supplier, factory_sku),
                ),
            )
            for sku_id, spec, code, link, supplier, factory_sku in rows
        )

    def fill(self, sku_id: str, bound: Bound, link: str = "") -> None:
        """Enter what one SKU comes from; nothing is sent yet.

        Args:
            sku_id: the row's own id, as it was read.
            bound: what to enter.
            link: what to enter as 货源链接; without it the id of the supply link.

        Raises:
            BusinessError: the product has no such SKU.
        """
        row = self._table.locator(f'.{self._prefix}-table-row[data-row-key="{sku_id}"]')
        if not row.count():
            raise BusinessError(f"the product has no SKU {sku_id}")
        texts = (link or bound.offer, bound.supplier, bound.factory_sku)
        for column, text in zip(COLUMNS[2:], texts, strict=True):
            enter(row.get_by_placeholder(self.site.label(column)), text)

    def save(self) -> None:
        """Press 保存, once; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no; its own words.
            OutcomeUnknown: the site was busy; it may be stored or not.
        """
        with self.page.expect_response(answer_to(SAVE_CALL)) as answer:
            press(self.anchor)
        body_of(answer.value)

    @property
    def _table(self) -> Locator:
        return self.content.locator(f".{self._prefix}-table").first


def _bound(link: str, supplier: str, factory_sku: str) -> Bound | None:
    parts: Sequence[str] = (link, supplier, factory_sku)
    if not any(parts):
        return None
    return Bound(
        offer=offer_of(link) or link or EMPTY,
        supplier=supplier,
        factory_sku=factory_sku or EMPTY,
    )
