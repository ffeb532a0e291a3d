"""商品管理 to look at: table, rows, cells, pages, tabs (facts 1, 2.2, 2.5, 3.6, 8, 10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.practice.conformance.steps import button, search
from tests.practice.store_client import StoreClient

ROW = "tr.ecom-g-table-row[data-row-key]"
HOLDER = ".ecom-g-table-tbody-virtual-holder"
MONEY = r"￥\d+(\.\d\d?)?"
Fits = Callable[[dict[str, Any]], bool]


def list_answer(page: Page, address: str) -> dict[str, Any]:
    with page.expect_response(lambda r: "/product/tproduct/list?" in r.url) as seen:
        page.goto(address)
    answer: dict[str, Any] = seen.value.json()
    return answer


def keys_by_scrolling(page: Page) -> list[str]:
    """Every row's key, as it comes into being on the way down."""
    seen: dict[str, None] = {}
    holder = page.locator(HOLDER)
    for _ in range(60):
        rows = page.locator(ROW).all()
        seen |= {str(row.get_attribute("data-row-key")): None for row in rows}
        ended = "(one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 2"
        if holder.evaluate(ended):
            break
        holder.evaluate("(one) => one.scrollBy(0, 300)")
        page.wait_for_timeout(40)
    return list(seen)


def anything(_item: dict[str, Any]) -> bool:
    return True


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        pytest.param("", anything, marks=pytest.mark.facts("1-list")),
        pytest.param(
            "?status=0", lambda one: one["status"] == 0, marks=pytest.mark.facts("1-list-status-0")
        ),
        pytest.param("?status=2", anything, marks=pytest.mark.facts("1-list-status-2")),
        pytest.param(
            "?sov_draft_status=0&sov_goodsType=0",
            lambda one: one["status"] == 0,
            marks=pytest.mark.facts("1-list-on-sale"),
        ),
        pytest.param(
            "?sov_draft_status=3",
            lambda one: one["check_status"] == 4,
            marks=pytest.mark.facts("1-list-rejected"),
        ),
    ],
)
def test_addresses_of_the_list(page: Page, query: str, fits: Fits) -> None:
    """Facts 1: what an address asks for is what is listed."""
    answer = list_answer(page, f"/ffa/g/list{query}")
    assert answer["code"] == 0
    assert all(fits(item) for item in answer["data"])
    assert answer["data"] or "status=2" in query
    expect(page.get_by_role("heading", name="商品管理")).to_be_visible()


@pytest.mark.facts("1-list-tab-all", "3.6-tab-on-sale")
def test_the_tab_of_everything(listed: Page, merchant: StoreClient) -> None:
    """Facts 1, 3.6: ?tab=all; one tab reads 售卖中."""
    active = listed.locator(".ecom-g-tabs-tab-active")
    expect(active).to_have_count(1)
    assert active.inner_text().startswith("全部")
    names = [re.sub(r"\s*\d+$", "", text) for text in listed.get_by_role("tab").all_inner_texts()]
    assert names.count("售卖中") == 1
    # Far behind what other tests have listed, which all waits for its 上架.
    far = {"page": 5, "pageSize": 100, "tab": "all", "id_name_code": ""}
    rows = merchant.get("/product/tproduct/list", **far)["data"]
    listed_states = {item["tab"] for item in rows}
    assert len(listed_states) > 1


