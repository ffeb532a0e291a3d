"""商品管理 in a real browser (facts 2.2, 2.5, 3.6; uikit 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, Response, expect

from tests.practice.store_client import StoreClient

SEARCH = "请输入商品名称/商品ID/商家编码，多条可用逗号隔开"
HOLDER = ".ecom-g-table-tbody-virtual-holder"
ROWS = "tr.ecom-g-table-row[data-row-key]"
LIST = "/product/tproduct/list"


def cjk(text: str) -> re.Pattern[str]:
    spaced = r"\s*".join(text)
    return re.compile(rf"^\s*{spaced}\s*$")


def is_list(response: Response) -> bool:
    return LIST in response.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=cjk(name)).click()


def search(page: Page, terms: str) -> None:
    page.get_by_placeholder(SEARCH).fill(terms)
    with page.expect_response(is_list):
        press(page, "查询")
    expect(page.locator(".ecom-g-spin-spinning")).to_have_count(0)


def keys(page: Page) -> list[str]:
    found: list[str] = page.locator(ROWS).evaluate_all("all => all.map(row => row.dataset.rowKey)")
    return found


def row_of(page: Page, product_id: str) -> Locator:
    return page.locator(f'tr[data-row-key="{product_id}"]')


@pytest.fixture
def listed(page: Page) -> Page:
    page.goto("/ffa/g/list?tab=all")
    expect(page.locator(ROWS)).to_have_count(7)
    return page


def test_tabs_totals_and_sizes(listed: Page) -> None:
    """Facts 2.5, 3.6: tabs with their numbers, 共 N 件商品, sizes 20/50/100."""
    expect(listed.locator(".ecom-g-pagination-total-text")).to_have_text(
        re.compile(r"^共 4\d{3} 件商品$")
    )
    tabs = listed.get_by_role("tab").all_inner_texts()
    names = ["全部", "售卖中", "仓库中", "审核中", "审核驳回", "草稿箱", "回收站"]
    assert [re.sub(r"\s*\d*$", "", text) for text in tabs] == names
    size = listed.locator(".ecom-g-pagination-options-size-changer")
    expect(size).to_contain_text("20 条/页")
    size.click()
    options = listed.locator(".ecom-g-select-item-option-content")
    expect(options).to_have_text(["20 条/页", "50 条/页", "100 条/页"])


def test_cells_by_column(listed: Page, client: StoreClient) -> None:
    """Facts 3.6: td1 title and ID, td2 price, td3 销量, 总库存, td6 time and state, td7 actions."""
    (item,) = [one for one in client.listed("P-100")["data"] if one["merchant_code"] == "P-100"]
    search(listed, "P-100")
    row = row_of(listed, item["product_id"])
    cells = row.locator("td").all_inner_texts()
    assert item["name"].strip() in cells[1]
    assert f"ID:{item['product_id']}" in cells[1].split("\n")
    assert "商家编码：P-100" in cells[1].split("\n")
    assert re.match(r"￥\d+\.\d\d( ~ ￥\d+\.\d\d)?", cells[2])
    assert cells[3] == str(item["sell_num"])
    assert cells[4].startswith(str(item["stock_num"]))
    assert re.match(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\n", cells[6])
    assert item["tab"] in cells[6]
    assert "编辑" in cells[7]
    expect(row.locator("[data-kora=修改库存]")).to_have_count(1)


def test_about_seven_rows_exist_at_a_time(listed: Page, client: StoreClient) -> None:
    """Facts 2.2, 2.5, 10.3: virtual rows in a holder that scrolls; every row can be reached."""
    expect(listed.locator(f"{HOLDER} {ROWS}")).to_have_count(7)
    wanted = [row["product_id"] for row in client.listed()["data"]]
    assert keys(listed) == wanted[:7]
    seen: list[str] = []
    for top in range(0, 2200, 300):
        listed.locator(HOLDER).evaluate("(holder, top) => holder.scrollTo(0, top)", top)
        listed.wait_for_timeout(60)
        now = keys(listed)
        assert len(now) == 7
        seen += [key for key in now if key not in seen]
    assert seen == wanted


@pytest.mark.parametrize(
    ("query", "tab"),
    [
        ("tab=offline", "仓库中"),
        ("status=0", "售卖中"),
        ("status=1", "仓库中"),
        ("status=2", "回收站"),
        ("sov_draft_status=0&sov_goodsType=0", "售卖中"),
        ("sov_draft_status=3", "审核驳回"),
        ("tab=unheard-of", "全部"),
    ],
)
def test_forms_of_the_address(page: Page, query: str, tab: str) -> None:
    """Facts 1: ?tab=…, ?status=…, ?sov_draft_status=…."""
    page.goto(f"/ffa/g/list?{query}")
    expect(page.locator(".ecom-g-tabs-tab-active")).to_contain_text(tab)


def test_search_takes_several_terms_and_is_reset(listed: Page, client: StoreClient) -> None:
    """Facts 3.6: comma-separated ids, 查询; 重置 empties the question."""
    ids = [row["product_id"] for row in client.listed(tab="offline")["data"][:3]]
    search(listed, f"{ids[0]},{ids[1]}，{ids[2]}")
    assert sorted(keys(listed)) == sorted(ids)
    with listed.expect_response(is_list):
        press(listed, "重置")
    expect(listed.locator(".ecom-g-pagination-total-text")).to_contain_text("共 4")
    expect(listed.get_by_placeholder(SEARCH)).to_have_value("")
    search(listed, "no-such-product")
    expect(listed.locator(ROWS)).to_have_count(0)
    expect(listed.locator(".ecom-g-table-placeholder")).to_contain_text("暂无数据")


def test_old_rows_stay_until_the_answer_comes(listed: Page) -> None:
    """Uikit 3, rule 3: the active page changes at once, the rows later, a spinner in between."""
    before = keys(listed)
    listed.evaluate(
        """() => { const real = fetch; window.fetch = async (url, options) => {
             if (String(url).includes('/tproduct/list'))
               await new Promise((go) => { window.goOn = go })
             return real(url, options) } }"""
    )
    listed.locator(".ecom-g-pagination-item-2").click()
    expect(listed.locator(".ecom-g-pagination-item-active")).to_have_text("2")
    assert keys(listed) == before
    expect(listed.locator(".ecom-g-spin-spinning")).to_have_count(1)
    assert keys(listed) == before
    listed.evaluate("() => window.goOn()")
    expect(listed.locator(".ecom-g-spin-spinning")).to_have_count(0)
    assert not set(keys(listed)) & set(before)


def test_another_page_begins_at_its_top(listed: Page) -> None:
    listed.locator(HOLDER).evaluate("holder => holder.scrollTo(0, 900)")
    with listed.expect_response(is_list):
        listed.locator(".ecom-g-pagination-options-quick-jumper input").fill("3")
        listed.keyboard.press("Enter")
    expect(listed.locator(".ecom-g-pagination-item-active")).to_have_text("3")
    assert listed.locator(HOLDER).evaluate("holder => holder.scrollTop") == 0


def test_sorted_by_a_column(listed: Page) -> None:
    """Facts 1.1: order_field and sort."""
    with listed.expect_response(is_list) as answer:
        listed.locator("th", has_text="总库存").click()
    rows = answer.value.json()["data"]
    stocks = [row["stock_num"] for row in rows]
    assert stocks == sorted(stocks)
    assert "order_field=stock_num&sort=asc" in answer.value.url


@pytest.fixture
def ours(client: StoreClient) -> Iterator[str]:
    """A product that passed its audit and stands in the warehouse; taken off sale at the end."""
    code = f"LIST-{id(client) % 100_000}"
    product_id = client.add(client.form(code))["data"]["product_id"]
    while client.listed(product_id)["data"][0]["check_status"] == 2:
        pass
    yield product_id
    client.post("/product/tproduct/offline", {"product_id": product_id})


def test_put_on_sale_from_its_row(page: Page, client: StoreClient, ours: str) -> None:
    """Facts 3.6: 上架, a confirm, toast 操作成功; the state follows."""
    page.goto("/ffa/g/list?tab=offline")
    search(page, ours)
    row = row_of(page, ours)
    expect(row).to_contain_text("审核通过待上架")
    row.get_by_text("上架", exact=True).click()
    confirm = page.locator(".ecom-g-modal-confirm")
    expect(confirm.locator(".ecom-g-modal-confirm-title")).to_have_text("确定上架该商品？")
    confirm.get_by_role("button", name=cjk("确定")).click()
    expect(page.locator(".ecom-g-message-success")).to_contain_text("操作成功")
    expect(row).to_have_count(0)  # it left the tab 仓库中
    assert client.listed(ours)["data"][0]["tab"] == "售卖中"


def test_batch_off_sale(listed: Page, client: StoreClient) -> None:
    """Facts 3.6: 全选 → 批量下架 → 仍要下架 → 操作成功; 确定 for 批量上架."""
    ids = [row["product_id"] for row in client.listed(tab="onSale")["data"][5:7]]
    search(listed, ",".join(ids))
    for button, confirm, status in (("批量下架", "仍要下架", 1), ("批量上架", "确定", 0)):
        listed.get_by_role("checkbox", name="全选", exact=True).check()
        expect(listed.locator(".batch-bar")).to_contain_text("已选 2 件")
        press(listed, button)
        listed.locator(".ecom-g-modal-confirm").get_by_role("button", name=cjk(confirm)).click()
        expect(listed.locator(".ecom-g-message-success").last).to_contain_text("操作成功")
        expect(listed.locator(".ecom-g-modal-confirm")).to_have_count(0)
        expect(listed.locator(".batch-bar")).to_contain_text("已选 0 件")
        assert [client.listed(one)["data"][0]["status"] for one in ids] == [status, status]


def test_a_batch_names_what_it_could_not_do(listed: Page, client: StoreClient) -> None:
    on_sale = client.listed(tab="onSale")["data"][8]
    rejected = client.listed(tab="rejected", status=1)["data"][0]
    search(listed, f"{on_sale['product_id']},{rejected['product_id']}")
    listed.get_by_role("checkbox", name="全选", exact=True).check()
    press(listed, "批量下架")
    listed.locator(".ecom-g-modal-confirm").get_by_role("button", name="仍要下架").click()
    failures = listed.locator(".ecom-g-modal-confirm", has_text="部分商品操作失败")
    expect(failures).to_contain_text("成功 1 件，失败 1 件")
    expect(failures.locator(ROWS)).to_contain_text(rejected["name"].strip())
    expect(failures.locator(ROWS)).to_contain_text("当前商品状态不支持下架")
    failures.get_by_role("button", name="知道了").click()
    client.post("/product/tproduct/online", {"product_id": on_sale["product_id"]})


def test_why_a_product_was_turned_down(page: Page, client: StoreClient) -> None:
    """Facts 3.5: check_status 4; the reasons in a popover."""
    item = client.listed(tab="rejected")["data"][0]
    page.goto("/ffa/g/list?tab=rejected")
    row_of(page, item["product_id"]).get_by_text("查看原因").click()
    expect(page.locator(".ecom-g-popover")).to_contain_text(item["reject_reasons"][0])


def test_banned_products_have_no_actions(listed: Page, client: StoreClient) -> None:
    """Facts 3.5: check_status 5 封禁."""
    item = client.listed(check_status=5)["data"][0]
    search(listed, item["product_id"])
    row = row_of(listed, item["product_id"])
    expect(row).to_contain_text("封禁")
    expect(row.locator("td").nth(7)).to_have_text("-")
    expect(row.locator("input[type=checkbox]")).to_be_disabled()


def test_copied_deleted_and_brought_back(listed: Page, client: StoreClient) -> None:
    """Facts 1: ?copyid=<id>; facts 3.5: 删除 can be undone."""
    item = client.listed(tab="offline")["data"][9]
    search(listed, item["product_id"])
    row = row_of(listed, item["product_id"])
    row.get_by_text("更多").hover()
    menu = listed.locator(".ecom-g-dropdown:not(.ecom-g-dropdown-hidden)")
    expect(menu.get_by_role("menuitem")).to_have_text(["复制", "修改库存", "修改价格", "删除"])
    menu.get_by_role("menuitem", name="删除").click()
    confirm = listed.locator(".ecom-g-modal-confirm")
    expect(confirm).to_contain_text("删除后可在回收站恢复")
    confirm.get_by_role("button", name=cjk("确定")).click()
    expect(row).to_have_count(0)
    listed.get_by_role("tab", name="回收站").click()
    row.get_by_text("恢复", exact=True).click()
    confirm.last.get_by_role("button", name=cjk("确定")).click()
    expect(row).to_have_count(0)
    assert client.listed(item["product_id"])["data"][0]["status"] == 1


def test_a_copy_begins_with_everything_but_codes(listed: Page, client: StoreClient) -> None:
    """Facts 1: ?copyid=<id>."""
    item = client.listed("P-100")["data"][0]
    search(listed, item["product_id"])
    row_of(listed, item["product_id"]).get_by_text("更多").hover()
    listed.get_by_role("menuitem", name="复制").click()
    expect(listed).to_have_url(re.compile(rf"/ffa/g/create\?copyid={item['product_id']}$"))
    expect(listed.locator("#pg-title-input")).to_have_value(item["name"])
    expect(listed.locator("h2")).to_have_text("商品创建")
    expect(listed.locator("[attr-field-id=商家编码] input")).to_have_value("")


def test_a_draft_is_gone_on_with(page: Page, client: StoreClient) -> None:
    """Facts 11.8 leaves the 草稿箱 open: 继续编辑 fills the form, 删除 forgets the draft."""
    form = client.form("DRAFT-PAGE", title="写了一半的商品标题")
    draft_id = client.post("/product/tproduct/saveDraft", form)["data"]["draft_id"]
    page.goto("/ffa/g/list?tab=draft")
    row = row_of(page, f"draft-{draft_id}")
    row.get_by_text("继续编辑").click()
    expect(page.locator("#pg-title-input")).to_have_value("写了一半的商品标题")
    page.go_back()
    row.get_by_text("删除").click()
    page.locator(".ecom-g-modal-confirm").get_by_role("button", name=cjk("确定")).click()
    expect(row).to_have_count(0)


def test_the_stock_drawer(listed: Page, client: StoreClient) -> None:
    """Facts 3.3: headers and texts of the drawer; 2.1: its table is optimus_fems'; 2.3: hooks."""
    item = client.listed(tab="onSale")["data"][3]
    search(listed, item["product_id"])
    row_of(listed, item["product_id"]).locator("[data-kora=修改库存]").click()
    drawer = listed.locator(".auxo-drawer-open")
    expect(drawer).to_contain_text(f"商品ID: {item['product_id']}")
    expect(drawer).to_contain_text(f"商品总库存: {item['stock_num']}")
    headers = [
        "SKU信息",
        "现货库存增减",
        "改后现货库存",
        "预售库存",
        "占用库存",
        "未占用库存(清零)",
    ]
    expect(drawer.locator(".optimus_fems-table-thead th")).to_have_text(headers)
    amount = drawer.locator("[data-kora=库存增减-输入框]").first
    amount.fill("5")
    amount.blur()
    drawer.get_by_role("button", name="保 存").click()
    expect(listed.locator(".auxo-message-success")).to_contain_text("保存成功")
    expect(listed.locator(".auxo-drawer-open")).to_have_count(0)
    assert client.listed(item["product_id"])["data"][0]["stock_num"] == item["stock_num"] + 5


