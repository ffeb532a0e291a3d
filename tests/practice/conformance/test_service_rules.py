"""Reference price, stock counting, freight, shipping, returns, limits (facts 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.practice.conformance.sending import CUP, CURTAIN, PREFIX, pictures, told
from tests.practice.store_client import StoreClient, leaf


def after(**more: float) -> str:
    return f"{datetime.now() + timedelta(**more):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ005


def ask_for_reference(client: StoreClient, price: int, kind: int = 1, proof: bool = True) -> str:
    (shown,) = pictures(client, 1)
    return told(
        client, reference_price={"type": kind, "price": price, "proof": shown if proof else ""}
    )


@pytest.mark.facts("3.2-reference-range")
@pytest.mark.parametrize(
    ("price", "fine"), [(4500, False), (4501, True), (39899, True), (39900, False)]
)
def test_the_reference_price(client: StoreClient, price: int, fine: bool) -> None:
    """Facts 3.2, 参考价: above every price (45.00), below ten times the lowest (39.90)."""
    assert (ask_for_reference(client, price) == "") == fine


@pytest.mark.facts("3.2-reference-types", "3.2-reference-proof")
def test_the_reference_prices_type_and_proof(client: StoreClient) -> None:
    """Facts 3.2, 参考价: one of four types, and a picture."""
    options = client.get(f"{PREFIX}/getSchema", category_leaf_id=leaf(CUP))["data"]["options"]
    types = {one["label"]: one["value"] for one in options["reference_price_types"]}
    assert set(types) == {"厂商建议零售价", "吊牌价", "定价", "官网零售价"}
    for kind in types.values():
        assert ask_for_reference(client, 5000, kind) == ""
    assert ask_for_reference(client, 5000, max(types.values()) + 1) != ""
    assert ask_for_reference(client, 5000, proof=False) != ""


@pytest.mark.facts(
    "3.2-stock-counting", "3.2-ship-mode", "3.2-returns", "3.2-sale-start", "3.2-ship-delay"
)
@pytest.mark.parametrize(
    ("node", "good", "bad"),
    [
        ("reduce_type", (1, 2), (None, 0, 3)),
        ("presell_type", (0,), (None, 3)),
        ("supply_7day_return", (1,), (None, 3, 7)),
        ("start_sale_type", (0, 1), (None, 2)),
        ("delivery_delay_day", (9999, 1, 2), (None, 0, 3)),
    ],
)
def test_codes_of_the_service_fields(
    client: StoreClient, node: str, good: tuple[Any, ...], bad: tuple[Any, ...]
) -> None:
    """Facts 3.2: 订单库存计数, 发货模式, 售后政策, 上架方式, 发货时效."""
    for code in good:
        assert told(client, **{node: code}) == ""
    for code in bad:
        assert told(client, **{node: code}) != ""


@pytest.mark.facts("3.2-ship-delay-category", "3.2-returns-category")
def test_service_differs_between_categories(client: StoreClient) -> None:
    """Facts 3.2, 发货时效, 售后政策: what one category allows, another refuses."""
    cup = {"goods_category": leaf(CUP), "attributes": {}}
    curtain = {"goods_category": leaf(CURTAIN), "attributes": {}}
    for category, day, fine in ((cup, 1, True), (cup, 5, False), (curtain, 5, True)):
        assert (told(client, **category, delivery_delay_day=day) == "") == fine
    assert told(client, **curtain, delivery_delay_day=1) != ""
    assert told(client, **cup, supply_7day_return=0) == ""
    assert told(client, **cup, supply_7day_return=2) == ""
    assert told(client, supply_7day_return=0) == "该类目需要支持7天无理由退货"


@pytest.mark.facts("3.2-freight")
def test_the_freight_template(client: StoreClient) -> None:
    """Facts 3.2, 运费模板: 0 is 包邮, nothing is refused."""
    assert told(client, freight_id=0) == ""
    assert told(client, freight_id=None) == "请选择运费模板"


@pytest.mark.facts("3.2-freight-types", "3.2-freight-fixed")
def test_new_freight_templates(client: StoreClient) -> None:
    """Facts 3.2, 运费模板: four types; a fixed fee is 1 to 9900 分."""
    options = client.get(f"{PREFIX}/getSchema", category_leaf_id=leaf(CUP))["data"]["options"]
    kinds = {one["label"]: one["value"] for one in options["freight_kinds"]}
    assert set(kinds) == {"阶梯计价", "固定运费", "卖家包邮", "货到付款"}
    for fee, fine in ((0, False), (1, True), (9900, True), (9901, False)):
        asked = {"name": f"固定{fee}", "kind": kinds["固定运费"], "fee": fee}
        answer = client.post(f"{PREFIX}/addFreightTemplate", asked)
        assert (answer["code"] == 0) == fine
        if fine:
            assert told(client, freight_id=answer["data"]["value"]) == ""


@pytest.mark.facts("3.2-presale-end")
@pytest.mark.parametrize(
    ("end", "fine"),
    [
        (lambda: after(days=30, minutes=-1), True),
        (lambda: after(days=30, minutes=1), False),
        (lambda: after(minutes=-1), False),
        (lambda: after(days=3)[:10], False),
        (lambda: after(days=3).replace("-", "/"), False),
        (str, False),
    ],
)
def test_the_end_of_a_presale(client: StoreClient, end: Callable[[], str], fine: bool) -> None:
    """Facts 3.2, 预售结束时间: YYYY-MM-DD HH:mm:ss, at most 30 days ahead."""
    presale = {"presell_type": 1, "presell_end_time": end(), "presell_delay": 5}
    said = told(client, delivery_delay_day=None, **presale)
    assert (said == "") == fine
    assert fine or "预售结束时间" in said


@pytest.mark.facts("3.2-limits")
def test_limits_of_a_purchase(client: StoreClient) -> None:
    """Facts 3.2, 限购: per order, per user, at least."""
    names = ("minimum_per_order", "maximum_per_order", "limit_per_buyer")
    assert told(client, limits=dict(zip(names, (1, 2, 3), strict=True))) == ""
    assert told(client, limits=dict(zip(names, (3, 2, 3), strict=True))) != ""
    for name in names:
        assert told(client, limits={name: 0}) != ""
