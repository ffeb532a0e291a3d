"""订单管理 as XHRs tell it: states, rows, filters, masks, 备注 (facts 1.1, 4.1, 4.3, 4.4, 8)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from practice.orders.codes import STATUS_TEXTS, OrderStatus
from tests.practice.order_shop import OrderShop
from tests.practice.store_client import StoreClient

LIST = "/api/order/searchlist"
ITEM = {
    *("shop_order_id", "product_item", "product_count", "pay_amount", "post_amount", "pay_time"),
    *("create_time", "order_status", "order_status_info", "receiver_info", "user_nickname"),
    *("remark", "action_map", "after_sale_info"),
}


def asked(seller: StoreClient, **params: Any) -> Any:
    answer = seller.get(LIST, **params)
    assert (answer["code"], answer["msg"]) == (0, "")
    return answer


@pytest.fixture(scope="module")
def everything(seller: StoreClient) -> list[dict[str, Any]]:
    """All rows of the list, page by page."""
    rows: list[dict[str, Any]] = []
    for page in range(10):
        rows += asked(seller, page=page, pageSize=100, tab="all")["data"]
    return rows


@pytest.mark.facts("1.1-orders", "8-order-pages")
def test_pages(seller: StoreClient, everything: list[dict[str, Any]]) -> None:
    """Pages count from 0; no order stands on two, none is left out."""
    answer = asked(seller, page=0, pageSize=20, order_by="create_time", order="desc")
    ids = [row["shop_order_id"] for row in everything]
    assert [row["shop_order_id"] for row in answer["data"]] == ids[:20]
    assert len(ids) == len(set(ids)) == answer["total"] == 600
    times = [row["create_time"] for row in everything]
    assert times == sorted(times, reverse=True)


@pytest.mark.facts("1.1-order-item", "8-order-id")
def test_an_item(everything: list[dict[str, Any]]) -> None:
    for row in everything:
        assert set(row) >= ITEM
        assert re.fullmatch(r"\d{19}", row["shop_order_id"])
        assert row["after_sale_info"].keys() == {"after_sale_text"}
        assert "conversationId" in row["action_map"]["contactBuyer"]["biz_action_url"]
        assert isinstance(row["pay_amount"], int)
        for one in row["product_item"]:
            assert {"product_name", "product_pic"} <= set(one)


@pytest.mark.facts("8-child-order")
def test_one_child_has_the_parents_id(everything: list[dict[str, Any]]) -> None:
    several = [row for row in everything if len(row["product_item"]) > 1]
    assert several
    for row in several:
        children = [one["sku_order_id"] for one in row["product_item"]]
        assert children[0] == row["shop_order_id"]
        assert len(set(children)) == len(children)


@pytest.mark.facts("4.1-codes", "4.1-words")
def test_codes_and_words(everything: list[dict[str, Any]]) -> None:
    """1, 105, 2, 101, 3, 4, 5, each with its word."""
    told = {
        row["order_status"]: row["order_status_info"]["order_status_text"] for row in everything
    }
    assert set(told.items()) <= {(int(code), text) for code, text in STATUS_TEXTS.items()}
    assert {1, 2, 3, 4, 5} <= set(told)
    assert {int(one) for one in OrderStatus} == {1, 105, 2, 101, 3, 4, 5}


@pytest.mark.facts("1.1-order-tabs", "1.1-tabcnt")
@pytest.mark.parametrize(
    ("tab", "codes"), [("unpaid", {1}), ("unshipped", {2, 101}), ("all", None)]
)
def test_tabs_and_their_counts(seller: StoreClient, tab: str, codes: set[int] | None) -> None:
    answer = asked(seller, page=0, pageSize=100, tab=tab)
    assert answer["total"] == seller.get("/api/order/tabcnt")["data"][tab] > 0
    found = {row["order_status"] for row in answer["data"]}
    assert codes is None or found <= codes


@pytest.mark.facts("4.1-strings")
@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("unpaid", {1}),
        ("stock_up", {2, 101}),
        ("on_delivery", {3}),
        ("closed", {4}),
        ("received", {5}),
    ],
)
def test_order_status(seller: StoreClient, word: str, codes: set[int]) -> None:
    rows = asked(seller, page=0, pageSize=100, order_status=word)["data"]
    assert rows
    assert {row["order_status"] for row in rows} <= codes


@pytest.mark.facts("4.1-aftersale-filter")
@pytest.mark.parametrize(
    ("value", "text"), [("refund_success", "退款成功"), ("aftersale_close", "售后关闭")]
)
def test_aftersale_status(shop: OrderShop, seller: StoreClient, value: str, text: str) -> None:
    shop.change(shop.waiting(3, status=5), aftersale=value)
    rows = asked(seller, page=0, pageSize=100, aftersale_status=value)["data"]
    assert rows
    assert {row["after_sale_info"]["after_sale_text"] for row in rows} == {text}


@pytest.mark.facts("1.1-order-filters")
def test_filters(seller: StoreClient, everything: list[dict[str, Any]]) -> None:
    """By number, product, 商家编码 and time."""
    row = everything[57]
    (only,) = asked(seller, order_id=row["shop_order_id"])["data"]
    assert only["shop_order_id"] == row["shop_order_id"]
    line = row["product_item"][0]
    for name, value in (("product", line["product_id"]), ("product", line["product_name"])):
        found = asked(seller, pageSize=100, **{name: value})["data"]
        assert row["shop_order_id"] in {one["shop_order_id"] for one in found}
    coded = next(one for one in everything if one["product_item"][0]["sku_code"])
    code = coded["product_item"][0]["sku_code"]
    for one in asked(seller, pageSize=100, art_no=code)["data"]:
        assert code in {item["sku_code"] for item in one["product_item"]}
    since, until = everything[30]["create_time"], everything[10]["create_time"]
    span = asked(seller, pageSize=100, create_time_start=since, create_time_end=until)["data"]
    assert {since <= one["create_time"] <= until for one in span} == {True}
    assert len(span) >= 21


@pytest.mark.facts("4.2-finish-time")
def test_times_of_finishing(seller: StoreClient, everything: list[dict[str, Any]]) -> None:
    moment = next(one["finish_time"] for one in everything if one["finish_time"])
    answer = asked(
        seller,
        create_time_start=moment,
        create_time_end=moment,
        **{"compact_time[select]": "finish_time"},
    )
    assert {one["finish_time"] for one in answer["data"]} == {moment}


@pytest.mark.facts("4.3-masks")
def test_receivers_are_masked(everything: list[dict[str, Any]]) -> None:
    for row in everything:
        told = row["receiver_info"]
        assert told["post_receiver"].endswith("**")
        assert re.fullmatch(r"(\d{3}\*{4}\d{4})?", told["post_tel"])
        assert told["post_addr"]["detail"] == "***"
        assert told["post_addr"]["province"]["name"]


@pytest.mark.facts("4.3-reveal", "4.3-virtual")
def test_a_receiver_is_shown_on_demand(shop: OrderShop, seller: StoreClient) -> None:
    """One order at a time, as 姓名，电话，地址; the phone may be virtual."""
    order_id = shop.waiting(1)
    shop.change(order_id, phone="15400001234-7576")
    told = seller.get("/api/order/receiveinfo", order_id=order_id)["data"]
    truth = shop.order(order_id)
    assert told["text"].split("，")[:2] == [truth["receiver"], "15400001234-7576"]
    assert told["text"].endswith(truth["detail"])
    assert truth["looks"] == 1


@pytest.mark.facts("4.3-refused")
def test_showing_a_receiver_can_be_refused(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(2)
    shop.change(order_id, hidden=True)
    answer = seller.get("/api/order/receiveinfo", order_id=order_id)
    assert answer["code"] != 0
    assert "不允许" in answer["msg"]
    assert shop.order(order_id)["looks"] == 0


@pytest.mark.facts("1.1-real-tel-reasons")
def test_reasons_for_a_real_number(seller: StoreClient) -> None:
    path = "/api/order/operateReasonConfig"
    reasons = seller.get(path, operate_type="apply_real_tel")["data"]
    assert [one["code"] for one in reasons] == [1, 2, 3, 4, 5]
    assert reasons[0]["text"] == "无法发货"


@pytest.mark.facts("4.4-length", "4.4-flags")
@pytest.mark.parametrize("star", range(6))
def test_a_remark(shop: OrderShop, seller: StoreClient, star: int) -> None:
    """60 characters, six flags."""
    order_id = shop.waiting(0)
    body = {"order_id": order_id, "remark": "备" * 60, "star": star}
    assert seller.post("/api/order/addRemark", body)["code"] == 0
    (row,) = asked(seller, order_id=order_id)["data"]
    assert (row["remark"], row["star"]) == ("备" * 60, star)
    shop.change(order_id, remark="", flag=0)


@pytest.mark.facts("4.4-length", "4.4-flags")
@pytest.mark.parametrize("wrong", [{"remark": "备" * 61}, {"star": 6}, {"star": -1}])
def test_a_remark_that_is_refused(
    shop: OrderShop, seller: StoreClient, wrong: dict[str, Any]
) -> None:
    order_id = shop.waiting(0)
    body = {"order_id": order_id, "remark": "备注", "star": 1} | wrong
    assert seller.post("/api/order/addRemark", body)["code"] != 0
    assert (shop.order(order_id)["remark"], shop.order(order_id)["flag"]) == ("", 0)


@pytest.mark.facts("4.5-address-change")
@pytest.mark.parametrize("decision", [0, 1001, 1002, 1003, 1004, 1005])
def test_a_buyers_address_change(shop: OrderShop, seller: StoreClient, decision: int) -> None:
    """0 takes the new address, 1001 to 1005 leave the old one."""
    order_id = shop.waiting(4)
    before = shop.order(order_id)
    place, codes = ["浙江省", "金华市", "义乌市", "福田街道"], ["330000", "330700", "330782"]
    new = {"place": place, "region_codes": codes, "detail": f"练习路{decision}号"}
    shop.change(order_id, address_asked=new)
    (row,) = asked(seller, order_id=order_id)["data"]
    assert row["address_apply"] is True
    body = {"order_id": order_id, "is_approved": decision}
    assert seller.post("/api/order/addressConfirm", body)["code"] == 0
    wanted = new["detail"] if decision == 0 else before["detail"]
    assert shop.order(order_id)["detail"] == wanted
    assert seller.post("/api/order/addressConfirm", body)["code"] != 0


@pytest.mark.facts("4.1-ship-by")
def test_the_time_to_ship(everything: list[dict[str, Any]]) -> None:
    """Unix seconds; an order that waits has one."""
    waiting = [row for row in everything if row["order_status"] == 2]
    assert waiting
    assert all(row["exp_ship_time"] > row["pay_time"] > 0 for row in waiting)
