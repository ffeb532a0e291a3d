"""The form at work: first step, title, pictures, specs, attributes, dates (facts 2.5, 3.1-3.3)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.steps import (
    BAG,
    DROPDOWN,
    MODAL,
    T_SHIRT,
    add_value,
    button,
    choose,
    field,
    file,
    first_step,
    open_copy,
    pick_category,
    upload,
    uploaded,
)
from tests.practice.store_client import StoreClient

TOAST = ".ecom-g-message-error"
SPEC = '[id="skuValue-颜色分类"]'


def suggestions(page: Page) -> Locator:
    return page.locator("[class*=recommendContainer]")


@pytest.mark.facts(
    *("1-create", "3.1-first-step", "3.1-next", "3.1-by-hand", "3.1-chosen", "3.2-title-counter"),
    *("3.1-suggested", "3.1-more-suggested", "2.5-controlled", "2.2-button-space"),
)
def test_the_first_step(page: Page) -> None:
    """Facts 3.1: 下一步 waits for picture, title and category; suggestions, and the tree."""
    page.goto("/ffa/g/create")
    following, title = button(page, "下一步"), page.locator("#pg-title-input")
    expect(page.get_by_text("商品正面图")).to_be_visible()
    expect(following).to_be_disabled()
    title.evaluate("(one) => { one.value = '不算数' }")
    expect(field(page, "商品标题")).to_contain_text("0/60")
    for words, counted in (("汉A", "3/60"), ("汉" * 30, "60/60"), ("汉" * 30 + "A", "61/60")):
        title.fill(words)
        expect(field(page, "商品标题")).to_contain_text(counted)
    title.fill("夏季纯棉中筒袜")
    expect(following).to_be_disabled()
    expect(suggestions(page)).to_have_count(0)
    upload(page, "主图", file())
    expect(uploaded(page, "主图")).to_have_count(1)
    expect(following).to_be_disabled()
    chips = suggestions(page).locator("span[title*=' > ']")
    expect(chips.first).to_be_visible()
    expect(suggestions(page)).to_contain_text("中筒袜")
    few = chips.count()
    suggestions(page).get_by_text("更多推荐").click()
    expect(chips.nth(few)).to_be_visible()
    chips.first.click()
    expect(page.locator("[class*=itemSelected]")).to_have_count(1)
    expect(following).to_be_enabled()
    pick_category(page, *T_SHIRT)
    expect(field(page, "商品类目")).to_contain_text(
        re.compile(r"已选类目\D?\s*服饰内衣 > 女装 > T恤")
    )
    title.fill("")
    expect(following).to_be_disabled()


@pytest.mark.facts("3.1-by-hand", "3.1-leaf")
def test_the_tree_of_categories(page: Page) -> None:
    """Facts 3.1: columns style_selectTree__, entries style_catItem__; 确认 for a leaf only."""
    page.goto("/ffa/g/create")
    page.get_by_role("button", name=re.compile("^手动选择")).click()
    modal = page.locator(MODAL)
    entries = modal.locator("[class*=style_selectTree__] [class*=style_catItem__]")
    expect(entries.first).to_be_visible()
    first_level = entries.count()
    assert first_level > 5
    expect(button(modal, "确认")).to_be_disabled()
    entries.get_by_text("服饰内衣", exact=True).click()
    expect(entries.nth(first_level)).to_be_visible()
    expect(button(modal, "确认")).to_be_disabled()


@pytest.mark.facts("3.2-main-count", "3.2-main-size", "3.2-main-ratio", "2.5-file-hidden")
def test_main_pictures(page: Page) -> None:
    """Facts 3.2, 主图: five at most; what is wrong is told."""
    page.goto("/ffa/g/create")
    for wrong, words in ((file(width=599, height=599), "600"), (file(width=900), "长宽比需为1:1")):
        upload(page, "主图", wrong)
        expect(page.locator(TOAST).filter(has_text=words)).to_be_visible()
    expect(uploaded(page, "主图")).to_have_count(0)
    page.reload()
    five = [file(f"{at}.jpg", tint=f"#{at}{at}5588") for at in range(5)]
    for one in five:
        upload(page, "主图", one)
    expect(uploaded(page, "主图")).to_have_count(5)
    expect(field(page, "主图")).to_contain_text("5/5")
    slots = field(page, "主图").locator(".ecom-g-upload-select:visible")
    expect(slots).to_have_count(0)


@pytest.mark.facts("2.2-upload-error", "2.2-upload-item", "10-switchable")
def test_a_failed_upload(page: Page, set_faults: SetFaults) -> None:
    """Facts 2.2: -upload-list-item-error; the same file passes later."""
    set_faults(upload_fails_once=1)
    page.goto("/ffa/g/create")
    upload(page, "主图", file("once.jpg", tint="#321123"))
    expect(field(page, "主图").locator(".ecom-g-upload-list-item-error")).to_have_count(1)
    upload(page, "主图", file("once.jpg", tint="#321123"))
    expect(uploaded(page, "主图")).to_have_count(1)


@pytest.mark.facts("2.2-upload-item")
def test_an_upload_on_its_way(page: Page) -> None:
    """Facts 2.2: -upload-list-item-uploading."""
    page.route("**/product/img/upload*", lambda _route: None)
    page.goto("/ffa/g/create")
    upload(page, "主图", file())
    expect(field(page, "主图").locator(".ecom-g-upload-list-item-uploading")).to_have_count(1)


@pytest.mark.facts("3.2-tall-helpers", "3.2-detail-from-main", "3.2-detail-order")
def test_pictures_made_of_others(page: Page, merchant: StoreClient) -> None:
    """Facts 3.2: both helpers of 主图3:4, 从主图填入, and the order after dragging."""
    open_copy(page, merchant)
    field(page, "商品详情").locator("[title=删除文件], .anticon-delete").first.click(force=True)
    expect(uploaded(page, "商品详情")).to_have_count(0)
    upload(page, "主图", file("second.jpg", tint="#223344"))
    expect(uploaded(page, "主图")).to_have_count(2)
    for helper in ("从1:1主图智能裁剪", "从1:1主图一键填入"):
        field(page, "主图3:4").get_by_text(helper).click()
        shown = uploaded(page, "主图3:4").locator("img")
        expect(shown).to_have_count(2)
        natural = "(one) => one.decode().then(() => [one.naturalWidth, one.naturalHeight])"
        width, height = shown.first.evaluate(natural)
        assert abs(width * 4 - height * 3) <= 4
    button(field(page, "商品详情"), "从主图填入").click()
    details = uploaded(page, "商品详情").locator("img")
    expect(details).to_have_count(2)
    expect(field(page, "商品详情")).to_contain_text("商详图片（2/50）")
    order = [one.get_attribute("src") for one in details.all()]
    uploaded(page, "商品详情").nth(1).drag_to(uploaded(page, "商品详情").nth(0))
    expect(details.first).to_have_attribute("src", str(order[1]))


@pytest.mark.facts(
    *("3.3-value-signs", "3.3-own-spec", "3.3-product-of-values", "3.3-strip", "3.2-spec-pictures"),
    "2.3-kora-value",
)
def test_specs_and_rows(page: Page) -> None:
    """Facts 3.3: values, their order, a spec of one's own, one row each, 批量设置; 规格图."""
    first_step(page, *BAG)
    for value in ("白色", "黑色"):
        add_value(page, "颜色分类", value)
    button(page, "创建类型").click()
    page.locator(f"{MODAL} input").fill("尺寸")
    button(page.locator(MODAL), "确定").click()
    for value in ("大", "小"):
        add_value(page, "尺寸", value)
    names = page.locator("tr.ecom-g-table-row [class*=styles_specName__]")
    expect(names).to_have_text(["白色 / 大", "白色 / 小", "黑色 / 大", "黑色 / 小"])
    page.locator(SPEC).get_by_text("下移", exact=True).click()
    expect(names).to_have_text(["黑色 / 大", "黑色 / 小", "白色 / 大", "白色 / 小"])
    page.locator(SPEC).get_by_text("上移", exact=True).click()
    expect(names.first).to_have_text("白色 / 大")
    strip = page.locator("[class*=styles_inputBox__]")
    strip.get_by_placeholder("价格").fill("39.9")
    strip.get_by_placeholder("现货库存").fill("7")
    button(strip, "批量设置").click()
    for column, value in (("price", "39.90"), ("stock_info", "7")):
        boxes = page.locator(f"td.attr-column-field_{column} input")
        assert [box.input_value() for box in boxes.all()] == [value] * 4
    with page.expect_file_chooser() as chooser:
        page.locator(SPEC).get_by_text("添加规格图").first.click()
    chooser.value.set_files(file())
    expect(page.locator(f"{SPEC} img")).to_have_count(1)
    page.locator(f"{SPEC} [data-kora=删除规格值]").first.click()
    expect(names).to_have_text(["黑色 / 大", "黑色 / 小"])


