"""修改库存 and prices from the list (facts 1.1, 3.3)."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from practice.store.codes import Answer
from practice.tables import ChannelStock, Product, Shop, Sku
from tests.practice.quick_store import QuickStore
from tests.practice.store_client import StoreClient

KEYS = (f"key-{at}" for at in count())


@pytest.fixture
def shop(quick: QuickStore) -> StoreClient:
    return quick.client()


@pytest.fixture
def sku(quick: QuickStore) -> Sku:
    """Any SKU of the first shop without channels."""
    with quick.twin.world.transaction() as session:
        first = session.scalars(select(Shop.id).where(Shop.position == 0)).one()
        held = select(ChannelStock.sku_id)
        wanted = select(Sku).join(Product, Product.id == Sku.product_id)
        wanted = wanted.where(Product.shop_id == first, Product.status != 2, Sku.id.not_in(held))
        return session.scalars(wanted.order_by(Sku.id)).all()[0]


def edit(client: StoreClient, sku: Sku, amount: int, **more: Any) -> Any:
    body = {
        "product_id": sku.product_id,
        "idempotent_id": next(KEYS),
        "sku_list": [{"sku_id": sku.id, "stock_num": amount}],
    }
    return client.post("/stock/manage/edit", body | more)


def stock_of(client: StoreClient, sku: Sku) -> dict[str, Any]:
    told = client.post("/stock/manage/detail", {"product_id": sku.product_id})["data"]
    found: list[dict[str, Any]] = told["sku_detail_list"]
    return next(one for one in found if one["sku_id"] == sku.id)


def test_stock_is_added_to_or_replaced(shop: StoreClient, sku: Sku) -> None:
    """Facts 3.3: incremental or full overwrite."""
    assert edit(shop, sku, 40, incremental=False)["code"] == 0
    assert stock_of(shop, sku)["total_stock_num"] == 40
    assert edit(shop, sku, -3)["code"] == 0
    assert stock_of(shop, sku)["total_stock_num"] == 37


def test_the_same_key_is_carried_out_once(shop: StoreClient, sku: Sku) -> None:
    """Facts 3.3: an idempotency field."""
    edit(shop, sku, 40, incremental=False)
    for _ in range(2):
        assert edit(shop, sku, 5, idempotent_id="the same")["code"] == 0
    assert stock_of(shop, sku)["total_stock_num"] == 45


@pytest.mark.parametrize(
    ("amount", "more", "msg"),
    [
        (-1_000_000, {}, "改后现货库存不能小于占用库存"),
        (10_000_000, {"incremental": False}, "现货库存不正确"),
        (1, {"idempotent_id": ""}, "参数错误"),
        (1, {"product_id": "1"}, "商品不存在或已彻底删除"),
        (1, {"sku_list": [{"sku_id": "1", "stock_num": 1}]}, "SKU不存在"),
    ],
)
def test_what_is_refused_changes_nothing(
    shop: StoreClient, sku: Sku, amount: int, more: dict[str, Any], msg: str
) -> None:
    before = stock_of(shop, sku)
    told = edit(shop, sku, amount, **more)
    assert told["code"] != 0
    assert msg in told["msg"]
    assert stock_of(shop, sku) == before


def test_what_channels_hold_is_told_and_kept(quick: QuickStore, shop: StoreClient) -> None:
    """Facts 1.1: occupy_items by channel; facts 3.3: occupied channel stock is separate."""
    with quick.twin.world.transaction() as session:
        wanted = select(Sku).join(Product, Product.id == Sku.product_id)
        first = session.scalars(select(Shop.id).where(Shop.position == 0)).one()
        sku = session.scalars(wanted.where(Product.shop_id == first, Sku.stock > 9)).all()[-1]
        session.add(
            ChannelStock(product_id=sku.product_id, sku_id=sku.id, channel_id=9, occupied=7)
        )
    told = stock_of(shop, sku)
    wanted_item = {"stock_occupy_type": "channel", "channel_id": 9, "occupy_stock_num": 7}
    assert wanted_item in told["occupy_items"]
    held = told["total_occupied_stock_num"]
    assert edit(shop, sku, held - 1, incremental=False)["code"] == Answer.BAD_FIELD
    assert edit(shop, sku, held, incremental=False)["code"] == 0


def test_the_drawers_head(shop: StoreClient, sku: Sku) -> None:
    """Facts 3.3: 商品ID and 商品总库存."""
    told = shop.post("/stock/manage/get_product_info", {"product_id": sku.product_id})["data"]
    assert told["product_id"] == sku.product_id
    (row,) = shop.listed(sku.product_id)["data"]
    assert told["total_stock_num"] == row["stock_num"]
    assert shop.post("/stock/manage/detail", {"product_id": "1"})["code"] == Answer.NO_SUCH_PRODUCT


@pytest.mark.parametrize(("price", "code"), [(1234, 0), (0, Answer.BAD_FIELD), (10**9, 20001)])
def test_prices_of_single_skus(shop: StoreClient, sku: Sku, price: int, code: int) -> None:
    """Facts 3.3: the price-edit modal."""
    body = {"product_id": sku.product_id, "sku_list": [{"sku_id": sku.id, "price": price}]}
    before = stock_of(shop, sku)["price"]
    assert shop.post("/product/tproduct/editPrice", body)["code"] == code
    assert stock_of(shop, sku)["price"] == (before if code else price)
