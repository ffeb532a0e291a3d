"""The rules behind the widgets, each where breaking it would be seen."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import expect

from domain.errors import BusinessError, TransientError
from pages.widgets import antd_inputs
from pages.widgets.antd import (
    Drawer,
    Menu,
    Pagination,
    Select,
    Table,
    TextInput,
    Toasts,
    Upload,
    button,
    field,
    settle,
)
from pages.widgets.clicks import press
from pages.widgets.common import CLOSED, TRIES, appear, gone, insist, refuses
from tests.pages.widgets.cases_inputs import written
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import ROWS

UNSETTLED = {
    "a class says that it appears": "box.className = 'x-zoom-appear-active'",
    "it moves": "box.animate([{opacity: 0}, {opacity: 1}], 1e6)",
    "it has no place yet": "box.style.left = '-2000px'",
    "it is not there yet": "box.style.display = 'none'",
}


@pytest.mark.parametrize("why", UNSETTLED)
def test_what_still_opens_is_not_settled(gallery: Gallery, why: str) -> None:
    gallery.page.evaluate(
        f"""() => {{
            const box = document.createElement('div');
            box.id = 'opening';
            box.style = 'position: fixed; top: 0; left: 0; width: 9px; height: 9px';
            document.body.append(box);
            {UNSETTLED[why]};
        }}"""
    )
    box = gallery.page.locator("#opening")
    with pytest.raises(TookTooLong):
        settle(box, timeout=300)
    gallery.page.evaluate(
        """() => {
            const box = document.getElementById('opening');
            box.className = '';
            box.style = 'position: fixed; top: 0; left: 0; width: 9px; height: 9px';
            box.getAnimations().forEach(one => one.finish());
            box.animate([{opacity: 0}, {opacity: 1}], {duration: 999, iterations: Infinity});
            const wave = document.createElement('i');
            wave.className = 'kit-wave css-1';
            box.append(wave);
            wave.animate([{opacity: 1}, {opacity: 0}], 60000);
        }"""
    )
    # What turns for ever, as a spinner does, is no opening; nor is the ripple of an earlier click.
    assert settle(box, timeout=5_000) is box
    box.evaluate("box => box.remove()")


_BLINKING = """
milliseconds => {
  const box = document.createElement('div'), until = performance.now() + milliseconds;
  box.id = 'measured';
  box.style = 'position: fixed; top: 0; left: 0; width: 9px; height: 9px';
  document.body.append(box);
  const {getBoundingClientRect} = box;
  box.getBoundingClientRect = () =>
    performance.now() < until ? new DOMRect() : getBoundingClientRect.call(box);
}
"""


@pytest.mark.parametrize(("blinks", "opens"), [(100, True), (5_000, False)])
def test_what_is_measured_for_some_frames_is_not_taken_for_closed(
    gallery: Gallery, blinks: int, opens: bool
) -> None:
    gallery.page.evaluate(_BLINKING, blinks)
    box = gallery.page.locator("#measured")
    if opens:
        assert settle(box, timeout=2_000) is box
    else:
        with pytest.raises(TransientError):
            settle(box, timeout=2_000)
    box.evaluate("box => box.remove()")


_STUCK = "ms => setTimeout(() => { for (const until = Date.now() + ms; Date.now() < until;); })"


def test_no_wait_is_longer_than_its_patience_though_the_page_is_stuck(gallery: Gallery) -> None:
    page = gallery.page.context.new_page()
    page.evaluate(_STUCK, 8_000)
    for wait, locator in ((appear, page.locator("#none")), (gone, page.locator("body"))):
        began = time.monotonic()
        with pytest.raises(TookTooLong):
            wait(locator, 2_000)
        assert 1.9 < time.monotonic() - began < 3.5
    page.close()


def test_what_closes_again_and_again_ends_as_an_error() -> None:
    tries: list[float | None] = []

    def attempt(timeout: float | None) -> None:
        tries.append(timeout)
        raise TransientError("closed")

    with pytest.raises(TransientError):
        insist(attempt, closed=lambda: True)
    assert len(tries) == CLOSED + len(TRIES)


_MARKED = """
then => {
  document.body.innerHTML = '<p class="mark">an old one</p>';
  setTimeout(() => { document.body.innerHTML = then; }, 300);
}
"""


@pytest.mark.parametrize(
    ("then", "refused"),
    [
        ('<p class="sending">on its way</p>', False),
        ('<p class="mark">an old one</p><p class="mark">a new one</p>', True),
    ],
)
def test_a_mark_that_is_older_than_the_click_is_no_refusal(
    gallery: Gallery, then: str, refused: bool
) -> None:
    page = gallery.page.context.new_page()
    page.evaluate(_MARKED, then)
    marks = page.locator(".mark")
    assert refuses(marks, page.locator(".sending"), lambda: False) is refused
    assert marks.count() == 2 * refused
    page.close()


def test_what_opens_slowly_is_not_taken_for_closed_for_ever() -> None:
    tries: list[float | None] = []

    def attempt(timeout: float | None) -> None:
        tries.append(timeout)
        if timeout is not None and timeout < 4_000:
            raise TookTooLong("it takes 4 s to open")

    insist(attempt, closed=lambda: True)
    assert tries[-1] == TRIES[1]


@pytest.mark.usefixtures("slow_motion")
def test_what_was_closed_is_no_longer_there(gallery: Gallery) -> None:
    Select(gallery.field("品牌"), gallery.prefix).choose("品牌7")
    opened = f".{gallery.prefix}-select-dropdown:not(.{gallery.prefix}-select-dropdown-hidden)"
    assert gallery.page.locator(opened).count() == 0


def test_a_field_is_found_by_its_label_and_by_the_hook_that_repeats_it(gallery: Gallery) -> None:
    hooked = field(gallery.page, gallery.prefix, "品牌")
    assert hooked.get_attribute("attr-field-id") == "品牌"
    labelled = field(gallery.page.locator("#complaints"), gallery.prefix, "联系人")
    expect(labelled).to_have_class(re.compile(rf"{gallery.prefix}-form-item\b"))
    expect(labelled.locator("input")).to_have_count(1)


def test_slow_files_are_waited_for_and_a_refused_one_is_named(gallery: Gallery) -> None:
    uploads = "**/_practice/gallery/upload**"
    slow = "&latency=900"
    gallery.page.route(uploads, lambda route: route.continue_(url=route.request.url + slow))
    pictures = Upload(gallery.field("主图"), gallery.prefix)
    pictures.put(written("slow-1.png", "slow-2.png"))
    assert sorted(pictures.values()) == sorted(gallery.truth("主图"))
    bad = "bad-1.png"
    with pytest.raises(BusinessError, match=re.escape(f"did not take {bad}")):
        pictures.put(written("slow-3.png", bad))
    gallery.page.unroute(uploads)
    for name in ("slow-1.png", "slow-2.png", "slow-3.png", bad):
        pictures.remove(name)
    assert pictures.values() == ()


def test_a_file_that_failed_once_is_put_again_in_its_place(gallery: Gallery) -> None:
    pictures = Upload(gallery.field("主图"), gallery.prefix)
    names = ("first.png", "once-1.png", "once-2.png", "last.png")
    pictures.put(written(*names))
    assert pictures.values() == names
    assert sorted(gallery.truth("主图")) == sorted(names)
    for name in names:
        pictures.remove(name)


def test_a_file_that_failed_before_is_none_of_those_handed_over_now(gallery: Gallery) -> None:
    pictures = Upload(gallery.field("主图"), gallery.prefix)
    with pytest.raises(BusinessError, match=r"bad-2\.png"):
        pictures.put(written("bad-2.png"))
    pictures.put(written("good-1.png", "once-3.png", "good-2.png"))
    assert pictures.values() == ("good-1.png", "once-3.png", "good-2.png")
    pictures.put(())
    for name in ("bad-2.png", *pictures.values()):
        pictures.remove(name)


def test_a_file_that_the_list_lost_is_named_and_not_waited_for(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antd_inputs, "QUIET_MS", 1_500)
    pictures = Upload(gallery.field("主图"), gallery.prefix)
    pictures.put(())
    pictures.begin(written("kept.png", "lost.png"))
    pictures.remove("lost.png")
    with pytest.raises(TransientError, match=r"did not take lost\.png$"):
        pictures.finish()
    pictures.remove("kept.png")


def test_a_toast_is_known_after_it_is_gone(gallery: Gallery) -> None:
    toasts = Toasts(gallery.page)
    before = toasts.count()
    press(button(gallery.page, "成功提示"))
    toast = gallery.page.locator(f".{gallery.prefix}-message-notice", has_text="已保存")
    toast.first.wait_for()
    expect(toast).to_have_count(0)
    [heard] = toasts.after(before)
    assert (heard.kind, heard.text) == ("success", "已保存")


_COVER_AT_MOUSEDOWN = """
words => addEventListener('mousedown', event => {
  if (event.target.textContent.trim() !== words) return;
  const cover = document.body.appendChild(document.createElement('div'));
  cover.style.cssText = 'position: fixed; inset: 0; z-index: 99999';
  setTimeout(() => cover.remove(), 300);
}, {once: true, capture: true})
"""


def test_a_menu_s_item_whose_click_went_to_a_notice_is_chosen_after_all(gallery: Gallery) -> None:
    before = gallery.happened("menu")
    gallery.page.evaluate(_COVER_AT_MOUSEDOWN, "移入回收站")
    Menu(button(gallery.page, "批量操作"), gallery.prefix).choose("移入回收站")
    assert gallery.truth("menu")[before:] == ["移入回收站"]


NOTICES = ["guide", "dialog", "drawer"]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_put_away_and_the_work_goes_on(gallery: Gallery, notice: str) -> None:
    before, clicked = gallery.happened("notices"), gallery.happened("clicked")
    gallery.show(notice)
    Pagination(gallery.page.locator("#paged"), gallery.prefix).go_to(1, ROWS)
    press(button(Table(gallery.page.locator("#paged"), gallery.prefix).row("P-2"), "编辑"))
    assert gallery.truth("clicked")[clicked:] == ["edit P-2"]
    assert gallery.truth("notices")[before:] == [notice]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_over_an_open_list_costs_a_moment(gallery: Gallery, notice: str) -> None:
    brand = Select(gallery.field("品牌"), gallery.prefix)
    brand.choose("品牌1")
    brand.root.click()
    gallery.show(notice)
    brand.choose("品牌44")
    assert brand.value() == gallery.truth("品牌") == "品牌44"


def test_unknown_words_and_our_own_work_are_left_alone(gallery: Gallery) -> None:
    before = gallery.happened("notices"), gallery.happened("drawer")
    gallery.show("offer")
    with pytest.raises(TookTooLong):
        button(gallery.page, "成功提示").click(timeout=1_500)
    assert gallery.page.get_by_text("立即开通").is_visible()
    gallery.show("none")
    button(gallery.page, "填写备注").click()
    drawer = Drawer(gallery.page, gallery.prefix, "商家备注")
    TextInput(drawer.root.locator("[attr-field-id=备注内容]"), gallery.prefix).fill("慢慢写")
    button(drawer.root, "保存").hover()
    drawer.press("保存")
    drawer.gone()
    assert gallery.truth("drawer")[before[1] :] == ["慢慢写"]
    assert gallery.happened("notices") == before[0]
