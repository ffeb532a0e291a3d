"""Rounds of what is chosen from lists and trees."""

from __future__ import annotations

from pages.widgets.antd import (
    Cascader,
    MultiSelect,
    Select,
    Tags,
    TreeSelect,
)
from tests.pages.widgets.gallery import Gallery
from tests.pages.widgets.rounds import case, pick

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
