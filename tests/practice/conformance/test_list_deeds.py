"""What is done from 商品管理: batches, download, stock, prices (facts 2.1-2.3, 3.3, 3.6)."""

from __future__ import annotations

import re
import time
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from practice.tables import Product
from practice.world import World
from tests.practice.conformance.steps import MODAL, button, search
from tests.practice.store_client import StoreClient

ROW = "tr.ecom-g-table-row[data-row-key]"
STYLE = "(one, name) => getComputedStyle(one).getPropertyValue(name)"


def on_sale(client: StoreClient, *codes: str) -> list[str]:
    forms = [client.form(code, start_sale_type=0) for code in codes]
    ids = [str(client.add(form)["data"]["product_id"]) for form in forms]
    deadline = time.monotonic() + 60
    while any(client.listed(one, tab="onSale")["total"] != 1 for one in ids):
        assert time.monotonic() < deadline
    return ids


@pytest.mark.facts(
    *("3.6-batch", "3.6-batch-done", "2.2-confirm", "2.2-toast", "2.1-toast-layer"),
    "10-body-popups",
)
def test_many_are_taken_off_sale(page: Page, client: StoreClient, truth: World) -> None:
    """Facts 3.6: 全选, 批量下架, 仍要下架, 操作成功; 2.1, 2.2: question and toast."""
    ids = on_sale(client, "C-OFF1", "C-OFF2")
    page.goto("/ffa/g/list?tab=onSale")
    search(page, ",".join(ids))
    page.get_by_text("全选", exact=True).click()
    button(page, "批量下架").click()
    question = page.locator(".ecom-g-modal-confirm")
    expect(question.locator(".ecom-g-modal-confirm-title")).to_be_visible()
    yes = question.locator(".ecom-g-modal-confirm-btns .ecom-g-btn-primary")
    assert re.sub(r"\s", "", yes.inner_text()) in {"仍要下架", "确定"}
    yes.click()
    toast = page.locator(".ecom-g-message-notice .ecom-g-message-notice-content")
    expect(toast).to_have_text("操作成功")
    expect(toast.locator(".ecom-g-message-success")).to_be_visible()
    layer = page.locator(".ecom-g-message")
    looks = [layer.evaluate(STYLE, name) for name in ("position", "top", "z-index")]
    assert looks == ["fixed", "8px", "1010"]
    assert layer.evaluate("(one) => one.closest('#root')") is None
    with truth.transaction() as session:
        assert [session.get_one(Product, one).status for one in ids] == [1, 1]


