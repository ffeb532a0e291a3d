"""登录 and 退货地址管理 in a browser: shell, hooks, widgets (facts/miaoshou.md 3, 4, 8-11, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.practice.erp import steps
from tests.practice.erp.erp_site import ErpSite, erp_site
from tests.practice.erp.steps import ADDRESSES, button, dialog, field

HEADER = {
    "home": "首页",
    "goods": "产品",
    "order": "订单",
    "hosting": "托管",
    "advertising": "广告",
    "data": "数据",
    "purchase": "采购",
    "warehouse": "仓库",
    "logistics": "物流",
    "mores": "更多",
    "authorization": "授权",
}
HIDDEN = ("提示", "翻译结果预览", "重要公告", "关于：打印截断问题")


@pytest.fixture(scope="module")
def erp(ui_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErpSite]:
    with erp_site(tmp_path_factory.mktemp("erp-pages"), ui_libraries) as site:
        yield site


@pytest.fixture(scope="module")
def profile(browser: Browser, erp: ErpSite) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=erp.url, locale="zh-CN") as context:
        context.set_default_timeout(30_000)
        yield context


@pytest.fixture
def page(profile: BrowserContext, erp: ErpSite) -> Iterator[Page]:
    """A logged-in page."""
    who = erp.who()
    login = {"mobile": who["account"], "password": who["password"]}
    profile.request.post("/api/auth/account/login", form=login)
    with profile.new_page() as page:
        yield page


@pytest.fixture
def listed(page: Page) -> Page:
    page.goto(ADDRESSES)
    page.locator(".jx-table__row").first.wait_for()
    return page


@pytest.mark.facts("9-inputs", "9-success", "2-welcome", "1-one")
def test_somebody_logs_in(profile: BrowserContext, erp: ErpSite) -> None:
    profile.clear_cookies()
    with profile.new_page() as page:
        page.goto("/")
        page.locator("input[name=mobile].account-input").fill(erp.who()["account"])
        expect(page.get_by_placeholder("手机号/子账号/邮箱")).to_have_count(1)
        page.locator("input[name=password].password-input").fill("wrong")
        button(page, "立即登录").click()
        expect(page.get_by_role("alert")).to_have_text("账号或密码错误")
        page.locator("input[name=password].password-input").fill(erp.who()["password"])
        button(page, "立即登录").click()
        page.wait_for_url("**/welcome")
        expect(page.locator("ul.nav-list")).to_have_count(1)
        expect(page.locator(".company-name")).to_have_text(erp.who()["company"])


def test_a_captcha_is_asked_for_when_it_was_drawn(profile: BrowserContext, erp: ErpSite) -> None:
    profile.clear_cookies()
    with erp.faults(erp_captcha=1), profile.new_page() as page:
        page.goto("/")
        expect(page.get_by_placeholder("图形验证码")).to_have_count(1)
        expect(page.get_by_alt_text("图形验证码")).to_be_visible()
    assert len(erp.fired("erp_captcha")) == 1


@pytest.mark.facts("3-root", "3-header-hooks", "4-header", "4-right", "4-aftersale", "4-sub-menus")
def test_the_shell(listed: Page) -> None:
    expect(listed.locator("#main-app")).to_have_count(1)
    assert listed.locator("html").get_attribute("data-version")
    entries = listed.locator("ul.nav-list > li.nav-item")
    expect(entries).to_have_text(list(HEADER.values()))
    assert [one.get_attribute("id") for one in entries.all()] == list(HEADER)
    for name in HEADER:
        expect(listed.locator(f"#{name}.J_navBar{name.capitalize()}")).to_have_count(1)
    for words in ("免费预约培训", "联系客服", "帮助", "数据同步", "插件"):
        expect(listed.get_by_text(words, exact=True)).to_have_count(1)
    expect(listed.locator(".nav-sub-list")).to_have_count(0)
    listed.locator("#order").hover()
    expect(listed.locator("#order .nav-sub-list")).to_contain_text("退货地址管理")


@pytest.mark.facts("3-prefix", "15-table", "15-pages")
def test_the_table_is_drawn_under_the_prefix(listed: Page) -> None:
    assert listed.locator("[class^='el-'], [class*=' el-']").count() == 0
    primary = "getComputedStyle(document.documentElement).getPropertyValue('--jx-color-primary')"
    assert listed.evaluate(primary)
    expect(listed.locator(".jx-table__row")).to_have_count(20)
    row = listed.locator(".jx-table__row").first
    expect(row.locator(".jx-table-fixed-column--right")).to_have_text(re.compile(r"编辑\s*删除"))
    expect(row.get_by_text("编辑")).to_have_count(1)
    expect(listed.locator(".jx-pagination__total")).to_have_text(re.compile(r"共 \d+ 条"))
    first = row.inner_text()
    listed.locator("ul.jx-pager li.number", has_text="2").click()
    expect(listed.locator("ul.jx-pager li.is-active")).to_have_text("2")
    expect(listed.locator(".jx-table__row").first).not_to_have_text(first)


@pytest.mark.facts("10-hidden", "10-close")
def test_dialogs_that_nobody_sees(listed: Page) -> None:
    for title in HIDDEN:
        hidden = listed.locator(f'.jx-overlay-dialog[aria-label="{title}"]')
        expect(hidden).to_have_count(1)
        expect(hidden).to_be_hidden()
    button(listed, "新增退货地址").click()
    form = dialog(listed, "新增退货地址")
    form.locator('.jx-dialog__headerbtn[aria-label="关闭此对话框"]').click()
    expect(form).to_be_hidden()


@pytest.mark.facts("15-dialog", "15-error", "15-cascader", "15-message", "15-radio")
def test_an_address_is_entered(listed: Page, erp: ErpSite) -> None:
    button(listed, "新增退货地址").click()
    form = dialog(listed, "新增退货地址")
    button(form, "保存").click()
    errors = form.locator(".jx-form-item.is-error .jx-form-item__error")
    wanted = ["请输入收件人", "请输入手机号码", "请选择所在地区", "请输入详细地址"]
    expect(errors).to_have_text(wanted)
    expect(form.locator(".jx-form-item.is-required")).to_have_count(4)
    button(form, "取消").click()
    expect(form).to_be_hidden()
    form = steps.fill_address(listed, "15400770001")
    region = field(form, listed, "所在地区").locator("input").first
    expect(region).to_have_value("浙江省 / 金华市 / 义乌市")
    form.locator("label.jx-radio", has_text="座机").click()
    expect(form.locator("label.jx-radio.is-checked")).to_have_text("座机")
    field(form, listed, "联系电话").locator("input").fill("0571-8000")
    button(form, "保存").click()
    expect(errors).to_have_text(["座机格式不正确，如0571-1234567"])
    field(form, listed, "联系电话").locator("input").fill("0571-80007701")
    button(form, "保存").click()
    expect(listed.locator("body > div.jx-message--success")).to_have_text("保存成功")
    expect(form).to_be_hidden()
    expect(listed.locator(".jx-table__row").first).to_contain_text("0571-80007701")
    (kept,) = erp.kept("0571-80007701")
    assert kept["text"] == "浙江省金华市义乌市福田街道练习路8号"
    assert (kept["is_default"], kept["is_send_default"]) == (False, False)
    expect(listed.locator("div.jx-message")).to_have_count(0)


@pytest.mark.facts("15-cascader-search", "15-select", "5-poppers", "3-wrappers")
def test_an_address_is_changed(listed: Page, erp: ErpSite) -> None:
    saved = erp.client().save(phone="15400770002")["id"]
    field(listed.locator("form.pro-query-form"), listed, "联系电话").locator("input").fill(
        "0770002"
    )
    listed.locator("button[type=submit].J_queryFormSearch").click()
    row = listed.locator(".jx-table__row")
    expect(row).to_have_count(1)
    row.get_by_text("编辑").click()
    form = dialog(listed, "编辑退货地址")
    expect(field(form, listed, "收件人").locator("input")).to_have_value("王练习")
    region = field(form, listed, "所在地区").locator("input").first
    expect(region).to_have_value("浙江省 / 金华市 / 义乌市")
    field(form, listed, "所在地区").locator(".jx-cascader").click()
    region.fill("东莞市")
    hits = listed.locator(".jx-cascader__dropdown:visible li.jx-cascader__suggestion-item")
    hits.get_by_text("广东省 / 东莞市", exact=True).click()
    expect(region).to_have_value("广东省 / 东莞市")
    shops = field(form, listed, "关联店铺")
    shops.locator(".jx-select__wrapper").click()
    listing = shops.locator("input[role=combobox]").get_attribute("aria-controls")
    listed.locator(f"[id='{listing}']").get_by_role(
        "option", name="晨光家居小店", exact=True
    ).click()
    assert listed.locator("body > div[id^='jx-popper-container-']").count() == 1
    form.locator(".jx-dialog__title").click()
    form.locator(".jx-checkbox", has_text="设为退货默认").click()
    with listed.expect_response("**/return_address/save"):
        button(form, "保存").click()
    expect(row).to_contain_text("广东省 / 东莞市")
    expect(row).to_contain_text("退货默认")
    (kept,) = erp.kept("15400770002")
    assert (kept["address_id"], kept["region"]) == (str(saved), ["广东省", "东莞市"])
    assert (kept["is_default"], kept["is_send_default"]) == (True, False)
    assert kept["shops"] == [erp.card.shop_id]
    for name in ("query-form", "form-item", "button", "breadcrumb", "pagination"):
        assert listed.locator(f".pro-{name}").count()
    for name in ("select-popper", "cascader-popper", "radio-group"):
        assert listed.locator(f".pro-{name}").count()


@pytest.mark.facts("15-message-box", "15-empty")
def test_an_address_is_deleted(listed: Page, erp: ErpSite) -> None:
    erp.client().save(phone="15400770003")
    field(listed.locator("form.pro-query-form"), listed, "联系电话").locator("input").fill(
        "0770003"
    )
    button(listed, "搜索").click()
    expect(listed.locator(".jx-table__row")).to_have_count(1)
    for answer in ("取消", "确定"):
        listed.locator(".jx-table__row .J_returnAddressDelete").click()
        box = listed.locator(".jx-message-box:visible")
        expect(box.get_by_role("button")).to_have_text(["", "取消", "确定"])
        button(box, answer).click()
        expect(listed.locator(".jx-message-box:visible")).to_have_count(0)
    expect(listed.locator(".jx-table__empty-text")).to_have_text("暂无数据")
    assert erp.kept("15400770003")[0]["deleted"]


def test_an_answer_is_lost_and_a_gateway_answers(listed: Page, erp: ErpSite) -> None:
    form = steps.fill_address(listed, "15400770004")
    for fault, words in (("answer_lost", "网络异常"), ("gateway_before_commit", "系统繁忙")):
        with erp.faults(**{fault: 1}):
            button(form, "保存").click()
            expect(listed.locator(".jx-message--error").last).to_contain_text(words)
    expect(form).to_be_visible()
    assert len(erp.kept("15400770004")) == 1


@pytest.mark.facts("12-session")
def test_a_session_that_ends_in_the_middle(listed: Page, erp: ErpSite) -> None:
    form = steps.fill_address(listed, "15400770005")
    with erp.faults(session_expires=1):
        button(form, "保存").click()
        listed.wait_for_url("**/?redirect=%2Forder%2Freturn_address")
    assert erp.kept("15400770005") == []


@pytest.mark.facts("10-words", "10-stack")
def test_announcements_cover_the_page(page: Page, erp: ErpSite) -> None:
    deepest, times = 0, 0
    words: set[str] = set()
    while deepest < 2 or len(words) < 2:
        times += 1
        assert times < 9
        with erp.faults(erp_notice=1):
            page.goto(ADDRESSES)
            notices = page.locator(".notice-message-box-dialog")
            notices.first.wait_for()
        deepest = max(deepest, notices.count())
        while notices.count():
            way_out = notices.last.locator("footer button").last
            words.add(way_out.inner_text())
            many = notices.count()
            way_out.click()
            expect(notices).to_have_count(many - 1)
    assert deepest == 2
    assert words <= {"我已知晓", "我知道了", "知道了", "关闭广告"}
    assert len(erp.fired("erp_notice")) == times
    with erp.faults(erp_tour=1):
        page.goto(ADDRESSES)
        expect(page.locator(".jx-tour")).to_contain_text("新手教程")
    button(page, "跳过新手教程").click()
    expect(page.locator(".jx-tour:visible")).to_have_count(0)
