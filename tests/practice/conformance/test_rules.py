"""Titles, categories, brands, attributes, specs and SKUs: just inside and just outside
each limit (facts 1.1, 3.1-3.4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.sending import BOOK, CUP, PREFIX, pictures, skus, told
from tests.practice.store_client import StoreClient, leaf

AsAccount = Callable[[str], StoreClient]


@pytest.mark.facts("3.2-title-limit", "3.2-title-counter")
@pytest.mark.parametrize(
    ("title", "fine"),
    [
        ("A", False),
        ("AB", True),
        ("白", True),
        ("汉" * 30, True),
        ("汉" * 30 + "A", False),
        ("A" * 60, True),
        ("A" * 61, False),
        ("汉" * 29 + "AB", True),
        ("汉" * 29 + "ABC", False),
    ],
)
def test_the_titles_length(client: StoreClient, title: str, fine: bool) -> None:
    """Facts 3.2, 商品标题: 2-60 characters, a 汉字 is two of them."""
    said = told(client, title=title)
    assert (said == "") == fine
    assert fine or "2-60个字符" in said


@pytest.mark.facts("3.2-title-emoji", "3.2-recommendation")
@pytest.mark.parametrize("node", ["title", "recommend_remark"])
@pytest.mark.parametrize("sign", ["😀", "❤️", "🇨🇳"])
def test_no_emoji(client: StoreClient, node: str, sign: str) -> None:
    """Facts 3.2: neither in 商品标题 nor in 商家推荐语."""
    assert told(client, **{node: "好看的T恤"}) == ""
    assert "表情" in told(client, **{node: f"好看的T恤{sign}"})


@pytest.mark.facts("3.2-short-title")
def test_the_short_titles_length(client: StoreClient) -> None:
    """Facts 3.2, 导购短标题: 24."""
    assert told(client, short_product_name="汉" * 12) == ""
    assert told(client, short_product_name="A" * 24) == ""
    assert "24" in told(client, short_product_name="汉" * 12 + "A")


@pytest.mark.facts("3.1-leaf")
def test_only_leaves(client: StoreClient) -> None:
    """Facts 3.1, 3.2: neither a branch nor a number that is none."""
    branch = client.get(f"{PREFIX}/categoryOptionsN", cid=0)["data"][0]["id"]
    for category in (branch, 1, None):
        assert told(client, goods_category=category) != ""


@pytest.mark.facts("3.1-opened")
def test_only_first_levels_that_the_shop_opened(as_account: AsAccount) -> None:
    """Facts 3.1: 商品分类仅支持选择当前店铺开通的一级类目."""
    owner = as_account("owner@")
    shops = owner.get("/ecomauth/loginv1/shops")["data"]
    refused = []
    for shop in shops:
        owner.post("/ecomauth/loginv1/choose", {"shop_id": shop["shop_id"]})
        assert told(owner) == ""
        refused.append(told(owner, goods_category=leaf(CUP), attributes={}))
    assert "商品分类仅支持选择当前店铺开通的一级类目" in refused
    assert "" in refused


@pytest.mark.facts("3.2-brand-required", "3.2-brand-none")
def test_the_brand(client: StoreClient) -> None:
    """Facts 3.2, 品牌: 无品牌 is 596120136; nothing is not."""
    assert told(client, brand_id=596120136) == ""
    for nothing in (None, 0, 596120137):
        assert told(client, brand_id=nothing) == "品牌必填，请重新选择品牌"


@pytest.mark.facts("3.2-attribute-required", "3.2-composition")
def test_required_attributes(client: StoreClient) -> None:
    """Facts 3.2, 类目属性: 材质成分 is asked for, and its percentages make a hundred."""
    good = client.form()["attributes"]
    without = {name: value for name, value in good.items() if name != "材质成分"}
    assert "材质成分" in told(client, attributes=without)
    parts = [{"value": "棉", "percent": 95}, {"value": "氨纶", "percent": 4}]
    assert "100" in told(client, attributes=good | {"材质成分": parts})
    assert told(client, goods_category=leaf(CUP), attributes={}) == ""


@pytest.mark.facts("3.2-attribute-types")
def test_the_types_of_attributes(client: StoreClient) -> None:
    """Facts 3.2, 类目属性: text, select, multi_select, timestamp, measure."""
    types = set()
    for path in ("服饰内衣 > 女装 > T恤", CUP):
        answer = client.get(f"{PREFIX}/getSchema", category_leaf_id=leaf(path))
        types |= {one["type"].partition("_multi")[0] for one in answer["data"]["attributes"]}
    assert {"text", "select", "multi_select", "timestamp", "measure"} <= types


@pytest.mark.facts("3.2-rules-per-category")
def test_how_many_specs(client: StoreClient) -> None:
    """Facts 3.2: levels and values by category; one more than allowed is refused."""
    levels = set()
    for path in (CUP, BOOK):
        asked = client.get(f"{PREFIX}/getSchema", category_leaf_id=leaf(path))
        rules = asked["data"]["rules"]
        levels.add((rules["max_specs"], rules["max_values"]))
        for count in (rules["max_specs"], rules["max_specs"] + 1):
            specs = [{"name": f"规格{at}", "values": ["一"]} for at in range(count)]
            rows = skus(*(["一"] for _ in range(count)))
            category = {"goods_category": leaf(path), "attributes": {}}
            said = told(client, **category, spec_detail=specs, sku_detail=rows)
            assert (said == "") == (count == rules["max_specs"])
    assert len(levels) == 2


@pytest.mark.facts("3.2-code-length")
def test_the_length_of_a_code(client: StoreClient) -> None:
    """Facts 3.2, 商家编码: 255."""
    assert told(client, outer_product_id="X" * 255) == ""
    assert "255" in told(client, outer_product_id="X" * 256)


@pytest.mark.facts("3.3-product-of-values")
def test_one_sku_for_each_combination(client: StoreClient) -> None:
    """Facts 3.3: rows are the product of the values."""
    colours, sizes = ["白色", "黑色"], ["S", "M", "L"]
    specs = [{"name": "颜色分类", "values": colours}, {"name": "尺码大小", "values": sizes}]
    rows = skus(colours, sizes)
    assert told(client, spec_detail=specs, sku_detail=rows) == ""
    for wrong in (rows[:-1], [*rows, rows[0]], [], skus(colours, [*sizes, "XL"])):
        assert told(client, spec_detail=specs, sku_detail=wrong) != ""


@pytest.mark.facts("3.4-field-errors")
def test_words_for_what_is_missing(client: StoreClient) -> None:
    """Facts 3.4: 必填, 请填写, 请上传, 不能为空."""
    blank = skus(["白色"], ["M"], price=None)
    specs = [{"name": "颜色分类", "values": ["白色"]}, {"name": "尺码大小", "values": ["M"]}]
    assert "不能为空" in told(client, title="")
    assert "请上传" in told(client, pic=[])
    assert "必填" in told(client, brand_id=None)
    assert "请填写" in told(client, spec_detail=specs, sku_detail=blank)


@pytest.mark.facts("3.4-too-often")
def test_too_often(client: StoreClient, set_faults: SetFaults) -> None:
    """Facts 3.4: 更新商品太频繁; nothing was made."""
    set_faults(throttled=1)
    assert told(client, outer_product_id="C-OFTEN").startswith("更新商品太频繁")
    assert client.listed("C-OFTEN")["total"] == 0


@pytest.mark.facts("1.1-add", "3.4-answer", "1.1-edit", "3.4-gone")
def test_add_and_edit(client: StoreClient) -> None:
    """Facts 1.1: addWithSchema, editWithSchema; 3.4: the answer's product_id."""
    answer = client.post(f"{PREFIX}/addWithSchema?check_status=2", client.form("C-EDIT"))
    product_id = answer["data"]["product_id"]
    assert isinstance(product_id, str)
    again = client.form("C-EDIT", product_id=product_id, title="纯棉黑色T恤女宽松短袖")
    edited = client.post(f"{PREFIX}/editWithSchema?check_status=2", again)
    assert (edited["code"], edited["data"]["product_id"]) == (0, product_id)
    assert client.listed("C-EDIT")["data"][0]["name"] == "纯棉黑色T恤女宽松短袖"
    gone = client.edit(again | {"product_id": "3700000000000000000"})
    assert gone["msg"] == "商品不存在或已彻底删除"


