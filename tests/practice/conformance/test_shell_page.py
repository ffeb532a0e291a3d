"""The frame around every page: menu, containers, layers, looks, what it stores (facts 2, 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from practice.faults import Faults
from practice.twin import Twin
from practice.world import make_world
from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.steps import MODAL, button, classes

HOME = "/ffa/mshop/homepage/index"
GROUPS = (
    *("商品", "订单", "售后", "数据", "用户", "内容", "营销"),
    *("广告", "物流", "服务", "店铺", "治理", "商城"),
)
STYLE = "(one, name) => getComputedStyle(one).getPropertyValue(name)"


@pytest.fixture(scope="module")
def home(logged_in: BrowserContext) -> Iterator[Page]:
    with logged_in.new_page() as page:
        page.goto(HOME)
        expect(page.get_by_text("抖店工作台").first).to_be_visible()
        yield page


@pytest.mark.facts("1-home", "1-home-newer", "2.6-done")
@pytest.mark.parametrize("path", [HOME, f"{HOME}?from=buyin", "/ffa/arrival-pages/home"])
def test_the_addresses_of_the_home_page(page: Page, path: str) -> None:
    """Facts 1, 2.6: each shows 抖店工作台."""
    page.goto(path)
    expect(page.get_by_text("抖店工作台").first).to_be_visible()


@pytest.mark.facts("1-menu-root", "1-menu-groups", "2.1-shell-prefix")
def test_the_menu(home: Page) -> None:
    """Facts 1: .auxo-layout-sider with thirteen groups."""
    menu = home.locator(".auxo-layout-sider")
    expect(menu).to_have_count(1)
    lines = {line.strip() for line in menu.inner_text().splitlines()}
    assert [name for name in GROUPS if name not in lines] == []
    assert home.locator(".auxo-layout-sider [class*=auxo-menu]").count() > 0


@pytest.mark.facts("2.4-container", "2.4-garfish")
@pytest.mark.parametrize("page_name", ["home", "listed", "form"])
def test_containers_of_the_apps(request: pytest.FixtureRequest, page_name: str) -> None:
    """Facts 2.4: from #app_subContainer down to #root."""
    page: Page = request.getfixturevalue(page_name)
    app = page.locator("#app_subContainer.app-content > div.load_app_container")
    expect(app).to_have_count(1)
    name = re.fullmatch(r"__LOAD_(\w+)_APP_DOM__", str(app.get_attribute("id")))
    assert name
    inner = f'[id^="garfish_app_for_{name[1]}_"] div[__garfishmockhtml__] > [__garfishmockbody__]'
    expect(app.locator(f"{inner} > #root, {inner} > #arrival_app")).to_have_count(1)


@pytest.mark.facts("2.4-no-shadow", "2.4-iframes", "2.6-hidden-frame")
@pytest.mark.parametrize("page_name", ["home", "listed", "form"])
def test_no_shadow_and_one_frame(request: pytest.FixtureRequest, page_name: str) -> None:
    """Facts 2.4, 2.6."""
    page: Page = request.getfixturevalue(page_name)
    shadows = "() => [...document.querySelectorAll('*')].filter((one) => one.shadowRoot).length"
    assert page.evaluate(shadows) == 0
    frame = page.locator("iframe")
    expect(frame).to_have_count(1)
    expect(frame).to_be_hidden()
    assert "captcha" in str(frame.get_attribute("src"))
    assert (frame.get_attribute("width"), frame.get_attribute("height")) == ("300", "150")


@pytest.mark.facts("2.5-floating")
def test_the_floating_widget(home: Page) -> None:
    """Facts 2.5: index_DragController__ lies over the page."""
    widget = home.locator("[class*=index_DragController__]")
    expect(widget).to_be_visible()
    assert widget.evaluate(STYLE, "position") == "fixed"


@pytest.mark.facts("2.6-storage")
def test_what_the_browser_stores(home: Page) -> None:
    """Facts 2.6: localStorage has __token and verifyFp."""
    for name in ("__token", "verifyFp"):
        assert home.evaluate("(name) => localStorage.getItem(name)", name)


@pytest.mark.facts("8-phone")
def test_the_phone_is_masked(home: Page) -> None:
    """Facts 8: 138****8000."""
    expect(home.get_by_text("138****8000", exact=True)).to_be_visible()
    assert "13800138000" not in home.content()