@pytest.mark.parametrize(
    "selectors",
    [
        pytest.param(
            [
                ".ecom-g-table-wrapper .ecom-g-table-thead th.ecom-g-table-cell",
                ".ecom-g-table-wrapper .ecom-g-table-tbody td.ecom-g-table-cell",
            ],
            marks=pytest.mark.facts("2.2-table"),
        ),
        pytest.param(
            [".ecom-g-table-tbody tr.ecom-g-table-row.ecom-g-table-row-level-0"],
            marks=pytest.mark.facts("2.2-table-row"),
        ),
        pytest.param(
            [
                "th.ecom-g-table-selection-column",
                "td.ecom-g-table-selection-column .ecom-g-checkbox-input",
            ],
            marks=pytest.mark.facts("2.2-table-check"),
        ),
        pytest.param([f"{HOLDER} {ROW}"], marks=pytest.mark.facts("2.2-virtual")),
        pytest.param(
            [
                ".ecom-g-pagination li.ecom-g-pagination-item.ecom-g-pagination-item-2",
                "li.ecom-g-pagination-item-1.ecom-g-pagination-item-active",
                "li.ecom-g-pagination-prev.ecom-g-pagination-disabled",
                "li.ecom-g-pagination-next:not(.ecom-g-pagination-disabled)",
            ],
            marks=pytest.mark.facts("2.2-pages"),
        ),
        pytest.param(
            [
                '.ecom-g-pagination li[title="上一页"]',
                '.ecom-g-pagination li[title="下一页"]',
            ],
            marks=pytest.mark.facts("2.2-pages-titles"),
        ),
        pytest.param(
            [
                ".ecom-g-pagination-jump-next",
                ".ecom-g-pagination-options-size-changer",
                ".ecom-g-pagination-options-quick-jumper input",
                ".ecom-g-pagination-total-text",
            ],
            marks=pytest.mark.facts("2.2-pages-jump"),
        ),
        pytest.param(
            [
                ".ecom-g-tabs-tab .ecom-g-tabs-tab-btn",
                ".ecom-g-tabs-tab.ecom-g-tabs-tab-active",
                ".ecom-g-tabs-nav-more",
            ],
            marks=pytest.mark.facts("2.2-tabs"),
        ),
        pytest.param(
            [".ecom-g-spin-nested-loading .ecom-g-table"], marks=pytest.mark.facts("2.2-spin")
        ),
        pytest.param(
            [
                ".ecom-g-checkbox-wrapper .ecom-g-checkbox",
            ],
            marks=pytest.mark.facts("2.2-ticks"),
        ),
    ],
)
def test_widgets_of_the_list(listed: Page, selectors: list[str]) -> None:
    """Facts 2.2: the DOM of each widget."""
    for selector in selectors:
        assert listed.locator(selector).count() > 0, selector


@pytest.mark.facts("2.2-virtual-key")
def test_keys_of_rows(listed: Page, merchant: StoreClient) -> None:
    """Facts 2.2: data-row-key, never a SKU's id."""
    keys = [row.get_attribute("data-row-key") for row in listed.locator(ROW).all()]
    assert len(set(keys)) == len(keys) > 0
    for key in keys:
        answer = merchant.post("/stock/manage/detail", {"product_id": key})
        assert key not in {sku["sku_id"] for sku in answer["data"]["sku_detail_list"]}


@pytest.mark.facts("2.5-virtual-rows")
def test_few_rows_exist(listed: Page) -> None:
    """Facts 2.5: about seven."""
    assert 5 <= listed.locator(ROW).count() <= 9


@pytest.mark.facts("2.5-sizes", "2.2-pages-sizes", "10-page-sizes", "2.5-virtual-rows")
def test_page_sizes(page: Page) -> None:
    """Facts 2.2, 2.5, 10: 20, 50, 100 条/页; all rows come by scrolling, few at a time."""
    page.goto("/ffa/g/list?tab=all")
    expect(page.locator(".ecom-g-pagination-options-size-changer")).to_contain_text("20 条/页")
    assert len(keys_by_scrolling(page)) == 20
    page.locator(".ecom-g-pagination-options-size-changer .ecom-g-select-selector").click()
    options = page.locator(".ecom-g-select-dropdown:visible .ecom-g-select-item-option-content")
    expect(options).to_have_text(["20 条/页", "50 条/页", "100 条/页"])
    with page.expect_response(lambda r: "pageSize=50" in r.url):
        options.nth(1).click()
    expect(page.locator(".ecom-g-pagination-options-size-changer")).to_contain_text("50 条/页")
    expect(page.locator(".ecom-g-spin-spinning")).to_have_count(0)
    assert len(keys_by_scrolling(page)) == 50
    assert 5 <= page.locator(ROW).count() <= 9


def cells(page: Page, product_id: str) -> list[str]:
    """A row's cells behind the one with its box to tick."""
    row = page.locator(f'tr[data-row-key="{product_id}"] td:not(.ecom-g-table-selection-column)')
    return row.all_inner_texts()


