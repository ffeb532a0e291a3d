"""The login page, its shop picker, and what may stand in the way (facts 2.5, 2.6, 10)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from practice.card import WorldCard
from practice.tables import Account
from practice.world import World
from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.steps import button
from tests.practice.store_client import StoreClient

SUBMIT = "button.account-center-action-button"
SWITCH = "div.login-switcher--cell"
HOME = "/ffa/mshop/homepage/index"


def takes_clicks(cover: Locator, page: Page, at: str) -> bool:
    """Whether a click on that element would go to the cover, or to what holds it."""
    box = page.locator(at).first.bounding_box()
    assert box
    point = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    hit = """(cover, [x, y]) => {
      const hit = document.elementFromPoint(x, y)
      return cover.contains(hit) || hit.contains(cover) && hit !== document.body
    }"""
    return bool(cover.evaluate(hit, point))


@pytest.mark.facts("2.6-tabs", "2.6-inputs", "2.6-sms", "2.6-submit")
def test_tabs_boxes_and_buttons(visitor: Page) -> None:
    """Facts 2.6: two tabs, named inputs with their words, 发送验证码, 登录."""
    page = visitor
    page.goto("/login/common")
    expect(page.get_by_role("tab")).to_have_text(["手机登录", "邮箱登录"])
    mobile, email = page.locator("input[name=mobile]"), page.locator("input[name=email]")
    expect(mobile).to_have_attribute("placeholder", re.compile("手机号码"))
    expect(page.locator("input[type=password]")).to_be_visible()
    assert re.fullmatch(r"登\s*录", page.locator(SUBMIT).inner_text())
    send = page.get_by_text("发送验证码")
    if send.count() == 0:  # behind another way to log in
        page.get_by_text("验证码登录").click()
    expect(send).to_be_visible()
    page.get_by_role("tab", name="邮箱登录").click()
    expect(email).to_have_attribute("placeholder", re.compile("邮箱"))


@pytest.mark.facts("2.6-qr", "2.6-qr-switch")
def test_the_qr_code_and_back(visitor: Page) -> None:
    """Facts 2.6."""
    page = visitor
    page.goto("/login/common")
    page.locator(SWITCH).click()
    expect(page.get_by_text("打开抖店App扫码登录")).to_be_visible()
    expect(page.locator("div.account-center-image-content")).to_be_visible()
    expect(page.locator("input[name=mobile]")).to_have_count(0)
    expect(page.locator(SWITCH)).to_have_text("切换为手机/邮箱登录")
    page.locator(SWITCH).click()
    expect(page.locator("input[name=mobile]")).to_be_visible()


@pytest.mark.facts("2.6-agreement", "2.6-done")
def test_the_agreement_comes_first(visitor: Page, card: WorldCard) -> None:
    """Facts 2.6: nothing happens until the box is ticked; then the page leaves /login."""
    page = visitor
    page.goto("/login/common")
    page.locator("input[name=mobile]").fill("13800138000")
    page.locator("input[type=password]").fill(card.password)
    page.locator(SUBMIT).click()
    expect(page.locator(".auxo-message-notice")).to_be_visible()
    assert "/login" in page.url
    page.locator("input.auxo-checkbox-input").check()
    page.locator(SUBMIT).click()
    expect(page).not_to_have_url(re.compile("/login"))
    expect(page.get_by_text("抖店工作台").first).to_be_visible()


@pytest.mark.facts("2.5-shop-picker", "2.6-done-on-login", "2.5-shop-switch")
def test_several_shops(visitor: Page, truth: World) -> None:
    """Facts 2.5, 2.6: 请选择店铺 while the address is still /login; 切换组织/店铺 later."""
    with truth.transaction() as session:
        owner = session.scalars(select(Account).where(Account.email.startswith("owner@"))).one()
    page = visitor
    page.goto("/login/common")
    page.get_by_role("tab", name="邮箱登录").click()
    page.locator("input[name=email]").fill(owner.email)
    page.locator("input[type=password]").fill(owner.password)
    page.locator("input.auxo-checkbox-input").check()
    page.locator(SUBMIT).click()
    expect(page.get_by_text("请选择店铺")).to_be_visible()
    assert "/login" in page.url
    shops = page.locator("[class*=roleItem]")
    expect(shops).to_have_count(3)
    shops.nth(1).click()
    expect(page).not_to_have_url(re.compile("/login"))
    page.get_by_text("切换组织/店铺").click()
    expect(page.get_by_text("请选择店铺")).to_be_visible()
    expect(shops).to_have_count(3)


@pytest.mark.facts("2.5-guide", "2.5-guide-words", "10-switchable")
def test_a_guide_takes_the_clicks(page: Page, set_faults: SetFaults) -> None:
    """Facts 2.5: ecom-guide-single-content-wrapper, 新功能引导, a button that closes it."""
    set_faults(guide_overlay=1)
    page.goto(HOME)
    guide = page.locator(".ecom-guide-single-content-wrapper")
    expect(guide).to_contain_text("新功能引导")
    assert takes_clicks(guide, page, ".auxo-layout-sider li:visible")
    way_out = guide.get_by_role("button")
    words = way_out.inner_text().replace(" ", "")
    assert words in {"我知道了", "知道了", "暂不", "跳过", "稍后再说", "下次再说", "以后再说"}
    way_out.click()
    expect(guide).to_have_count(0)
    set_faults()
    page.goto(HOME)
    page.wait_for_timeout(2_500)
    expect(guide).to_have_count(0)


@pytest.mark.facts("2.5-open-drawer", "2.2-drawer", "10-switchable")
def test_a_drawer_covers_the_page(page: Page, set_faults: SetFaults) -> None:
    """Facts 2.2, 2.5: its classes; -drawer-close closes it."""
    set_faults(notice_drawer=1)
    page.goto("/ffa/g/list?tab=all")
    drawer = page.locator("[class*='-drawer-open']").first
    expect(drawer).to_be_visible()
    prefix = str(re.search(r"(\S+)-drawer-open", str(drawer.get_attribute("class")))[1])  # type: ignore[index]
    for part in ("content-wrapper", "header", "title", "close", "body", "mask"):
        expect(drawer.locator(f".{prefix}-drawer-{part}").first).to_be_attached()
    assert takes_clicks(drawer, page, ".auxo-layout-sider li:visible")
    drawer.locator(f".{prefix}-drawer-close").click()
    expect(page.locator("[class*='-drawer-open']")).to_have_count(0)


@pytest.mark.facts(
    *("2.6-captcha-words", "2.6-captcha-nodes", "2.6-captcha-width", "2.6-hidden-frame"),
    *("10-captcha-beside-frame", "2.4-iframes", "2.6-captcha-orders"),
)
def test_the_captcha(colleague: Page, set_faults: SetFaults) -> None:
    """Facts 2.6, 10: its words and nodes, a box over 280×180 beside the hidden frame."""
    page = colleague
    page.goto(HOME)
    frame = page.locator("iframe")
    expect(frame).to_have_count(1)
    expect(frame).to_be_hidden()
    assert (frame.get_attribute("width"), frame.get_attribute("height")) == ("300", "150")
    assert "captcha" in str(frame.get_attribute("src"))
    set_faults(captcha=1)
    page.goto(HOME)
    box = page.locator("#captcha_container, #vc_captcha_box").first
    for words in ("请完成下列验证后继续", "按住左边按钮拖动"):
        expect(box).to_contain_text(words)
    shown, place = box.locator("img.captcha-verify-image"), box.bounding_box()
    expect(box.locator("div.captcha-slider")).to_be_visible()
    assert shown.evaluate("one => one.getBoundingClientRect().width") == 340
    assert place
    assert place["width"] >= 280
    assert place["height"] >= 180
    expect(frame).to_have_count(1)
    expect(frame).to_be_hidden()
    expect(page.locator("#fxg_risk_captcha_container")).to_have_count(0)
    set_faults()
    page.goto("/ffa/morder/order/list")  # it stands until it is solved
    expect(page.locator("#fxg_risk_captcha_container #vc_captcha_box")).to_be_visible()
    page.request.post("/_practice/captcha/solve")
    expect(box).to_have_count(0)


@pytest.mark.facts("2.6-risk", "2.6-risk-code")
def test_the_risk_check(colleague: Page, merchant: StoreClient, set_faults: SetFaults) -> None:
    """Facts 2.6: its words, 发送验证码, a code of 6 characters by e-mail, 验证."""
    page = colleague
    set_faults(risk_notice=1)
    page.goto(HOME)
    words = page.get_by_text("系统判断当前操作存在风险，请进行安全验证")
    expect(words).to_be_visible()
    set_faults()
    dialog = page.locator(".auxo-modal-wrap:visible")
    button(dialog, "发送验证码").click()
    expect(page.locator(".auxo-message-notice")).to_be_visible()
    letter: dict[str, Any] = merchant.get("/_practice/mail")["mail"][0]
    assert "@" in letter["to"]
    assert re.fullmatch(r"[0-9A-Za-z]{6}", letter["code"])
    box = dialog.locator("input").first
    box.fill("000000")
    button(dialog, "验证").click()
    expect(page.locator(".auxo-message-error")).to_be_visible()
    expect(words).to_be_visible()
    box.fill(letter["code"])
    button(dialog, "验证").click()
    expect(words).to_be_hidden()