@pytest.mark.facts("3.6-export")
def test_the_download(page: Page, client: StoreClient, tmp_path: Path) -> None:
    """Facts 3.6: 导出查询商品 has what was found, ids as text."""
    ids = on_sale(client, "C-EXPORT1", "C-EXPORT2")
    page.goto("/ffa/g/list?tab=all")
    search(page, ",".join(ids))
    with page.expect_download() as download:
        page.get_by_text("导出查询商品").click()
    download.value.save_as(tmp_path / "found.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "found.xlsx").active
    assert sheet
    head, *rows = sheet.iter_rows(values_only=True)
    at = head.index("商品ID")
    assert sorted(str(row[at]) for row in rows) == sorted(ids)
    assert all(isinstance(row[at], str) for row in rows)


def open_stock(page: Page, product_id: str) -> Locator:
    page.goto("/ffa/g/list?tab=all")
    search(page, product_id)
    page.locator(f'tr[data-row-key="{product_id}"] [data-kora=修改库存]').click()
    drawer = page.locator("[class*=-drawer-open]")
    expect(drawer).to_be_visible()
    return drawer


@pytest.mark.facts(
    *("3.3-stock-drawer", "3.3-stock-words", "2.1-stock-table", "2.3-kora-stock-input"),
    *("2.2-drawer", "2.2-drawer-footer", "2.2-button-space", "3.3-stock-change"),
    "2.2-ticks",
)
def test_the_stock_drawer(page: Page, client: StoreClient) -> None:
    """Facts 3.3: columns, words, 保 存; 2.1-2.3: its table, box and footer."""
    (product_id,) = on_sale(client, "C-DRAWER")
    drawer = open_stock(page, product_id)
    head = [text.strip() for text in drawer.locator("thead th").all_inner_texts()]
    assert head == [
        *("SKU信息", "现货库存增减", "改后现货库存", "预售库存", "占用库存"),
        "未占用库存(清零)",
    ]
    assert drawer.locator("[class*=optimus_fems-table]").count() > 0
    expect(drawer).to_contain_text(re.compile(rf"商品ID:\s*{product_id}"))
    expect(drawer).to_contain_text(re.compile(r"商品总库存:\s*20"))
    footer = drawer.locator("[class*=-drawer-footer]").first
    assert [text.strip() for text in footer.get_by_role("button").all_inner_texts()] == [
        *("取 消", "保 存")
    ]
    box = drawer.locator("[data-kora=库存增减-输入框]")
    expect(box).to_have_count(2)
    box.first.locator("xpath=descendant-or-self::input").fill("-5")
    box.first.locator("xpath=descendant-or-self::input").blur()
    expect(drawer.locator("tbody tr td").filter(has_text=re.compile("^15$"))).to_have_count(1)
    button(drawer, "保存").click()
    expect(page.locator("[class*=-drawer-open]")).to_have_count(0)
    rows = client.post("/stock/manage/detail", {"product_id": product_id})["data"]
    assert [sku["total_stock_num"] for sku in rows["sku_detail_list"]] == [15, 0]


@pytest.mark.facts("3.3-price-modal", "2.2-modal")
def test_the_modal_for_prices(page: Page, client: StoreClient) -> None:
    """Facts 3.3: its columns."""
    (product_id,) = on_sale(client, "C-PRICES")
    page.goto("/ffa/g/list?tab=all")
    search(page, product_id)
    page.locator(f"{ROW} .ecom-g-dropdown-trigger").hover()
    page.locator(".ecom-g-dropdown-menu-item").filter(has_text="修改价格").click()
    modal = page.locator(MODAL)
    head = [text.strip() for text in modal.locator("thead th").all_inner_texts() if text.strip()]
    assert head == ["配置", "价格", "到手价", "SKUID", "商家编码", "预览图", "SKU状态"]


@pytest.mark.facts(
    *("2.2-select", "2.2-select-shown", "2.2-select-ids", "2.2-select-popup"),
    *("2.2-select-options", "10-body-popups"),
)
def test_a_select(page: Page) -> None:
    """Facts 2.2: parts of the box, its options outside the form, what it shows in the end."""
    page.goto("/ffa/g/list?tab=all")
    box = page.locator(".ecom-g-select:has(.ecom-g-select-selection-placeholder)").last
    inside = box.locator("> .ecom-g-select-selector")
    expect(inside.locator(".ecom-g-select-selection-placeholder")).to_be_visible()
    search_input = inside.locator("input.ecom-g-select-selection-search-input")
    name = str(search_input.get_attribute("id"))
    assert re.fullmatch(r"rc_select_\d+", name)
    box = page.locator(f".ecom-g-select:has([id={name}])")
    box.click()
    popup = page.locator(".ecom-g-select-dropdown").filter(has=page.locator(f'[id="{name}_list"]'))
    expect(popup).to_be_visible()
    assert popup.evaluate("(one) => one.closest('form, #root')") is None
    option = popup.locator(".ecom-g-select-item-option").nth(1)
    words = option.locator(".ecom-g-select-item-option-content").inner_text()
    option.hover()
    expect(option).to_have_class(re.compile("ecom-g-select-item-option-active"))
    option.click()
    expect(box.locator(".ecom-g-select-selection-item")).to_have_text(words)
    expect(box.locator(".ecom-g-select-selection-placeholder")).to_have_count(0)
    expect(popup).to_have_class(re.compile("ecom-g-select-dropdown-hidden"))
    box.click()
    chosen = popup.locator(".ecom-g-select-item-option-selected")
    expect(chosen).to_have_text(words)


@pytest.mark.facts("2.2-select-attribute")
def test_the_attribute_of_selects(form: Page) -> None:
    """Facts 2.2: dropdownclassname=auto-dropdown-id-…"""
    names = form.locator(".ecom-g-select[dropdownclassname]").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('dropdownclassname'))"
    )
    assert len(set(names)) == len(names) > 2
    assert all(re.fullmatch(r"auto-dropdown-id-\w+", name) for name in names)
