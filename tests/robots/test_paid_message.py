"""A buyer is told once that the order is paid for: the mark never hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import BusinessError, OutcomeUnknown, TransientError
from domain.order import Flag, Order, OrderState
from domain.order_checks import OrderRules
from domain.outcome import Outcome
from domain.purchases import Purchase
from engine.causes import left_to_person
from engine.runs import ItemResult
from engine.session import as_result
from engine.words import load_words
from pages.doudian.chat import OVER, AtRisk, ConversationOver
from pages.doudian.chat_messages import Conversation, Message, Speaker
from pages.doudian.order_detail import OrderView
from pages.doudian.order_rows import OrderRow, Remark
from robots.buyer_message import SENT
from robots.update_order_status import MARK, PurchasedOrder, UpdateOrderStatus
from tests.domain.orders import LINE, NOON, RULES, order
from tests.robots.quiet_desk import QuietDesk

BOUGHT = Purchase(
    order_id=order().order_id,
    sku_code=LINE.sku_code,
    quantity=LINE.quantity,
    supplier_order="PO-1",
    paid_at=NOON + timedelta(hours=1),
    voucher=Path("voucher.png"),
)
PAYLOAD = PurchasedOrder(order_id=BOUGHT.order_id, rows=(BOUGHT,)).model_dump(mode="json")
REFUND = (LINE.model_copy(update={"after_sale": "退款中"}),)


@dataclass
class Store:
    """One order, and the conversation with its buyer."""

    order: Order = field(default_factory=order)
    messages: tuple[Message, ...] = ()
    over: bool = False
    refuses: Exception | None = None
    """What the site says to a message."""
    loses: bool = False
    """Whether a message gets lost on its way."""
    opened: int = 0
    """How often 飞鸽 was opened."""
    sent: int = 0
    box: str = ""

    def detail(self, *_page_and_site: object, **_more: object) -> Any:
        return Detail(self)

    def chat(self, *_page_and_site: object) -> Any:
        return Chat(self)


@dataclass
class Detail:
    """The order's own page, and its dialog of 备注."""

    store: Store
    typed: Remark = field(default_factory=lambda: Remark(text="", flag=Flag.GREY))

    def open(self, _order_id: str) -> OrderView:
        return OrderView(row=OrderRow(order=self.store.order), parcels=())

    def edit_remark(self, _order_id: str, _seen: Remark) -> Detail:
        return self

    def fill(self, remark: Remark) -> None:
        self.typed = remark

    def read(self) -> Remark:
        return self.typed

    def save(self) -> None:
        new = {"remark": self.typed.text, "flag": self.typed.flag}
        self.store.order = self.store.order.model_copy(update=new)


@dataclass
class Chat:
    """飞鸽."""

    store: Store

    def open(self, _order_id: str) -> Conversation:
        self.store.opened += 1
        return Conversation(messages=self.store.messages, over=self.store.over)

    def addressee(self) -> str:
        return "发送给 1"

    def fill(self, text: str) -> None:
        self.store.box = text

    def filled(self) -> str:
        return self.store.box

    def send(self) -> str:
        self.store.sent += 1
        if self.store.refuses:
            raise self.store.refuses
        if self.store.loses:
            raise OutcomeUnknown("the answer was lost")
        told = Message(message_id="7", who=Speaker.SHOP, text=self.store.box)
        self.store.messages = (*self.store.messages, told)
        return told.message_id


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store()
    monkeypatch.setattr("robots.update_order_status.OrderDetail", store.detail)
    monkeypatch.setattr("robots.buyer_message.Chat", store.chat)
    return store


def work(desk: QuietDesk, *, dry: bool = False, rules: OrderRules = RULES) -> ItemResult:
    """Work in another run than any before."""
    desk = replace(desk, run_id=f"run-{desk.clock.now()}", dry=dry)
    desk.clock.sleep(60)
    return UpdateOrderStatus(rules).work(PAYLOAD, desk)


