"""Login page and shell in a real browser: the hooks that page objects hold on to."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from practice.card import WorldCard


def fill_login(page: Page, card: WorldCard, password: str) -> None:
    page.get_by_role("tab", name="邮箱登录").click()
    page.locator("input[name=email]").fill(card.account)
    page.locator("input[type=password]").fill(password)
    page.locator("input.auxo-checkbox-input").check()
    page.locator("button.account-center-action-button").click()


def test_login_hooks_toast_and_way_back(stranger_page: Page, card: WorldCard) -> None:
    """Facts 2.6: tabs, named inputs, agreement, button 登录; leaves /login for the target."""
    page = stranger_page
    page.goto("/ffa/g/list?tab=offline")
    expect(page).to_have_url(re.compile(r"/login/common\?extra="))
    expect(page.locator("input[name=mobile]")).to_be_visible()
    fill_login(page, card, "wrong")
    expect(page.locator(".auxo-message-error")).to_contain_text("账号或密码错误")
    page.locator("input[type=password]").fill(card.password)
    page.locator("button.account-center-action-button").click()
    expect(page).to_have_url(re.compile(r"/ffa/g/list\?tab=offline$"))


def test_login_needs_the_agreement(stranger_page: Page, card: WorldCard) -> None:
    page = stranger_page
    page.goto("/login/common")
    page.locator("input[name=mobile]").fill("13800138000")
    page.locator("input[type=password]").fill(card.password)
    page.locator("button.account-center-action-button").click()
    expect(page.locator(".auxo-message-error")).to_contain_text("协议")
    assert "/login/common" in page.url


def test_login_leads_nowhere_else(stranger_page: Page, card: WorldCard) -> None:
    page = stranger_page
    page.goto("/login/common?extra=%2F%2Fexample.com%2Fffa")
    fill_login(page, card, card.password)
    expect(page).to_have_url(f"{card.url}/ffa/mshop/homepage/index")


def test_the_shell_tells_shop_account_and_world(page: Page, card: WorldCard) -> None:
    """Facts 1, 2.1, 2.6: menu root, shop name and id, masked phone, resident captcha iframe."""
    page.goto("/ffa/mshop/homepage/index")
    expect(page.locator(".headerShopName")).to_have_text(card.shop_name)
    expect(page.get_by_text(f"店铺ID：{card.shop_id}", exact=True)).to_be_visible()
    expect(page.get_by_text("138****8000", exact=True)).to_be_visible()
    expect(page.locator("meta[name=practice-world]")).to_have_attribute("content", card.world)
    captcha = page.locator("iframe#captcha")
    expect(captcha).to_be_hidden()
    assert (captcha.get_attribute("width"), captcha.get_attribute("height")) == ("300", "150")
    page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
    expect(page).to_have_url(re.compile("/ffa/g/list$"))
    expect(page.locator(".ecom-g-table-row").first).to_be_visible()


def test_a_lost_session_leads_back_to_the_login(stranger_page: Page, card: WorldCard) -> None:
    page = stranger_page
    page.goto("/login/common")
    fill_login(page, card, card.password)
    expect(page.locator(".figure").first).to_contain_text(re.compile(r"\d"))
    page.context.clear_cookies()
    page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
    expect(page).to_have_url(re.compile(r"/login/common\?extra=%2Fffa%2Fg%2Flist"))
