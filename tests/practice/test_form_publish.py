"""What happens after 发布商品, and what drafts and the audit put before it (facts 3.4, 3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.practice.form_page import (
    complete,
    field,
    first_step,
    marks,
    modal,
    open_edit,
    press,
    publish,
)
from tests.practice.quick_store import QuickStore
from tests.practice.store_client import StoreClient


@pytest.fixture(scope="module")
def shop(quick: QuickStore) -> StoreClient:
    return quick.client()


@pytest.fixture
def page(quick: QuickStore, browser: Browser) -> Iterator[Page]:
    who = quick.card.accounts[0]
    login = {"account": who["account"], "password": who["password"]}
    with browser.new_context(base_url=quick.card.url) as context:
        context.set_default_timeout(20_000)
        context.request.post("/ecomauth/loginv1/login", data=login)
        yield context.new_page()


def test_the_reminder_names_what_is_missing(page: Page, shop: StoreClient) -> None:
    """Facts 3.4: 发布提醒 may appear; 返回修改 leads back and sends nothing."""
    product_id = shop.add(shop.form("REMIND"))["data"]["product_id"]
    open_edit(page, product_id)
    page.get_by_role("button", name="发布商品").click()
    expect(modal(page)).to_contain_text("发布提醒")
    expect(modal(page).locator("li")).to_have_text(
        ["导购短标题", "重要属性（还有7项未填）", "主图3:4"]
    )
    press(modal(page), "返回修改")
    expect(modal(page)).to_have_count(0)
    assert "entrance=edit" in page.url


def test_a_complete_product_is_sent_at_once_and_twice_by_two_clicks(
    page: Page, shop: StoreClient, quick: QuickStore
) -> None:
    """Facts 3.4: no 发布提醒; issue 3: the button does not keep from sending twice."""
    product_id = shop.add(complete(shop, "TWICE"))["data"]["product_id"]
    open_edit(page, product_id)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "editWithSchema" in one.url else None)
    page.get_by_role("button", name="发布商品").dblclick()
    expect(page).to_have_url(re.compile(r"/ffa/g/audit\?"))
    assert len(sent) == 2
    assert len(quick.products("TWICE")) == 1


def test_the_chain_of_confirms(page: Page, shop: StoreClient, quick: QuickStore) -> None:
    """Facts 3.4: 不修改，继续发布, 推荐有误, 确认发布."""
    product_id = shop.add(shop.form("CHAIN"))["data"]["product_id"]
    with quick.faults(confirm_chain=1):
        open_edit(page, product_id)
    publish(page)
    page.get_by_role("button", name="推荐有误").click()
    page.get_by_role("button", name="确认发布").click()
    expect(page).to_have_url(re.compile(r"/ffa/g/audit\?"))


def test_the_form_is_empty_again_after_a_reset(
    page: Page, shop: StoreClient, quick: QuickStore
) -> None:
    """Facts 3.4: the URL may return to a fresh create page, counter 0/60."""
    product_id = shop.add(complete(shop, "RESET"))["data"]["product_id"]
    open_edit(page, product_id)
    with quick.faults(form_reset=1):
        page.get_by_role("button", name="发布商品").click()
        expect(page.locator(".ecom-g-message-success")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/ffa/g/create$"))
    expect(field(page, "商品标题")).to_contain_text("0/60")


def test_sections_come_late(page: Page, shop: StoreClient, quick: QuickStore) -> None:
    """Facts 2.5: lazily mounted sections."""
    product_id = shop.add(shop.form("SLOW"))["data"]["product_id"]
    with quick.faults(slow_section=1):
        page.goto(f"/ffa/g/create?product_id={product_id}")
    expect(page.locator("#anchor-基础信息")).to_be_visible()
    expect(page.locator("#anchor-服务与履约")).to_have_count(0)
    expect(page.locator("#anchor-服务与履约")).to_be_visible()


def test_a_saved_draft_is_offered_and_goes_on(
    page: Page, shop: StoreClient, quick: QuickStore
) -> None:
    """Facts 3.4 and 2.5: 保存草稿, and the prompt 重新发布 on a new page."""
    first_step(page, "厨具", "锅具", "炒锅")
    field(page, "商家编码").locator("input").fill("PAN-1")
    press(page, "保存草稿")
    expect(page.locator(".ecom-g-message-success")).to_have_text("保存成功")
    assert quick.products("PAN-1") == []
    with quick.faults(draft_prompt=1):
        page.goto("/ffa/g/create")
    expect(modal(page)).to_contain_text("夏季纯棉T恤A")
    press(modal(page), "继续编辑")
    expect(field(page, "商家编码").locator("input")).to_have_value("PAN-1")
    assert shop.get("/product/tproduct/draft")["data"]["form"]["outer_product_id"] == "PAN-1"


def test_the_prompt_can_be_declined(page: Page, quick: QuickStore) -> None:
    """Facts 2.5: 重新发布 leaves an empty form."""
    with quick.faults(draft_prompt=1):
        page.goto("/ffa/g/create")
    press(modal(page), "重新发布")
    expect(modal(page)).to_have_count(0)
    expect(page.locator("#pg-title-input")).to_have_value("")


@pytest.mark.parametrize(
    ("answer", "title"),
    [("使用草稿", "旧版纯棉白色T恤女宽松短袖"), ("不使用草稿", "纯棉白色T恤女宽松短袖")],
)
def test_an_older_draft_is_taken_or_left(
    page: Page, shop: StoreClient, quick: QuickStore, answer: str, title: str
) -> None:
    """Facts, uikit 1: an older draft is loaded instead of the live item."""
    product_id = shop.add(shop.form())["data"]["product_id"]
    with quick.faults(older_draft=1):
        page.goto(f"/ffa/g/create?product_id={product_id}&entrance=edit")
    press(modal(page), answer)
    expect(modal(page)).to_have_count(0)
    expect(page.locator("#pg-title-input")).to_have_value(title)


def test_a_rejected_product_shows_why(page: Page, shop: StoreClient) -> None:
    """Facts 3.5: audit_reason; the edit page shows it."""
    form = shop.form("WHY", title="国家级纯棉T恤")
    product_id = shop.add(form)["data"]["product_id"]
    path = "/product/tproduct/detail"
    while shop.get(path, product_id=product_id)["data"]["check_status"] == 2:
        pass
    open_edit(page, product_id)
    alert = page.locator(".ecom-g-alert-error")
    expect(alert).to_contain_text("商品标题：含有违禁词“国家级”")


def test_missing_attributes_are_marked(page: Page) -> None:
    """Facts 3.4: .ecom-g-form-item-has-error, 必填."""
    first_step(page, "鞋靴箱包", "女鞋", "单鞋")
    page.get_by_role("button", name="发布商品").click()
    upper = field(page, "鞋面材质").locator(".ecom-g-form-item-explain-error")
    expect(upper).to_have_text("必填")
    expect(marks(page)).to_have_count(5)