@pytest.mark.facts("2.1-text")
def test_the_look_of_text(home: Page) -> None:
    """Facts 2.1: #252931 in 14 px, #565960."""
    body = home.locator("body")
    assert body.evaluate(STYLE, "color") == "rgb(37, 41, 49)"
    assert body.evaluate(STYLE, "font-size") == "14px"
    colours = "() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one).color)"
    assert "rgb(86, 89, 96)" in home.evaluate(colours)


@pytest.mark.facts("2.1-primary", "2.2-button")
def test_the_look_of_the_main_button(form: Page) -> None:
    """Facts 2.1: #1966ff."""
    publish = button(form, "发布商品")
    assert "ecom-g-btn-primary" in str(publish.get_attribute("class"))
    assert publish.evaluate(STYLE, "background-color") == "rgb(25, 102, 255)"


@pytest.mark.facts("2.1-goods-prefix", "10-two-prefixes", "2.1-shell-prefix")
@pytest.mark.parametrize("page_name", ["listed", "form"])
def test_two_prefixes_on_one_page(request: pytest.FixtureRequest, page_name: str) -> None:
    """Facts 2.1, 10: shell auxo-, goods part ecom-g-, and no widget without either."""
    page: Page = request.getfixturevalue(page_name)
    inside = page.locator("#root")
    assert inside.locator(".ecom-g-btn").count() > 0
    assert inside.locator("[class^='auxo-']").count() == 0
    assert page.locator(".auxo-layout-sider").count() == 1
    assert page.locator("[class^='ant-']").count() == 0


@pytest.mark.facts("2.3-hashes")
@pytest.mark.parametrize("page_name", ["home", "listed", "form"])
def test_hashed_classes(request: pytest.FixtureRequest, page_name: str) -> None:
    """Facts 2.3: name__HASH, one hash for one build."""
    page: Page = request.getfixturevalue(page_name)
    names = page.evaluate(
        "() => [...document.querySelectorAll('*')].flatMap((e) => [...e.classList])"
    )
    hashed = {name for name in names if re.fullmatch(r"[A-Za-z][\w-]*__[\w-]{5}", name)}
    assert len(hashed) >= 3
    assert len({name.rpartition("__")[2] for name in hashed}) == 1


@pytest.mark.facts("10-hash-per-start")
def test_another_start_another_hash(tmp_path: Path) -> None:
    """Facts 10."""
    world = make_world(tmp_path, products=1)
    builds = {Twin(world, tmp_path, Faults(world, 7)).build for _ in range(3)}
    world.close()
    assert len(builds) == 3


@pytest.mark.facts("2.4-popups", "2.1-modal-layer", "2.2-modal", "2.2-button-space")
def test_a_modal(page: Page) -> None:
    """Facts 2.1, 2.2, 2.4: parts, layer, popup container, 确 认 with a space."""
    page.goto("/ffa/g/create")
    page.get_by_role("button", name=re.compile("^手动选择")).click()
    modal = page.locator(MODAL)
    expect(modal).to_be_visible()
    for part in ("content", "header", "title", "body", "footer", "close"):
        expect(modal.locator(f".ecom-g-modal-{part}").first).to_be_attached()
    assert all(classes(page, "ecom-g-modal-mask").values())
    assert modal.evaluate(STYLE, "z-index") == "1000"
    assert button(modal, "确认").inner_text() == "确 认"
    expect(page.locator("#__ffa-goods-popup-container__").locator(MODAL)).to_have_count(1)


@pytest.mark.facts("2.5-page-errors")
@pytest.mark.parametrize("trouble", ["aborted", "gateway"])
def test_a_page_in_trouble(page: Page, trouble: str) -> None:
    """Facts 2.5: 数据异常请刷新重试, 网络异常 or 系统繁忙."""
    lost = "**/product/tproduct/list?*"
    if trouble == "aborted":
        page.route(lost, lambda route: route.abort())
    else:
        page.route(lost, lambda route: route.fulfill(status=502, body="<h1>502</h1>"))
    page.goto("/ffa/g/list?tab=all")
    words = page.get_by_text(re.compile("数据异常请刷新重试|网络异常|系统繁忙")).first
    expect(words).to_be_visible()


@pytest.mark.facts("2.5-crowded")
def test_a_crowded_store(page: Page, set_faults: SetFaults) -> None:
    """Facts 2.5: 商品被挤爆啦."""
    set_faults(crowded=1)
    page.goto("/ffa/g/list")
    expect(page.get_by_text("商品被挤爆啦").first).to_be_visible()
