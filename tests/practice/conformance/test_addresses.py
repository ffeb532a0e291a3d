"""地址库 and 关联设置 as XHRs tell them (facts 5.5, 7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.order_shop import OrderShop
from tests.practice.store_client import StoreClient

BOOK = "/shopuser/address"
NEW = {
    "receiver_name": "王练习",
    "link_type": 0,
    "mobile": "15400009999",
    "region": ["浙江省", "金华市", "义乌市", "福田街道"],
    "detail": "练习路1号",
}


def listed(seller: StoreClient, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = seller.get(f"{BOOK}/list", **params)["data"]
    return rows


def saved(seller: StoreClient, **more: Any) -> Any:
    return seller.post(f"{BOOK}/save", NEW | more)


@pytest.mark.facts("5.5-fields", "5.5-pages")
def test_the_fields_and_pages(seller: StoreClient) -> None:
    """Ten a page, the first is 1."""
    made = [saved(seller, detail=f"示例街{at}号")["data"]["address_id"] for at in range(10)]
    first, second = listed(seller, page=1), listed(seller, page=2)
    assert (len(first), len(second)) == (10, 3)
    row = second[-1]
    assert row["address_id"] == made[-1]
    assert [row[name]["name"] for name in ("province", "city", "town", "street")] == NEW["region"]
    assert (row["is_default"], row["is_send_default"], row["remark"]) == (False, False, "")
    for one in made:
        assert seller.post(f"{BOOK}/delete", {"address_id": one})["code"] == 0
    assert len(listed(seller)) == 3


@pytest.mark.facts("5.5-defaults")
@pytest.mark.parametrize("name", ["is_default", "is_send_default"])
def test_one_default_of_each_kind(seller: StoreClient, name: str) -> None:
    old = next(one for one in listed(seller) if one[name])
    other = "is_send_default" if name == "is_default" else "is_default"
    others = [one["address_id"] for one in listed(seller) if one[other]]
    new = saved(seller, detail=f"虚构巷{name}", **{name: True})["data"]["address_id"]
    assert [one["address_id"] for one in listed(seller) if one[name]] == [new]
    assert [one["address_id"] for one in listed(seller) if one[other]] == others
    names = ("address_id", "receiver_name", "link_type", "mobile", "detail", "remark")
    region = [old[part]["name"] for part in ("province", "city", "town", "street")]
    again = {one: old[one] for one in (*names, "is_default", "is_send_default")}
    assert saved(seller, region=region, **again)["code"] == 0
    assert seller.post(f"{BOOK}/delete", {"address_id": new})["code"] == 0
    assert [one["address_id"] for one in listed(seller) if one[name]] == [old["address_id"]]


@pytest.mark.facts("5.5-phones")
@pytest.mark.parametrize(
    ("link_type", "mobile", "fine"),
    [
        (0, "15400008888", True),
        (0, "1540000888", False),
        (1, "0579-80000001", True),
        (2, "0579-80000001-802", True),
        (1, "80000001", False),
    ],
)
def test_phones(seller: StoreClient, link_type: int, mobile: str, *, fine: bool) -> None:
    answer = saved(seller, link_type=link_type, mobile=mobile, detail="样板路2号")
    assert (answer["code"] == 0) == fine
    assert fine or answer["msg"] == "手机号格式有误"
    if fine:
        seller.post(f"{BOOK}/delete", {"address_id": answer["data"]["address_id"]})


@pytest.mark.facts("5.5-errors")
def test_what_the_book_refuses(seller: StoreClient) -> None:
    known = saved(seller, detail="演示大道7号")["data"]["address_id"]
    assert saved(seller, detail="演示大道7号")["msg"] == "已有对应的记录"
    assert saved(seller, address_id=known, detail="演示大道7号")["msg"] == "信息未修改，提交失败"
    assert saved(seller, address_id=987654)["msg"] == "该地址不存在，请刷新后重试"
    assert seller.post(f"{BOOK}/delete", {"address_id": known})["code"] == 0
    answer = seller.post(f"{BOOK}/delete", {"address_id": known})
    assert answer["msg"].startswith("地址已删除")


@pytest.mark.facts("7-binding", "7-no-sku")
def test_a_binding(shop: OrderShop, seller: StoreClient) -> None:
    """Each SKU has its own; the 商家编码 stays."""
    row = seller.get("/api/order/searchlist")["data"][0]["product_item"][0]
    path, product_id = "/product/supply", row["product_id"]
    before = seller.get(f"{path}/detail", product_id=product_id)["data"]
    sku = before["sku_list"][0]
    bound = {"offer": "682310450117", "supplier": "练习厂", "factory_sku": "YZ118-01"}
    wish = {"product_id": product_id, "sku_list": [{"sku_id": sku["sku_id"]} | bound]}
    assert seller.post(f"{path}/bind", wish)["code"] == 0
    after = seller.get(f"{path}/detail", product_id=product_id)["data"]
    assert after["sku_list"][0] == sku | bound
    assert after["sku_list"][1:] == before["sku_list"][1:]
    (kept,) = [one for one in shop.bindings() if one["sku_id"] == sku["sku_id"]]
    assert (kept["factory_sku"], kept["sku_code"]) == ("YZ118-01", sku["sku_code"])
    assert [one["code"] for one in shop.writes(product_id)] == [0]
    wrong = {"product_id": product_id, "sku_list": [{"sku_id": "1"} | bound]}
    assert seller.post(f"{path}/bind", wrong)["msg"] == "找不到对应的sku"
