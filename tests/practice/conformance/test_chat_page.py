"""The page of 飞鸽: its hooks and words (facts 1, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.practice.conformance.conftest import SetFaults
from tests.practice.conformance.steps import file
from tests.practice.store_client import StoreClient

CHAT = "/pc_seller_v2/main/workspace"
ITEMS = '#chantListScrollArea div[data-kora="conversation"][data-qa-id="qa-conversation-chat-item"]'
TEXT = "textarea[data-qa-id=qa-send-message-textarea]"
MESSAGE = "[data-qa-id=qa-message-warpper]"


@pytest.fixture(scope="module")
def recent(logged_in: BrowserContext) -> Iterator[Page]:
    """最近联系, to be looked at only."""
    with logged_in.new_page() as page:
        page.goto(CHAT)
        page.locator("[data-qa-id=qa-last-chat-tab]").click()
        page.locator(ITEMS).nth(10).wait_for()
        yield page


@pytest.fixture
def talk(page: Page, merchant: StoreClient) -> Page:
    """The conversation of the newest order, opened from it."""
    row = merchant.get("/api/order/searchlist")["data"][0]
    page.goto(row["action_map"]["contactBuyer"]["biz_action_url"])
    page.locator("#workspace-chat").wait_for()
    expect(page.locator("#topbar-left-info")).to_have_text(row["user_nickname"])
    return page


@pytest.mark.facts("1-chat", "6-list", "6-list-tabs", "6-groups", "6-line", "6-btm-id", "6-box")
def test_the_left_list(recent: Page) -> None:
    expect(recent.locator("[data-qa-id=qa-active-chat-tab]")).to_have_text("当前会话")
    expect(recent.locator("[data-qa-id=qa-last-chat-tab]")).to_have_text("最近联系")
    expect(recent.get_by_placeholder("搜用户/180天订单(Ctrl+F)")).to_have_count(1)
    first = recent.locator(ITEMS).first
    name = first.locator("[class*=nameLine]")
    assert str(name.get_attribute("title")) in name.inner_text()
    expect(first.locator("[class*=msgContent]")).to_have_count(1)
    assert str(first.get_attribute("data-btm-id")).endswith(".recent")
    assert recent.locator("[data-btm=message_group_name_overtime]").count() == 1
    assert recent.locator(f"{ITEMS} .needReply").count() > 0
    assert recent.locator(f"{ITEMS} [class*=badge-count]").count() > 0


@pytest.mark.facts("6-pane", "6-message", "6-composer")
def test_a_message(talk: Page) -> None:
    box = talk.locator(TEXT)
    expect(box).to_have_attribute("placeholder", re.compile("^发送给 .+，使用Enter 发送消息$"))
    box.fill("第一句")
    box.press("Enter")
    box.fill("第二句")
    talk.locator("div[data-qa-id=qa-send-message-button]").click()
    mine = talk.locator(f"#workspace-chat {MESSAGE}.messageIsMe")
    expect(mine.last.locator("[data-id] pre span")).to_have_text("第二句")
    expect(mine.nth(-2)).to_contain_text("第一句")


@pytest.mark.facts("6-picture")
def test_a_picture(talk: Page) -> None:
    talk.locator("input[type=file][accept*=image]").set_input_files(file())
    talk.locator(".auxo-modal").get_by_role("button", name=re.compile(r"发\s*送")).click()
    expect(talk.locator(f"{MESSAGE}.messageIsMe img").last).to_be_visible()


@pytest.mark.facts("6-right", "6-escape")
def test_the_right_panel(talk: Page) -> None:
    card = talk.get_by_role("tabpanel").locator("div.ecom-collapse")
    expect(card).to_have_text(re.compile(r"\d{19}"))
    expect(talk.get_by_role("tab", name="邀请下单")).to_have_count(1)
    talk.keyboard.press("Escape")
    expect(talk.locator("#workspace-chat")).to_have_count(0)


@pytest.mark.facts("6-risk-toast", "2.6-im-risk")
def test_risk(talk: Page, set_faults: SetFaults) -> None:
    set_faults(throttled=1)
    talk.locator(TEXT).fill("在吗")
    talk.locator(TEXT).press("Enter")
    toast = talk.locator("div.auxo-message-error")
    expect(toast).to_contain_text("当前环境存在风险，请稍后重试")
