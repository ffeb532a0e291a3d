"""The product list as an XHR tells it: questions, items, counts, stock (facts 1.1, 8)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from practice.tables import Product
from practice.world import World
from tests.practice.store_client import StoreClient

PREFIX = "/product/tproduct"
ITEM = {
    *("product_id", "name", "discount_price", "price_lower", "price_higher", "stock_num"),
    *("sell_num", "tab", "check_status", "status", "category_leaf_id", "group_id", "img"),
}


def asked(merchant: StoreClient, **params: Any) -> Any:
    answer = merchant.get(f"{PREFIX}/list", **params)
    assert (answer["code"], answer["msg"]) == (0, "")
    return answer


@pytest.mark.facts("1.1-list")
def test_pages_of_twenty(merchant: StoreClient) -> None:
    """Facts 1.1: page and pageSize; no product on two pages, none left out."""
    pages = [asked(merchant, page=at, pageSize=20)["data"] for at in (0, 1)]
    ids = [item["product_id"] for page in pages for item in page]
    assert [len(page) for page in pages] == [20, 20]
    assert len(set(ids)) == 40
    hundred = asked(merchant, page=0, pageSize=100)["data"]
    assert [item["product_id"] for item in hundred[:40]] == ids


@pytest.mark.facts("1.1-list-tabs")
def test_tabs_divide_the_products(merchant: StoreClient) -> None:
    """Facts 1.1: tab=onSale|offline|all; 3.5: status."""
    totals = {}
    for tab, status in (("onSale", {0}), ("offline", {1}), ("all", {0, 1})):
        answer = asked(merchant, tab=tab, page=0, pageSize=100)
        totals[tab] = answer["total"]
        assert {item["status"] for item in answer["data"]} == status
    assert totals["onSale"] + totals["offline"] <= totals["all"]
    assert min(totals.values()) > 0


@pytest.mark.facts("1.1-counts")
def test_counts_are_those_of_the_tabs(merchant: StoreClient) -> None:
    """Facts 1.1: aggsProductCount."""
    counts = merchant.get(f"{PREFIX}/aggsProductCount")["data"]
    for tab in ("onSale", "all"):
        assert counts[tab] == asked(merchant, tab=tab, page=0, pageSize=20)["total"]


@pytest.mark.facts("1.1-list-terms")
def test_a_term_narrows_the_list_down(merchant: StoreClient) -> None:
    """Facts 1.1: id_name_code finds by id, by name and by code."""
    first = asked(merchant, page=0, pageSize=20)["data"][0]
    by_id = asked(merchant, id_name_code=first["product_id"], page=0, pageSize=20)
    assert [item["product_id"] for item in by_id["data"]] == [first["product_id"]]
    by_name = asked(merchant, id_name_code=first["name"], page=0, pageSize=100)["data"]
    assert first["product_id"] in {item["product_id"] for item in by_name}
    assert all(first["name"].lower() in item["name"].lower() for item in by_name)
    codes = asked(merchant, id_name_code="P-100", page=0, pageSize=100)["data"]
    assert "P-100" in {item["merchant_code"] for item in codes}
    assert asked(merchant, id_name_code="no such product", page=0, pageSize=20)["total"] == 0


@pytest.mark.facts("1.1-list-filters")
@pytest.mark.parametrize(
    ("name", "value", "column"),
    [
        ("status", 1, "status"),
        ("check_status", 4, "check_status"),
        ("draft_status", 4, "draft_status"),
        ("is_online", 1, "status"),
    ],
)
def test_filters(merchant: StoreClient, truth: World, name: str, value: int, column: str) -> None:
    """Facts 1.1: what does not fit is not listed."""
    answer = asked(merchant, page=0, pageSize=100, **{name: value})
    assert 0 < answer["total"] < asked(merchant, page=0, pageSize=20)["total"]
    with truth.transaction() as session:
        found = {
            getattr(session.get_one(Product, item["product_id"]), column) for item in answer["data"]
        }
    assert found == {0 if name == "is_online" else value}


@pytest.mark.facts("1.1-list-order")
def test_the_newest_audit_comes_first(merchant: StoreClient, truth: World) -> None:
    """Facts 1.1: order_field=audit_time, sort=desc."""
    moments = {}
    for sort in ("desc", "asc"):
        order = {"order_field": "audit_time", "sort": sort}
        items = asked(merchant, page=0, pageSize=100, tab="onSale", **order)["data"]
        with truth.transaction() as session:
            found = [session.get_one(Product, item["product_id"]).audited_at for item in items]
        moments[sort] = [moment or 0 for moment in found]
    assert moments["desc"] == sorted(moments["desc"], reverse=True)
    assert moments["asc"] == sorted(moments["asc"])
    assert moments["desc"][0] > moments["asc"][0]


@pytest.mark.facts("1.1-item-fields", "1.1-item-id", "8-text-ids", "8-product-id")
def test_an_item(merchant: StoreClient) -> None:
    """Facts 1.1, 8: its fields; ids are text of 19 digits."""
    items = asked(merchant, page=0, pageSize=100)["data"]
    for item in items:
        assert set(item) >= ITEM
        assert isinstance(item["product_id"], str)
        assert re.fullmatch(r"\d{19}", item["product_id"])


@pytest.mark.facts("1.1-item-fen", "8-fen", "1.1-item-tab")
def test_an_items_money_and_state(client: StoreClient) -> None:
    """Facts 1.1, 8: 39.90 元 is 3990; 售卖中."""
    client.add(client.form("C-MONEY", start_sale_type=0))
    (item,) = client.listed("C-MONEY")["data"]
    assert (item["price_lower"], item["price_higher"]) == (3990, 4500)
    assert item["discount_price"] == 3990
    assert isinstance(item["price_lower"], int)
    for _ in range(200):
        (item,) = client.listed("C-MONEY")["data"]
        if item["status"] == 0:
            break
    assert (item["tab"], item["status"]) == ("售卖中", 0)


@pytest.mark.facts("8-unix")
def test_times_are_unix_seconds(merchant: StoreClient, truth: World) -> None:
    """Facts 8."""
    (item,) = asked(merchant, page=0, pageSize=20, id_name_code="P-100", tab="all")["data"][:1]
    with truth.transaction() as session:
        row = session.get_one(Product, item["product_id"])
        moments = {int(row.created_at), int(row.audited_at or 0)}
    told = {value for key, value in item.items() if key.endswith("_time")}
    assert told
    assert told <= moments


@pytest.mark.facts("1.1-category-options")
def test_the_first_level_of_categories(merchant: StoreClient) -> None:
    """Facts 1.1: categoryOptionsN?cid=0, then the next level by its parent."""
    first = merchant.get(f"{PREFIX}/categoryOptionsN", cid=0)["data"]
    names = {one["name"]: one["id"] for one in first}
    assert "服饰内衣" in names
    second = merchant.get(f"{PREFIX}/categoryOptionsN", cid=names["服饰内衣"])["data"]
    assert {one["name"] for one in second}.isdisjoint(names)


@pytest.mark.facts("1.1-ship-delay")
def test_the_shops_ship_delays(merchant: StoreClient) -> None:
    """Facts 1.1: getShopShipDelayRule; 3.2: the codes of 发货时效."""
    answer = merchant.get(f"{PREFIX}/getShopShipDelayRule")
    assert answer["code"] == 0
    assert {"9999", "1", "2"} <= set(re.findall(r"\d+", str(answer["data"])))


@pytest.mark.facts("1.1-stock-info", "1.1-stock-detail", "8-sku-id")
def test_the_stock_of_a_product(client: StoreClient) -> None:
    """Facts 1.1, stock; 8: a SKU's id has 16 digits."""
    product_id = client.add(client.form("C-STOCK"))["data"]["product_id"]
    info = client.post("/stock/manage/get_product_info", {"product_id": product_id})
    assert info["data"]["product_id"] == product_id
    answer = client.post("/stock/manage/detail", {"product_id": product_id})
    skus = answer["data"]["sku_detail_list"]
    told = [(sku["sku_code"], sku["total_stock_num"]) for sku in skus]
    assert told == [("C-STOCK-W", 20), ("C-STOCK-B", 0)]
    for sku in skus:
        assert re.fullmatch(r"\d{16}", sku["sku_id"])
        assert (sku["total_occupied_stock_num"], sku["occupy_items"]) == (0, [])


