"""发货: a parcel is what the store holds afterwards, and each error has its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError, NotSent, OutcomeUnknown, ShopclerkError, TransientError
from pages.doudian.order_detail import OrderDetail
from pages.doudian.shell import Shell
from pages.doudian.ship import FilledParcel, ShipForm
from pages.doudian.ship_answers import UnderReview, parcel_answer
from tests.conftest import Store
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying

SAID = {
    "无默认售后地址，请先设置然后操作发货": BusinessError,
    "无默认发货地址，请先设置然后操作发货": BusinessError,
    "发货订单中有退款申请需要处理，请先处理": BusinessError,
    "该订单已售前退款成功，不能发货": BusinessError,
    "订单已取消，不支持发货": BusinessError,
    "订单已发货，不允许再次执行发货": OutcomeUnknown,
    "订单已完结，禁止发货": BusinessError,
    "风控审核中，请稍后再发货": UnderReview,
    "当前订单为供应链订单，需:供货商 帮助发货": BusinessError,
    "平台仓发货": BusinessError,
    "物流单号不符合规则": BusinessError,
    "暂不支持该物流公司或物流商已失效": BusinessError,
    "物流公司Code不能为空": BusinessError,
    "发货信息填写有误": BusinessError,
    "单号已被回收/取消": BusinessError,
    "首条轨迹早于支付时间": BusinessError,
    "运单收件人不一致": BusinessError,
    "多个订单收货人不一致": BusinessError,
    "单号已被其他订单使用": BusinessError,
    "请传入退货地址": BusinessError,
    "发货失败，请稍后重试": OutcomeUnknown,
    "系统繁忙": OutcomeUnknown,
}


def saying(words: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(json={"code": 60000, "msg": words, "data": None})


def test_each_error_of_the_site_has_its_kind(page: Page) -> None:
    for said, kind in SAID.items():
        page.route("**/answer", saying(said))
        response = page.goto("http://store.test/answer")
        assert response
        with pytest.raises(ShopclerkError) as raised:
            parcel_answer(response)
        assert type(raised.value) is kind
        assert said in raised.value.what


@pytest.fixture
def form(shell: Shell) -> ShipForm:
    return ShipForm(shell.page, shell.site)


def number_of(order_id: str) -> str:
    return f"YT{order_id[-12:]}7"


def ship(form: ShipForm, detail: OrderDetail, order_id: str) -> None:
    """Ship as ensure would: look, fill, compare, click, look again."""
    wanted = FilledParcel(carrier="圆通速递", number=number_of(order_id))
    for _ in range(6):
        if trying(detail.open, order_id).parcels:
            return
        trying(form.open, order_id)
        form.fill(wanted.carrier, wanted.number)
        assert form.read() == wanted
        try:
            form.submit()
        except (TransientError, OutcomeUnknown, TookTooLong):
            continue


def test_an_order_is_shipped_once(form: ShipForm, shell: Shell, truth: Truth, weather: str) -> None:
    assert weather
    detail = OrderDetail(shell.page, shell.site)
    order_id = next(one for one in truth.orders(status=2) if fits(truth, one, lines=1))
    ship(form, detail, order_id)
    (parcel,) = trying(detail.open, order_id).parcels
    assert (parcel.carrier, parcel.number) == ("圆通速递", number_of(order_id))
    told = truth.order(order_id)
    assert [(one["company"], one["number"]) for one in told["packages"]] == [
        ("yuantong", number_of(order_id))
    ]
    assert told["status"] == 3


def fits(truth: Truth, order_id: str, *, lines: int) -> bool:
    told = truth.order(order_id)
    plain = told["temper"] == "plain" and not (told["aftersale"] or told["barred"])
    return plain and not told["abnormal"] and len(told["lines"]) == lines


def test_a_part_of_an_order_goes_into_a_parcel(form: ShipForm, truth: Truth) -> None:
    order_id = next(one for one in truth.orders(status=2) if fits(truth, one, lines=2))
    first = form.open(order_id).order.lines[0]
    assert len(form.read().goods) == 2
    form.fill("中通快递", number_of(order_id), [f"{first.spec_text} x{first.quantity}"])
    form.submit()
    told = truth.order(order_id)
    assert told["status"] == 101
    shipped = [one["sku_code"] for one in told["lines"] if one["shipped"]]
    assert shipped == [first.sku_code]


def test_what_the_form_or_the_store_refuses_ships_nothing(
    form: ShipForm, truth: Truth, shared_store: Store
) -> None:
    order_id = truth.waiting(-1)
    form.open(order_id)
    assert "百世快递" not in form.carriers()
    with pytest.raises(NotSent, match="必填"):
        form.submit()
    form.fill("顺丰速运", "12-34")
    with pytest.raises(BusinessError, match="物流单号不符合规则"):
        form.submit()
    recalled = number_of(order_id)
    shared_store.control("POST", "waybills", number=recalled, recalled=True)
    form.fill("圆通速递", recalled)
    with pytest.raises(BusinessError, match="已被回收"):
        form.submit()
    early = datetime.fromisoformat(truth.order(order_id)["paid_at"]) - timedelta(hours=1)
    shared_store.control("POST", "waybills", number=recalled, first_seen=early.timestamp())
    with pytest.raises(BusinessError, match="早于支付时间"):
        form.submit()
    assert (truth.order(order_id)["packages"], truth.order(order_id)["status"]) == ([], 2)


def test_an_order_under_review_waits_and_a_shipped_one_is_looked_at(
    form: ShipForm, truth: Truth
) -> None:
    order_id = truth.waiting(-2)
    truth.change(order_id, abnormal=2)
    assert form.open(order_id).under_review
    form.fill("圆通速递", number_of(order_id))
    with pytest.raises(UnderReview):
        form.submit()
    truth.change(order_id, abnormal=0, status=3)
    with pytest.raises(OutcomeUnknown, match="已发货"):
        form.submit()
    assert truth.order(order_id)["packages"] == []


def test_receiver_and_own_addresses_are_declared_sensitive(form: ShipForm, truth: Truth) -> None:
    row = form.open(truth.waiting())
    text = "\n".join(one for region in form.sensitive for one in region.all_inner_texts())
    assert row.order.receiver
    assert row.order.receiver.phone in text
    assert row.buyer_words in text
    own = form.page.locator(".auxo-select-selection-item").all_inner_texts()
    assert len(own) == 2
    assert all(address in text for address in own)
    assert row.order.order_id in form.content.aria_snapshot()
