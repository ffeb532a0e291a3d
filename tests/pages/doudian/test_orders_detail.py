"""订单详情: what is stored of one order, and its 备注 read back as stored."""

from __future__ import annotations

import pytest
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError, OutcomeUnknown, TransientError
from domain.order import Flag, OrderState, fits_box, marked_remark
from pages.doudian.order_detail import OrderDetail
from pages.doudian.order_rows import Remark
from pages.doudian.shell import Shell
from tests.conftest import Store
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying


@pytest.fixture
def detail(shell: Shell) -> OrderDetail:
    return OrderDetail(shell.page, shell.site)


def write(detail: OrderDetail, order_id: str, wanted: Remark) -> None:
    """Write a remark as ensure would: look, fill, compare, click, look again."""
    for _ in range(4):
        if trying(detail.open, order_id).row.remark == wanted:
            return
        try:
            dialog = detail.edit_remark(order_id, trying(detail.open, order_id).row.remark)
            dialog.fill(wanted)
            assert dialog.read() == wanted
            dialog.save()
        except (TransientError, OutcomeUnknown, TookTooLong):
            continue


@pytest.mark.parametrize("flag", [Flag.GREEN, Flag.RED])
def test_a_remark_is_appended_and_read_back_as_stored(
    detail: OrderDetail, truth: Truth, weather: str, flag: Flag
) -> None:
    assert weather
    order_id = truth.waiting()
    truth.change(order_id, remark="客人要快点", flag=Flag.CYAN)
    stored = trying(detail.open, order_id).row.remark
    assert stored == Remark(text="客人要快点", flag=Flag.CYAN)
    wanted = Remark(text=marked_remark(stored.text, "已付款待发货"), flag=flag)
    write(detail, order_id, wanted)
    told = truth.order(order_id)
    assert (told["remark"], told["flag"]) == ("客人要快点；已付款待发货", flag)
    assert trying(detail.open, order_id).row.remark == wanted


def test_the_first_remark_of_an_order_with_sixty_characters(
    detail: OrderDetail, truth: Truth
) -> None:
    order_id, wanted = truth.waiting(), Remark(text="备" * 60, flag=Flag.ORANGE)
    write(detail, order_id, wanted)
    assert truth.order(order_id)["remark"] == wanted.text
    dialog = detail.edit_remark(order_id, wanted)
    dialog.fill(Remark(text="注" * 61))
    assert dialog.read().text == "注" * 60


def test_words_that_somebody_wrote_since_the_look_are_not_replaced(
    detail: OrderDetail, truth: Truth
) -> None:
    order_id = truth.waiting()
    seen = detail.open(order_id).row.remark
    truth.change(order_id, remark="买家改地址，先别发")
    with pytest.raises(TransientError, match="somebody changed 备注"):
        detail.edit_remark(order_id, seen)
    detail.edit_remark(order_id, Remark(text="买家改地址，先别发", flag=seen.flag))


def test_the_box_counts_an_emoji_as_two(detail: OrderDetail, truth: Truth) -> None:
    order_id, emoji = truth.waiting(), "\N{MONEY BAG}"
    dialog = detail.edit_remark(order_id, detail.open(order_id).row.remark)
    dialog.fill(Remark(text=emoji * 31))
    assert dialog.read().text == emoji * 30
    assert [fits_box(emoji * count) for count in (30, 31)] == [True, False]


def test_a_throttled_remark_is_unknown_and_nothing_was_done(
    detail: OrderDetail, truth: Truth, shared_store: Store
) -> None:
    order_id = truth.waiting()
    dialog = detail.edit_remark(order_id, detail.open(order_id).row.remark)
    dialog.fill(Remark(text="试试", flag=Flag.RED))
    shared_store.control("POST", "faults", profile="calm", rates={"throttled": 1})
    try:
        with pytest.raises(OutcomeUnknown, match="频繁"):
            dialog.save()
    finally:
        shared_store.control("POST", "faults", profile="calm", rates={})
    assert truth.order(order_id)["remark"] == ""


def test_an_order_that_was_shipped_shows_its_parcel(detail: OrderDetail, truth: Truth) -> None:
    order_id = truth.orders(status=3)[-1]
    view, told = detail.open(order_id), truth.order(order_id)
    assert view.row.order.state == OrderState.SHIPPED
    assert [parcel.number for parcel in view.parcels] == [o["number"] for o in told["packages"]]
    assert all(parcel.shipped_at for parcel in view.parcels)


def test_an_order_that_does_not_exist_is_a_plain_no(detail: OrderDetail) -> None:
    with pytest.raises(BusinessError, match="订单不存在"):
        detail.open("6900000000000000000")


def test_receiver_and_buyer_are_declared_sensitive(detail: OrderDetail, truth: Truth) -> None:
    order_id = truth.waiting()
    row = detail.open(order_id).row
    text = "\n".join(one for region in detail.sensitive for one in region.all_inner_texts())
    assert row.order.receiver
    assert row.buyer in text
    assert row.order.receiver.phone in text
    assert row.buyer not in detail.content.aria_snapshot()


def test_a_remark_is_declared_sensitive_unless_all_its_words_are_ours(
    detail: OrderDetail, truth: Truth
) -> None:
    mark, words = "已付款-待发货", "甄小满 13800001234"
    ours = OrderDetail(detail.page, detail.site, harmless=(mark,))
    order_id = truth.waiting(2)
    for remark, covered in (("", 0), (mark, 0), (f"{words}；{mark}", 1), (f"{mark}；急", 1)):
        truth.change(order_id, remark=remark)
        stored = ours.open(order_id).row.remark
        lines = [region for region in ours._remarks() if region.count()]
        assert len(lines) == covered, remark
        ours.edit_remark(order_id, stored)
        assert len([region for region in ours._remarks() if region.count()]) == 2 * covered
        assert words not in "".join(text_of(ours)), remark


def text_of(detail: OrderDetail) -> list[str]:
    """Read the text of the page that no picture covers."""
    hidden = "elements => elements.forEach(one => one.setAttribute('aria-hidden', 'true'))"
    for region in detail.sensitive:
        region.evaluate_all(hidden)
    return [detail.page.locator("body").aria_snapshot()]
