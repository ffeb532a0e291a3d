"""What the store's XHRs accept and refuse, page or no page (facts 1.1, 3.2-3.5)."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from practice.painting import paint
from practice.showing import shown_products, shown_writes
from practice.store import rules
from practice.store.codes import Refusal
from practice.tables import Shop
from practice.world import World
from tests.practice.store_client import StoreClient, leaf


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#88aacc").save(out, kind)
    return out.getvalue()


def one_sku(**changes: Any) -> list[dict[str, Any]]:
    row = {"spec": ["白色", "M"], "price": 100, "stock_num": 1, "code": ""}
    return [row | changes, {"spec": ["黑色", "M"], "price": 100, "stock_num": 1, "code": ""}]


def coming(days: int) -> str:
    """A moment in the store's own form, some days from now."""
    return f"{datetime.now() + timedelta(days=days):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ005


REFUSED: list[tuple[dict[str, Any], str | None]] = [
    ({"title": ""}, "商品标题不能为空"),
    ({"title": "白"}, None),
    ({"title": "A"}, "商品标题需为2-60个字符"),
    ({"title": "汉" * 30}, None),
    ({"title": "汉" * 30 + "A"}, "商品标题需为2-60个字符"),
    ({"title": "好看的T恤😀"}, "表情符号"),
    ({"goods_category": 20001}, "请选择商品类目至最后一级"),
    ({"goods_category": 1}, "请选择商品类目至最后一级"),
    ({"goods_category": leaf("3C数码产品 > SIM卡")}, "此类目已调整升级"),
    ({"title": "加微信领券的T恤"}, "系统检测审核不通过"),
    ({"short_product_name": "汉" * 12}, None),
    ({"short_product_name": "汉" * 12 + "A"}, "导购短标题不能超过24个字符"),
    ({"short_product_name": "短👍"}, "导购短标题不支持表情符号"),
    ({"recommend_remark": "夏天穿👍"}, "商家推荐语不支持表情符号"),
    ({"pic": []}, "请上传主图"),
    ({"pic": ["nowhere"]}, "图片不存在"),
    ({"desc_pic": []}, "请上传商品详情"),
    ({"brand_id": None}, "品牌必填，请重新选择品牌"),
    ({"brand_id": 1}, "品牌必填，请重新选择品牌"),
    ({"freight_id": None}, "请选择运费模板"),
    ({"freight_id": 4}, "门店未绑定运费模板"),
    ({"delivery_delay_day": 3}, "请选择发货时效"),
    ({"supply_7day_return": 7}, "请选择售后政策"),
    ({"supply_7day_return": 0}, "该类目需要支持7天无理由退货"),
    ({"presell_type": 1}, "请选择预售发货时间"),
    ({"presell_type": 1, "presell_delay": 5}, "请选择预售结束时间"),
    ({"presell_type": 1, "presell_delay": 5, "presell_end_time": coming(29)}, None),
    ({"presell_type": 1, "presell_delay": 5, "presell_end_time": coming(31)}, "30天以内"),
    ({"presell_type": 1, "presell_delay": 5, "presell_end_time": coming(-1)}, "30天以内"),
    ({"presell_type": 1, "presell_delay": 5, "presell_end_time": "tomorrow"}, "30天以内"),
    ({"presell_type": 2, "presell_delay": 31}, "请选择预售发货时间"),
    ({"presell_type": 2, "presell_delay": 15}, None),
    ({"limits": {"maximum_per_order": 5, "minimum_per_order": 2}}, None),
    ({"limits": {"maximum_per_order": 0}}, "限购数量需大于0"),
    ({"limits": {"maximum_per_order": 5, "limit_per_buyer": 3}}, "限购需满足"),
    ({"reference_price": {"type": 2, "price": 4500, "proof": ""}}, "参考价需大于商品价格"),
    (
        {"reference_price": {"type": 2, "price": 39900, "proof": ""}},
        "参考价需小于最低SKU价格的10倍",
    ),
    ({"reference_price": {"type": 2, "price": 4501, "proof": ""}}, "请上传参考价凭证"),
    ({"reference_price": {"type": 5, "price": 4501, "proof": ""}}, "请选择参考价类型"),
    ({"start_sale_type": None}, "请选择上架方式"),
    ({"spec_detail": [], "sku_detail": []}, "请填写商品规格"),
    ({"sku_detail": []}, "SKU数量与商品规格不一致"),
    ({"sku_detail": one_sku(price=0)}, "价格需大于0"),
    ({"sku_detail": one_sku(price=None)}, "请填写价格"),
    ({"sku_detail": one_sku(stock_num=-1)}, "现货库存不正确"),
    ({"sku_detail": one_sku(sku_pic="nowhere")}, "图片不存在"),
    ({"spec_detail": [{"name": str(at), "values": ["A"]} for at in range(4)]}, "最多支持3个规格"),
    ({"spec_detail": [{"name": "颜色", "values": ["白", "白"]}]}, "规格值重复"),
    ({"outer_product_id": "X" * 256}, "商家编码不能超过255个字符"),
    ({"no_such_node": 1}, "参数错误"),
]


