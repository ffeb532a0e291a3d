"""订单状态同步: mark orders as paid and waiting to ship, each once, and tell the buyer once.

The purchases sheet says what is paid. An order travels like this: open its own page → marked
already? → is it paid for, does it wait to be shipped? → our mark behind the 备注 that stands there,
and a flag → 保存 → open the page again and compare what is stored → one message in 飞鸽, if the
rules have one. What can't be told to a buyer does no harm to the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page
from pydantic import Field

from domain.errors import BusinessError, Defect
from domain.model import Value
from domain.order import Flag, Order, OrderState, fits_box, marked_remark, no_room, told_remark
from domain.order_checks import OrderRules
from domain.outcome import Outcome, Receipt
from domain.purchases import Guard, Purchase, Sharer, paid_guards
from domain.site import SiteMap
from engine.ensure import SITE_SAID
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.chat_door import ChatDoor
from pages.doudian.order_detail import OrderDetail
from pages.doudian.order_remark import FLAGS, RemarkDialog
from pages.doudian.order_rows import Remark
from robots.buyer_message import MessageToBuyer, write_once

TELL = "order.tell-paid"
MARK = "已付款-待发货"
REST = "备注里别人写的"
"""Names the fact that proves that it was kept: its length and a short digest."""
FLAG = Flag.GREEN
"""Ours on an order that has none; one that a person gave it stays."""
WAITING = (OrderState.TO_SHIP, OrderState.PARTLY_SHIPPED)
MARKED = {Outcome.DONE, Outcome.UNCHANGED, Outcome.SKIPPED}
"""It stands there, or would: a dry run skips it."""


class PurchasedOrder(Value):
    """All that the purchases sheet says about one order."""

    order_id: str
    rows: tuple[Purchase, ...] = Field(min_length=1)
    sharers: tuple[Sharer, ...] = ()
    """Where else the sheet names one of its tracking numbers."""
    vouchers: dict[str, str] = Field(default_factory=dict)
    """Each voucher's file and its sha256."""

    @property
    def label(self) -> str:
        """Say in short what was bought."""
        return "、".join(f"{row.sku_code} × {row.quantity}" for row in self.rows)


class UpdateOrderStatus:
    """The robot ``update-order-status``."""

    name = "update-order-status"

    def __init__(self, rules: OrderRules) -> None:
        self._words = rules.confirmed

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door, which is known in 飞鸽 too."""
        return ChatDoor(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Mark one order and tell its buyer."""
        mark = MarkPaid(desk, PurchasedOrder.model_validate(payload))
        marked = desk.ensure(mark)
        if marked.outcome not in MARKED or not self._words or not mark.waits:
            return marked
        return _joined(marked, _tell(desk, mark.key, self._words))


def work_items(orders: Sequence[PurchasedOrder]) -> list[WorkItem]:
    """Make the work items of a sheet; what it says of an order is the order's snapshot."""
    return [WorkItem(one.order_id, one.label, one.model_dump(mode="json")) for one in orders]


def _tell(desk: Desk, order_id: str, words: str) -> ItemResult:
    """Tell a buyer that the order is paid for and will ship; a no is data, the mark stays."""
    try:
        return write_once(desk, TELL, order_id, words)
    except BusinessError as refusal:
        return ItemResult(outcome=Outcome.REJECTED, reason=refusal.what)


def _joined(marked: ItemResult, told: ItemResult) -> ItemResult:
    """Join both results: the mark counts, and what became of the message stands beside it."""
    both = marked.model_copy(update={"receipt": Receipt.joined((marked.receipt, told.receipt))})
    if told.outcome is Outcome.REJECTED:
        why = told.reason.removeprefix(SITE_SAID)
        reason = marked.reason or f"the buyer was not told: {why}"
        return both.model_copy(update={"reason": reason})
    if told.outcome is Outcome.UNCHANGED:
        return both
    if marked.outcome is told.outcome is Outcome.SKIPPED:
        return both.model_copy(update={"reason": f"{marked.reason}; {MessageToBuyer.clicks}"})
    return both.model_copy(update={"outcome": told.outcome, "reason": told.reason})


