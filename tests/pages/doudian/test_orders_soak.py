"""The order screens again and again under storm, and what a page of orders costs.

``uv run pytest tests/pages/doudian/test_orders_soak.py -m soak -n 0 -s`` prints two tables;
``SOAK_ROUNDS`` sets the number of rounds.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import ParamSpec

import pytest
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import NeedsPerson, OutcomeUnknown, TransientError
from domain.order import Flag, marked_remark
from pages.doudian.address_book import AddressBook
from pages.doudian.bindings import BindingPage
from pages.doudian.chat import Chat
from pages.doudian.order_detail import OrderDetail
from pages.doudian.order_rows import Remark
from pages.doudian.orders import LARGEST_PAGE, OrderList, Tab
from pages.doudian.shell import Shell
from pages.doudian.ship import ShipForm
from tests.conftest import Store
from tests.pages.doudian.conftest import Truth

P = ParamSpec("P")
pytestmark = [pytest.mark.soak, pytest.mark.timeout(0)]
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "40"))
MARK = "已付款待发货"


@pytest.fixture
def storm(shared_store: Store) -> Iterator[None]:
    shared_store.control("POST", "faults", profile="storm")
    yield
    shared_store.control("POST", "faults", profile="calm", rates={})


class Tally:
    """How often each look had to be made again, and how long the good ones took."""

    def __init__(self) -> None:
        self.again: Counter[str] = Counter()
        self.took: dict[str, list[float]] = {}

    def __call__(
        self, name: str, look: Callable[P, object], *words: P.args, **named: P.kwargs
    ) -> None:
        for _ in range(8):
            begun = time.perf_counter()
            try:
                look(*words, **named)
            except (TransientError, OutcomeUnknown, NeedsPerson, TookTooLong):
                self.again[name] += 1
                continue
            self.took.setdefault(name, []).append(time.perf_counter() - begun)
            return
        look(*words, **named)

    def __str__(self) -> str:
        lines = ["look         | runs | again | p50 ms | worst ms"]
        for name, took in self.took.items():
            middle, worst = statistics.median(took) * 1000, max(took) * 1000
            counts = f"{len(took):4} | {self.again[name]:5}"
            lines.append(f"{name:12} | {counts} | {middle:6.0f} | {worst:8.0f}")
        return "\n".join(lines)


def mark(detail: OrderDetail, order_id: str) -> None:
    """Append the mark unless it stands there, as ensure would."""
    stored = detail.open(order_id).row.remark
    wanted = Remark(text=marked_remark(stored.text, MARK), flag=Flag.GREEN)
    if stored != wanted:
        dialog = detail.edit_remark(order_id, stored)
        dialog.fill(wanted)
        assert dialog.read() == wanted
        dialog.save()


@pytest.mark.usefixtures("storm")
def test_all_screens_under_storm(shell: Shell, truth: Truth) -> None:
    page, site, tally = shell.page, shell.site, Tally()
    orders, detail, chat = OrderList(page, site), OrderDetail(page, site), Chat(page, site)
    ids = truth.orders(status=2, hidden=False)[:ROUNDS]
    product_id = truth.order(ids[0])["lines"][0]["product_id"]
    before = {one: truth.order(one) for one in ids}
    for order_id in ids:
        tally("tab", orders.open, Tab.TO_SHIP)
        tally("find", found, orders, order_id)
        tally("reveal", revealed, orders, truth, order_id)
        tally("remark", mark, detail, order_id)
        tally("ship form", ShipForm(page, site).open, order_id)
        tally("chat", chat.open, order_id)
        tally("bindings", BindingPage(page, site).open, product_id)
        tally("addresses", AddressBook(page, site).read)
    print("", tally, sep="\n")  # noqa: T201 - the table is what a soak is for
    time.sleep(25)  # a commit may come 20 s after its client is gone
    for order_id, told in before.items():
        now = truth.order(order_id)
        wanted = marked_remark(told["remark"], MARK)
        assert (now["remark"], now["flag"]) == (wanted, Flag.GREEN), order_id


def found(orders: OrderList, order_id: str) -> None:
    row = orders.find(order_id)
    assert row is not None
    assert row.order.order_id == order_id


def revealed(orders: OrderList, truth: Truth, order_id: str) -> None:
    found(orders, order_id)
    assert orders.reveal(order_id).phone == truth.order(order_id)["phone"]


def test_an_order_costs_the_same_in_a_long_list(shell: Shell) -> None:
    orders = OrderList(shell.page, shell.site)
    print("\norders in the tab | pages | ms a page | ms an order")  # noqa: T201
    for tab in (Tab.TO_SHIP, Tab.ALL):
        times: list[float] = []
        begun, rows = time.perf_counter(), 0
        for page in orders.pages(tab):
            rows += len(page.rows)
            times.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
        assert rows == page.total
        each = statistics.median(times)
        print(f"{rows:17} | {len(times):5} | {each:9.0f} | {each / LARGEST_PAGE:6.1f}")  # noqa: T201