@pytest.mark.parametrize(("changes", "msg"), REFUSED)
def test_a_submitted_form_is_checked(
    client: StoreClient, changes: dict[str, Any], msg: str | None
) -> None:
    """Facts 3.2-3.4: limits and words of the create form."""
    answer = client.add(client.form(**changes))
    if msg is None:
        assert answer["code"] == 0
    else:
        assert answer["code"] != 0
        assert msg in answer["msg"]
        assert answer["data"] is None


@pytest.mark.parametrize(
    ("content", "use", "msg"),
    [
        (picture(600, 600), "main", ""),
        (picture(600, 600, "PNG"), "main", ""),
        (picture(599, 599), "main", "600"),
        (picture(800, 600), "main", "长宽比需为1:1"),
        (picture(800, 600), "detail", ""),
        (picture(750, 1000), "tall", ""),
        (picture(750, 1001), "tall", "长宽比需为3:4"),
        (picture(500, 500), "white", ""),
        (picture(500, 400), "white", "长宽比需为1:1"),
        (picture(800, 800, "GIF"), "main", "jpg、jpeg、png"),
        (b"not a picture", "detail", "jpg、jpeg、png"),
        (picture(600, 600) + bytes(5 * 1024 * 1024), "main", "5MB"),
    ],
)
def test_pictures_are_measured(client: StoreClient, content: bytes, use: str, msg: str) -> None:
    """Facts 3.2, 主图: 1:1, at least 600×600, jpg/jpeg/png, 5 MB."""
    answer = client.upload(content, use)
    assert (answer["code"] == 0) == (msg == "")
    assert msg in answer["msg"]


def test_a_detail_picture_is_no_main_picture(client: StoreClient) -> None:
    """The server trusts no page: a wide picture cannot become 主图 by its id."""
    wide = client.upload(picture(800, 600), "detail")["data"]["id"]
    assert "1:1" in client.add(client.form(pic=[wide]))["msg"]


def test_uploaded_pictures_are_served_back(client: StoreClient) -> None:
    content = paint("#123456")
    with client.open(client.upload(content)["data"]["url"]) as answer:
        assert answer.read() == content


def test_only_a_skus_code_stands_once_in_the_shop(client: StoreClient) -> None:
    """Facts 7: 商家编码 is unique per SKU; nothing is said of products, so two may carry one."""
    first = client.form("DUP-1")
    assert client.add(first)["code"] == 0
    again = client.add(first)
    assert (again["code"], again["msg"]) == (20002, "SKU商家编码已存在：DUP-1-W")
    assert client.add(client.form("DUP-10"))["code"] == 0
    without = [row | {"code": ""} for row in first["sku_detail"]]
    assert client.add(first | {"sku_detail": without})["code"] == 0
    assert client.listed("DUP-1")["total"] == 3


