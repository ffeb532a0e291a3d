"""订单详情: one order with its parcels, never behind as the list may be; its 备注."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from playwright.sync_api import Locator, Page

from domain.errors import TransientError
from domain.model import Value
from domain.site import SiteMap
from pages.doudian.order_remark import RemarkDialog
from pages.doudian.order_rows import OrderRow, Parcel, Remark, order_row, parcels
from pages.doudian.order_screen import OrderScreen
from pages.doudian.screen import answer_to
from pages.widgets.antd import exact
from pages.widgets.clicks import press

DETAIL_CALL = "/api/order/orderDetail"


class OrderView(Value):
    """One order as its own page tells it."""

    row: OrderRow
    parcels: tuple[Parcel, ...]


class OrderDetail(OrderScreen):
    """订单详情 ``/ffa/order/detail``."""

    url = "/ffa/order/detail"

    def __init__(self, page: Page, site: SiteMap, harmless: Collection[str] = ()) -> None:
        """Take the texts of 备注 that are known to name nobody; any other one may."""
        super().__init__(page, site)
        self._harmless = harmless

    @property
    def anchor(self) -> Locator:
        """The line of 备注."""
        return self.page.get_by_text(self.site.label("订单备注："))

    @property
    def content(self) -> Locator:
        """The line of 备注."""
        return self.anchor

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The buyer's name and words and a person's 备注, beside what every order screen has."""
        fields = (self._fact(label) for label in ("买家", "买家留言"))
        return [*super().sensitive, *fields, *self._remarks()]

    def open(self, order_id: str) -> OrderView:
        """Go to an order's page and read it.

        Raises:
            BusinessError: the shop has no such order.
            TransientError: the site wants a login first, or did not answer.
        """
        ours = answer_to(DETAIL_CALL, order_id=order_id)
        told = self._ask(f"{self.url}?order_id={order_id}", ours)["data"]
        return OrderView(row=order_row(told), parcels=parcels(told))

    def edit_remark(self, order_id: str, seen: Remark) -> RemarkDialog:
        """Ask the page anew, open its dialog of 备注 and wait until it shows what is stored.

        The dialog replaces what stands there, and shows what its page was told: on an older page
        somebody's words of the meantime would be lost.

        Raises:
            TransientError: 备注 is not any more what was seen, or the site did not answer.
        """
        stored = self.open(order_id).row.remark
        if stored != seen:
            raise TransientError("somebody changed 备注 since it was looked at")
        press(self.anchor.get_by_text(self.site.label("修改"), exact=True))
        dialog = RemarkDialog(self.page, self.site)
        dialog.ready(stored)
        return dialog

    def _remarks(self) -> list[Locator]:
        """Find 备注 on the page and in its dialog, where it has words of a person."""
        label, change = (re.escape(self.site.label(one)) for one in ("订单备注：", "修改"))
        harmless = "|".join(map(re.escape, ("-", *self._harmless)))
        plain = re.compile(rf"{label}\s*(?:{harmless})?\s*(?:{change})?\s*$")
        box = RemarkDialog(self.page, self.site).box
        written = set(box.evaluate_all("all => all.map(one => one.value)"))
        boxes = [box] if written - {"", *self._harmless} else []
        return [self.anchor.filter(has_not_text=plain), *boxes]

    def _fact(self, label: str) -> Locator:
        """Find a fact of the order with its label."""
        words = exact(self.site.label(label))
        named = self.page.locator(f".{self._prefix}-descriptions-item-label", has_text=words)
        return self.page.locator(f".{self._prefix}-descriptions-item-container").filter(has=named)
