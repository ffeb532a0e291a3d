"""One case for each widget: drive it, then compare what it shows with what its component holds.

A case gets the number of its round, so that it can be repeated: each round asks for something else
than the one before. The default suite runs the first few, the soak two hundred.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest
from playwright.sync_api import Locator

from domain.errors import BusinessError
from pages.widgets.antd import (
    Cascader,
    Checkboxes,
    Confirm,
    DatePicker,
    Drawer,
    FormErrors,
    Menu,
    Modal,
    MultiSelect,
    NumberInput,
    Pagination,
    Popconfirm,
    Radio,
    RangePicker,
    Select,
    Switch,
    Table,
    Tabs,
    Tags,
    TextInput,
    Toasts,
    TreeSelect,
    Upload,
    VirtualList,
    VirtualTable,
    button,
)
from pages.widgets.common import Patience, insist
from tests.pages.widgets.gallery import Gallery

Round = Callable[[Gallery, int], None]
ROWS = "**/_practice/gallery/rows**"
ALL_ROWS = 20
"""Every so many rounds a list is read from end to end."""


@dataclass(frozen=True)
class Case:
    """What to do in a round, on which card of the gallery, and how many rounds show all of it."""

    run: Round
    card: str
    rounds: int


CASES: dict[str, Case] = {}


def case(name: str, card: str, rounds: int = 1) -> Callable[[Round], Round]:
    def remember(function: Round) -> Round:
        CASES[name] = Case(function, card, rounds)
        return function

    return remember


def pick(round_: int, among: list[str], many: int = 1) -> list[str]:
    """Some of them, others in the next round."""
    return random.Random(round_).sample(among, many)  # noqa: S311 - to be repeated, not secret


BRANDS = [f"品牌{n}" for n in range(1, 501)]
SEASONS = [f"第{n}季" for n in range(1, 61)]
PATHS = [
    ("北京市", "北京市", "东城区"),
    ("广东省", "广州市", "天河区"),
    ("广东省", "东莞市"),
    ("浙江省", "宁波市", "江北区"),
    ("重庆市", "重庆市", "江北区"),
]
NODES = [("成人", "男"), ("成人", "女"), ("成人", "男女通用"), ("儿童", "男童"), ("儿童", "女童")]


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
    button(form, "提交").click()
    gallery.page.wait_for_function(
        "n => JSON.parse(document.querySelector('#truth').textContent).提交?.length > n", arg=before
    )
    assert errors.texts() == ()


@case("select, searched", "choices")
def select(gallery: Gallery, round_: int) -> None:
    [wanted] = pick(round_, BRANDS)
    widget = Select(gallery.field("品牌"), gallery.prefix)
    widget.choose(wanted)
    assert widget.value() == gallery.truth("品牌") == wanted


@case("select, scrolled", "choices")
def scrolled_select(gallery: Gallery, round_: int) -> None:
    [wanted] = pick(round_, [brand.replace("品牌", "产地") for brand in BRANDS])
    widget = Select(gallery.field("产地"), gallery.prefix)
    widget.choose(wanted)
    assert widget.value() == gallery.truth("产地") == wanted


@case("select, from the server", "choices")
def server_select(gallery: Gallery, round_: int) -> None:
    [wanted] = pick(round_, BRANDS[60:])
    widget = Select(gallery.field("供应商"), gallery.prefix)
    widget.choose(wanted)
    assert widget.value() == gallery.truth("供应商") == wanted


@case("multi select", "choices")
def multi_select(gallery: Gallery, round_: int) -> None:
    wanted = pick(round_, SEASONS, 1 + round_ % 3)
    widget = MultiSelect(gallery.field("适用季节"), gallery.prefix)
    widget.choose_all(wanted)
    assert set(widget.values()) == set(gallery.truth("适用季节")) == set(wanted)


@case("tags", "choices")
def tags(gallery: Gallery, round_: int) -> None:
    wanted = pick(round_, ["连衣裙", "夏季", "显瘦", "通勤", "碎花"], 1 + round_ % 3)
    widget = Tags(gallery.field("关键词"), gallery.prefix)
    widget.choose_all(wanted)
    assert set(widget.values()) == set(gallery.truth("关键词")) == set(wanted)


@case("tree select", "choices", rounds=2)
def tree_select(gallery: Gallery, round_: int) -> None:
    if round_ % 2:
        path = NODES[round_ % 5]
        one = TreeSelect(gallery.field("适用人群"), gallery.prefix)
        one.choose(*path)
        assert one.value() == gallery.truth("适用人群") == path[-1]
        return
    paths = [NODES[round_ % 5], NODES[(round_ + 2) % 5]]
    many = TreeSelect(gallery.field("多选人群"), gallery.prefix)
    many.choose_all(paths)
    assert set(many.values()) == set(gallery.truth("多选人群")) == {path[-1] for path in paths}


@case("cascader", "choices", rounds=3)
def cascader(gallery: Gallery, round_: int) -> None:
    label, path = ["所在地区", "悬停地区", "逐级地区"][round_ % 3], PATHS[round_ % len(PATHS)]
    widget = Cascader(gallery.field(label), gallery.prefix)
    widget.choose(*path)
    assert list(widget.value()) == gallery.truth(label) == list(path)


@case("cascader, searched", "choices")
def searched_cascader(gallery: Gallery, round_: int) -> None:
    path = PATHS[(round_ + 3) % len(PATHS)]
    widget = Cascader(gallery.field("所在地区"), gallery.prefix)
    widget.search(*path)
    assert list(widget.value()) == gallery.truth("所在地区") == list(path)


@case("cascader, several", "choices")
def several_regions(gallery: Gallery, round_: int) -> None:
    paths = [PATHS[round_ % 4], PATHS[(round_ + 1) % 4]]
    widget = Cascader(gallery.field("多选地区"), gallery.prefix)
    widget.choose_all(paths)
    assert set(widget.values()) == {path[-1] for path in paths}
    assert sorted(gallery.truth("多选地区")) == sorted(map(list, paths))


@case("tabs", "tables", rounds=2)
def tabs(gallery: Gallery, round_: int) -> None:
    widget = Tabs(gallery.page.locator("#tabs"), gallery.prefix)
    at = [2, 24, 5, 19, 1][round_ % 5]
    label = "全部" if at == 1 else f"栏目{at}"
    widget.choose(label)
    assert (widget.value(), gallery.truth("tab")) == (label, f"t{at}")


@case("pages of a table", "tables")
def pages(gallery: Gallery, round_: int) -> None:
    box = gallery.page.locator("#paged")
    table, pages = Table(box, gallery.prefix), Pagination(box, gallery.prefix)
    pages.resize([20, 10][round_ % 2], ROWS)
    last = -(-137 // pages.size())
    for wanted in (last, 2 + round_ % 3):
        pages.go_to(wanted, ROWS)
        shown = {"page": pages.number(), "size": pages.size(), "ids": list(table.keys())}
        assert shown == gallery.truth("table")
    record = table.records()[0]
    assert (record["编号"], record["名称"]) == (
        table.keys()[0],
        f"商品 {table.keys()[0].removeprefix('P-')}",
    )


@case("row of a table", "tables")
def row(gallery: Gallery, round_: int) -> None:
    table = Table(gallery.page.locator("#paged"), gallery.prefix)
    [key] = pick(round_, list(table.keys()))
    button(table.row(key), "编辑").click()
    Menu(table.row_showing(key).get_by_text("更多"), gallery.prefix).choose("查看日志")
    table.row(key).get_by_text("删除", exact=True).click()
    Popconfirm(gallery.page, gallery.prefix, "确定删除？").answer("确定")
    assert gallery.truth("clicked")[-3:] == [f"edit {key}", f"log {key}", f"delete {key}"]
    for one in table.ticked():
        table.tick(one, on=False)
    table.tick(key)
    assert list(table.ticked()) == [key]
    assert key in gallery.truth("picked")


@case("virtual table", "tables")
def virtual_table(gallery: Gallery, round_: int) -> None:
    table = VirtualTable(gallery.page.locator("#virtual"), gallery.prefix)
    key = f"K-{1 + (round_ * 379) % 400}"
    box = table.row(key).locator("input")
    box.fill(str(round_))
    assert box.input_value() == gallery.truth("stocks")[key] == str(round_)
    if round_ % ALL_ROWS == 1:
        rows = table.rows()
        assert [row.key for row in rows] == [f"K-{n}" for n in range(1, 2001)]
        assert rows[-1].cells == ("K-2000", "规格 2000", str(1999 * 37 % 1000), "")
        entered = {row.key: row.cells[3] for row in rows if row.cells[3]}
        assert entered == gallery.truth("stocks")


@case("virtual list", "tables")
def virtual_list(gallery: Gallery, round_: int) -> None:
    rows = VirtualList(gallery.page.locator("#own"))
    if round_ % ALL_ROWS == 1:
        assert [row.key for row in rows.rows()] == [f"L-{n}" for n in range(1, 501)]
    key = f"L-{1 + (round_ * 137) % 500}"
    rows.row(key).click()
    assert gallery.truth("clicked")[-1] == f"line {key}"


@case("modal", "popups", rounds=2)
def modal(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("modal")
    button(gallery.page, "修改编码").click()
    dialog = Modal(gallery.page, gallery.prefix, "修改编码")
    box = TextInput(dialog.root.locator("[attr-field-id=商家编码]"), gallery.prefix)
    if round_ % 3 == 2:
        dialog.close()
        assert gallery.truth("modal")[before:] == ["cancelled"]
        return
    box.fill(f"SKU-{round_}")
    place = Select(dialog.root.locator("[attr-field-id=发货仓]"), gallery.prefix)
    place.choose("仓库二")
    toasts = Toasts(gallery.page)
    heard = toasts.count()
    dialog.answer("确定")
    assert gallery.truth("modal")[before:] == [{"code": f"SKU-{round_}", "place": "仓库二"}]
    assert [(one.kind, one.text) for one in toasts.after(heard)] == [("success", "修改成功")]


@case("confirm", "popups", rounds=2)
def confirm(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("confirm")
    button(gallery.page, "上架商品").click()
    question = Confirm(gallery.page, gallery.prefix, "确定上架该商品？")
    label, answer = [("确定", "yes"), ("取消", "no")][round_ % 2]
    question.answer(label)
    assert gallery.truth("confirm")[before:] == [answer]


@case("drawer", "popups", rounds=2)
def drawer(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("drawer")
    button(gallery.page, "填写备注").click()
    panel = Drawer(gallery.page, gallery.prefix, "商家备注")
    if round_ % 3 == 2:
        panel.close()
        assert gallery.truth("drawer")[before:] == ["closed"]
        return
    TextInput(panel.root.locator("[attr-field-id=备注内容]"), gallery.prefix).fill(f"加急 {round_}")
    panel.press("保存")
    panel.gone()
    assert gallery.truth("drawer")[before:] == [f"加急 {round_}"]


@case("popconfirm", "popups", rounds=2)
def popconfirm(gallery: Gallery, round_: int) -> None:
    before, toasts = gallery.happened("popconfirm"), Toasts(gallery.page)
    heard = toasts.count()
    button(gallery.page, "删除商品").click()
    label, answer = [("确定", "yes"), ("取消", "no")][round_ % 2]
    Popconfirm(gallery.page, gallery.prefix, "确定删除该商品？").answer(label)
    assert gallery.truth("popconfirm")[before:] == [answer]
    if answer == "yes":
        assert [(one.kind, one.text) for one in toasts.after(heard)] == [("error", "删除失败")]


@case("menu", "popups", rounds=2)
def menu(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("menu")
    hovered = Menu(button(gallery.page, "批量操作"), gallery.prefix)
    clicked = Menu(button(gallery.page, "点击操作"), gallery.prefix)
    if round_ % 2:
        hovered.choose("移入回收站")
        clicked.choose("下架", click=True)
        wanted = ["移入回收站", "下架"]
    else:
        hovered.choose("批量设置", "设置运费")
        wanted = ["设置运费"]
    assert gallery.truth("menu")[before:] == wanted


@case("toasts", "popups")
def toasts(gallery: Gallery, round_: int) -> None:
    assert round_ >= 0
    recorder = Toasts(gallery.page)
    before = recorder.count()
    button(gallery.page, "三条提示").click()
    gallery.page.wait_for_function("n => window.__toasts.length >= n", arg=before + 3)
    heard = [(one.kind, one.text) for one in recorder.after(before)]
    assert sorted(heard) == [
        ("error", "库存不足"),
        ("success", "保存成功"),
        ("warning", "图片过大"),
    ]
