"""The second step of 商品创建 to look at: hooks, words, widgets (facts 2.2, 2.3, 3.1-3.3)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.practice.conformance.steps import button, field

SPEC = '[id="skuValue-颜色分类"]'
ROW = "tr.ecom-g-table-row"


@pytest.mark.facts("2.3-field-id")
@pytest.mark.parametrize(
    "label", ["商品标题", "主图", "主图3:4", "商品详情", "品牌", "价格与库存", "运费模板"]
)
def test_fields_by_label(form: Page, label: str) -> None:
    """Facts 2.3: attr-field-id, once each; the field says the same word."""
    assert field(form, label).count() == 1
    assert label in field(form, label).locator("label").all_inner_texts()[0]


@pytest.mark.parametrize(
    "selectors",
    [
        pytest.param(
            ["#pg-title-input", "#goods-title-wrapper #pg-title-input"],
            marks=pytest.mark.facts("2.3-title-hooks"),
        ),
        pytest.param([SPEC, '[id="skuValue-尺码大小"]'], marks=pytest.mark.facts("2.3-sku-value")),
        pytest.param(
            ['[id="anchor-基础信息"]', '[id="anchor-图文信息"]', '[id="anchor-服务与履约"]'],
            marks=pytest.mark.facts("2.3-anchors"),
        ),
        pytest.param([f"{SPEC} [data-kora=删除规格值]"], marks=pytest.mark.facts("2.3-kora-value")),
        pytest.param(
            ["[data-kora=click_multi_value_measure_composition_select]"],
            marks=pytest.mark.facts("2.3-kora-measure"),
        ),
        pytest.param(
            ["[data-better-log-outer-key=short_product_name] input"],
            marks=pytest.mark.facts("2.3-short-title"),
        ),
        pytest.param(
            [
                "td.attr-column-field_price input",
                "td.attr-column-field_stock_info input",
                "td.attr-column-field_code input",
            ],
            marks=pytest.mark.facts("2.3-columns"),
        ),
        pytest.param(
            [f"{ROW}:has([class*=styles_specName__])"], marks=pytest.mark.facts("3.3-row")
        ),
        pytest.param(
            ["[class*=aurora-select]", '[attr-field-id="材质成分"] .aurora-select'],
            marks=pytest.mark.facts("2.1-aurora"),
        ),
        pytest.param(
            [
                ".ecom-g-upload input[type=file]",
                ".ecom-g-upload-list.ecom-g-upload-list-picture-card",
            ],
            marks=pytest.mark.facts("2.2-upload"),
        ),
        pytest.param(
            [
                ".ecom-g-upload-list-item .ecom-g-upload-list-item-thumbnail",
                ".ecom-g-upload-list-item .ecom-g-upload-list-item-actions",
            ],
            marks=pytest.mark.facts("2.2-upload-item"),
        ),
        pytest.param(
            [
                '[attr-field-id="商品标题"] .ecom-g-form-item .ecom-g-form-item-required',
            ],
            marks=pytest.mark.facts("2.2-form"),
        ),
        pytest.param(
            [
                ".ecom-g-input-number input",
                ".ecom-g-radio-wrapper-checked .ecom-g-radio-input",
            ],
            marks=pytest.mark.facts("2.2-ticks"),
        ),
        pytest.param(
            [".ecom-g-btn.ecom-g-btn-primary", ".ecom-g-btn.ecom-g-btn-link"],
            marks=pytest.mark.facts("2.2-button"),
        ),
        pytest.param(
            ['[attr-field-id="品牌"] .ecom-g-select-show-search'],
            marks=pytest.mark.facts("3.2-brand-search"),
        ),
        pytest.param(
            [
                '[attr-field-id="支持联盟达人带货"] [role=switch]',
                '[attr-field-id="商品优惠券"] [role=switch]',
            ],
            marks=pytest.mark.facts("3.2-switches"),
        ),
    ],
)
def test_hooks_and_widgets(form: Page, selectors: list[str]) -> None:
    """Facts 2.1-2.3, 3.2, 3.3."""
    for selector in selectors:
        assert form.locator(selector).count() > 0, selector


@pytest.mark.facts("3.1-sections", "2.3-anchors")
def test_sections(form: Page) -> None:
    """Facts 3.1: in this order, each under its anchor."""
    ids = form.locator('[id^="anchor-"]').evaluate_all("(all) => all.map((one) => one.id)")
    names = [one.removeprefix("anchor-") for one in ids]
    assert "价格与库存" in names or "商品规格" in names
    known = [one for one in names if one in {"基础信息", "图文信息", "服务与履约"}]
    assert known == ["基础信息", "图文信息", "服务与履约"]


@pytest.mark.facts("3.1-sections-category", "2.3-field-size-chart")
def test_sections_of_some_categories(form: Page) -> None:
    """Facts 2.3, 3.1: what has sizes has 尺码信息 with a field 尺码表."""
    assert form.locator('[id="anchor-尺码信息"]').count() == 1
    assert field(form, "尺码表").count() == 1


@pytest.mark.facts("3.1-bottom-bar")
def test_the_bar_below(form: Page) -> None:
    """Facts 3.1: 发布商品, 保存草稿, 填写检查; it stays in view."""
    for words in ("发布商品", "保存草稿", "填写检查"):
        assert button(form, words).is_visible()
    box, height = button(form, "发布商品").bounding_box(), form.viewport_size
    assert box
    assert height
    assert 0 < box["y"] < height["height"]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        pytest.param("类目属性", r"必填项进度\s*\d+%", marks=pytest.mark.facts("3.1-progress")),
        pytest.param("类目属性", r"重要属性\s*\d+/\d+", marks=pytest.mark.facts("3.1-progress")),
        pytest.param("商品标题", "使用品牌名", marks=pytest.mark.facts("3.1-brand-name")),
        pytest.param("材质成分", r"材质成分\D*\d+/\d+", marks=pytest.mark.facts("3.1-composition")),
        pytest.param("商品详情", r"商详图片（0/50）", marks=pytest.mark.facts("3.1-detail-count")),
        pytest.param("商品规格", "添加规格图", marks=pytest.mark.facts("3.1-spec-buttons")),
        pytest.param("商品规格", "批量上传规格图", marks=pytest.mark.facts("3.1-spec-buttons")),
        pytest.param("商品规格", "创建类型", marks=pytest.mark.facts("3.3-own-spec")),
        pytest.param("商品规格", "颜色分类", marks=pytest.mark.facts("3.3-spec-names")),
        pytest.param("商品规格", "尺码|码数", marks=pytest.mark.facts("3.3-spec-names")),
        pytest.param(
            "订单库存计数",
            r"下单减库存[\s\S]*付款减库存",
            marks=pytest.mark.facts("3.1-stock-counting"),
        ),
        pytest.param("售后政策", "7天无理由退货", marks=pytest.mark.facts("3.1-returns")),
        pytest.param("商品标题", r"12/60", marks=pytest.mark.facts("3.2-title-counter")),
        pytest.param("导购短标题", r"0/24", marks=pytest.mark.facts("3.2-short-title")),
        pytest.param("主图3:4", "从1:1主图智能裁剪", marks=pytest.mark.facts("3.2-tall-helpers")),
        pytest.param("主图3:4", "从1:1主图一键填入", marks=pytest.mark.facts("3.2-tall-helpers")),
        pytest.param("商品详情", "从主图填入", marks=pytest.mark.facts("3.2-detail-from-main")),
        pytest.param(
            "发货模式",
            r"现货发货[\s\S]*全款预售[\s\S]*阶梯发货",
            marks=pytest.mark.facts("3.2-ship-mode"),
        ),
        pytest.param(
            "发货时效",
            r"当日发[\s\S]*次日发[\s\S]*48小时",
            marks=pytest.mark.facts("3.2-ship-delay"),
        ),
        pytest.param(
            "售后政策",
            r"不支持[\s\S]*支持（拆封后不支持",
            marks=pytest.mark.facts("3.2-returns"),
        ),
        pytest.param(
            "上架方式", r"立即上架[\s\S]*放入仓库", marks=pytest.mark.facts("3.2-sale-start")
        ),
    ],
)
def test_words_of_fields(form: Page, label: str, words: str) -> None:
    """Facts 3.1-3.3: what each field says."""
    assert re.search(words, field(form, label).inner_text())


@pytest.mark.facts("3.1-stars")
@pytest.mark.parametrize(
    "label",
    ["商品标题", "商品详情", "商品规格", "订单库存计数", "运费模板", "售后政策", "类目属性"],
)
def test_stars(form: Page, label: str) -> None:
    """Facts 3.1: fields that must be filled."""
    assert field(form, label).locator("label.ecom-g-form-item-required").count() > 0


@pytest.mark.facts("3.2-ship-delay-default")
def test_48_hours_from_the_start(form: Page) -> None:
    """Facts 3.2, 发货时效."""
    chosen = field(form, "发货时效").locator(".ecom-g-radio-wrapper-checked")
    assert chosen.all_inner_texts() == ["48小时"]


@pytest.mark.facts("3.3-value-box", "3.3-value-signs")
def test_the_values_of_a_spec(form: Page) -> None:
    """Facts 3.3: the box's words; 添加规格图 and 删除规格值 beside a value."""
    boxes = form.locator(SPEC).get_by_placeholder("请选择/输入颜色分类")
    assert [box.input_value() for box in boxes.all()] == ["白色", ""]
    assert form.locator(SPEC).get_by_text("添加规格图").count() == 1
    assert form.locator(f"{SPEC} [data-kora=删除规格值]").count() == 1