@pytest.mark.facts(
    *("3.6-title-cell", "3.6-price-cell", "3.6-sold-cell", "3.6-time-cell", "3.6-actions-cell"),
    *("3.6-stock-cell", "2.3-kora-stock", "8-yuan", "8-times"),
)
def test_cells_of_rows(listed: Page, merchant: StoreClient) -> None:
    """Facts 3.6, 8: what stands in which cell, and how it is written."""
    states = {item["product_id"]: item for item in merchant.listed()["data"]}
    head = [text.strip() for text in listed.locator("thead th").all_inner_texts() if text.strip()]
    assert (head[2], head[3]) == ("销量", "总库存")
    for row in listed.locator(ROW).all():
        key = str(row.get_attribute("data-row-key"))
        item, told = states[key], cells(listed, key)
        assert len(told) == 7
        assert re.search(rf"^ID:\s?{key}$", told[0], re.MULTILINE)
        assert item["name"] in told[0]
        price = told[1].replace("✎", "").strip()
        assert re.fullmatch(rf"{MONEY}( ~ {MONEY})?", price)
        assert ("~" in price) == (item["price_lower"] != item["price_higher"])
        assert told[2] == str(item["sell_num"])
        assert told[3].startswith(str(item["stock_num"]))
        assert re.search(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d$", told[5], re.MULTILINE)
        assert item["tab"] in told[5]
    assert listed.locator(f"{ROW} [data-kora=修改库存]").count() > 0


@pytest.mark.facts("3.6-actions-cell", "2.2-dropdown")
def test_actions_of_rows(page: Page, merchant: StoreClient) -> None:
    """Facts 3.6: 编辑, 更多, and 下架 on sale or 上架 off sale; 2.2: the menu's classes."""
    for tab, check, words, other in (("onSale", 3, "下架", "上架"), ("offline", 7, "上架", "下架")):
        (item, *_) = merchant.listed(tab=tab, check_status=check)["data"]
        page.goto(f"/ffa/g/list?tab={tab}")
        search(page, item["product_id"])
        actions = page.locator(f"{ROW} td").last
        for word in ("编辑", words, "更多"):
            expect(actions.get_by_text(word, exact=True)).to_be_visible()
        expect(actions.get_by_text(other, exact=True)).to_have_count(0)
    more = page.locator(".ecom-g-dropdown-trigger")
    expect(more).to_have_text("更多")
    more.hover()
    expect(page.locator(".ecom-g-dropdown-menu-item").first).to_be_visible()


@pytest.mark.facts("3.6-total")
def test_the_total(listed: Page) -> None:
    """Facts 3.6: 共 N 件商品."""
    words = listed.locator(".ecom-g-pagination-total-text").inner_text()
    found = re.fullmatch(r"共 (\d+) 件商品", words)
    assert found
    assert int(found[1]) > 1_000


@pytest.mark.facts("3.6-channels", "2.2-popover")
def test_channel_products(page: Page, merchant: StoreClient) -> None:
    """Facts 3.6: 查看渠道品(N); 2.2: a popover shows them."""
    pages = (
        merchant.get("/product/tproduct/list", page=at, pageSize=100, tab="onSale")
        for at in range(5)
    )
    channelled = next(
        item for answer in pages for item in answer["data"] if item.get("channel_num")
    )
    page.goto("/ffa/g/list?tab=all")
    search(page, channelled["product_id"])
    link = page.get_by_text(re.compile(r"^查看渠道品\(\d+\)$"))
    expect(link).to_have_text(f"查看渠道品({channelled['channel_num']})")
    link.click()
    expect(page.locator(".ecom-g-popover:not(.ecom-g-popover-hidden)")).to_be_visible()


@pytest.mark.facts("3.6-search", "2.2-table-empty")
def test_searching(page: Page, merchant: StoreClient) -> None:
    """Facts 3.6: ids with commas between them; 2.2: what an empty table shows."""
    ids = [item["product_id"] for item in merchant.listed(tab="onSale")["data"][:3]]
    page.goto("/ffa/g/list?tab=all")
    for comma in (",", "，"):
        search(page, comma.join(ids))
        keys = [row.get_attribute("data-row-key") for row in page.locator(ROW).all()]
        assert sorted(map(str, keys)) == sorted(ids)
    expect(page.locator(".ecom-g-pagination-total-text")).to_have_text("共 3 件商品")
    search(page, "no such product")
    expect(page.locator(ROW)).to_have_count(0)
    expect(page.locator(".ecom-g-table-placeholder .ecom-g-empty-description")).to_be_visible()


@pytest.mark.facts("2.2-pages", "2.2-pages-titles")
def test_turning_a_page(page: Page) -> None:
    """Facts 2.2: 下一页 asks for the next page and moves -item-active."""
    page.goto("/ffa/g/list?tab=all")
    expect(page.locator(ROW)).to_have_count(7)
    before = {row.get_attribute("data-row-key") for row in page.locator(ROW).all()}
    with page.expect_response(lambda r: "/product/tproduct/list?" in r.url) as seen:
        page.locator('li[title="下一页"]').click()
    asked = re.search(r"[?&]page=(\d+)", seen.value.url)
    assert asked
    assert asked[1] == "1"
    expect(page.locator(".ecom-g-pagination-item-active")).to_have_text("2")
    expect(page.locator(".ecom-g-spin-spinning")).to_have_count(0)
    expect(page.locator(ROW).first).to_be_visible()
    assert not before & {row.get_attribute("data-row-key") for row in page.locator(ROW).all()}
    assert button(page, "查询").count() == 1