@pytest.mark.facts("1.1-create")
def test_create_with_schema(client: StoreClient) -> None:
    """Facts 1.1: createWithSchema takes a whole product as well."""
    answer = client.post(f"{PREFIX}/createWithSchema?check_status=2", client.form("C-CREATE"))
    assert answer["code"] == 0
    assert client.listed("C-CREATE")["data"][0]["product_id"] == answer["data"]["product_id"]


@pytest.mark.facts("3.1-example-path", "3.1-socks")
def test_paths_that_the_facts_name(client: StoreClient) -> None:
    """Facts 3.1."""
    for path in ("服饰内衣 > 服装 > 内衣裤袜 > 居家服/睡衣", "服装 > 内衣裤袜 > 袜子 > 中筒袜"):
        above = 0
        for name in path.split(" > "):
            column = client.get(f"{PREFIX}/categoryOptionsN", cid=above)["data"]
            names = {one["name"]: one for one in column}
            if above == 0 and name not in names:
                above = names["服饰内衣"]["id"]
                column = client.get(f"{PREFIX}/categoryOptionsN", cid=above)["data"]
                names = {one["name"]: one for one in column}
            assert name in names, path
            above = names[name]["id"]
        assert names[name]["is_leaf"]


@pytest.mark.facts("1.1-predict", "3.1-prediction")
def test_suggested_categories(client: StoreClient) -> None:
    """Facts 1.1, 3.1: predictCategoryN, by title and main picture."""
    suggested = {}
    for title in ("夏季纯棉中筒袜", "不锈钢保温杯"):
        for shown in pictures(client, 2):
            answer = client.get(f"{PREFIX}/predictCategoryN", title=title, pic=shown)
            suggested[title, shown] = [one["text"] for one in answer["data"]]
    assert any("中筒袜" in text for text in next(iter(suggested.values())))
    assert len({str(one) for one in suggested.values()}) == 4
    for (title, _), texts in suggested.items():
        assert any("保温杯" in text for text in texts) == ("保温杯" in title)
