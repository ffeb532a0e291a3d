"""订单管理: the list of orders by tab, searched by order number, read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import count
from typing import Any

from playwright.sync_api import Locator, Page

from domain.errors import TransientError
from domain.model import Value
from domain.order import Receiver
from domain.site import SiteMap
from pages.doudian.answers import body_of
from pages.doudian.order_receiver import reveal_in
from pages.doudian.order_rows import OrderRow, order_row
from pages.doudian.order_screen import OrderScreen
from pages.doudian.screen import answer_to
from pages.widgets.antd import Pagination, button, enter
from pages.widgets.clicks import press

LIST_CALL = "/api/order/searchlist"
LARGEST_PAGE = 100
# Old rows stay until the answer is drawn. An order takes two rows; the first names it. The table is
# up to date when it shows just the answered orders, each with its state, 备注 and 商家编码.
_DRAWN = r"""
([row, label, wanted]) => {
  const rows = [...document.querySelectorAll(row)].map(one => one.textContent);
  const named = new RegExp(`${label}\\s*(\\d{15,25})`);
  const shown = rows.flatMap((text, at) => {
    const number = named.exec(text)?.[1];
    return number ? [{number, text: text + (rows[at + 1] ?? '')}] : [];
  });
  return shown.length === wanted.length && wanted.every(([number, ...texts], at) =>
    shown[at].number === number && texts.every(text => shown[at].text.includes(text)));
}
"""
_COUNTS = r"""
([tab, labels]) => {
  const texts = [...document.querySelectorAll(tab)].map(one => one.textContent.trim());
  const counts = labels.map(label => {
    const text = texts.find(one => one.startsWith(label)) ?? '';
    return /\d+/.exec(text.slice(label.length))?.[0];
  });
  return counts.every(count => count !== undefined) && counts.map(Number);
}
"""


class Tab(StrEnum):
    """The tabs by the words of the address (facts/doudian.md 4.1)."""

    ALL = "all"
    UNPAID = "unpaid"
    TO_SHIP = "unshipped"
    """待发货, with those that are shipped in part."""
    SHIPPED = "on_delivery"
    FINISHED = "received"
    CLOSED = "closed"


TAB_LABELS = {
    Tab.ALL: "全部",
    Tab.UNPAID: "待支付",
    Tab.TO_SHIP: "待发货",
    Tab.SHIPPED: "已发货",
    Tab.FINISHED: "已完成",
    Tab.CLOSED: "已关闭",
}


class OrderPage(Value):
    """One page of the list and how many orders the tab holds in all."""

    rows: tuple[OrderRow, ...]
    total: int


class OrderList(OrderScreen):
    """订单管理 ``/ffa/morder/order/list``."""

    url = "/ffa/morder/order/list?tab=all"

    def __init__(self, page: Page, site: SiteMap) -> None:
        super().__init__(page, site)
        self._stands: tuple[Tab, int] | None = None

    @property
    def anchor(self) -> Locator:
        """The button that searches."""
        return button(self.page, self.site.label("查询"))

    @property
    def content(self) -> Locator:
        """The tabs with their numbers."""
        return self.page.locator(f"#app_subContainer .{self._prefix}-tabs-nav").first

    @property
    def search_box(self) -> Locator:
        """Takes an order number; the first of several boxes with the same words."""
        words = self.site.label("请输入")
        return self.page.get_by_placeholder(words, exact=True).first

    def open(self, tab: Tab = Tab.ALL) -> OrderPage:
        """Go to a tab and read its first page, the newest orders first.

        Raises:
            TransientError: the site wants a login first, or did not answer.
        """
        self._stands = None
        return self._page(self._answer_of(tab))

    def counts(self) -> dict[Tab, int]:
        """Read the numbers on the tabs, as they were when the page asked last."""
        labels = [self.site.label(words) for words in TAB_LABELS.values()]
        tab = f".{self._prefix}-tabs-tab"
        numbers = self.page.wait_for_function(_COUNTS, arg=[tab, labels]).json_value()
        return dict(zip(TAB_LABELS, numbers, strict=True))

    def find(self, order_id: str) -> OrderRow | None:
        """Search all tabs for an order number; ``None`` is proof: just this was answered.

        Raises:
            TransientError: the site did not answer this query, so nothing is known.
        """
        self._stands = None
        if self.page.url != self.site.url(self.url) or not self.anchor.is_visible():
            self._go(self.url, self.anchor)
        enter(self.search_box, order_id)
        ours = answer_to(LIST_CALL, order_id=order_id, tab=Tab.ALL)
        with self.page.expect_response(ours) as answer:
            press(self.anchor)
        rows = self._page(body_of(answer.value)).rows
        if any(row.order.order_id != order_id for row in rows) or len(rows) > 1:
            raise TransientError(f"the list changed while {order_id} was looked up")
        return rows[0] if rows else None

    def pages(self, tab: Tab = Tab.ALL) -> Iterator[OrderPage]:
        """Read all pages of a tab, the newest orders first, each order once.

        Orders that come meanwhile may be missing. Between two pages the screen may be used: it is
        brought back to where it stood.

        Raises:
            TransientError: orders left the tab meanwhile, so that some may have been passed over.
        """
        seen, total = set[str](), 0
        for number in count(1):
            page = self.read_page(tab, number)
            if page.total < total:
                raise TransientError("the list changed while it was read: orders left the tab")
            new = tuple(row for row in page.rows if row.order.order_id not in seen)
            seen |= {row.order.order_id for row in new}
            yield OrderPage(rows=new, total=page.total)
            total = page.total
            if number * LARGEST_PAGE >= total:
                return

    def read_page(self, tab: Tab, number: int) -> OrderPage:
        """Read one page of a hundred, from wherever the screen is; the first is page 1.

        It can be asked for again when it failed: whoever retries need not begin with page 1. Behind
        the last page there are no rows.

        Raises:
            TransientError: the site wants a login first, or did not answer.
        """
        before, self._stands = self._stands, None
        if before == (tab, number - 1) and self._at(tab, number - 1):
            body = self._turn(tab, number)
        else:
            body = self._answer_of(tab)
            if body["total"] > len(body["data"]):
                body = self._with_largest_pages(tab)
            if number > 1 and (number - 1) * LARGEST_PAGE < body["total"]:
                body = self._turn(tab, number)
            elif number > 1:
                return OrderPage(rows=(), total=body["total"])
        page = self._page(body)
        self._stands = (tab, number)
        return page

    def reveal(self, order_id: str) -> Receiver:
        """Show the receiver of one order of this page and read it.

        Raises:
            NotShown: the site refuses it for this order.
            TransientError: the site did not answer.
        """
        return reveal_in(self.row(order_id), order_id)

    def row(self, order_id: str) -> Locator:
        """Find the second row of an order, which holds its products and its receiver."""
        return self.page.locator(f'.{self._prefix}-table-row[data-row-key="{order_id}"]')

    def _answer_of(self, tab: Tab) -> dict[str, Any]:
        return self._ask(_route(tab), answer_to(LIST_CALL, tab=tab))

    @property
    def _pager(self) -> Pagination:
        return Pagination(self.page.locator("#app_subContainer"), self._prefix)

    def _with_largest_pages(self, tab: Tab) -> dict[str, Any]:
        ours = answer_to(LIST_CALL, tab=tab, pageSize=str(LARGEST_PAGE))
        with self.page.expect_response(ours) as answer:
            self._pager.resize(LARGEST_PAGE, ours)
        return body_of(answer.value)

    def _turn(self, tab: Tab, number: int) -> dict[str, Any]:
        ours = answer_to(LIST_CALL, tab=tab, page=str(number - 1))
        with self.page.expect_response(ours) as answer:
            self._pager.go_to(number, ours)
        return body_of(answer.value)

    def _at(self, tab: Tab, number: int) -> bool:
        """Tell whether the screen still stands where this object left it."""
        there = self.page.url == self.site.url(_route(tab)) and self.anchor.is_visible()
        return there and self._pager.number() == number and self._pager.size() == LARGEST_PAGE

    def _page(self, body: dict[str, Any]) -> OrderPage:
        """Read an answer once the table shows it."""
        rows = tuple(order_row(one) for one in body["data"])
        selector = f".{self._prefix}-table-row"
        shown = [selector, self.site.label("订单编号"), [_texts(row) for row in rows]]
        self.page.wait_for_function(_DRAWN, arg=shown)
        return OrderPage(rows=rows, total=body["total"])


def _route(tab: Tab) -> str:
    return f"/ffa/morder/order/list?tab={tab}"


def _texts(row: OrderRow) -> list[str]:
    """Name what the two rows of an order must show."""
    order = row.order
    codes = [line.sku_code or line.product_code for line in order.lines]
    return [order.order_id, order.state, order.remark, *codes]
