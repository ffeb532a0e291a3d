"""A dry run learns nothing: the books stand as they stood before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from books.entries import CaseKey, Note, Place
from domain.bindings import BindingWish, Bound, StoreSku, SupplierSku
from domain.order import Order, Receiver
from domain.outcome import Outcome
from domain.shop import Identity
from pages.doudian.bindings import SkuBinding
from pages.doudian.chat_messages import Conversation, Message, Speaker
from pages.doudian.order_rows import OrderRow
from robots import bind_skus, check_orders
from robots.bind_skus import BindSkus, SkuToBind
from robots.check_orders import ASK, KIND, CheckOrders
from tests.domain.orders import RECEIVER, RULES, order, receiver
from tests.engine.stand_ins import OWNER
from tests.robots.quiet_desk import QuietDesk, books_of

VAGUE = receiver(detail="幸福小区")
HERE = Place(world=OWNER.world, shop_id=OWNER.shop_id)
CASE = CaseKey(place=HERE, kind=KIND, key=order().order_id)
BOUND = Bound(offer="61", supplier="示例厂", factory_sku="F1")


@dataclass
class Store:
    """Every page that a robot opens here: one order, its buyer's words, one bound SKU."""

    receiver: Receiver = RECEIVER
    messages: tuple[Message, ...] = ()

    def __call__(self, *_page_and_site: object) -> Store:
        return self

    def identity(self) -> Identity:
        return OWNER

    def find(self, order_id: str) -> OrderRow:
        found: Order = order(order_id=order_id, receiver=None)
        return OrderRow(order=found)

    def reveal(self, _order_id: str) -> Receiver:
        return self.receiver

    def open(self, _key: str) -> Any:
        return Conversation(messages=self.messages, over=False)

    def addressee(self) -> str:
        return "发送给 1"


class Bindings(Store):
    """The page 关联设置 of a product whose SKU is bound as it is wanted."""

    def open(self, product_id: str) -> list[SkuBinding]:
        sku = StoreSku(
            product_id=product_id, product_code="CG", sku_code="A", name="白色 / S", bound=BOUND
        )
        return [SkuBinding(sku_id="1", sku=sku)]


def check(
    desk: QuietDesk, patch: pytest.MonkeyPatch, store: Store, *, dry: bool
) -> tuple[Outcome, str]:
    for page in ("OrderList", "Chat", "Shell"):
        patch.setattr(check_orders, page, store)
    patch.setattr("robots.buyer_message.Chat", store)
    robot = CheckOrders(books_of(desk), RULES)
    result = robot.work({"order_id": CASE.key}, desk.another_run(dry=dry))
    return result.outcome, result.reason


def books(desk: QuietDesk) -> list[object]:
    with desk.database.connect() as connection:
        return [
            connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            for table in ("book_cases", "book_bindings", "ledger")
        ]


NOTHING: list[object] = [[], [], []]


def test_a_fine_order_is_noted_by_a_real_run_only(
    desk: QuietDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(desk, monkeypatch, Store(), dry=True)[0] is Outcome.UNCHANGED
    assert books(desk) == NOTHING
    assert check(desk, monkeypatch, Store(), dry=False)[0] is Outcome.UNCHANGED
    assert books_of(desk).cases.ended(HERE, KIND, "fine") == {CASE.key}


def test_a_question_that_stands_there_opens_no_case_in_a_dry_run(
    desk: QuietDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{RULES.opening}请补充门牌号。\n（订单编号：{CASE.key}）"
    store = Store(VAGUE, (Message(message_id="7", who=Speaker.SHOP, text=text),))
    assert check(desk, monkeypatch, store, dry=True)[0] is Outcome.UNCHANGED
    assert books(desk) == NOTHING


def test_a_dry_run_sees_an_answer_and_leaves_it_to_the_next_real_run(
    desk: QuietDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = desk.clock.now()
    note = Note(source="check-orders", at=now, evidence=ASK)
    books_of(desk).cases.ask(CASE, note, due_at=now + timedelta(hours=24), about=("O-address",))
    before = books(desk)
    later = now + timedelta(hours=1)
    store = Store(VAGUE, (Message(message_id="8", who=Speaker.BUYER, text="好的", at=later),))

    outcome, reason = check(desk, monkeypatch, store, dry=True)

    assert (outcome, "answered, but" in reason) == (Outcome.NEEDS_PERSON, True)
    assert books(desk) == before
    assert check(desk, monkeypatch, store, dry=False) == (outcome, reason)
    assert books(desk) != before


def test_a_binding_is_noted_by_a_real_run_only(
    desk: QuietDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in ("BindingPage", "Shell"):
        monkeypatch.setattr(bind_skus, page, Bindings())
    wish = BindingWish(product_id="39", sku_code="A", name="白色 / S", offer="61", factory_sku="F1")
    theirs = SupplierSku(offer="61", supplier="示例厂", factory_sku="F1", name="S 白色")
    payload = SkuToBind(wish=wish, theirs=theirs, link="61", offered=(theirs,)).model_dump()
    robot = BindSkus(books_of(desk))

    assert robot.work(payload, desk.another_run(dry=True)).outcome is Outcome.UNCHANGED
    assert books(desk) == NOTHING
    assert robot.work(payload, desk.another_run()).outcome is Outcome.UNCHANGED
    assert books_of(desk).bindings(HERE, "39") == {"A": BOUND}
