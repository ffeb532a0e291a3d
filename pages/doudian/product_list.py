"""商品管理: the list of products, searched by code or id, and 上架."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Response

from domain.errors import BusinessError, Defect
from domain.model import Value
from pages.doudian.answers import body_of
from pages.doudian.goods import GoodsScreen
from pages.widgets.antd import Modal, button, exact

LIST_CALL = "/product/tproduct/list"
WRITE_CALLS = "/product/tproduct/"
_ROWS = r"""
rows => rows.map(row => ({
  product_id: row.dataset.rowKey,
  code: row.innerText.match(/^\s*商家编码[:：](.*)$/m)?.[1].trim() ?? null,
  status: row.innerText.match(/\d\d:\d\d:\d\d\s+(\S+)/)?.[1] ?? null,
}))
"""
# The rows of a repeated search carry the same keys, so the spinner tells old ones from new.
_SHOWN = """
([rows, spinner, keys]) => !document.querySelector(spinner) && JSON.stringify(keys) ===
  JSON.stringify([...document.querySelectorAll(rows)].map(row => row.dataset.rowKey))
"""


class ProductRow(Value):
    """One row: the product's id, its 商家编码 and its status as written."""

    product_id: str
    code: str
    status: str


class ProductList(GoodsScreen):
    """商品管理 ``/ffa/g/list``."""

    url = "/ffa/g/list?tab=all"

    @property
    def anchor(self) -> Locator:
        """The button that searches."""
        return button(self.page, self.site.label("查询"))

    @property
    def search_box(self) -> Locator:
        """Takes a code, a title or ids separated by commas."""
        return self.page.get_by_placeholder(self.site.label("商品名称/商品ID/商家编码"))

    def open(self) -> None:
        """Go there, unless we are there, and wait for the first rows."""
        if self.page.url == self.site.url(self.url) and self.anchor.is_visible():
            return
        with self.page.expect_response(_is_list_call):
            self.page.goto(self.site.url(self.url), wait_until="domcontentloaded")
        self.anchor.wait_for()

    def search(self, term: str) -> tuple[ProductRow, ...]:
        """Search all tabs; an empty answer is proof, because the site answered this very query.

        Raises:
            TransientError: the site did not answer this query, so nothing is known.
            BusinessError: more products match than one page shows.
            Defect: a row does not show what tells products apart.
        """
        self.open()
        self.search_box.fill(term)
        with self.page.expect_response(lambda r: _is_list_call(r) and _asked(r) == term) as answer:
            self.anchor.click()
        body = body_of(answer.value)
        shown = [str(product["product_id"]) for product in body["data"]]
        if len(shown) != body["total"]:
            raise BusinessError(
                f"{body['total']} products match {term}, more than one page of the list shows",
                mend="Give the product a longer 商家编码",
            )
        return self._rows(shown)

    def put_on_sale(self, product_id: str) -> None:
        """Press 上架 in a product's row and confirm; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no; its own words.
        """
        self._row(product_id).get_by_text(exact(self.site.label("上架"))).click()
        confirm = Modal(self.page, self._prefix, self.site.label("确定上架该商品？"))
        with self.page.expect_response(_is_write_call) as answer:
            confirm.press(self.site.label("确定"))
        body_of(answer.value)

    def _row(self, product_id: str) -> Locator:
        return self.page.locator(f'tr.{self._prefix}-table-row[data-row-key="{product_id}"]')

    def _rows(self, product_ids: list[str]) -> tuple[ProductRow, ...]:
        """Read the rows once the table shows just these products."""
        rows = f"tr.{self._prefix}-table-row"
        spinner = f".{self._prefix}-spin-spinning"
        self.page.wait_for_function(_SHOWN, arg=[rows, spinner, product_ids])
        seen = self.page.locator(rows).evaluate_all(_ROWS)
        if any(row["code"] is None or row["status"] is None for row in seen):
            raise Defect(
                "a row of the product list shows no 商家编码 or no status",
                mend="Compare the list with ProductList in pages/doudian/product_list.py",
            )
        return tuple(ProductRow(**row) for row in seen)


def _is_list_call(response: Response) -> bool:
    return urlsplit(response.url).path.endswith(LIST_CALL)


def _is_write_call(response: Response) -> bool:
    return response.request.method == "POST" and WRITE_CALLS in urlsplit(response.url).path


def _asked(response: Response) -> str:
    return parse_qs(urlsplit(response.url).query).get("id_name_code", [""])[0]