@pytest.mark.facts("1.1-stock-occupied")
def test_stock_that_a_channel_keeps(merchant: StoreClient) -> None:
    """Facts 1.1: occupy_items; 3.3: occupied stock is separate."""
    items = [
        row
        for page in range(3)
        for row in asked(merchant, page=page, pageSize=100, tab="onSale")["data"]
    ]
    for item in items:
        body = {"product_id": item["product_id"]}
        rows = merchant.post("/stock/manage/detail", body)["data"]["sku_detail_list"]
        held = [sku for sku in rows if sku["total_occupied_stock_num"]]
        if held:
            break
    else:
        pytest.fail("No product of the first 300 has stock that a channel keeps.")
    for sku in held:
        kept = [one["occupy_stock_num"] for one in sku["occupy_items"]]
        assert sum(kept) == sku["total_occupied_stock_num"]
        for one in sku["occupy_items"]:
            assert one["stock_occupy_type"] == "channel"
            assert one["channel_id"]


@pytest.mark.facts("3.3-stock-change")
def test_stock_changes_once_for_each_key(client: StoreClient) -> None:
    """Facts 3.3: a difference, or a new number, with an idempotency field."""
    product_id = client.add(client.form("C-ONCE"))["data"]["product_id"]
    ask = {"product_id": product_id}

    def stocks() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]]
        rows = client.post("/stock/manage/detail", ask)["data"]["sku_detail_list"]
        return rows

    sku_id = stocks()[0]["sku_id"]
    change = ask | {"sku_list": [{"sku_id": sku_id, "stock_num": 5}], "idempotent_id": "c-once"}
    for _ in range(2):
        assert client.post("/stock/manage/edit", change)["code"] == 0
        assert stocks()[0]["total_stock_num"] == 25
    overwrite = change | {"incremental": False, "idempotent_id": "c-once-more"}
    assert client.post("/stock/manage/edit", overwrite)["code"] == 0
    assert stocks()[0]["total_stock_num"] == 5
