"""发货: every ship error, parcels of several orders and of parts (facts 4.5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.order_shop import OrderShop, parcel
from tests.practice.store_client import StoreClient

SHIP = "/api/order/logisticsAdd"
SHIPPED = "订单已发货，不允许再次执行发货"
REFUND = "发货订单中有退款申请需要处理，请先处理"


def refused(shop: OrderShop, seller: StoreClient, body: dict[str, Any]) -> tuple[int, str]:
    """Code and words; nothing was shipped."""
    before = shop.order(body["order_ids"][0])
    answer = seller.post(SHIP, body)
    assert shop.order(body["order_ids"][0]) == before
    return answer["code"], answer["msg"]


@pytest.mark.facts("4.5-form", "4.5-ship")
def test_an_order_is_shipped(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(10)
    assert seller.post(SHIP, parcel(order_id))["code"] == 0
    truth = shop.order(order_id)
    assert truth["status"] == 3
    (package,) = truth["packages"]
    assert (package["company"], package["number"]) == ("yuantong", f"YT{order_id[-12:]}7")


@pytest.mark.facts("4.5-request-id")
def test_one_request_id_ships_once(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(11)
    body = parcel(order_id, request_id="once-1")
    assert [seller.post(SHIP, body)["code"] for _ in range(2)] == [0, 0]
    assert len(shop.order(order_id)["packages"]) == 1
    assert refused(shop, seller, body | {"request_id": "once-2"}) == (60110, SHIPPED)


@pytest.mark.facts("4.5-states")
@pytest.mark.parametrize(
    ("values", "code", "msg"),
    [
        ({"status": 4}, None, "订单已取消，不支持发货"),
        ({"status": 3}, 60110, SHIPPED),
        ({"status": 5}, 60113, "订单已完结，禁止发货"),
        ({"abnormal": 2}, 60109, "风控审核中"),
        ({"status": 105}, 60109, "风控审核中"),
        ({"barred": "supply_chain"}, 60123, "当前订单为供应链订单，需:"),
        ({"barred": "platform_warehouse"}, 60116, "平台仓发货"),
        ({"aftersale": "refund"}, None, REFUND),
        ({"aftersale": "refund_success"}, None, "该订单已售前退款成功，不能发货"),
    ],
)
def test_states_that_bar_it(
    shop: OrderShop, seller: StoreClient, values: dict[str, Any], code: int | None, msg: str
) -> None:
    order_id = shop.waiting(12)
    old = {name: shop.order(order_id)[name] for name in values}
    shop.change(order_id, **values)
    told, words = refused(shop, seller, parcel(order_id))
    assert words.startswith(msg)
    assert told != 0
    assert code is None or told == code
    shop.change(order_id, **old)


@pytest.mark.facts("4.5-number")
@pytest.mark.parametrize(
    ("change", "code", "msg"),
    [
        ({"logistics_code": "12-34"}, None, "物流单号不符合规则"),
        ({"company_code": "huitongkuaidi"}, None, "暂不支持该物流公司或物流商已失效"),
        ({"company_code": ""}, None, "物流公司Code不能为空"),
        ({"address_id": 99999}, 60127, "发货信息填写有误"),
        ({"after_sale_address_id": 99999}, None, "请传入退货地址"),
        ({"logistics_code": "YT8800000000001"}, 70018, "单号已被回收/取消"),
    ],
)
def test_forms_that_are_refused(
    shop: OrderShop, seller: StoreClient, change: dict[str, Any], code: int | None, msg: str
) -> None:
    told, words = refused(shop, seller, parcel(shop.waiting(13)) | change)
    assert (words, told != 0) == (msg, True)
    assert code is None or told == code


@pytest.mark.facts("4.5-tracks")
@pytest.mark.parametrize(
    ("known", "code", "msg"),
    [
        ({"first_seen": 1.0}, 70019, "首条轨迹早于支付时间"),
        ({"receiver": "别人"}, 70020, "运单收件人不一致"),
    ],
)
def test_what_the_carrier_knows(
    shop: OrderShop, seller: StoreClient, known: dict[str, Any], code: int, msg: str
) -> None:
    number = f"YT9900000000{code % 100}"
    seller.post("/_practice/waybills", {"number": number} | known)
    body = parcel(shop.waiting(14), logistics_code=number)
    assert refused(shop, seller, body) == (code, msg)


@pytest.mark.facts("4.5-taken")
def test_a_number_is_used_once(shop: OrderShop, seller: StoreClient) -> None:
    first, second = shop.waiting(15), shop.waiting(16)
    assert seller.post(SHIP, parcel(first))["code"] == 0
    body = parcel(second, logistics_code=parcel(first)["logistics_code"])
    assert refused(shop, seller, body) == (70022, "单号已被其他订单使用")


@pytest.mark.facts("4.5-pack", "4.5-receivers")
def test_several_orders_in_one_parcel(shop: OrderShop, seller: StoreClient) -> None:
    first, second = shop.waiting(17), shop.waiting(18)
    body = parcel(first, order_ids=[first, second])
    assert refused(shop, seller, body) == (70021, "多个订单收货人不一致")
    same = {name: shop.order(first)[name] for name in ("receiver", "phone", "place", "detail")}
    shop.change(second, **same)
    assert seller.post(SHIP, body)["code"] == 0
    assert [shop.order(one)["status"] for one in (first, second)] == [3, 3]


@pytest.mark.facts("4.5-parts")
def test_an_order_in_several_parcels(shop: OrderShop, seller: StoreClient) -> None:
    rows = seller.get("/api/order/searchlist", tab="unshipped", pageSize=100)["data"]
    row = next(
        one
        for one in rows
        if len(one["product_item"]) > 1
        and one["order_status"] == 2
        and not one["after_sale_info"]["after_sale_text"]
        and not shop.order(one["shop_order_id"])["barred"]
    )
    first, *others = (one["sku_order_id"] for one in row["product_item"])
    order_id = row["shop_order_id"]
    assert seller.post(SHIP, parcel(order_id, sku_order_ids=[first]))["code"] == 0
    assert shop.order(order_id)["status"] == 101
    rest = parcel(order_id, sku_order_ids=others, logistics_code="YT77000000001")
    assert seller.post(SHIP, rest)["code"] == 0
    assert (shop.order(order_id)["status"], len(shop.order(order_id)["packages"])) == (3, 2)


@pytest.mark.facts("4.5-reject-refund")
def test_a_refund_can_be_passed_over(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(19)
    shop.change(order_id, aftersale="refund")
    assert seller.post(SHIP, parcel(order_id, is_reject_refund=True))["code"] == 0
    assert shop.order(order_id)["status"] == 3


@pytest.mark.facts("4.5-defaults")
@pytest.mark.parametrize(
    ("shop_at", "msg"),
    [
        (1, "无默认售后地址，请先设置然后操作发货"),
        (2, "无默认发货地址，请先设置然后操作发货"),
    ],
)
def test_a_shop_without_default_addresses(shop: OrderShop, shop_at: int, msg: str) -> None:
    owner = shop.client(1)
    shop_id = shop.card.accounts[1]["shops"][shop_at]["shop_id"]
    assert owner.post("/ecomauth/loginv1/choose", {"shop_id": shop_id})["code"] == 0
    order_id = shop.waiting(0, shop_id=shop_id)
    answer = owner.post(SHIP, parcel(order_id))
    assert answer["msg"] == msg
    assert (answer["code"] == 60072) == ("发货地址" in msg)


@pytest.mark.facts("4.5-failed")
def test_shipping_that_fails(shop: OrderShop, seller: StoreClient) -> None:
    with shop.faults(throttled=1):
        told = refused(shop, seller, parcel(shop.waiting(20)))
    assert told[1] == "发货失败，请稍后重试"


@pytest.mark.facts("4.5-edit")
def test_a_number_is_changed_after_shipping(shop: OrderShop, seller: StoreClient) -> None:
    order_id = shop.waiting(21)
    assert seller.post(SHIP, parcel(order_id))["code"] == 0
    body = {
        "order_id": order_id,
        "old_logistics_code": parcel(order_id)["logistics_code"],
        "company_code": "zhongtong",
        "logistics_code": "ZT66000000001",
    }
    assert seller.post("/api/order/logisticsEdit", body)["code"] == 0
    (package,) = shop.order(order_id)["packages"]
    assert (package["company"], package["number"]) == ("zhongtong", "ZT66000000001")
