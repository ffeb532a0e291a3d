"""Drafts and 运费模板 of a shop, and 3:4 pictures the store makes (facts 3.2, 3.4)."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.practice.store_client import StoreClient

PATH = "/product/tproduct"


def test_a_draft_is_kept_as_it_stands_and_offered_again(client: StoreClient) -> None:
    """Facts 3.4: a draft is not submitted; it may be incomplete."""
    form = client.form("DRAFT-1", goods_category=None, title="")
    answer = client.post(f"{PATH}/saveDraft", form)
    offered = client.get(f"{PATH}/draft")["data"]
    assert offered["form"]["draft_id"] == answer["data"]["draft_id"]
    assert offered["form"]["outer_product_id"] == "DRAFT-1"
    assert [one["id"] for one in offered["form"]["pic"]] == form["pic"]
    assert client.listed("DRAFT-1")["total"] == 0


def test_a_draft_goes_when_it_is_submitted(client: StoreClient) -> None:
    form = client.form("DRAFT-2")
    draft_id = client.post(f"{PATH}/saveDraft", form)["data"]["draft_id"]
    assert client.add(form | {"draft_id": draft_id})["code"] == 0
    assert client.get(f"{PATH}/draft")["data"]["form"]["outer_product_id"] != "DRAFT-2"


def test_an_older_draft_of_a_product_differs_from_it(client: StoreClient) -> None:
    """Facts, uikit 1: an older draft is loaded instead of the live item."""
    form = client.form("DRAFT-3")
    product_id = client.add(form)["data"]["product_id"]
    invented = client.get(f"{PATH}/draft", product_id=product_id)["data"]["form"]
    assert invented["title"] != form["title"]
    assert invented["product_id"] == product_id
    kept = form | {"product_id": product_id, "title": "改到一半的标题"}
    client.post(f"{PATH}/saveDraft", kept)
    offered = client.get(f"{PATH}/draft", product_id=product_id)["data"]["form"]
    assert offered["title"] == "改到一半的标题"
    assert client.edit(kept)["code"] == 0
    again = client.get(f"{PATH}/draft", product_id=product_id)["data"]["form"]
    assert again["title"] == "旧版改到一半的标题"


@pytest.mark.parametrize(
    ("node", "msg"),
    [
        ({"name": "", "kind": 1, "fee": 500}, "请填写模板名称"),
        ({"name": "包邮", "kind": 1, "fee": 500}, "模板名称已存在"),
        ({"name": "快递", "kind": 9, "fee": 500}, "请选择计价方式"),
        ({"name": "快递", "kind": 1, "fee": 0}, "固定运费需为0.01-99元"),
        ({"name": "快递", "kind": 1, "fee": 9901}, "固定运费需为0.01-99元"),
        ({"name": "快递", "kind": 0}, "请填写运费"),
    ],
)
def test_freight_templates_are_checked(
    client: StoreClient, node: dict[str, object], msg: str
) -> None:
    """Facts 3.2, 运费模板: 固定运费 1-9900 分, four kinds."""
    assert client.post(f"{PATH}/addFreightTemplate", node)["msg"] == msg


def test_a_new_freight_template_can_be_used(client: StoreClient) -> None:
    node = {"name": "同城快递", "kind": 1, "fee": 800}
    added = client.post(f"{PATH}/addFreightTemplate", node)["data"]["value"]
    told = client.get(f"{PATH}/freightTemplates")["data"]
    assert {"value": added, "label": "同城快递", "kind": "固定运费"} in told
    assert client.add(client.form(freight_id=added))["code"] == 0


@pytest.mark.parametrize(("how", "size"), [("crop", (600, 800)), ("pad", (798, 1064))])
def test_tall_pictures_are_made_of_square_ones(
    client: StoreClient, how: str, size: tuple[int, int]
) -> None:
    """Facts 3.2, 主图3:4: 从1:1主图智能裁剪, 从1:1主图一键填入."""
    form = client.form()
    made = client.post("/product/img/tall", {"id": form["pic"][0], "how": how})["data"]
    with client.open(made["url"]) as answer:
        assert Image.open(io.BytesIO(answer.read())).size == size
    assert client.add(form | {"pic_3_4": [made["id"]]})["code"] == 0
