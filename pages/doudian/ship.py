"""发货: the form that ships an order, or a part of it, as one parcel."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from playwright.sync_api import Locator

from domain.model import Value
from pages.doudian.order_detail import DETAIL_CALL
from pages.doudian.order_rows import OrderRow, order_row
from pages.doudian.order_screen import OrderScreen
from pages.doudian.screen import answer_to, request_to
from pages.doudian.ship_answers import parcel_answer
from pages.widgets.antd import Checkboxes, FormErrors, Select, TextInput, button, field
from pages.widgets.clicks import press
from pages.widgets.common import await_sending

SHIP_CALL = "/api/order/logisticsAdd"


class FilledParcel(Value):
    """What stands in the form."""

    carrier: str
    number: str
    """运单号."""
    goods: tuple[str, ...] = ()
    """What is ticked of 发货商品; empty where the order has one product left."""


class ShipForm(OrderScreen):
    """发货 ``/ffa/morder/logistics/delivery``. 拒绝退款并发货 is never ticked."""

    url = "/ffa/morder/logistics/delivery"

    @property
    def anchor(self) -> Locator:
        """The button that ships."""
        return button(self.page, self.site.label("确认发货"))

    @property
    def content(self) -> Locator:
        """The line with the order's number."""
        label = re.escape(self.site.label("订单编号"))
        return self.page.get_by_text(re.compile(rf"^\s*{label}\s*\d+\s*$"))

    @property
    def sensitive(self) -> Sequence[Locator]:
        """The shop's own people and addresses, beside what every order screen has."""
        return [*super().sensitive, *(self._field(one) for one in ("发货地址", "退货地址"))]

    def open(self, order_id: str) -> OrderRow:
        """Go to the form of an order and read the order.

        Raises:
            BusinessError: the shop has no such order.
            TransientError: the site wants a login first, or did not answer.
        """
        ours = answer_to(DETAIL_CALL, order_id=order_id)
        return order_row(self._ask(f"{self.url}?order_id={order_id}", ours)["data"])

    def carriers(self) -> tuple[str, ...]:
        """Read the names of all carriers the form knows."""
        return self._carrier.options()

    def fill(self, carrier: str, number: str, goods: Collection[str] | None = None) -> None:
        """Choose the carrier, enter the tracking number, tick what goes into the parcel.

        Args:
            carrier: its name in the list.
            number: the tracking number.
            goods: what is written beside the boxes of 发货商品; without it they stay as they are.

        Raises:
            BusinessError: the list has no such carrier.
        """
        if goods is not None:
            self._goods.choose_all(goods)
        self._carrier.choose(carrier)
        self._number.fill(number)

    def read(self) -> FilledParcel:
        """Read what stands in the form."""
        carrier, number = self._carrier.value(), self._number.value()
        return FilledParcel(carrier=carrier, number=number, goods=self._goods.values())

    def submit(self) -> None:
        """Press 确认发货, once; returns when the site has answered yes.

        Raises:
            NotSent: the form marks fields; nothing was sent.
            UnderReview: risk control holds the order; nothing was done.
            BusinessError: the site said no; its own words.
            OutcomeUnknown: it may be shipped: one has to look.
        """
        ours = answer_to(SHIP_CALL)
        with (
            self.page.expect_request(request_to(SHIP_CALL)) as sent,
            self.page.expect_response(ours) as answer,
        ):
            press(self.anchor)
            self._on_its_way(sent.is_done)
        parcel_answer(answer.value)

    def _on_its_way(self, sent: Callable[[], bool]) -> None:
        errors = FormErrors(self.page.locator("body"), self._prefix).shown
        sending = self.page.locator(f".{self._prefix}-btn-loading")
        await_sending(errors, sending, sent)

    @property
    def _carrier(self) -> Select:
        return Select(self._field("物流公司"), self._prefix, "物流公司")

    @property
    def _number(self) -> TextInput:
        return TextInput(self._field("运单号"), self._prefix)

    @property
    def _goods(self) -> Checkboxes:
        return Checkboxes(self._field("发货商品"), self._prefix)

    def _field(self, label: str) -> Locator:
        return field(self.page, self._prefix, self.site.label(label))
