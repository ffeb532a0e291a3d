"""商品管理: the list of products, searched by code or id, 上架 and 下架."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Response

from domain.errors import BusinessError, Defect, TransientError
from domain.model import Value
from pages.doudian.answers import body_of
from pages.doudian.goods import GoodsScreen
from pages.widgets.antd import Modal, Pagination, VirtualTable, button, enter, exact
from pages.widgets.clicks import press

LIST_CALL = "/product/tproduct/list"
WRITE_CALLS = "/product/tproduct/"
SEARCHED = "商品名称/商品ID/商家编码"
"""What the search box says it takes."""
LARGEST_PAGE = 100
MOST = 1000
"""How many products a search may meet; more are no search."""
CODE = re.compile(r"^\s*商家编码[:：](.*)$", re.MULTILINE)
STATUS = re.compile(r"\d\d:\d\d:\d\d\s+(\S+)")
# Old rows stay until the answer is drawn, and a repeated search draws the same keys again: the
# table is up to date when its first row is the answer's, with the status the answer gives it.
_DRAWN = """
([selector, key, status]) => {
  const row = document.querySelector(selector);
  return key ? row?.dataset.rowKey === key && row.innerText.includes(status) : !row;
}
"""
# What narrows a search: every field above the table but the search box itself. Compared with what
# stood there when the page had just been loaded, because the page may stand open for hours.
_UNTOUCHED = """
([content], [box, table]) => {
  const fields = content.querySelectorAll('input, textarea, [class*="-selection-item"]');
  const now = [...fields]
    .filter(field => !field.matches(box) && !field.closest(table))
    .map(field => [field.value ?? field.textContent, field.checked]);
  window.__untouched ??= JSON.stringify(now);
  return window.__untouched === JSON.stringify(now);
}
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
        return self.page.get_by_placeholder(self.site.label(SEARCHED))

    @property
    def table(self) -> VirtualTable:
        """The rows; only those in sight are in the page."""
        return VirtualTable(self.content, self._prefix)

    def open(self) -> None:
        """Go there, unless we are there and nobody has narrowed the search since.

        Raises:
            TransientError: the site wants a login first.
        """
        here = self.page.url == self.site.url(self.url) and self.anchor.is_visible()
        if not (here and self._untouched()):
            self._go(self.url, self.anchor)
            self._untouched()

    def _untouched(self) -> bool:
        box = f'[placeholder*="{self.site.label(SEARCHED)}"]'
        table = f".{self._prefix}-table-wrapper, .{self._prefix}-pagination"
        return bool(self.content.evaluate_all(_UNTOUCHED, [box, table]))

    def search(self, term: str) -> tuple[ProductRow, ...]:
        """Search all tabs; an empty answer is proof, because the site answered this very query.

        Raises:
            TransientError: the site did not answer this query, so nothing is known.
            BusinessError: so many products match that it is no search.
            Defect: a row does not show what tells products apart.
        """
        body = self._answer(term)
        if body["total"] > len(body["data"]):
            body = self._with_largest_pages(body)
        return self._rows_of_all_pages(term, body)

    def newest(self) -> tuple[ProductRow, ...]:
        """Read the first page of all products.

        Raises:
            TransientError: the site did not answer.
        """
        return self._rows(self._answer(""))

    def _answer(self, term: str) -> dict[str, Any]:
        self.open()
        enter(self.search_box, term)
        with self.page.expect_response(lambda r: _is_list_call(r) and _asked(r) == term) as answer:
            press(self.anchor)
        return body_of(answer.value)

    def _with_largest_pages(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["total"] > MOST:
            raise BusinessError(
                f"{body['total']} products match, too many to tell them apart",
                mend="Give the product a longer 商家编码",
            )
        with self.page.expect_response(_is_list_call) as answer:
            Pagination(self.content, self._prefix).resize(LARGEST_PAGE, _is_list_call)
        return body_of(answer.value)

    def _rows_of_all_pages(self, term: str, body: dict[str, Any]) -> tuple[ProductRow, ...]:
        rows = {row.product_id: row for row in self._rows(body)}
        while len(rows) < body["total"]:
            with self.page.expect_response(_is_list_call) as answer:
                if not Pagination(self.content, self._prefix).next(_is_list_call):
                    break
            body = body_of(answer.value)
            rows |= {row.product_id: row for row in self._rows(body)}
        if len(rows) != body["total"]:
            raise TransientError(f"the list changed while {term} was looked up")
        return tuple(rows.values())

    def put_on_sale(self, product_id: str) -> None:
        """Press 上架 in a product's row and confirm; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no; its own words.
        """
        self._press(product_id, "上架")

    def take_off_sale(self, product_id: str) -> None:
        """Press 下架 in a product's row and confirm; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no; its own words.
        """
        self._press(product_id, "下架")

    def _press(self, product_id: str, deed: str) -> None:
        press(self.table.row(product_id).get_by_text(exact(self.site.label(deed))))
        confirm = Modal(self.page, self._prefix, self.site.label(f"确定{deed}该商品？"))
        with self.page.expect_response(_is_write_call) as answer:
            confirm.press(self.site.label("确定"))
        body_of(answer.value)

    def _rows(self, body: dict[str, Any]) -> tuple[ProductRow, ...]:
        """Read the rows once the table shows what was answered."""
        first: dict[str, Any] = next(iter(body["data"]), {})
        selector = f".{self._prefix}-table-row[data-row-key]"
        shown = [selector, str(first.get("product_id", "")), str(first.get("tab", ""))]
        self.page.wait_for_function(_DRAWN, arg=shown)
        if not first:
            return ()
        rows = tuple(_row(row.key, "\n".join(row.cells)) for row in self.table.rows())
        if {row.product_id for row in rows} != {str(one["product_id"]) for one in body["data"]}:
            raise TransientError("the list shows other products than the site answered")
        return rows


def _row(product_id: str, text: str) -> ProductRow:
    code, status = CODE.search(text), STATUS.search(text)
    if code is None or status is None:
        raise Defect(
            "a row of the product list shows no 商家编码 or no status",
            mend="Compare the list with ProductList in pages/doudian/product_list.py",
        )
    return ProductRow(product_id=product_id, code=code[1].strip(), status=status[1])


def _is_list_call(response: Response) -> bool:
    return urlsplit(response.url).path.endswith(LIST_CALL)


def _is_write_call(response: Response) -> bool:
    return response.request.method == "POST" and WRITE_CALLS in urlsplit(response.url).path


def _asked(response: Response) -> str:
    return parse_qs(urlsplit(response.url).query).get("id_name_code", [""])[0]
