"""商品管理: the list of products, searched by code or id, and 上架."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Response

from domain.errors import BusinessError, TransientError
from domain.model import Value
from domain.site import SiteMap
from pages.doudian.shell import account_in
from pages.widgets.antd import Modal, button, exact, toast

LIST_CALL = "/product/tproduct/list"
_ROWS = r"""
rows => rows.map(row => ({
  product_id: row.dataset.rowKey,
  code: row.innerText.match(/商家编码[:：](.*)/)?.[1].trim() ?? '',
  status: row.innerText.match(/\d\d:\d\d:\d\d\s+(\S+)/)?.[1] ?? '',
}))
"""


class ProductRow(Value):
    """One row: the product's id, its 商家编码 and its status as written."""

    product_id: str
    code: str
    status: str


class ProductList:
    """商品管理 ``/ffa/g/list``."""

    url = "/ffa/g/list?tab=all"

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.goods

    @property
    def anchor(self) -> Locator:
        """The button that searches."""
        return button(self.page, self.site.label("查询"))

    @property
    def content(self) -> Locator:
        """The table with its search box."""
        return self.page.locator("#app_subContainer")

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The account's phone number in the shell."""
        return account_in(self.page, self.site)

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
        """
        self.open()
        self.search_box.fill(term)
        with self.page.expect_response(lambda r: _is_list_call(r) and _asked(r) == term) as answer:
            self.anchor.click()
        body = _body(answer.value)
        shown = [str(product["product_id"]) for product in body["data"]]
        if len(shown) != body["total"]:
            raise TransientError(f"{body['total']} products match {term}, more than one page shows")
        return self._rows(shown)

    def put_on_sale(self, product_id: str) -> None:
        """Press 上架 in a product's row and confirm; returns when the site has answered.

        Raises:
            BusinessError: the site said no; its own words.
        """
        self._row(product_id).get_by_text(exact(self.site.label("上架"))).click()
        confirm = Modal(self.page, self._prefix, self.site.label("确定上架该商品？"))
        with self.page.expect_response(lambda r: r.request.method == "POST") as answer:
            confirm.press(self.site.label("确定"))
        said = toast(self.page, self._prefix).first.inner_text()
        body = answer.value.json()
        if body["code"] != 0:
            raise BusinessError(body.get("msg") or said)

    def _row(self, product_id: str) -> Locator:
        return self.page.locator(f'tr.{self._prefix}-table-row[data-row-key="{product_id}"]')

    def _rows(self, product_ids: list[str]) -> tuple[ProductRow, ...]:
        """Read the rows once the table shows just these products."""
        rows = self.page.locator(f"tr.{self._prefix}-table-row")
        self.page.wait_for_function(
            "([css, keys]) => JSON.stringify([...document.querySelectorAll(css)]"
            ".map(row => row.dataset.rowKey)) === JSON.stringify(keys)",
            arg=[f"tr.{self._prefix}-table-row", product_ids],
        )
        return tuple(ProductRow(**row) for row in rows.evaluate_all(_ROWS))


def _is_list_call(response: Response) -> bool:
    return urlsplit(response.url).path.endswith(LIST_CALL)


def _asked(response: Response) -> str:
    return parse_qs(urlsplit(response.url).query).get("id_name_code", [""])[0]


def _body(response: Response) -> dict[str, Any]:
    if not response.ok:
        raise TransientError(f"the product list answered {response.status}")
    body: dict[str, Any] = response.json()
    if body.get("code") != 0:
        raise TransientError(
            f"the product list answered code {body.get('code')}: {body.get('msg')}"
        )
    return body
