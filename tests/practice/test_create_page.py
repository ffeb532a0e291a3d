"""商品创建 in a real browser: hooks, limits and words of the form (facts 2.3, 3.1-3.4)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from practice.showing import shown_products
from practice.world import World
from tests.practice.form_page import (
    add_value,
    choose,
    done,
    field,
    first_step,
    jpeg,
    marks,
    modal,
    open_edit,
    press,
    publish,
    upload,
)
from tests.practice.store_client import StoreClient

BASIC = "商品类目 商品标题 导购短标题 商家推荐语 类目属性"
OPTIONAL = "货号 产地 上市时间"
REST = (
    "品牌 商家编码 主图 主图3:4 白底图 商品详情 商品规格 价格与库存 参考价 订单库存计数 "
    "运费模板 发货模式 发货时效 售后政策 限购 上架方式 支持联盟达人带货 商品优惠券"
)


def test_a_product_from_first_step_to_the_shop(page: Page, truth: World) -> None:
    """Facts 3.1-3.4: two steps, SKU table, 发布提醒, toast, result page with the id."""
    first_step(page, "家居日用", "餐饮具", "保温杯")
    boxes = page.locator("[attr-field-id]")
    labels = [box.get_attribute("attr-field-id") for box in boxes.all()]
    assert labels == f"{BASIC} 材质 适用场景 {OPTIONAL} {REST}".split()
    choose(page, "品牌", "无品牌")
    assert field(page, "品牌").locator("input").input_value() == ""
    title = field(page, "品牌").locator(".ecom-g-select-selection-item").get_attribute("title")
    assert title == "无品牌"
    field(page, "商家编码").locator("input").fill("UI-1")
    upload(page, "商品详情", jpeg("d.jpg"))
    add_value(page, "颜色分类", "白色")
    page.locator("td.attr-column-field_price input").fill("39.9")
    add_value(page, "颜色分类", "黑色")
    expect(page.locator("td.attr-column-field_price input").first).to_have_value("39.90")
    page.get_by_placeholder("现货库存", exact=True).fill("20")
    page.get_by_role("button", name="批量设置").click()
    rows = field(page, "价格与库存").locator("tr.ecom-g-table-row")
    expect(rows.locator("[class*=styles_specName__]")).to_have_text(["白色", "黑色"])
    rows.nth(1).locator("td.attr-column-field_price input").fill("45")
    rows.nth(1).locator("td.attr-column-field_code input").fill("UI-1-B")
    choose(page, "运费模板", "包邮")
    field(page, "上架方式").get_by_role("radio", name="放入仓库").check()
    publish(page)
    expect(page.locator(".ecom-g-message-success")).to_contain_text("提交成功")
    expect(page).to_have_url(re.compile(r"/ffa/g/success\?product_id=\d{19}$"))
    (row,) = [r for r in shown_products(truth, foreign=False) if r["merchant_code"] == "UI-1"]
    assert row["product_id"] in page.url
    assert row["category"] == "家居日用 > 餐饮具 > 保温杯"
    told = [(sku["code"], sku["spec"], sku["price"], sku["stock"]) for sku in row["skus"]]
    assert told == [("", "白色", "39.90", 20), ("UI-1-B", "黑色", "45.00", 20)]


def test_an_incomplete_form_is_marked_and_not_sent(page: Page) -> None:
    """Facts 3.4: .ecom-g-form-item-has-error and words such as 请填写, 请上传."""
    first_step(page, "家居日用", "餐饮具", "保温杯")
    expect(page.locator('[id="skuValue-颜色分类"]')).to_be_visible()
    expect(page.locator('[id="skuValue-尺码大小"]')).to_have_count(0)
    page.get_by_role("button", name="发布商品").click()
    expect(marks(page)).to_have_text(
        ["品牌必填，请重新选择品牌", "请上传商品详情", "请填写商品规格", "请选择运费模板"]
    )
    choose(page, "运费模板", "包邮")
    expect(marks(page)).to_have_count(3)
    expect(modal(page)).to_have_count(0)


def test_spec_values_and_own_specs(page: Page) -> None:
    """Facts 2.3, 3.3: 删除规格值, 创建类型; rows are the product of the value counts."""
    first_step(page, "鞋靴箱包", "女包", "帆布包")
    add_value(page, "颜色分类", "白色")
    add_value(page, "颜色分类", "黑色")
    page.get_by_role("button", name="创建类型").click()
    modal(page).get_by_placeholder("请输入规格名").fill("尺寸")
    press(modal(page), "确定")
    add_value(page, "尺寸", "大")
    add_value(page, "尺寸", "小")
    names = page.locator("tr.ecom-g-table-row [class*=styles_specName__]")
    expect(names).to_have_text(["白色 / 大", "白色 / 小", "黑色 / 大", "黑色 / 小"])
    page.locator('[id="skuValue-颜色分类"] [data-kora=删除规格值]').first.click()
    expect(names).to_have_text(["黑色 / 大", "黑色 / 小"])


@pytest.mark.parametrize(
    ("side", "name", "words"), [(500, "small.jpg", "600"), (800, "text.gif", "jpg、jpeg、png")]
)
def test_pictures_the_store_does_not_take(page: Page, side: int, name: str, words: str) -> None:
    """Facts 3.2, 主图."""
    page.goto("/ffa/g/create")
    file = jpeg(name, side=side)
    if name.endswith(".gif"):
        file["mimeType"] = "image/gif"
    upload(page, "主图", file)
    expect(page.locator(".ecom-g-message-error")).to_contain_text(words)
    expect(done(page, "主图")).to_have_count(0)


def test_the_edit_page_shows_the_product_and_saves_it(
    page: Page, client: StoreClient, truth: World
) -> None:
    """Facts 1: edit is ?product_id=…&entrance=edit on the same form."""
    product_id = client.add(client.form("UI-EDIT"))["data"]["product_id"]
    open_edit(page, product_id)
    expect(page.locator("#pg-title-input")).to_have_value("纯棉白色T恤女宽松短袖")
    expect(field(page, "主图").locator(".ecom-g-upload-list-item-done img")).to_have_count(1)
    expect(field(page, "商品类目")).to_contain_text("服饰内衣 > 女装 > T恤")
    expect(field(page, "上架方式").get_by_role("radio", name="下架")).to_be_checked()
    prices = page.locator("td.attr-column-field_price input")
    expect(prices).to_have_count(2)
    expect(prices.nth(1)).to_have_value("45.00")
    prices.nth(1).fill("44")
    publish(page)
    expect(page).to_have_url(re.compile(rf"/ffa/g/audit\?product_id={product_id}$"))
    (row,) = [r for r in shown_products(truth, foreign=False) if r["merchant_code"] == "UI-EDIT"]
    assert [sku["price"] for sku in row["skus"]] == ["39.90", "44.00"]


def test_the_stores_refusal_is_told(page: Page, client: StoreClient) -> None:
    """Facts 3.4: 发布失败 and the reason; the form stays."""
    product_id = client.add(client.form("UI-TWIN"))["data"]["product_id"]
    open_edit(page, product_id)
    code = page.locator("td.attr-column-field_code input").first
    code.fill("UI-TWIN-B")
    publish(page)
    toast = page.locator(".ecom-g-message-error")
    expect(toast).to_have_text("发布失败：SKU商家编码重复：UI-TWIN-B")
    assert "entrance=edit" in page.url