@pytest.mark.facts("3.3-row", "3.3-row-cells", "3.2-code-column", "2.2-table-row")
def test_a_row_of_the_sku_table(form: Page) -> None:
    """Facts 3.3: spec text, price third, stock fourth; 3.2: the column 商家编码."""
    table = field(form, "价格与库存")
    (row,) = table.locator(ROW).all()
    assert row.locator("[class*=styles_specName__]").inner_text() == "白色 / M"
    cells = row.locator("td").evaluate_all("(all) => all.map((one) => one.className)")
    assert "attr-column-field_price" in cells[2]
    assert "attr-column-field_stock_info" in cells[3]
    head = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    at = next(at for at, name in enumerate(cells) if "attr-column-field_code" in name)
    assert head[at] == "商家编码"


@pytest.mark.facts("3.3-strip")
def test_the_strip_above_the_rows(form: Page) -> None:
    """Facts 3.3: styles_inputBox__ with 价格, 现货库存, 批量设置."""
    strip = form.locator("[class*=styles_inputBox__]")
    boxes = strip.locator("input").evaluate_all("(all) => all.map((one) => one.placeholder)")
    assert boxes == ["价格", "现货库存"]
    assert button(strip, "批量设置").count() == 1


@pytest.mark.facts("3.2-title-placeholder")
def test_the_placeholder_of_the_title(form: Page) -> None:
    """Facts 3.2."""
    words = form.locator("#pg-title-input").get_attribute("placeholder")
    assert words == "请输入2-60个字符（1-30个汉字）"


@pytest.mark.facts("2.5-file-slots")
def test_slots_for_pictures(form: Page) -> None:
    """Facts 2.5: five inputs alike for the main pictures, four of them for one file each."""
    inputs = field(form, "主图").locator('input[type=file][accept="image/*"]')
    assert inputs.count() == 5
    assert inputs.evaluate_all("(all) => all.filter((one) => !one.multiple).length") >= 4


@pytest.mark.facts("2.5-file-hidden", "2.2-upload")
def test_file_inputs(form: Page) -> None:
    """Facts 2.5: hidden, and empty although a file was taken."""
    inputs = form.locator("input[type=file]")
    assert inputs.count() > 3
    for one in inputs.all():
        assert not one.is_visible()
        assert one.evaluate("(one) => one.files.length") == 0


@pytest.mark.facts("3.2-commission")
def test_the_commission(form: Page) -> None:
    """Facts 3.2: 佣金率 in percent."""
    assert form.get_by_text("佣金率").count() > 0
