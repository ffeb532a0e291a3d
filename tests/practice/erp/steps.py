"""What checks of the ERP's pages do again and again."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

ADDRESSES = "/order/return_address"
ITEMS = "/common_collect_box/items?tabPaneName=all"
SHOPS = "/auth_shop/index"
VIEWS = ".vue-recycle-scroller__item-view"


def button(place: Page | Locator, text: str) -> Locator:
    return place.get_by_role("button", name=text, exact=True)


def field(place: Page | Locator, page: Page, label: str) -> Locator:
    named = page.locator(".jx-form-item__label").get_by_text(label, exact=True)
    return place.locator(".jx-form-item").filter(has=named)


def dialog(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title)


def choose_region(page: Page, place: Locator, names: Sequence[str]) -> None:
    place.locator(".jx-cascader").click()
    opened = page.locator(".jx-cascader__dropdown:visible")
    for level, name in enumerate(names):
        menu = opened.locator(".jx-cascader-menu").nth(level)
        menu.locator(".jx-cascader-node").filter(has=page.get_by_text(name, exact=True)).click()
    expect(opened).to_have_count(0)


def fill_address(page: Page, phone: str) -> Locator:
    """The dialog 新增退货地址, filled and not saved."""
    button(page, "新增退货地址").click()
    form = dialog(page, "新增退货地址")
    field(form, page, "收件人").locator("input").fill("王练习")
    field(form, page, "联系电话").locator("input").fill(phone)
    choose_region(page, field(form, page, "所在地区"), ("浙江省", "金华市", "义乌市"))
    field(form, page, "详细地址").locator("textarea").fill("福田街道练习路8号")
    return form
