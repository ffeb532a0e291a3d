"""Submitting, drafts, checks and what comes after (facts 1, 1.1, 2.2, 2.5, 3.4)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from practice.tables import Product
from practice.world import World
from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.steps import (
    BAG,
    MODAL,
    add_value,
    button,
    choose,
    field,
    file,
    first_step,
    open_copy,
    upload,
    uploaded,
)
from tests.practice.store_client import StoreClient

SUCCESS = re.compile("提交成功|发布成功|创建成功|已提交审核|线上商品数据已更新")
FAILURE = re.compile("发布失败|提交失败|保存失败")
REMINDER = "不修改，继续发布"


def dialog(page: Page, words: str) -> Locator:
    return page.locator(MODAL).filter(has_text=words)


@pytest.mark.facts(
    *("3.4-reminder", "3.4-success", "3.4-answer", "1-success", "1.1-add", "1.1-nodes"),
    *("2.2-toast", "10-switchable"),
)
def test_a_product_is_submitted(page: Page, truth: World) -> None:
    """Facts 1, 1.1, 3.4: 发布提醒, what is sent, two signals of success, the result page."""
    first_step(page, *BAG, title="帆布包大容量单肩")
    choose(page, "品牌", "无品牌")
    button(field(page, "商品详情"), "从主图填入").click()
    expect(uploaded(page, "商品详情")).to_have_count(1)
    add_value(page, "颜色分类", "白色")
    page.locator("td.attr-column-field_price input").fill("39.9")
    page.locator("td.attr-column-field_stock_info input").fill("7")
    choose(page, "运费模板", "包邮")
    with page.expect_file_chooser() as chooser:
        page.get_by_text("添加规格图").click()
    chooser.value.set_files(file(tint="#445566"))
    expect(page.locator('[id="skuValue-颜色分类"] img')).to_have_count(1)
    button(page, "发布商品").click()
    expect(dialog(page, "发布提醒")).to_be_visible()
    with page.expect_response(lambda r: "/addWithSchema" in r.url) as seen:
        button(dialog(page, "发布提醒"), REMINDER).click()
    assert "check_status=" in seen.value.url
    sent: dict[str, Any] = seen.value.request.post_data_json or {}
    assert {"title", "pic", "goods_category", "spec_detail", "sku_detail"} <= set(sent)
    assert sent["sku_detail"][0]["sku_pic"]
    product_id = seen.value.json()["data"]["product_id"]
    expect(page.locator(".ecom-g-message-success")).to_have_text(SUCCESS)
    expect(page).to_have_url(re.compile(r"/ffa/g/(success|audit)"))
    with truth.transaction() as session:
        assert session.get_one(Product, product_id).title == "帆布包大容量单肩"


@pytest.mark.facts("1-success", "1-audit", "3.4-success")
@pytest.mark.parametrize(("path", "words"), [("success", "提交成功"), ("audit", "已提交审核")])
def test_result_pages(page: Page, path: str, words: str) -> None:
    """Facts 1, 3.4."""
    page.goto(f"/ffa/g/{path}?product_id=3700000000000000001")
    expect(page.locator("#root")).to_contain_text(words)


@pytest.mark.facts(
    *("2.2-form-error", "2.2-form-error-subtitle", "3.4-field-errors", "3.4-check-failed"),
    *("3.2-brand-required", "3.2-detail-required", "2.2-form"),
)
def test_an_incomplete_form(page: Page) -> None:
    """Facts 2.2, 3.4: marks, words, 校验未通过; nothing is sent."""
    first_step(page, *BAG)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "WithSchema" in one.url else None)
    button(page, "发布商品").click()
    marked = page.locator(".ecom-g-form-item-has-error .ecom-g-form-item-explain-error")
    expect(marked.first).to_be_visible()
    expect(page.locator(".ecom-g-message-error")).to_contain_text("校验未通过")
    told = marked.all_inner_texts()
    assert "品牌必填，请重新选择品牌" in told
    assert [one for one in told if not re.search("必填|请填写|请上传|不能为空|请选择", one)] == []
    wrong = field(page, "商品详情")
    expect(wrong.locator(".ecom-g-form-item-has-error")).to_have_count(1)
    expect(wrong.locator("[class*=style_errorSubTitle__]")).to_have_count(1)
    expect(page.locator(MODAL)).to_have_count(0)
    assert sent == []


@pytest.mark.facts("3.4-confirm-chain", "10-switchable")
def test_more_questions(page: Page, merchant: StoreClient, set_faults: SetFaults) -> None:
    """Facts 3.4: 推荐有误, then 确认发布 or 继续发布; only the last one sends."""
    set_faults(confirm_chain=1)
    open_copy(page, merchant)
    button(page, "发布商品").click()
    button(dialog(page, "发布提醒"), REMINDER).click()
    doubt = page.locator(MODAL).get_by_text("推荐有误").last
    expect(doubt).to_be_visible()
    doubt.click()
    last = page.locator(MODAL).get_by_role("button", name=re.compile("确认发布|继续发布"))
    with page.expect_response(lambda r: "/addWithSchema" in r.url):
        last.click()


@pytest.mark.facts("3.4-fresh-form")
def test_an_empty_form_after_success(
    page: Page, merchant: StoreClient, set_faults: SetFaults
) -> None:
    """Facts 3.4: the page is a create page again, its counter at 0/60."""
    set_faults(form_reset=1)
    open_copy(page, merchant)
    button(page, "发布商品").click()
    button(dialog(page, "发布提醒"), REMINDER).click()
    expect(page.locator(".ecom-g-message-success")).to_have_text(SUCCESS)
    expect(field(page, "商品标题")).to_contain_text("0/60")
    assert "/ffa/g/create" in page.url


@pytest.mark.facts("3.4-failure", "3.4-too-often")
def test_a_submit_that_is_refused(page: Page, merchant: StoreClient, set_faults: SetFaults) -> None:
    """Facts 3.4: 发布失败 and the reason; the form stays as it was."""
    open_copy(page, merchant)
    set_faults(throttled=1)
    button(page, "发布商品").click()
    button(dialog(page, "发布提醒"), REMINDER).click()
    toast = page.locator(".ecom-g-message-error")
    expect(toast).to_have_text(FAILURE)
    expect(toast).to_contain_text("更新商品太频繁")
    expect(page.locator("#pg-title-input")).to_have_value("帆布包大容量单肩")


@pytest.mark.facts("3.4-saved", "2.5-draft-prompt", "10-switchable")
def test_drafts(page: Page, merchant: StoreClient, set_faults: SetFaults) -> None:
    """Facts 3.4: 保存成功; 2.5: the create page asks with 重新发布 later."""
    open_copy(page, merchant, title="草稿里的帆布包")
    button(page, "保存草稿").click()
    expect(page.locator(".ecom-g-message-success")).to_have_text("保存成功")
    set_faults(draft_prompt=1)
    page.goto("/ffa/g/create")
    expect(page.locator(MODAL)).to_contain_text("草稿里的帆布包")
    button(page.locator(MODAL), "重新发布").click()
    expect(page.locator(MODAL)).to_have_count(0)
    expect(page.locator("#pg-title-input")).to_have_value("")


@pytest.mark.facts("1-create-edit", "3.2-sale-start-edit", "1.1-edit")
def test_the_edit_page(page: Page, client: StoreClient) -> None:
    """Facts 1, 3.2: its values, and a choice of 上架 and 下架."""
    product_id = client.add(client.form("C-EDITPAGE"))["data"]["product_id"]
    page.goto(f"/ffa/g/create?product_id={product_id}&entrance=edit")
    expect(page.locator("#pg-title-input")).to_have_value("纯棉白色T恤女宽松短袖")
    radios = page.locator("#root .ecom-g-radio-wrapper")
    expect(radios.get_by_text("上架", exact=True)).to_be_visible()
    expect(radios.get_by_text("下架", exact=True)).to_be_visible()


@pytest.mark.facts("1-create-copy")
def test_a_copy(page: Page, client: StoreClient) -> None:
    """Facts 1: copyid fills a new form; what is sent is a new product."""
    product_id = client.add(client.form("C-COPIED"))["data"]["product_id"]
    page.goto(f"/ffa/g/create?copyid={product_id}")
    expect(page.locator("#pg-title-input")).to_have_value("纯棉白色T恤女宽松短袖")
    upload(page, "主图", file(tint="#135790"))
    codes = page.locator("td.attr-column-field_code input")
    for at, box in enumerate(codes.all()):
        box.fill(f"C-COPY-{at}")
    button(page, "发布商品").click()
    with page.expect_response(lambda r: "/addWithSchema" in r.url) as seen:
        button(dialog(page, "发布提醒"), REMINDER).click()
    assert seen.value.json()["data"]["product_id"] != product_id