class MarkPaid:
    """The first write: our mark behind the order's 备注, and a flag."""

    verb = "order.mark-paid"
    creates = False
    audited = False
    clicks = "备注 → 保存"
    names = ()

    def __init__(self, desk: Desk, purchased: PurchasedOrder) -> None:
        self._desk = desk
        self._purchased = purchased
        self._detail = OrderDetail(desk.page, desk.site, harmless=(MARK,))
        self._seen: Order | None = None
        self._dialog: RemarkDialog | None = None
        self.key = purchased.order_id
        self.screen: Screen = self._detail

    @property
    def wanted(self) -> Facts:
        """Say how 备注 must read, by the one that was seen last.

        Raises:
            BusinessError: the order must not be marked, or its 备注 has no room left.
        """
        return self._facts(self._marked())

    def look(self, known_id: str) -> Found | None:
        """Read the order on its own page, which never lags behind as the list may.

        Raises:
            BusinessError: the shop has no such order.
        """
        del known_id  # an order's number is its id
        self._seen = self._detail.open(self.key).row.order
        return Found(self.key, self._facts(_remark_of(self._seen)))

    def prepare(self) -> None:
        """Fill the dialog, and compare what stands in it with what is wanted.

        Raises:
            BusinessError: 备注 was marked elsewhere, and is longer than the box takes.
        """
        marked = self._marked()
        if not fits_box(marked.text):
            raise no_room(marked.text, MARK)
        self._dialog = self._detail.edit_remark(self.key, _remark_of(self._order))
        self._dialog.fill(marked)
        filled = self._dialog.read()
        if filled != marked:
            raise Defect("the form does not hold what was typed: 备注 or its flag differs")

    def act(self) -> str:
        """Press 保存."""
        assert self._dialog is not None  # noqa: S101  prepared a moment ago
        self._dialog.save()
        return self.key

    @property
    def waits(self) -> bool:
        """Tell whether the order, as seen last, is paid for and none of it is shipped yet."""
        order = self._order
        return order.state is OrderState.TO_SHIP and not paid_guards(order, self._purchased.rows)

    @property
    def _order(self) -> Order:
        assert self._seen is not None  # noqa: S101  a look comes before everything
        return self._seen

    def _marked(self) -> Remark:
        """Say what 备注 becomes: appended to, never overwritten; a person's own flag stays."""
        order = self._order
        text = marked_remark(order.remark, MARK)
        if text != order.remark:
            refuse(order, self._purchased)
        return Remark(text=text, flag=FLAG if order.flag is Flag.GREY else order.flag)

    def _facts(self, remark: Remark) -> Facts:
        """Give 备注 as evidence may hold it: a person may have named the buyer in it."""
        mark, rest = told_remark(remark.text, MARK, self.key)
        flag = self._desk.site.label(FLAGS[remark.flag])
        return {"备注": mark, REST: rest, "订单标记": flag}


def _remark_of(order: Order) -> Remark:
    return Remark(text=order.remark, flag=order.flag)


def refuse(order: Order, purchased: PurchasedOrder) -> None:
    """Refuse what is not paid for, or waits for nothing any more.

    Raises:
        BusinessError: a guard speaks against it; says each of them.
    """
    guards = paid_guards(order, purchased.rows)
    if guards:
        raise BusinessError(told(guards), mend="Correct the purchases sheet, or see the order")
    if order.state not in WAITING:
        raise BusinessError(f"the order is {order.state}, so it does not wait to be shipped")


def told(guards: Sequence[Guard]) -> str:
    """Tell guards in one sentence, each with its rule."""
    return "; ".join(f"{guard.said} ({guard.rule})" for guard in guards)