@pytest.mark.facts(
    *("3.2-composition", "2.1-aurora", "2.5-aurora-open", "2.2-tree-select", "3.2-sex"),
    *("3.2-option-search", "3.2-new-option", "3.2-popup-footer", "3.1-progress"),
)
def test_attributes(page: Page) -> None:
    """Facts 2.1, 2.2, 2.5, 3.1, 3.2: 材质成分, 适用性别, an option by search and a new one."""
    first_step(page, *T_SHIRT)
    progress = field(page, "类目属性")
    expect(progress).to_contain_text(re.compile(r"必填项进度\s*0%"))
    material = field(page, "材质成分")
    material.locator(".aurora-select").click()
    panel = page.locator(".aurora-select-dropdown:not(.aurora-select-dropdown-hidden)")
    panel.locator(".aurora-select-item-option-content").get_by_text("棉", exact=True).click()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_visible()
    page.get_by_role("heading", name="商品创建").click()
    expect(panel).to_have_count(0)
    material.get_by_role("spinbutton").fill("100")
    field(page, "适用性别").locator(".ecom-g-select").click()
    nodes = page.locator(".ecom-g-select-tree-node-content-wrapper")
    assert [one.get_attribute("title") for one in nodes.all()] == ["男", "女", "男女通用"]
    nodes.nth(2).click()
    expect(progress).to_contain_text(re.compile(r"必填项进度\s*100%"))
    style = field(page, "风格")
    style.locator(".ecom-g-select").click()
    style.locator("input").first.fill("通勤")
    page.locator(f"{DROPDOWN} .ecom-g-select-item-option-content").click()
    expect(style.locator(".ecom-g-select-selection-item")).to_have_text("通勤")
    popup = page.locator(DROPDOWN)
    expect(popup).to_have_count(0)  # a click into the closing list would open and close it again
    style.locator(".ecom-g-select").click()
    style.locator("input").first.fill("山野")
    expect(popup).to_contain_text("暂无数据")
    popup.locator("[class*=styles_newSKU__]").get_by_text("新建风格").click()
    popup.locator("img[alt=确认]").click()
    button(popup.locator("[class*=styles_popupFooter__]"), "确定").click()
    expect(style.locator(".ecom-g-select-selection-item")).to_have_text("山野")