def test_pictures_of_all_fields_together_are_limited(client: StoreClient) -> None:
    """Facts 3.2: main, detail and spec pictures together at most 50."""
    form = client.form()
    (one,) = form["pic"]
    assert client.add(form | {"desc_pic": [one] * 49})["code"] == 0
    form = client.form()
    assert "合计不能超过50张" in client.add(form | {"desc_pic": [one] * 50})["msg"]
    rows = [row | {"sku_pic": one} for row in form["sku_detail"]]
    assert "合计" in client.add(form | {"desc_pic": [one] * 48, "sku_detail": rows})["msg"]


def test_a_shop_lists_only_in_what_it_opened(world: World) -> None:
    """Facts 3.1: first levels limited to those the shop opened."""
    cup = leaf("家居日用 > 餐饮具 > 保温杯")
    with world.transaction() as session:
        shops = {one.name: one.id for one in session.scalars(select(Shop))}
        assert rules.check_category(world, session, shops["晨光家居小店"], cup).id == cup
        narrow = shops["青禾服饰"]
        assert rules.check_category(world, session, narrow, leaf("鞋靴箱包 > 女鞋 > 单鞋"))
        with pytest.raises(Refusal, match=r"^商品分类仅支持选择当前店铺开通的一级类目$"):
            rules.check_category(world, session, narrow, cup)


def test_a_product_keeps_its_own_codes_when_edited(client: StoreClient, truth: World) -> None:
    form = client.form("EDIT-1")
    product_id = client.add(form)["data"]["product_id"]
    swapped = [
        form["sku_detail"][0] | {"code": "EDIT-1-B", "price": 4000},
        form["sku_detail"][1] | {"code": "EDIT-1-W"},
    ]
    edited = form | {"product_id": product_id, "sku_detail": swapped}
    assert client.edit(edited)["code"] == 0
    (row,) = [r for r in shown_products(truth, foreign=False) if r["product_id"] == product_id]
    told = [(sku["spec"], sku["code"], sku["price"], sku["stock"]) for sku in row["skus"]]
    assert told == [("白色 / M", "EDIT-1-B", "40.00", 20), ("黑色 / M", "EDIT-1-W", "45.00", 0)]


def test_the_edit_page_gets_back_what_was_submitted(client: StoreClient) -> None:
    form = client.form()
    product_id = client.add(form)["data"]["product_id"]
    detail = client.get("/product/tproduct/detail", product_id=product_id)["data"]
    assert [one["id"] for one in detail["pic"]] == form["pic"]
    plain = "title goods_category attributes spec_detail brand_id freight_id outer_product_id"
    for node in plain.split():
        assert detail[node] == form[node]
    rows = [{key: sku[key] for key in form["sku_detail"][0]} for sku in detail["sku_detail"]]
    assert rows == form["sku_detail"]


def test_unknown_products_are_refused(client: StoreClient) -> None:
    """Facts 3.4: 商品不存在或已彻底删除."""
    answer = client.get("/product/tproduct/detail", product_id="1")
    assert (answer["code"], answer["msg"]) == (20003, "商品不存在或已彻底删除")


def test_every_writing_request_is_logged(client: StoreClient, truth: World) -> None:
    form = client.form("LOGGED")
    first, second = client.add(form), client.add(form)
    entries = [row for row in shown_writes(truth) if row["merchant_code"] == "LOGGED"]
    assert [row["code"] for row in entries] == [0, second["code"]]
    assert entries[0]["product_id"] == first["data"]["product_id"]
    assert {row["path"] for row in entries} == {"/product/tproduct/addWithSchema"}


def test_writes_without_a_session_change_nothing(
    client: StoreClient, stranger: StoreClient, truth: World
) -> None:
    """Facts 1.1: not logged in is code 10008, 未登录."""
    form = client.form("STRANGER")
    answer = stranger.add(form)
    assert (answer["code"], answer["msg"]) == (10008, "未登录")
    assert client.listed("STRANGER")["total"] == 0
    assert [r["code"] for r in shown_writes(truth) if r["merchant_code"] == "STRANGER"] == [10008]


def test_broken_bodies_are_refused(client: StoreClient) -> None:
    for verb in ("addWithSchema", "online"):
        answer = json.load(client.open(f"/product/tproduct/{verb}", b"{broken"))
        assert answer["code"] != 0
