"""订单管理: a page is what the store holds, a search answers for exactly what was asked."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.errors import TransientError
from domain.order import OrderState
from pages.doudian.order_receiver import NotShown
from pages.doudian.orders import OrderList, OrderPage, Tab
from pages.doudian.shell import Shell
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying


@pytest.fixture
def orders(shell: Shell) -> OrderList:
    return OrderList(shell.page, shell.site)


def assert_true(truth: Truth, page: OrderPage) -> None:
    """Compare every order of a page with the store's database."""
    for row in page.rows:
        told, order = truth.order(row.order.order_id), row.order
        assert (order.remark, order.flag) == (told["remark"], told["flag"])
        ship_by = told["ship_by"] and datetime.fromisoformat(told["ship_by"]).replace(microsecond=0)
        assert order.ship_by == ship_by
        lines = [(one["product_id"], one["sku_code"], one["quantity"]) for one in told["lines"]]
        assert [(one.product_id, one.sku_code, one.quantity) for one in order.lines] == lines


def test_a_tab_shows_what_the_store_holds(orders: OrderList, truth: Truth, weather: str) -> None:
    assert weather
    page = trying(orders.open, Tab.TO_SHIP)
    waiting = [*truth.orders(status=2), *truth.orders(status=101)]
    assert page.total == len(waiting) == trying(orders.counts)[Tab.TO_SHIP]
    assert {row.order.order_id for row in page.rows} <= set(waiting)
    assert {row.order.state for row in page.rows} <= {OrderState.TO_SHIP, OrderState.PARTLY_SHIPPED}
    assert_true(truth, page)


def test_all_pages_hold_each_order_once(orders: OrderList, truth: Truth) -> None:
    pages = list(orders.pages(Tab.TO_SHIP))
    numbers = [row.order.order_id for page in pages for row in page.rows]
    wanted = {*truth.orders(status=2), *truth.orders(status=101)}
    assert len(pages) > 1
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == wanted


def test_a_page_that_failed_is_asked_for_again(orders: OrderList, truth: Truth) -> None:
    first = orders.read_page(Tab.ALL, 1)
    orders.page.route("**/api/order/searchlist*", lambda route: route.fulfill(status=502), times=1)
    with pytest.raises(TransientError, match="502"):
        orders.read_page(Tab.ALL, 2)
    second = orders.read_page(Tab.ALL, 2)
    assert orders.find(truth.waiting()) is not None
    assert orders.read_page(Tab.ALL, 2) == second
    third = orders.read_page(Tab.ALL, 3)
    numbers = [row.order.order_id for page in (first, second, third) for row in page.rows]
    assert len(numbers) == 300
    assert set(numbers) == set(truth.orders()[-300:])
    behind = orders.read_page(Tab.ALL, first.total // 100 + 2)
    assert behind == OrderPage(rows=(), total=first.total)


def test_a_search_finds_one_order_and_nothing_is_proof(
    orders: OrderList, truth: Truth, weather: str
) -> None:
    assert weather
    first, last = truth.waiting(0), truth.waiting(-1)
    for order_id in (first, last, first):
        found = trying(orders.find, order_id)
        assert found
        assert found.order.order_id == order_id
        assert trying(orders.find, order_id[:-1]) is None


def test_a_list_that_does_not_answer_is_no_absence(orders: OrderList, truth: Truth) -> None:
    orders.open()
    orders.page.route("**/api/order/searchlist*", lambda route: route.fulfill(status=502))
    with pytest.raises(TransientError, match="502"):
        orders.find(truth.waiting())


def test_a_receiver_is_masked_until_it_is_asked_for(orders: OrderList, truth: Truth) -> None:
    order_id = truth.waiting()
    row = orders.find(order_id)
    assert row
    assert row.order.receiver
    assert row.order.receiver.hidden
    seen, told = orders.reveal(order_id), truth.order(order_id)
    assert (seen.name, seen.phone) == (told["receiver"], told["phone"])
    assert (seen.province, seen.district) == (told["place"][0], told["place"][2])
    assert told["looks"] == 1
    masked = [text for region in orders.sensitive for text in region.all_inner_texts()]
    assert any(told["receiver"] in text and told["phone"] in text for text in masked)
    assert told["receiver"] not in repr(row) + repr(seen)


def test_a_refused_look_is_an_error_of_its_own(orders: OrderList, truth: Truth) -> None:
    order_id = truth.waiting(hidden=True)
    orders.find(order_id)
    with pytest.raises(NotShown, match="不允许"):
        orders.reveal(order_id)


def test_receivers_and_buyers_are_declared_sensitive(orders: OrderList) -> None:
    page = orders.open(Tab.TO_SHIP)
    masked = [region.all_inner_texts() for region in orders.sensitive]
    text = "\n".join(one for texts in masked for one in texts)
    for row in page.rows:
        assert row.order.receiver
        assert row.buyer in text
        assert row.buyer_words in text
        assert row.order.receiver.phone in text
        assert row.buyer not in orders.content.aria_snapshot()