@pytest.mark.facts("2.3-field-presale", "2.2-date", "3.2-presale-end", "10-body-popups")
def test_a_presale(page: Page, merchant: StoreClient) -> None:
    """Facts 2.2, 2.3, 3.2: 预售发货时间; a date at most 30 days ahead, with its time."""
    open_copy(page, merchant)
    expect(field(page, "预售发货时间")).to_have_count(0)
    field(page, "发货模式").get_by_text("全款预售", exact=True).click()
    expect(field(page, "预售发货时间")).to_have_count(1)
    picker = field(page, "预售结束时间").locator(".ecom-g-picker")
    picker.locator(".ecom-g-picker-input input").click()
    popup = page.locator(".ecom-g-picker-dropdown:visible")
    for part in ("panel", "cell-in-view", "cell-inner", "ok", "now-btn"):
        expect(popup.locator(f".ecom-g-picker-{part}").first).to_be_attached()
    assert popup.evaluate("(one) => one.closest('form, #root')") is None
    last = datetime.now() + timedelta(days=30)  # noqa: DTZ005
    for day, closed in ((last, False), (last + timedelta(days=1), True)):
        cell = popup.locator(f'td.ecom-g-picker-cell[title="{day:%Y-%m-%d}"]')
        for _ in range(2):
            if cell.count() == 0:
                popup.locator(".ecom-g-picker-header-next-btn").click()
        disabled = re.compile("ecom-g-picker-cell-disabled")
        (expect(cell).to_have_class if closed else expect(cell).not_to_have_class)(disabled)
    chosen = f"{datetime.now() + timedelta(days=3):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ005
    picker.locator("input").fill(chosen)
    picker.locator("input").press("Enter")
    expect(picker.locator("input")).to_have_value(chosen)


@pytest.mark.facts("3.1-free-shipping", "3.2-freight-types")
def test_freight_templates(page: Page, merchant: StoreClient) -> None:
    """Facts 3.1, 3.2: 包邮 is offered; the types of a new template."""
    open_copy(page, merchant)
    choose(page, "运费模板", "包邮")
    shown = field(page, "运费模板").locator(".ecom-g-select-selection-item")
    expect(shown).to_have_text("包邮")
    field(page, "运费模板").get_by_role("button", name=re.compile("^新建")).click()
    for kind in ("阶梯计价", "固定运费", "卖家包邮", "货到付款"):
        expect(page.locator(MODAL).get_by_text(kind, exact=True)).to_be_visible()


@pytest.mark.facts("2.5-size-chart")
def test_the_size_chart_is_cut_off(form: Page) -> None:
    """Facts 2.5: its frame hides what does not fit."""
    frame = field(form, "尺码表").locator("table").locator("xpath=..")
    assert frame.evaluate("(one) => getComputedStyle(one).overflowX") in {
        "auto",
        "scroll",
        "hidden",
    }
