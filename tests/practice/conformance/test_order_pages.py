"""订单管理 and the pages behind it: their hooks and words (facts 1, 2.6, 4.2 to 4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.practice.conformance.steps import button
from tests.practice.store_client import StoreClient

LIST = "/ffa/morder/order/list"
ROWS = 'tr.auxo-table-row.auxo-table-row-level-0.row-vertical-top[class*="index_table-row__"]'
CLASSES = (
    *("index_content_", "index_text__", "style_name", "style_property", "table_comboAmount_"),
    *("table_comboNum_", "index_payAmount_", "table_nickname_", "index_infoItem_", "index_cell_"),
)


@pytest.fixture(scope="module")
def orders(logged_in: BrowserContext) -> Iterator[Page]:
    """The orders that wait, to be looked at only."""
    with logged_in.new_page() as page:
        page.goto(f"{LIST}?tab=unshipped")
        page.locator(ROWS).first.wait_for()
        yield page


def waiting(merchant: StoreClient, number: int) -> str:
    """An order that can be shipped at once."""
    rows = merchant.get("/api/order/searchlist", tab="unshipped", pageSize=100, order="asc")["data"]
    fine = [row for row in rows if row["order_status"] == 2]
    return str(fine[number]["shop_order_id"])


def row_of(page: Page, order_id: str) -> Locator:
    return page.locator(f'tr[data-row-key="{order_id}"]')


def search(page: Page, order_id: str) -> None:
    page.get_by_placeholder("请输入").first.fill(order_id)
    page.locator("[type=submit]").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(row_of(page, order_id)).to_have_count(1)


@pytest.mark.facts("1-orders", "4.2-rows", "4.2-head")
def test_two_rows_an_order(orders: Page) -> None:
    expect(orders.locator(ROWS)).to_have_count(40)
    head = orders.locator(ROWS).first
    expect(head).to_have_text(
        re.compile(r"订单编号 \d{19}.*下单时间 \d{4}/\d\d/\d\d \d\d:\d\d:\d\d")
    )
    expect(head.locator('[data-kora="飞鸽"]')).to_have_count(1)
    expect(head.get_by_title("订单标记")).to_have_count(1)


@pytest.mark.facts("4.2-cells")
def test_cells(orders: Page) -> None:
    """td0 is the checkbox."""
    cells = orders.locator(ROWS).nth(1).locator("> td").all_inner_texts()
    wanted = {
        1: "商家编码：",
        2: r"¥[\d.]+\s+x\d+",
        4: "待发货|部分发货",
        5: r"¥[\d.]+",
        7: "订单详情",
    }
    assert len(cells) == 8
    for at, words in wanted.items():
        assert re.search(words, cells[at]), at


@pytest.mark.facts("4.2-classes")
@pytest.mark.parametrize("name", CLASSES)
def test_inner_classes(orders: Page, name: str) -> None:
    assert orders.locator(f'.auxo-table-tbody [class*="{name}"]').count() > 0


@pytest.mark.facts("4.2-search", "4.2-time", "4.2-total")
def test_the_search_bar(orders: Page) -> None:
    expect(orders.locator("#compact_time")).to_have_count(1)
    expect(orders.get_by_placeholder("结束日期")).to_have_count(1)
    expect(orders.locator(".auxo-select", has_text="下单时间")).to_have_count(1)
    expect(button(orders, "查询")).to_have_attribute("type", "submit")
    expect(orders.get_by_text("展开", exact=True)).to_have_count(1)
    expect(orders.locator(".auxo-pagination-total-text")).to_have_text(re.compile(r"^共 \d+ 单$"))


@pytest.mark.facts("4.2-chat")
def test_the_way_to_the_chat(orders: Page) -> None:
    link = orders.locator('[data-kora="飞鸽"]').first.get_attribute("href")
    assert str(link).startswith("/pc_seller_v2/main/workspace?")


@pytest.mark.facts("4.3-hook", "2.3-kora-others")
def test_a_receiver_is_shown(page: Page, merchant: StoreClient) -> None:
    told, order_id = next(
        (told["data"], order_id)
        for order_id in (waiting(merchant, n) for n in range(9))
        if not (told := merchant.get("/api/order/receiveinfo", order_id=order_id))["code"]
    )
    page.goto(LIST)
    search(page, order_id)
    row_of(page, order_id).locator('a[data-kora="查看敏感信息"]').click()
    expect(row_of(page, order_id)).to_contain_text(told["text"])
    expect(row_of(page, order_id).locator('span[data-kora="复制"]')).to_have_count(1)
    expect(page.locator('[data-kora="飞鸽"]').first).to_be_attached()


@pytest.mark.facts("4.4-dialog", "1-order-detail")
def test_a_remark(page: Page, merchant: StoreClient) -> None:
    order_id = waiting(merchant, 1)
    page.goto(LIST)
    search(page, order_id)
    page.get_by_text("添加备注", exact=True).click()
    dialog = page.locator(".auxo-modal")
    expect(dialog).to_contain_text("添加备注")
    expect(dialog).to_contain_text("订单标记")
    dialog.get_by_text("绿").click()
    dialog.locator("textarea").fill("已付款待发货")
    button(dialog, "保存").click()
    expect(page.locator(".auxo-message-success")).to_contain_text("保存成功")
    expect(page.locator(ROWS).first).to_contain_text("已付款待发货")
    page.goto(f"/ffa/order/detail?order_id={order_id}")
    line = re.compile("订单备注：已付款待发货 修改")
    expect(page.locator(".auxo-card", has_text=line)).to_have_count(1)
    (row,) = merchant.get("/api/order/searchlist", order_id=order_id)["data"]
    assert row["star"] == 3


@pytest.mark.facts("4.5-page", "1-ship-page")
def test_the_ship_form(page: Page, merchant: StoreClient) -> None:
    order_id = waiting(merchant, 2)
    page.goto(LIST)
    search(page, order_id)
    row_of(page, order_id).get_by_text("发货", exact=True).click()
    page.wait_for_url("**/ffa/morder/logistics/delivery**")
    for words in ("发货地址", "退货地址"):
        expect(page.locator(".auxo-form-item", has_text=words)).to_have_count(1)
    page.locator(".auxo-form-item", has_text="物流公司").locator(".auxo-select").click()
    page.locator(".auxo-select-item-option-content", has_text="圆通速递").click()
    page.get_by_placeholder("单号").fill("12-34")
    button(page, "确认发货").click()
    expect(page.locator(".auxo-message-error").first).to_have_text(re.compile("."))
    (row,) = merchant.get("/api/order/searchlist", order_id=order_id)["data"]
    assert row["order_status"] == 2


@pytest.mark.facts("2.6-order-captcha")
def test_the_captcha_of_the_list(colleague: Page, merchant: StoreClient) -> None:
    colleague.goto(LIST)
    colleague.locator(ROWS).first.wait_for()
    merchant.post("/_practice/captcha", {})
    try:
        button(colleague, "刷新").click()
        box = colleague.locator("#fxg_risk_captcha_container")
        expect(box).to_be_visible()
        size = box.bounding_box()
        assert size
        assert (size["width"] >= 280, size["height"] >= 180) == (True, True)
    finally:
        merchant.post("/_practice/captcha/solve", {})