def test_the_price_dialog(listed: Page, client: StoreClient) -> None:
    """Facts 3.3: 配置 / 价格 / 到手价 / SKUID / 商家编码 / 预览图 / SKU状态."""
    item = client.listed(tab="onSale")["data"][4]
    search(listed, item["product_id"])
    row_of(listed, item["product_id"]).locator("[title=修改价格]").click()
    dialog = listed.locator(".ecom-g-modal", has_text="修改价格")
    headers = ["配置", "价格", "到手价", "SKUID", "商家编码", "预览图", "SKU状态"]
    expect(dialog.locator("thead th")).to_have_text(headers)
    for box in dialog.locator(".ecom-g-input-number-input").all():
        box.fill("12.34")
        box.blur()
    dialog.get_by_role("button", name=cjk("确定")).click()
    expect(row_of(listed, item["product_id"]).locator("td").nth(2)).to_contain_text("￥12.34")


def test_the_list_is_downloaded(page: Page, client: StoreClient, tmp_path: Path) -> None:
    """Facts 3.6: 导出查询商品."""
    page.goto("/ffa/g/list?tab=auditing")
    expect(page.locator(ROWS).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("导出查询商品").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    path = tmp_path / "list.xlsx"
    download.value.save_as(path)
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == client.listed(tab="auditing")["total"] + 1


def test_channel_goods(listed: Page, client: StoreClient) -> None:
    """Facts 3.6: 查看渠道品(N)."""
    rows = client.get(LIST, page=0, pageSize=100, tab="onSale")["data"]
    item = next(row for row in rows if row["channel_num"])
    search(listed, item["product_id"])
    listed.get_by_text(f"查看渠道品({item['channel_num']})").click()
    expect(listed.locator(".ecom-g-popover")).to_contain_text("渠道1：占用库存")


def test_a_gateways_answer_leaves_the_rows(listed: Page) -> None:
    """Facts 2.5: 系统繁忙; the page says so and keeps what it has."""
    before = keys(listed)
    listed.route(f"**{LIST}*", lambda route: route.fulfill(status=502, body="<html></html>"))
    press(listed, "查询")
    expect(listed.locator(".ecom-g-message-error")).to_contain_text("系统繁忙")
    assert keys(listed) == before
