"""商品管理 in a real browser (facts 2.2, 3.6)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from practice.showing import shown_products
from practice.world import World
from tests.practice.store_client import StoreClient

SEARCH = "请输入商品名称/商品ID/商家编码，多条可用逗号隔开"


def search(page: Page, terms: str) -> None:
    page.get_by_placeholder(SEARCH).fill(terms)
    with page.expect_response(lambda r: "/product/tproduct/list" in r.url):
        page.get_by_role("button", name=re.compile(r"^查\s*询$")).click()
    expect(page.locator(".ecom-g-spin-spinning")).to_have_count(0)


def test_rows_tabs_and_totals(page: Page, truth: World) -> None:
    """Facts 3.6: cells by column, 共 N 件商品, sizes 20/50/100."""
    page.goto("/ffa/g/list?tab=all")
    expect(page.locator(".ecom-g-table-row")).to_have_count(20)
    expect(page.locator(".ecom-g-pagination-total-text")).to_have_text(
        re.compile(r"^共 \d+ 件商品$")
    )
    expect(page.locator(".ecom-g-pagination-options-size-changer")).to_contain_text("20 条/页")
    tabs = page.get_by_role("tab").all_inner_texts()
    names = ["全部", "售卖中", "仓库中", "审核中", "审核驳回"]
    assert [re.sub(r"\s*\d+$", "", text) for text in tabs] == names
    search(page, "P-100")
    (wanted,) = [r for r in shown_products(truth, foreign=True) if r["merchant_code"] == "P-100"]
    cells = page.locator(f'tr[data-row-key="{wanted["product_id"]}"] td').all_inner_texts()
    assert f"ID:{wanted['product_id']}" in cells[0]
    assert "商家编码：P-100" in cells[0]
    assert re.fullmatch(r"￥\d+\.\d\d( ~ ￥\d+\.\d\d)?", cells[1])
    assert re.search(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", cells[5])
    assert "编辑" in cells[6]
    assert page.locator("[data-kora=修改库存]").count() == 1


def test_an_empty_search_says_so(page: Page) -> None:
    page.goto("/ffa/g/list?tab=all")
    search(page, "no-such-product")
    expect(page.locator(".ecom-g-table-row")).to_have_count(0)
    expect(page.locator(".ecom-g-table-placeholder")).to_be_visible()


def test_put_on_sale_and_off_again(page: Page, client: StoreClient) -> None:
    """Facts 3.6: 上架 / 下架, a confirm, toast 操作成功; the state text follows."""
    product_id = client.add(client.form("SWITCH"))["data"]["product_id"]
    while client.listed("SWITCH")["data"][0]["check_status"] == 2:
        pass
    page.goto("/ffa/g/list?tab=offline")
    search(page, "SWITCH")
    row = page.locator(f'tr[data-row-key="{product_id}"]')
    expect(row).to_contain_text("审核通过待上架")
    row.get_by_text("上架", exact=True).click()
    confirm = page.locator(".ecom-g-modal-confirm")
    expect(confirm.locator(".ecom-g-modal-confirm-title")).to_have_text("确定上架该商品？")
    confirm.get_by_role("button", name=re.compile(r"^确\s*定$")).click()
    expect(page.locator(".ecom-g-message-success")).to_contain_text("操作成功")
    expect(row).to_have_count(0)  # it left the tab 仓库中
    assert client.listed("SWITCH")["data"][0]["tab"] == "售卖中"
