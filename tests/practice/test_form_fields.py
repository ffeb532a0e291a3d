"""Fields of the create form one by one, in a real browser (facts 3.1-3.3)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.widgets.antd import settle
from tests.practice.form_page import (
    PATH,
    add_value,
    choose,
    chosen,
    done,
    field,
    fill_first_step,
    first_step,
    jpeg,
    marks,
    modal,
    open_edit,
    popup,
    press,
    upload,
)
from tests.practice.store_client import StoreClient, leaf

KORA = '[data-kora="click_multi_value_measure_composition_select"]'


@pytest.fixture
def shirt(page: Page, client: StoreClient) -> Page:
    """The edit page of a T恤."""
    open_edit(page, client.add(client.form())["data"]["product_id"])
    return page


def test_a_suggested_category_is_chosen(page: Page) -> None:
    """Facts 3.1: recommendContainer, itemSelected, 更多推荐, then 已选类目."""
    fill_first_step(page, "夏季纯棉宽松T恤")
    chips = page.locator("[class*=recommendContainer] [class*=style_item__]")
    expect(chips).to_have_count(3)
    page.get_by_role("button", name="更多推荐").click()
    expect(chips).to_have_count(6)
    chips.filter(has_text="男装 > T恤").click()
    expect(page.locator("[class*=itemSelected]")).to_have_text("服饰内衣 > 男装 > T恤")
    expect(field(page, "商品类目")).to_contain_text("已选类目：服饰内衣 > 男装 > T恤")
    expect(page.get_by_role("button", name="下一步")).to_be_enabled()


def test_titles_are_counted_and_checked(shirt: Page) -> None:
    """Facts 3.2: n/60 and 0/24, a 汉字 counts 2, no emoji; 使用品牌名."""
    title = shirt.locator("#pg-title-input")
    title.fill("汉" * 30 + "A")
    expect(field(shirt, "商品标题")).to_contain_text("61/60")
    short = shirt.locator('[data-better-log-outer-key="short_product_name"] input')
    short.fill("短标题ab")
    expect(field(shirt, "导购短标题")).to_contain_text("8/24")
    field(shirt, "商家推荐语").locator("input").fill("夏天穿👍")
    press(shirt, "填写检查")
    expect(marks(shirt)).to_have_text(
        ["商品标题需为2-60个字符（1-30个汉字）", "商家推荐语不支持表情符号"]
    )
    title.fill("纯棉T恤")
    choose(shirt, "品牌", "云朵家")
    press(shirt, "使用品牌名")
    expect(title).to_have_value("云朵家纯棉T恤")


def test_the_brand_is_searched(shirt: Page) -> None:
    """Facts 3.2, 品牌: search select; uikit 1: the input itself stays empty."""
    field(shirt, "品牌").locator(".ecom-g-select").click()
    field(shirt, "品牌").locator("input").fill("白鹿家")
    options = popup(shirt).locator(".ecom-g-select-item-option-content")
    expect(options).to_have_text(["白鹿家纺", "白鹿家"])
    options.last.click()
    expect(chosen(shirt, "品牌")).to_have_attribute("title", "白鹿家")
    assert field(shirt, "品牌").locator("input").input_value() == ""


def test_materials_have_percentages(shirt: Page) -> None:
    """Facts 3.2, 2.5: 材质成分 in aurora, its panel stays open until a blank area is clicked."""
    select = shirt.locator(f"{KORA} .aurora-select")
    materials = select.locator(".aurora-select-selection-item")
    expect(materials).to_have_text(["棉", "氨纶"])
    select.click()
    panel = settle(shirt.locator(".aurora-select-dropdown:not(.aurora-select-dropdown-hidden)"))
    panel.locator(".aurora-select-item-option-content").get_by_text("锦纶", exact=True).click()
    expect(materials).to_have_text(["棉", "氨纶", "锦纶"])
    shirt.keyboard.press("Escape")
    expect(panel).to_have_count(1)
    shirt.locator(".page-title").click()
    expect(panel).to_have_count(0)
    press(shirt, "填写检查")
    expect(marks(shirt)).to_have_text(["请填写百分比"])
    shares = field(shirt, "材质成分").get_by_placeholder("占比")
    shares.nth(2).fill("10")
    expect(marks(shirt)).to_have_text(["材质成分百分比之和需等于100%"])
    shares.nth(0).fill("85")
    expect(marks(shirt)).to_have_count(0)


def test_the_sex_is_a_tree(shirt: Page) -> None:
    """Facts 2.2: .ecom-g-select-tree-node-content-wrapper[title]."""
    field(shirt, "适用性别").locator(".ecom-g-select").click()
    shirt.locator('.ecom-g-select-tree-node-content-wrapper[title="男女通用"]').click()
    expect(chosen(shirt, "适用性别")).to_have_attribute("title", "男女通用")


def test_words_of_ones_own(shirt: Page) -> None:
    """Facts 3.2: 暂无数据 → 新建<属性>, img[alt=确认], footer 确定."""
    expect(field(shirt, "类目属性")).to_contain_text("必填项进度 100%")
    expect(field(shirt, "类目属性")).to_contain_text("重要属性 2/9")
    field(shirt, "风格").locator(".ecom-g-select").click()
    field(shirt, "风格").locator("input").fill("新国风味")
    expect(popup(shirt)).to_contain_text("暂无数据")
    shirt.locator("[class*=styles_newSKU__]").get_by_text("新建风格").click()
    shirt.locator("[class*=styles_newSKU__] img[alt=确认]").click()
    press(shirt.locator("[class*=styles_popupFooter__]"), "确定")
    expect(popup(shirt)).to_have_count(0)
    expect(chosen(shirt, "风格")).to_have_attribute("title", "新国风味")
    expect(field(shirt, "类目属性")).to_contain_text("重要属性 3/9")


def test_pictures_made_of_others_and_their_order(page: Page) -> None:
    """Facts 3.2: 主图3:4 helpers, 从主图填入, drag sort of 商品详情."""
    first_step(page, "家居日用", "餐饮具", "保温杯")
    upload(page, "商品详情", jpeg("d.jpg", "#112233"))
    press(page, "从主图填入")
    expect(done(page, "商品详情")).to_have_count(3)
    expect(field(page, "商品详情")).to_contain_text("商详图片（3/50）")
    before = sources(done(page, "商品详情"))
    done(page, "商品详情").nth(2).drag_to(done(page, "商品详情").nth(0))
    expect(done(page, "商品详情").nth(0).locator("img")).to_have_attribute("src", before[2])
    assert sources(done(page, "商品详情")) == [before[2], before[0], before[1]]
    press(page, "从1:1主图智能裁剪")
    expect(done(page, "主图3:4")).to_have_count(2)
    upload(page, "主图3:4", jpeg("square.jpg"))
    expect(page.locator(".ecom-g-message-error")).to_contain_text("长宽比需为3:4")


def sources(items: Locator) -> list[str | None]:
    return [one.get_attribute("src") for one in items.locator("img").all()]


def test_spec_pictures_and_their_places(shirt: Page) -> None:
    """Facts 3.3: 添加规格图, 批量上传规格图, 上移, 下移."""
    box = shirt.locator('[id="skuValue-颜色分类"]')
    shirt.locator(".batch-pictures input[type=file]").set_input_files(
        [jpeg("w.jpg", "#eeeeee"), jpeg("b.jpg", "#222222")]
    )
    expect(box.locator("[class*=styles_imgWrapper__] img")).to_have_count(2)
    box.get_by_title("下移").first.click()
    names = shirt.locator("tr.ecom-g-table-row [class*=styles_specName__]")
    expect(names).to_have_text(["黑色 / M", "白色 / M"])
    prices = shirt.locator("td.attr-column-field_price input")
    expect(prices.first).to_have_value("45.00")


def test_three_specs_at_most(shirt: Page) -> None:
    """Facts 3.2: 规格层级 max."""
    press(shirt, "创建类型")
    modal(shirt).get_by_placeholder("请输入规格名").fill("套餐")
    press(modal(shirt), "确定")
    add_value(shirt, "套餐", "一件")
    names = shirt.locator("tr.ecom-g-table-row [class*=styles_specName__]")
    expect(names).to_have_text(["白色 / M / 一件", "黑色 / M / 一件"])
    expect(shirt.get_by_role("button", name="创建类型")).to_have_count(0)


def test_many_rows_are_virtual(page: Page, client: StoreClient) -> None:
    """Facts 2.2: .ecom-g-table-tbody-virtual-holder, tr[data-row-key]; rows come by scrolling."""
    colours = [f"色{at}" for at in range(60)]
    form = client.form(
        spec_detail=[{"name": "颜色分类", "values": colours}],
        sku_detail=[{"spec": [one], "price": 100, "stock_num": 1} for one in colours],
    )
    product_id = client.add(form)["data"]["product_id"]
    open_edit(page, product_id)
    holder = page.locator(".ecom-g-table-tbody-virtual-holder")
    rows = holder.locator("tr.ecom-g-table-row[data-row-key]")
    expect(rows.first).to_contain_text("色0")
    assert rows.count() < 30
    field(page, "价格与库存").scroll_into_view_if_needed()
    holder.hover()
    last = rows.filter(has_text="色59")
    while not last.count():  # its end moves away as rows are measured
        page.mouse.wheel(0, 1000)
        page.wait_for_timeout(50)
    last.locator("td.attr-column-field_price input").fill("9.5")
    press(page, "发布商品")
    press(modal(page), "不修改，继续发布")
    expect(page.locator(".ecom-g-message-success")).to_be_visible()
    skus = client.get(f"{PATH}/detail", product_id=product_id)["data"]["sku_detail"]
    assert [sku["price"] for sku in skus[-2:]] == [100, 950]


def test_presale_asks_for_its_end(shirt: Page) -> None:
    """Facts 3.2: 发货模式, 发货时效 for 现货 and 阶梯, 预售结束时间 for 全款预售."""
    delays = field(shirt, "发货时效")
    expect(delays.get_by_role("radio")).to_have_count(3)
    field(shirt, "发货模式").get_by_role("radio", name="全款预售").check()
    expect(delays).to_have_count(0)
    press(shirt, "填写检查")
    expect(marks(shirt)).to_have_text(["请选择预售结束时间", "请选择预售发货时间"])
    field(shirt, "发货模式").get_by_role("radio", name="阶梯发货").check()
    expect(delays).to_have_count(1)
    expect(field(shirt, "预售结束时间")).to_have_count(0)


def test_returns_that_the_category_demands(shirt: Page) -> None:
    """Facts 3.2, 售后政策: 该类目需要支持7天无理由退货."""
    field(shirt, "售后政策").get_by_role("radio", name="不支持7天无理由退货").check()
    press(shirt, "填写检查")
    expect(marks(shirt)).to_have_text(["该类目需要支持7天无理由退货"])


def test_a_new_freight_template_is_chosen(shirt: Page, client: StoreClient) -> None:
    """Facts 3.2, 运费模板: 阶梯计价, 固定运费, 卖家包邮, 货到付款."""
    press(shirt, "新建模板")
    dialog = modal(shirt)
    labels = dialog.locator(".ecom-g-radio-wrapper")
    expect(labels).to_have_text(["阶梯计价", "固定运费", "卖家包邮", "货到付款"])
    dialog.get_by_placeholder("请输入模板名称").fill("页面新建")
    dialog.get_by_role("radio", name="固定运费").check()
    dialog.locator(".ecom-g-input-number-input").fill("5")
    press(dialog, "保存")
    expect(chosen(shirt, "运费模板")).to_have_attribute("title", "页面新建")
    told = client.get(f"{PATH}/freightTemplates")["data"]
    assert "页面新建" in [one["label"] for one in told]


def test_a_category_the_platform_closed(page: Page) -> None:
    """Facts 3.4: 此类目已调整升级."""
    fill_first_step(page)
    field(page, "商品类目").get_by_role("button", name="手动选择类目").click()
    for name in ("3C数码产品", "SIM卡"):
        modal(page).get_by_text(name, exact=True).click()
    press(modal(page), "确认")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".ecom-g-message-error")).to_contain_text("此类目已调整升级")
    assert leaf("3C数码产品 > SIM卡")
