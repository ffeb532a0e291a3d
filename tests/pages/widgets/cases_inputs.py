"""Rounds of fields: text, numbers, ticks, dates, files, complaints."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest
from playwright.sync_api import Locator

from domain.errors import BusinessError
from pages.widgets.antd import (
    Checkboxes,
    DatePicker,
    FormErrors,
    NumberInput,
    Radio,
    RangePicker,
    Switch,
    TextInput,
    Upload,
    button,
)
from pages.widgets.clicks import Patience, press
from pages.widgets.common import gone, insist
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import case, pick


@case("text", "inputs", rounds=2)
def text(gallery: Gallery, round_: int) -> None:
    label = ["商品标题", "备注"][round_ % 2]
    box = TextInput(gallery.field(label), gallery.prefix)
    box.fill(f"夏季新款 {round_}")
    assert box.value() == gallery.truth(label) == f"夏季新款 {round_}"


@case("number", "inputs", rounds=2)
def number(gallery: Gallery, round_: int) -> None:
    if round_ % 2:
        price = NumberInput(gallery.field("售价"), gallery.prefix)
        price.fill(f"{1000 + round_}.5")
        assert price.value() == f"{1000 + round_:,}.5"
        assert gallery.truth("售价") == 1000 + round_ + 0.5
        return
    stock = NumberInput(gallery.field("库存"), gallery.prefix)
    wanted = [9_000, 10_000][round_ // 2 % 2] + round_  # the field itself allows up to 9999
    stock.fill(str(wanted))
    assert stock.value() == str(gallery.truth("库存")) == str(min(wanted, 9999))


@case("switch", "inputs", rounds=2)
def switch(gallery: Gallery, round_: int) -> None:
    on = round_ % 2 == 0
    widget = Switch(gallery.field("启用"), gallery.prefix)
    widget.turn(on)
    assert widget.value() is gallery.truth("启用") is on


@case("checkboxes", "inputs", rounds=2)
def checkboxes(gallery: Gallery, round_: int) -> None:
    if round_ % 2:
        one = Checkboxes(gallery.field("协议"), gallery.prefix)
        one.tick("我已阅读", round_ % 4 == 1)
        assert bool(one.values()) is gallery.truth("我已阅读") is (round_ % 4 == 1)
        return
    group = Checkboxes(gallery.field("服务"), gallery.prefix)
    wanted = pick(round_, ["七天无理由", "运费险", "极速退款"], round_ // 2 % 4)
    group.choose_all(wanted)
    assert set(group.values()) == set(gallery.truth("服务")) == set(wanted)


@case("radio", "inputs", rounds=2)
def radio(gallery: Gallery, round_: int) -> None:
    label, texts = [
        ("发货时效", ["24小时", "48小时以上", "48小时"]),
        ("销售模式", ["预售", "现货+预售", "现货"]),
    ][round_ % 2]
    wanted = texts[round_ % 3]
    widget = Radio(gallery.field(label), gallery.prefix)
    widget.choose(wanted)
    assert widget.value() == gallery.truth(label) == wanted


def day(round_: int) -> str:
    return (date(2026, 11, 1) + timedelta(days=round_)).isoformat()


@case("date", "inputs", rounds=2)
def one_date(gallery: Gallery, round_: int) -> None:
    label, wanted = [("生效日期", day(round_)), ("开售时间", f"{day(round_)} 08:30:00")][round_ % 2]
    widget = DatePicker(gallery.field(label), gallery.prefix)
    widget.fill(wanted)
    assert widget.value() == gallery.truth(label) == wanted


@case("date range", "inputs", rounds=2)
def two_dates(gallery: Gallery, round_: int) -> None:
    label, times = [("活动时间", ("", "")), ("下单时间", (" 00:00:00", " 23:59:59"))][round_ % 2]
    wanted = [day(round_) + times[0], day(round_ + 40) + times[1]]
    widget = RangePicker(gallery.field(label), gallery.prefix)
    widget.fill(*wanted)
    assert list(widget.values()) == gallery.truth(label) == wanted


def written(*names: str) -> list[Path]:
    folder = Path(gettempdir(), "shopclerk-gallery")
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"picture")
    return [folder / name for name in names]


@case("upload", "inputs")
def upload(gallery: Gallery, round_: int) -> None:
    widget = Upload(gallery.field("主图"), gallery.prefix)
    names = [f"{round_}-{at}.png" for at in range(2)]
    widget.put(written(*names))
    assert sorted(widget.values()) == sorted(gallery.truth("主图")) == names
    bad = f"bad-{round_}.png"
    with pytest.raises(BusinessError, match=bad):
        widget.put(written(bad))
    for name in (*names, bad):
        widget.remove(name)
    assert widget.count() == len(gallery.truth("主图")) == 0


def complain(form: Locator, errors: FormErrors, timeout: Patience) -> None:
    """Press the button, which a notice that comes in between may swallow."""
    button(form, "提交").click(timeout=timeout)
    errors.shown.nth(1).wait_for(timeout=timeout)


@case("form errors", "inputs")
def form_errors(gallery: Gallery, round_: int) -> None:
    form = gallery.page.locator("#complaints")
    errors, before = FormErrors(form, gallery.prefix), gallery.happened("提交")
    person = TextInput(gallery.field("联系人"), gallery.prefix)
    mobile = TextInput(gallery.field("手机号"), gallery.prefix)
    person.fill("")
    mobile.fill("")
    insist(lambda timeout: complain(form, errors, timeout))
    assert list(errors.texts()) == gallery.truth("错误") == ["请输入联系人", "请输入手机号"]
    person.fill("王店长")
    mobile.fill(f"138{round_:08}")
    press(button(form, "提交"))
    gallery.page.wait_for_function(
        "n => JSON.parse(document.querySelector('#truth').textContent).提交?.length > n", arg=before
    )
    gone(errors.shown)
    assert errors.texts() == ()
