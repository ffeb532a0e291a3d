"""Faults that a page draws for itself: what a person would see (facts 2.4, 2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.practice.quick_store import QuickStore

WAYS_OUT = ("我知道了", "知道了", "暂不", "跳过", "稍后再说", "下次再说", "以后再说")
LIST = "/ffa/g/list"


@pytest.fixture(scope="module")
def profile(quick: QuickStore, browser: Browser) -> Iterator[BrowserContext]:
    who = quick.card.accounts[0]
    login = {"account": who["account"], "password": who["password"]}
    with browser.new_context(base_url=quick.card.url) as context:
        context.set_default_timeout(20_000)
        context.request.post("/ecomauth/loginv1/login", data=login)
        yield context


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    with profile.new_page() as page:
        yield page


def open_with(quick: QuickStore, page: Page, fault: str, address: str = LIST) -> None:
    with quick.faults(**{fault: 1}):
        page.goto(address)


def on_top(page: Page, selector: str, x: int, y: int) -> bool:
    """Whether a click there would land in this element."""
    script = f"([x, y]) => !!document.elementFromPoint(x, y)?.closest('{selector}')"
    return bool(page.evaluate(script, [x, y]))


def test_a_guide_covers_the_page(quick: QuickStore, page: Page) -> None:
    """Facts 2.5: ecom-guide-single-content-wrapper, 新功能引导; it takes every click."""
    before = len(quick.fired("guide_overlay"))
    open_with(quick, page, "guide_overlay")
    guide = page.locator(".ecom-guide-single-content-wrapper")
    expect(guide).to_contain_text("新功能引导")
    for place in ((30, 150), (700, 400), (1200, 20)):
        assert on_top(page, "[class*=style_guideMask__]", *place)
    way_out = guide.get_by_role("button")
    assert way_out.inner_text().replace(" ", "") in WAYS_OUT
    way_out.click()
    expect(guide).to_have_count(0)
    assert not on_top(page, "[class*=style_guideMask__]", 700, 400)
    fired = quick.fired("guide_overlay")
    assert (len(fired), fired[-1].path) == (before + 1, LIST)


def test_the_ways_out_of_a_guide_vary(quick: QuickStore, page: Page) -> None:
    words = set()
    for _ in range(5):
        open_with(quick, page, "guide_overlay", "/ffa/mshop/homepage/index")
        words.add(page.locator(".ecom-guide-single-content-wrapper button").inner_text())
    assert len(words) >= 2


@pytest.mark.parametrize(
    ("address", "prefix"), [(LIST, "ecom-g"), ("/ffa/mshop/homepage/index", "auxo")]
)
def test_a_drawer_opens_by_itself(quick: QuickStore, page: Page, address: str, prefix: str) -> None:
    """Facts 2.2, 2.5: an open drawer covers the page until its close button is pressed."""
    open_with(quick, page, "notice_drawer", address)
    drawer = page.locator(f".{prefix}-drawer-open")
    expect(drawer).to_be_visible()
    assert on_top(page, f".{prefix}-drawer", 300, 300)
    page.mouse.click(300, 300)
    expect(drawer).to_be_visible()
    page.locator(f".{prefix}-drawer-close").click()
    expect(drawer).to_have_count(0)
    assert quick.fired("notice_drawer")[-1].path == address


def test_nothing_opens_when_it_is_calm(page: Page) -> None:
    """Only the floating button is always there (facts 2.5)."""
    page.goto(LIST)
    page.wait_for_timeout(2500)
    expect(page.locator("[class*=index_DragController__]")).to_be_visible()
    for selector in (
        ".ecom-guide-single-content-wrapper",
        "[class*=-drawer-open]",
        "#captcha_container",
    ):
        expect(page.locator(selector)).to_have_count(0)


def test_the_nest_around_an_app(page: Page) -> None:
    """Facts 2.4: #app_subContainer.app-content > .load_app_container > … > #root."""
    page.goto("/ffa/mshop/homepage/index")
    nest = page.locator(
        "#app_subContainer.app-content > div.load_app_container#__LOAD_mshop_APP_DOM__"
    )
    inner = nest.locator(
        "> [id^=garfish_app_for_mshop_] > [__garfishmockhtml__] > [__garfishmockbody__]"
    )
    expect(inner.locator("> #root .page")).to_be_visible()


def test_labels_are_renamed(quick: QuickStore, page: Page) -> None:
    before = len(quick.fired("renamed_label"))
    open_with(quick, page, "renamed_label")
    assert page.evaluate("PAGE.renamed['查询']") == "搜索"
    assert len(quick.fired("renamed_label")) == before + 1
    page.goto(LIST)
    assert page.evaluate("PAGE.renamed") == {}


def open_home(page: Page) -> None:
    """The home page, with nothing under way any more."""
    page.goto("/ffa/mshop/homepage/index")
    expect(page.locator(".figure").first).to_contain_text(re.compile(r"\d"))


def test_a_page_whose_xhrs_fail_keeps_its_shell(quick: QuickStore, page: Page) -> None:
    open_home(page)
    with quick.faults(gateway_on_read=1):
        page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
        page.wait_for_timeout(800)
    expect(page.locator(".headerShopName")).to_be_visible()
    expect(page.locator("#app_subContainer")).not_to_be_empty()


def test_a_session_that_ends_in_the_middle(quick: QuickStore, page: Page) -> None:
    """Facts 2.6: XHR 10008; the page goes to /login/common?extra=…"""
    open_home(page)
    with quick.faults(session_expires=1):
        page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
        page.wait_for_url("**/login/common?extra=*")
    who = quick.card.accounts[0]
    login = {"account": who["account"], "password": who["password"]}
    page.request.post("/ecomauth/loginv1/login", data=login)
