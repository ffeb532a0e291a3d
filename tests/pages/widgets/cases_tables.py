"""Rounds of tabs, tables and lists."""

from __future__ import annotations

from pages.widgets.antd import (
    Menu,
    Pagination,
    Popconfirm,
    Table,
    Tabs,
    VirtualList,
    VirtualTable,
    button,
)
from pages.widgets.clicks import press
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import ALL_ROWS, ROWS, case, pick


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
    press(button(table.row(key), "编辑"))
    Menu(table.row_showing(key).get_by_text("更多"), gallery.prefix).choose("查看日志")
    press(table.row(key).get_by_text("删除", exact=True))
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
    press(rows.row(key))
    assert gallery.truth("clicked")[-1] == f"line {key}"
