"""类目属性 as the server checks them (facts 3.2)."""

from __future__ import annotations

from typing import Any

import pytest

from practice.catalogue import catalogue
from practice.store.attributes import check_attributes
from practice.store.codes import Refusal
from tests.practice.store_client import SHIRT_ATTRIBUTES, StoreClient, leaf


def measures(**percents: float) -> dict[str, Any]:
    return {"材质成分": [{"value": name, "percent": part} for name, part in percents.items()]}


CASES: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"材质成分": []}, "材质成分必填"),
    ({"适用性别": None}, "适用性别必填"),
    ({"适用性别": "女童"}, "适用性别的属性值不存在"),
    (measures(棉=95, 氨纶=4), "百分比之和需等于100%"),
    (measures(棉=99.5, 氨纶=0.5), ""),
    (measures(棉=100, 氨纶=0), "材质成分请填写百分比"),
    (measures(棉=50, 金子=50), "材质成分的属性值不存在"),
    (measures(棉=20, 羊毛=20, 亚麻=20, 羊绒=20, 锦纶=10, 氨纶=10), "材质成分最多选择5项"),
    ({"材质成分": [{"value": "棉", "percent": 50}] * 2}, "材质成分的属性值重复"),
    ({"材质成分": [{"value": "棉"}]}, "材质成分请填写百分比"),
    ({"材质成分": "棉"}, "材质成分请填写百分比"),
    ({"风格": "我家的风格"}, ""),
    ({"厚薄": "我家的厚薄"}, "厚薄的属性值不存在"),
    ({"适用季节": ["春季", "夏季", "秋季", "冬季"]}, ""),
    ({"适用季节": ["春季", "春季"]}, "适用季节的属性值重复"),
    ({"适用季节": "春季"}, "适用季节填写有误"),
    ({"货号": "A" * 101}, "货号不能超过100个字符"),
    ({"上市时间": 1_790_000_000}, ""),
    ({"上市时间": "2026"}, "上市时间填写有误"),
    ({"没有的": "x"}, "当前类目没有属性没有的"),
]


@pytest.mark.parametrize(("changes", "msg"), CASES)
def test_values_are_checked_by_type(changes: dict[str, Any], msg: str) -> None:
    """Facts 3.2: text / select / multi_select / timestamp / measure, required, multi_select_max."""
    category = catalogue().categories[leaf("服饰内衣 > 女装 > T恤")]
    known = catalogue().attributes(category)
    given = SHIRT_ATTRIBUTES | changes
    if not msg:
        check_attributes(known, given)
        return
    with pytest.raises(Refusal, match=msg):
        check_attributes(known, given)


def test_a_submit_without_required_attributes_is_refused(client: StoreClient) -> None:
    """Facts 3.4: 必填; the server trusts no page."""
    assert client.add(client.form(attributes={}))["msg"] == "材质成分必填"


def test_the_schema_tells_fields_and_limits(client: StoreClient) -> None:
    """Facts 3.2: fields by category, product.getProductUpdateRule's limits."""
    lipstick = leaf("美妆 > 彩妆 > 口红")
    answer = client.get("/product/tproduct/getSchema", category_leaf_id=lipstick)["data"]
    told = {one["name"]: one for one in answer["attributes"]}
    assert (told["功效"]["type"], told["功效"]["max"], told["功效"]["own"]) == (
        "multi_select",
        5,
        True,
    )
    assert answer["rules"]["max_specs"] == 3
    assert [one["label"] for one in answer["options"]["ship_modes"]] == [
        "现货发货",
        "全款预售",
        "阶梯发货",
    ]


def test_brands_are_searched_on_the_server(client: StoreClient) -> None:
    """Facts 3.2, 品牌: search select, 无品牌 = 596120136."""
    path = "/product/tproduct/brandList"
    first = client.get(path)["data"]
    assert (len(first), first[0]) == (20, {"label": "无品牌", "value": 596120136})
    found = [one["label"] for one in client.get(path, query="白鹿")["data"]]
    assert found[:2] == ["白鹿", "白鹿家纺"]
    assert client.get(path, query="没有这个牌子")["data"] == []


def test_categories_are_predicted_from_title_and_picture(client: StoreClient) -> None:
    """Facts 3.1: predictCategoryN; some suggestions are wrong."""
    path = "/product/tproduct/predictCategoryN"
    found = client.get(path, title="纯棉宽松女T恤", pic="abc")["data"]
    texts = [one["text"] for one in found]
    assert texts[:3] == [f"服饰内衣 > {part} > T恤" for part in ("女装", "男装", "童装")]
    assert any("T恤" not in text for text in texts)
    assert client.get(path, title="纯棉宽松女T恤", pic="abc")["data"] == found