def test_a_buyer_is_told_once_and_the_plan_says_so_before(desk: QuietDesk, store: Store) -> None:
    planned = work(desk, dry=True)
    assert planned.outcome is Outcome.SKIPPED
    assert planned.reason == "planned, not done: 备注 → 保存; 飞鸽 → 发送"
    assert (store.sent, store.order.remark) == (0, "")

    first = work(desk)
    assert (first.outcome, first.reason, store.order.remark) == (Outcome.DONE, "", MARK)
    assert first.receipt
    assert first.receipt.equal
    assert SENT in first.receipt.found
    (told,) = store.messages
    assert told.text.startswith(RULES.confirmed)
    assert BOUGHT.order_id in told.text

    store.messages, opened = (), store.opened  # too long ago to be shown
    assert work(desk, dry=True).outcome is Outcome.UNCHANGED
    assert work(desk).outcome is Outcome.UNCHANGED
    assert (store.sent, store.opened) == (1, opened)


def test_an_order_that_an_earlier_run_marked_gets_its_missing_message(
    desk: QuietDesk, store: Store
) -> None:
    silent = RULES.model_copy(update={"confirmed": ""})
    assert work(desk, rules=silent).outcome is Outcome.DONE
    assert (store.order.remark, store.opened) == (MARK, 0)

    assert work(desk, dry=True).reason == "planned, not done: 飞鸽 → 发送"
    assert work(desk).outcome is Outcome.DONE
    assert len(store.messages) == 1


def test_a_message_that_a_person_sent_is_not_sent_again(desk: QuietDesk, store: Store) -> None:
    text = f"{RULES.confirmed}\n（订单编号：{BOUGHT.order_id}）"
    store.messages = (Message(message_id="1", who=Speaker.SHOP, text=text),)

    assert work(desk).outcome is Outcome.DONE
    assert (store.order.remark, store.sent) == (MARK, 0)


@pytest.mark.parametrize(
    ("over", "refuses", "words"),
    [
        (True, None, OVER),
        (False, ConversationOver(OVER), OVER),
        (False, BusinessError("包含敏感词"), "包含敏感词"),
    ],
)
def test_a_mark_stays_though_the_buyer_can_t_be_told(
    desk: QuietDesk, store: Store, over: bool, refuses: Exception | None, words: str
) -> None:
    store.over, store.refuses = over, refuses
    planned = work(desk, dry=True)
    assert planned.reason.endswith("备注 → 保存" if over else "飞鸽 → 发送")

    result = work(desk)

    assert (result.outcome, store.order.remark, store.messages) == (Outcome.DONE, MARK, ())
    left = left_to_person(result.outcome, result.reason, load_words("zh"))
    assert left
    assert left.title == f"订单标记好了，但没能告诉买家：{words}"
    again = work(desk)
    assert (again.outcome, again.reason) == (Outcome.UNCHANGED, result.reason)


def test_a_message_that_may_be_sent_is_listed_and_never_sent_again(
    desk: QuietDesk, store: Store
) -> None:
    store.loses = True
    for _run in range(3):
        with pytest.raises(OutcomeUnknown, match=r"order\.tell-paid may have been done"):
            work(desk)
    assert (store.order.remark, store.sent) == (MARK, 1)
    assert work(desk, dry=True).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "now", [{"state": OrderState.SHIPPED}, {"state": OrderState.CLOSED}, {"lines": REFUND}]
)
def test_nobody_is_told_of_an_order_that_waits_no_more(
    desk: QuietDesk, store: Store, now: dict[str, object]
) -> None:
    store.order = order(remark=MARK, flag=Flag.GREEN, **now)
    assert work(desk).outcome is Outcome.UNCHANGED
    assert store.opened == 0


def test_a_risk_is_tried_again_and_then_a_person_s(desk: QuietDesk, store: Store) -> None:
    store.refuses = AtRisk("当前环境存在风险")
    with pytest.raises(TransientError) as risk:
        work(desk)
    assert as_result(risk.value).outcome is Outcome.NEEDS_PERSON
    assert as_result(risk.value).stops_shop
    assert store.order.remark == MARK

    store.refuses = None
    assert work(desk).outcome is Outcome.DONE
    assert len(store.messages) == 1


def test_a_remark_that_the_box_would_cut_is_left_to_a_person(desk: QuietDesk, store: Store) -> None:
    long = f"{MARK}{'备' * 60}"
    store.order = order(remark=long)
    with pytest.raises(BusinessError, match="of 60 characters, no room"):
        work(desk)
    assert (store.order.remark, store.order.flag) == (long, Flag.GREY)
