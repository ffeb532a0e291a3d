"""Rounds of what lies over the page: dialogs, drawers, menus, toasts."""

from __future__ import annotations

from pages.widgets.antd import (
    Confirm,
    Drawer,
    Menu,
    Modal,
    Popconfirm,
    Select,
    TextInput,
    Toasts,
    button,
)
from pages.widgets.clicks import press
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import case


@case("modal", "popups", rounds=2)
def modal(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("modal")
    press(button(gallery.page, "修改编码"))
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
    press(button(gallery.page, "上架商品"))
    question = Confirm(gallery.page, gallery.prefix, "确定上架该商品？")
    label, answer = [("确定", "yes"), ("取消", "no")][round_ % 2]
    question.answer(label)
    assert gallery.truth("confirm")[before:] == [answer]


@case("drawer", "popups", rounds=2)
def drawer(gallery: Gallery, round_: int) -> None:
    before = gallery.happened("drawer")
    press(button(gallery.page, "填写备注"))
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
    press(button(gallery.page, "删除商品"))
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
    press(button(gallery.page, "三条提示"))
    gallery.page.wait_for_function("n => window.__toasts.length >= n", arg=before + 3)
    heard = [(one.kind, one.text) for one in recorder.after(before)]
    assert sorted(heard) == [
        ("error", "库存不足"),
        ("success", "保存成功"),
        ("warning", "图片过大"),
    ]
