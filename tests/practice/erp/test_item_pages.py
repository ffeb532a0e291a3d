"""公用采集箱 and the sub-app in a browser (facts/miaoshou.md 3, 4, 5, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.practice.erp.erp_site import ErpSite, erp_site
from tests.practice.erp.steps import ITEMS, SHOPS, VIEWS, button, dialog

COLUMNS = [
    *("产品信息", "任务", "货源平台", "货源价格", "库存/重量(KG)", "状态", "创建者/创建时间/备注"),
    *("认领平台", "退货地址", "操作"),
]
BROKEN = "J_'commonCollectBoxBatchDeleteSelected'"


@pytest.fixture(scope="module")
def erp(ui_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErpSite]:
    with erp_site(tmp_path_factory.mktemp("erp-items"), ui_libraries) as site:
        yield site


@pytest.fixture(scope="module")
def listed(browser: Browser, erp: ErpSite) -> Iterator[Page]:
    """公用采集箱 of the main account."""
    with browser.new_context(base_url=erp.url, viewport={"width": 1366, "height": 768}) as context:
        context.set_default_timeout(30_000)
        who = erp.who()
        login = {"mobile": who["account"], "password": who["password"]}
        context.request.post("/api/auth/account/login", form=login)
        with context.new_page() as page:
            page.goto(ITEMS)
            page.locator(".pro-virtual-table__row").first.wait_for()
            yield page


# After a jump, before the table has put its rows in order again (which it does 300 ms later).
JUMP = """
async to => {
  const holder = document.querySelector('#appScrollContainer')
  holder.scrollTo(0, to)
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  const views = [...document.querySelectorAll('.vue-recycle-scroller__item-view')]
  return views.map(one => Number(/translateY\\((-?\\d+)px/.exec(one.style.transform)[1]))
}
"""


def row_of(page: Page, item_id: int) -> Locator:
    """The row in sight: one that is not used keeps its old words, far above the page."""
    views = page.locator(f"{VIEWS}:visible")
    return views.filter(has_text=f"采集箱产品ID：{item_id}")


def search(page: Page, item_id: int) -> Locator:
    named = page.locator(".jx-form-item", has_text="产品ID/主货号")
    named.locator("input").fill(str(item_id))
    with page.expect_response("**/common_collect_box/searchList"):
        button(page, "搜索").click()
    # The row may come back in another view; a click that waits keeps to the old one.
    expect(page.locator(".jx-loading-mask")).to_have_count(0)
    expect(page.locator(f"{VIEWS}:visible")).to_have_count(1)
    expect(row_of(page, item_id)).to_have_count(1)
    return row_of(page, item_id)


@pytest.mark.facts("5-virtual", "5-recycled", "5-height", "5-scroll")
def test_rows_are_recycled(listed: Page) -> None:
    holder = ".pro-virtual-table > .vue-recycle-scroller.page-mode"
    header = f"{holder} .vue-recycle-scroller__slot > .pro-virtual-table__header"
    row = (
        f"{holder} {VIEWS} > .pro-virtual-scroll__row.pro-virtual-table__row"
        " > .pro-virtual-table__row-body > .pro-virtual-table__row-cell"
    )
    expect(listed.locator(f"{header} > .pro-virtual-table__header-cell")).to_have_count(
        len(COLUMNS)
    )
    assert listed.locator(row).count() % len(COLUMNS) == 0
    sized = "all => all.map(one => one.offsetHeight)"
    assert set(listed.locator(".pro-virtual-table__row").evaluate_all(sized)) <= {119, 128}
    jumps = [listed.evaluate(JUMP, to) for to in (0, 700, 1400, 300, 2000, 0)]
    assert all(4 <= len(tops) <= 18 for tops in jumps)
    assert any(tops != sorted(tops) for tops in jumps)
    assert min(min(tops) for tops in jumps) < 0
    assert len({top for tops in jumps for top in tops if top >= 0}) == 20
    assert listed.evaluate("document.scrollingElement.scrollTop") == 0


@pytest.mark.facts("5-columns", "5-row", "5-banner", "5-batch", "3-action-hooks", "3-side-hooks")
@pytest.mark.facts("4-side", "5-form", "5-pages", "5-select-all", "2-box")
def test_words_and_hooks(listed: Page) -> None:
    expect(listed.locator(".pro-virtual-table__header-cell")).to_have_text(COLUMNS)
    row = listed.locator(".pro-virtual-table__row").first
    for words in ("搜1688同款", "采集箱产品ID：", "货源ID：", "货源：", "编辑", "认领到", "备注"):
        expect(row).to_contain_text(words)
    for hook in ("commonCollectBoxEdit", "commonCollectBoxDelete", "commonCollectBoxRemark"):
        expect(row.locator(f".J_{hook}")).to_have_count(1)
    expect(row.locator(".J_setSourceList")).to_have_count(1)
    bar = listed.locator(".pro-toolbar")
    for words in ("认领到", "平台认领配置", "分组", "删除", "更多", "创建产品", "导入产品"):
        expect(bar).to_contain_text(words)
    expect(listed.get_by_text("跳过和失败的产品数据仅保留30天")).to_have_count(1)
    form = listed.locator("form.pro-query-form")
    for words in ("产品标题", "货源ID", "备注", "重置"):
        expect(form).to_contain_text(words)
    expect(form.get_by_placeholder("多个用逗号分隔，支持Excel复制粘贴")).to_have_count(2)
    expect(form.locator("button[type=submit].J_queryFormSearch")).to_have_text("搜索")
    side = listed.locator(".side-bar")
    for words in (
        "通用功能",
        "产品采集",
        "公用采集箱",
        "货盘中心",
        "数据选品",
        "快速上货",
        "在线产品",
    ):
        expect(side).to_contain_text(words)
    hooks = ("CommonCollectBoxIndex", "CommonCollectBoxItems", "PddkjCollectBoxItems")
    for hook in (*hooks, "PddkjMoveCollectHistory", "PddkjItemItemIndex"):
        expect(side.locator(f".J_{hook}")).to_have_count(1)
    expect(listed.locator(".pro-pagination__left")).to_have_text(re.compile(r"全选\s*反选\s*\d+条"))
    expect(listed.locator(".pro-pagination .jx-pagination__sizes")).to_contain_text("20条/页")
    boxes = listed.locator(".pro-virtual-table__checkbox")
    assert boxes.count() == listed.locator(f"{VIEWS} .pro-virtual-table__row").count() + 1
    boxes.first.click()
    expect(boxes.last).to_have_class(re.compile("is-checked"))
    boxes.first.click()


@pytest.mark.facts("3-broken-hooks")
def test_delete_and_delete_all_stand_side_by_side(listed: Page, erp: ErpSite) -> None:
    before = len([one for one in erp.items().values() if one["deleted"]])
    listed.locator(".pro-toolbar .jx-dropdown", has_text="删除").hover()
    entries = listed.locator(".jx-dropdown-menu__item:visible")
    expect(entries).to_have_text(["删除选中", "一键删除筛选结果全部产品"])
    classes = [one.get_attribute("class") or "" for one in entries.all()]
    assert BROKEN in classes[0]
    assert "J_undefined" in classes[1]
    entries.last.click()
    box = listed.locator(".jx-message-box:visible")
    expect(box).to_contain_text(re.compile(r"确定删除筛选结果的全部\d+个产品吗"))
    button(box, "取消").click()
    expect(box).to_have_count(0)
    assert len([one for one in erp.items().values() if one["deleted"]]) == before


def test_a_product_is_tied(listed: Page, erp: ErpSite) -> None:
    worker = erp.client()
    first, second = (worker.save(phone=f"1540066000{at}")["id"] for at in (1, 2))
    item = worker.items(addressState="free", tabPaneName="claimed")[3]["id"]
    for phone in ("15400660001", "15400660002"):
        search(listed, item).locator(".J_commonCollectBoxReturnAddress").click()
        form = dialog(listed, "关联退货地址")
        expect(form).to_contain_text(f"采集箱产品ID：{item}")
        form.locator(".jx-select__wrapper").click()
        form.locator("input[role=combobox]").fill(phone)
        listed.locator(".jx-select-dropdown__item:visible", has_text=phone).click()
        button(form, "确定").click()
        if phone == "15400660002":
            box = listed.locator(".jx-message-box:visible")
            expect(box).to_contain_text("已关联其他退货地址")
            assert worker.item(item)["addressId"] == first
            button(box, "确定").click()
        expect(form).to_be_hidden()
        expect(row_of(listed, item)).to_contain_text(phone)
        expect(listed.locator(".jx-loading-mask")).to_have_count(0)
    assert worker.item(item)["addressId"] == second
    button(listed, "重置").click()


@pytest.mark.facts("2-auth", "3-sub-app", "3-sub-classes", "3-both", "15-copies", "15-old-select")
def test_the_sub_app(listed: Page, erp: ErpSite) -> None:
    """Last, for it leaves the page."""
    address = erp.client().save(phone="15400660003")["id"]
    listed.goto(SHOPS)
    root = listed.locator("#subAppContainer > #__qiankun_microapp_wrapper_for_earth_web__")
    root.locator(".el-table__row").first.wait_for()
    assert (
        listed.evaluate("document.querySelector('.el-table').__vue__.$root.constructor.version")
        == "2.6.14"
    )
    assert listed.evaluate("window.ELEMENT.version") == "2.13.2"
    shop = root.locator("tr.el-table__row", has_text="晨光家居小店2号店")
    expect(shop).to_have_count(3)
    assert listed.locator("[class^='jx-']").count() > 10
    last = root.locator(".el-table__fixed-right")
    last.locator("tr.el-table__row").nth(1).locator(".jx-pro-button").nth(0).click()
    form = listed.locator(".el-dialog__wrapper.jx-pro-dialog:visible")
    expect(form).to_contain_text("晨光家居小店2号店")
    box = form.locator(".el-select input.el-input__inner")
    box.click()
    listed.locator(
        "body > .el-select-dropdown.el-popper:visible li", has_text="15400660003"
    ).click()
    expect(box).to_have_value(re.compile("15400660003"))
    form.locator(".jx-pro-button", has_text="保存").click()
    expect(listed.locator(".el-message--success")).to_have_text("保存成功")
    expect(root.locator(".el-table__body-wrapper tr", has_text="15400660003")).to_have_count(1)
    assert erp.client().shops()[1]["addressId"] == address
