"""Captcha and risk notice: a session stops until a person has done something (facts 2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.practice.quick_store import QuickStore
from tests.practice.store_client import StoreClient


@pytest.fixture
def quick_page(quick: QuickStore, browser: Browser) -> Iterator[Page]:
    """A page of the quick store, logged in as the shop's owner of one shop."""
    who = quick.card.accounts[0]
    login = {"account": who["account"], "password": who["password"]}
    with browser.new_context(base_url=quick.card.url) as context:
        context.set_default_timeout(20_000)
        context.request.post("/ecomauth/loginv1/login", data=login)
        yield context.new_page()


def open_with(quick: QuickStore, page: Page, fault: str) -> None:
    with quick.faults(**{fault: 1}):
        page.goto("/ffa/g/list")


def test_xhrs_answer_1105_until_it_is_solved(quick: QuickStore) -> None:
    """Facts 2.6: error code 1105; nothing is written meanwhile."""
    client = quick.client()
    form = client.form("CAPTCHA-1")
    client.post("/_practice/captcha", {})
    for answer in (client.listed(), client.add(form)):
        assert (answer["code"], answer["msg"]) == (1105, "请完成下列验证后继续")
    assert quick.products("CAPTCHA-1") == []
    assert [one["code"] for one in quick.writes("CAPTCHA-1")] == [1105]
    client.post("/_practice/captcha/solve", {})
    assert client.add(form)["code"] == 0


def test_the_captcha_box_and_the_hidden_frame(quick: QuickStore, quick_page: Page) -> None:
    """Facts 2.6: nodes, title, hint, picture of 340 px; the resident 300x150 frame stays hidden."""
    page = quick_page
    open_with(quick, page, "captcha")
    box = page.locator("#captcha_container #vc_captcha_box")
    expect(box).to_contain_text("请完成下列验证后继续")
    expect(box).to_contain_text("按住左边按钮拖动")
    size = page.locator("#captcha_container").bounding_box()
    assert size
    assert (size["width"], size["height"]) >= (280, 180)
    picture = page.locator("img.captcha-verify-image").bounding_box()
    assert picture
    assert picture["width"] == 340
    expect(page.locator("iframe#captcha")).to_be_hidden()
    page.reload()
    expect(box).to_be_visible()  # it stays, though no fault is drawn any more
    assert quick.fired("captcha")[-1].path == "/ffa/g/list"


def drag(page: Page, to: float) -> None:
    knob = page.locator("div.captcha-slider").bounding_box()
    assert knob
    x, y = knob["x"] + 20, knob["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + to / 2, y, steps=4)
    page.mouse.move(x + to, y, steps=4)
    page.mouse.up()


def test_a_person_drags_the_piece_into_the_gap(quick: QuickStore, quick_page: Page) -> None:
    page = quick_page
    open_with(quick, page, "captcha")
    drag(page, 20)
    expect(page.get_by_text("验证失败，请重新尝试")).to_be_visible()
    picture = page.request.get("/captcha/picture").text()
    drag(page, float(picture.rsplit('<rect x="', 1)[1].split('"')[0]))
    expect(page.locator("#captcha_container")).to_have_count(0)
    # What was refused meanwhile was asked again by the page itself.
    expect(page.locator(".ecom-g-table-row").first).to_be_visible()


def test_it_may_come_in_the_middle_and_be_solved_elsewhere(
    quick: QuickStore, quick_page: Page
) -> None:
    page = quick_page
    page.goto("/ffa/mshop/homepage/index")
    expect(page.locator(".figure").first).to_contain_text(re.compile(r"\d"))
    client = StoreClient(quick.card.url)
    client.post("/_practice/captcha", {})
    page.locator(".auxo-layout-sider").get_by_text("商品管理").click()
    expect(page.locator("#captcha_container")).to_be_visible()
    client.post("/_practice/captcha/solve", {})
    expect(page.locator("#captcha_container")).to_have_count(0)
    expect(page.locator(".ecom-g-table-row").first).to_be_visible()


def test_a_risk_notice_asks_for_a_code_by_mail(quick: QuickStore, quick_page: Page) -> None:
    """Facts 2.6: 系统判断当前操作存在风险，请进行安全验证; 6 characters, 发送验证码 / 验证."""
    page = quick_page
    open_with(quick, page, "risk_notice")
    notice = page.locator(".auxo-modal").filter(has_text="系统判断当前操作存在风险，请进行安全验证")
    notice.get_by_role("button", name="发送验证码").click()
    expect(page.locator(".auxo-message-success")).to_be_visible()
    letter = StoreClient(quick.card.url).get("/_practice/mail")["mail"][0]
    assert letter["to"] == quick.card.accounts[0]["account"]
    assert len(letter["code"]) == 6
    field = notice.get_by_placeholder("请输入6位验证码")
    verify = notice.get_by_role("button", name="验 证", exact=True)
    field.fill("000000")
    verify.click()
    expect(page.locator(".auxo-message-error")).to_contain_text("验证码错误")
    field.fill(letter["code"])
    verify.click()
    expect(notice).to_be_hidden()
    page.reload()
    expect(page.locator(".ecom-g-table-row").first).to_be_visible()
    expect(notice).to_have_count(0)
