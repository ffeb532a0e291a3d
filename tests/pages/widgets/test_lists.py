"""What is found in a list or a table, and what is not, each where a miss would be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from domain.errors import BusinessError
from pages.widgets.antd import (
    Cascader,
    MultiSelect,
    Pagination,
    Select,
    Table,
    Tabs,
    VirtualList,
    VirtualTable,
    button,
)
from pages.widgets.clicks import press
from tests.pages.widgets.conftest import PAGE_MS
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import ROWS

_COVER = """
most => {
  const cover = document.createElement('div');
  cover.style.cssText = 'position: fixed; inset: 0; z-index: 99999';
  document.body.append(cover);
  setTimeout(() => cover.remove(), most);
}
"""


@pytest.fixture
def impatient(gallery: Gallery) -> Iterator[None]:
    """Nothing without a time of its own is waited for longer than three seconds."""
    gallery.page.set_default_timeout(3_000)
    yield
    gallery.page.set_default_timeout(PAGE_MS)


_LATE_LISTS = """
late => {
  const told = event => {
    if (!event.isTrusted || !event.target.matches?.('[class*=virtual-list-holder]')) return;
    event.stopImmediatePropagation();
    let left = late;
    const later = () => left-- > 0 ? requestAnimationFrame(later)
      : event.target.dispatchEvent(new Event('scroll'));
    later();
  };
  window.lateLists = new AbortController();
  window.addEventListener('scroll', told, {capture: true, signal: window.lateLists.signal});
}
"""


@pytest.fixture
def late_lists(gallery: Gallery, late: int) -> Iterator[int]:
    """A long list draws what lies at its place so many frames after it was scrolled there."""
    gallery.page.evaluate(_LATE_LISTS, late)
    yield late
    gallery.page.evaluate("window.lateLists.abort()")


def test_near_twins_of_an_option_are_told_apart(gallery: Gallery) -> None:
    brand = Select(gallery.field("品牌"), gallery.prefix)
    for twin in ("品牌1", "品牌10", "品牌100", "品牌1"):
        brand.choose(twin)
        assert brand.value() == gallery.truth("品牌") == twin


def test_an_option_above_the_chosen_one_is_reached_too(gallery: Gallery) -> None:
    country = Select(gallery.field("产地"), gallery.prefix)
    for far in ("产地499", "产地3"):
        country.choose(far)
        assert country.value() == gallery.truth("产地") == far


def test_an_option_is_found_in_a_list_that_searches_its_values(gallery: Gallery) -> None:
    def by_value(route: Route) -> None:
        text = route.fetch().text()
        assert 'optionFilterProp="label"' in text
        route.fulfill(
            body=text.replace('optionFilterProp="label"', ""), content_type="text/javascript"
        )

    gallery.page.route("**/gallery/choices.js*", by_value)
    gallery.load()
    Select(gallery.field("品牌"), gallery.prefix).choose("品牌250")
    assert gallery.truth("品牌") == "品牌250"
    gallery.page.unroute("**/gallery/choices.js*")
    gallery.load()


@pytest.mark.parametrize("late", [1, 2, 3, 5])
def test_an_option_is_found_though_the_list_draws_late(gallery: Gallery, late_lists: int) -> None:
    assert late_lists
    widget = Select(gallery.field("品牌"), gallery.prefix)
    for wanted in ("品牌499", "品牌7", "品牌43"):
        widget.choose(wanted)
        assert gallery.truth("品牌") == wanted


def test_an_option_that_is_not_there_is_a_plain_no(gallery: Gallery) -> None:
    with pytest.raises(BusinessError, match="产地501"):
        Select(gallery.field("产地"), gallery.prefix).choose("产地501")
    gallery.page.keyboard.press("Escape")


@pytest.mark.usefixtures("slow_motion")
def test_a_list_that_is_still_leaving_is_not_taken_for_the_next(gallery: Gallery) -> None:
    gallery.field("适用季节").locator(f".{gallery.prefix}-select").click()
    brand = Select(gallery.field("品牌"), gallery.prefix)
    brand.choose("品牌33")
    assert brand.value() == gallery.truth("品牌") == "品牌33"
    seasons = MultiSelect(gallery.field("适用季节"), gallery.prefix)
    assert list(seasons.values()) == gallery.truth("适用季节")


def test_a_chosen_option_is_not_clicked_away(gallery: Gallery) -> None:
    seasons = MultiSelect(gallery.field("适用季节"), gallery.prefix)
    for wanted in (["第3季", "第4季"], ["第4季", "第3季"], []):
        seasons.choose_all(wanted)
        assert sorted(seasons.values()) == sorted(gallery.truth("适用季节")) == sorted(wanted)


def test_places_of_the_same_name_in_two_columns(gallery: Gallery) -> None:
    region = Cascader(gallery.field("所在地区"), gallery.prefix)
    region.choose("北京市", "北京市", "西城区")
    assert region.value() == ("北京市", "北京市", "西城区")
    region.search("重庆市", "重庆市", "江北区")
    assert list(region.value()) == gallery.truth("所在地区") == ["重庆市", "重庆市", "江北区"]


def test_a_turned_page_is_never_read_with_the_old_rows(gallery: Gallery) -> None:
    box = gallery.page.locator("#paged")
    table, pages = Table(box, gallery.prefix), Pagination(box, gallery.prefix)
    gallery.page.route(ROWS, lambda route: route.continue_(url=f"{route.request.url}&latency=1800"))
    wanted = 3 if pages.number() != 3 else 4
    pages.go_to(wanted, ROWS)
    first = (wanted - 1) * pages.size() + 1
    assert table.keys()[0] == f"P-{first}"
    assert table.records()[0]["名称"] == f"商品 {first}"
    gallery.page.unroute(ROWS)


@pytest.mark.usefixtures("impatient")
def test_a_size_that_can_be_chosen_only_after_a_while_still_brings_its_rows(
    gallery: Gallery,
) -> None:
    pages = Pagination(gallery.page.locator("#paged"), gallery.prefix)
    wanted = 20 if pages.size() == 10 else 10
    gallery.page.evaluate(_COVER, 4_000)
    pages.resize(wanted, ROWS)
    assert gallery.truth("table")["size"] == wanted


def test_a_row_is_not_the_next_one_like_it(gallery: Gallery) -> None:
    box = gallery.page.locator("#paged")
    table = Table(box, gallery.prefix)
    Pagination(box, gallery.prefix).go_to(1, ROWS)
    before = gallery.happened("clicked")
    press(button(table.row("P-1"), "编辑"))
    press(button(table.row_showing("商品 10"), "编辑"))
    assert gallery.truth("clicked")[before:] == ["edit P-1", "edit P-10"]


def test_a_tab_is_not_the_one_whose_name_begins_alike(gallery: Gallery) -> None:
    tabs = Tabs(gallery.page.locator("#tabs"), gallery.prefix)
    for label in ("栏目2", "栏目22", "全部"):
        tabs.choose(label)
        assert tabs.value() == label


def test_rows_far_down_are_found_by_their_key(gallery: Gallery) -> None:
    table = VirtualTable(gallery.page.locator("#virtual"), gallery.prefix)
    assert "规格 321" in table.row("K-321").inner_text()
    assert "规格 1\n" in table.row("K-1").inner_text()
    with pytest.raises(BusinessError, match="L-501"):
        VirtualList(gallery.page.locator("#own")).row("L-501")


@pytest.mark.parametrize("number", range(276, 284, 2))
def test_a_row_that_was_found_stays_drawn(gallery: Gallery, number: int) -> None:
    """One of these lies just beyond the edge while it is looked for, and is drawn for a moment."""
    gallery.load(latency=60)
    table = VirtualTable(gallery.page.locator("#virtual"), gallery.prefix)
    box = table.row(f"K-{number}").locator("input")
    gallery.page.evaluate("() => new Promise(done => setTimeout(done, 100))")
    assert box.is_visible()
