"""The text of a screen that is kept beside its pictures: what they cover stands in neither."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from engine.evidence import ItemEvidence

PAGE = """
<main aria-label="订单">
  <h1>订单编号 6920100000000000078</h1>
  <table><tr><td>待发货</td><td class="buyer">甄小满 <b>云帆路188号</b></td></tr></table>
  <p class="buyer" aria-hidden="false">请放在门口</p>
  <section class="words"><label>备注 <textarea>甄先生要快</textarea></label></section>
</main>
"""
PRIVATE = ("甄小满", "云帆路", "门口", "甄先生")


@dataclass
class OrderPage:
    """A screen that declares who must not be seen on it."""

    page: Page
    whole: str = "main"

    @property
    def content(self) -> Locator:
        return self.page.locator(self.whole)

    @property
    def sensitive(self) -> Sequence[Locator]:
        regions = (".buyer", "section", "section textarea", ".nobody")
        return [self.page.locator(one) for one in regions]


def marks_on(page: Page) -> object:
    """Read what of the page's elements we touch."""
    told = "all => all.map(one => [one.getAttribute('aria-hidden'), {...one.dataset}])"
    return page.locator("body *").evaluate_all(told)


def text_of(screen: OrderPage, folder: Path) -> str:
    with ThreadPoolExecutor(1) as worker:
        evidence = ItemEvidence(folder, worker)
        evidence.picture(screen, "look")
        evidence.settle()
    return (folder / "page.yaml").read_text(encoding="utf-8")


def test_what_pictures_cover_is_left_out_of_the_text_and_the_page_stays_as_it_was(
    page: Page, tmp_path: Path
) -> None:
    page.set_content(PAGE)
    before = marks_on(page)

    text = text_of(OrderPage(page), tmp_path / "whole")

    assert not [word for word in PRIVATE if word in text]
    assert "6920100000000000078" in text
    assert "待发货" in text
    assert marks_on(page) == before
    assert text_of(OrderPage(page, whole="section"), tmp_path / "covered").strip() == ""
