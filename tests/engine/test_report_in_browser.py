"""The report as a person uses it: opened from disk, with and without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from domain.outcome import Outcome, Receipt
from engine.evidence import file_name
from engine.report import write_report
from engine.runs import ItemView, RunView
from engine.words import load_words

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
REASONS = {Outcome.REJECTED: "the site said: 标题含有违禁词", Outcome.MISMATCH: "?"}


@pytest.fixture
def report(tmp_path: Path) -> str:
    """The report of sixty items, every third one refused, every third one a mismatch."""
    kinds = (Outcome.DONE, Outcome.REJECTED, Outcome.MISMATCH)
    items = tuple(item(tmp_path, n, kinds[n % 3]) for n in range(60))
    view = RunView(
        id="20261122-090000-upload-listings-demo-7f3a",
        robot="upload-listings",
        shop="demo",
        state="finished",
        reason="",
        evidence=tmp_path,
        created_at=BEGAN,
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(seconds=75),
        items=items,
    )
    return write_report(view, ZoneInfo("Asia/Shanghai"), load_words("en")).as_uri()


def item(folder: Path, position: int, outcome: Outcome) -> ItemView:
    key = f"CG-{position}"
    if position < 6:
        thumbnails = folder / "items" / file_name(key) / "thumbnails"
        thumbnails.mkdir(parents=True)
        for name in ("01-product.create-before.webp", "02-product.create-after.webp"):
            for file in (thumbnails / name, thumbnails.parent / name):
                Image.new("RGB", (480, 900), "#8fb39a").save(file, "WEBP")
    found = "无品牌" if outcome is Outcome.DONE else "得力"
    return ItemView(
        position=position,
        key=key,
        label=f"保温杯 {position}",
        step="",
        outcome=outcome,
        reason=REASONS.get(outcome, ""),
        site_id="",
        receipt=Receipt(wanted={"品牌": "无品牌"}, found={"品牌": found}),
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(seconds=100 - position),
    )


def test_rows_and_cards_are_filtered_by_outcome_and_text(page: Page, report: str) -> None:
    page.goto(report)
    rows, cards = page.locator(".items tbody tr:visible"), page.locator("article:visible")
    expect(rows).to_have_count(60)
    page.get_by_role("button", name="rejected 20").click()
    expect(rows).to_have_count(20)
    expect(cards).to_have_count(20)
    expect(page.locator("#shown")).to_have_text("20 of 60")
    page.get_by_role("searchbox").fill("违禁词 cg-1")
    expect(rows).to_have_count(5)  # 1, 10, 13, 16, 19
    page.get_by_role("searchbox").fill("no such thing")
    expect(page.get_by_text("No item matches")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="All 60").click()
    expect(rows).to_have_count(60)


def test_a_column_sorts_and_turns_round(page: Page, report: str) -> None:
    page.goto(report)
    first = page.locator(".items tbody tr").first
    for column, up, down in (("Took", "CG-59", "CG-0"), ("商家编码", "CG-0", "CG-59")):
        header = page.locator("th", has_text=column).first
        header.click()
        expect(first.locator("a")).to_have_text(up)
        header.click()
        expect(first.locator("a")).to_have_text(down)


def test_before_and_after_zoom_side_by_side(page: Page, report: str) -> None:
    page.goto(report)
    box = page.locator("#box")
    page.locator("#item-1 .pair a").first.click()
    expect(box.locator("img")).to_have_count(2)
    expect(page.locator("#box-title")).to_have_text("CG-1 · create product")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#box-title")).to_have_text("CG-2 · create product")
    small = box.locator("img").first.bounding_box()
    box.locator("img").first.click()
    large = box.locator("img").first.bounding_box()
    assert small
    assert large
    assert large["height"] > small["height"]
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#box-title")).to_have_text("CG-1 · create product")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_what_went_well_is_folded_until_it_is_asked_for(page: Page, report: str) -> None:
    page.goto(report)
    for item_id in ("#item-0", "#item-57"):  # one on the first screen, one far below
        article = page.locator(item_id)
        expect(article.locator(".facts")).to_have_count(0)
        page.locator(f'.items a[href="{item_id}"]').click()
        expect(article.locator(".facts")).to_be_visible()
        article.locator("header").click()
        expect(article.locator(".facts")).to_be_hidden()
    expect(page.locator("#item-1 .facts")).to_be_visible()


def test_a_trouble_far_below_is_there_when_it_comes_in_sight(page: Page, report: str) -> None:
    page.goto(report)
    last = page.locator("#item-59")
    expect(last.locator(".facts")).to_have_count(0)
    last.scroll_into_view_if_needed()
    expect(last.locator(".facts")).to_be_visible()


def test_without_javascript_everything_is_there(browser: Browser, report: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report)
    expect(page.locator("article .facts")).to_have_count(60)
    expect(page.locator("#item-0 .facts")).to_be_visible()
    expect(page.locator("#item-59 .facts")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert page.locator("#item-1 .pair a").first.get_attribute("href")
    context.close()


def test_paper_shows_every_card(page: Page, report: str) -> None:
    page.goto(report)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("article .facts:visible")).to_have_count(60)
    expect(page.get_by_role("searchbox")).to_be_hidden()
