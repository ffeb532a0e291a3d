"""The platform's own data."""

from __future__ import annotations

import pytest

from practice.catalogue import NO_BRAND_ID, catalogue

FIRST_LEVELS = (
    "服饰内衣 / 美妆 / 食品饮料 / 个护家清 / 鞋靴箱包 / 钟表配饰 / 母婴宠物 / "
    "图书教育 / 智能家居 / 3C数码产品 / 运动户外 / 玩具乐器 / 生鲜"
)
LEAVES = {category.text: category for category in catalogue().leaves()}


@pytest.mark.parametrize(
    ("path", "specs"),
    [
        ("服饰内衣 > 女装 > T恤", ("颜色分类", "尺码大小")),
        ("服饰内衣 > 内衣裤袜 > 袜子 > 中筒袜", ("颜色分类", "尺码大小")),
        ("家居日用 > 餐饮具 > 保温杯", ("颜色分类",)),
        ("家居日用 > 收纳整理 > 桌面收纳盒", ("颜色分类",)),
        ("鞋靴箱包 > 女包 > 帆布包", ("颜色分类",)),
        ("厨具 > 锅具 > 炒锅", ("规格",)),
    ],
)
def test_leaf_and_its_usual_specs(path: str, specs: tuple[str, ...]) -> None:
    assert catalogue().spec_names(LEAVES[path]) == specs


def test_the_tree_is_big_enough_to_get_lost_in() -> None:
    """Facts 9: the first levels; DESIGN 6: hundreds of leaves, names that come again elsewhere."""
    assert len(LEAVES) >= 400
    assert {len(category.path) for category in LEAVES.values()} == {2, 3, 4, 5}
    names = [category.name for category in LEAVES.values()]
    assert names.count("T恤") == 3
    assert "服饰内衣 > 服装 > 内衣裤袜 > 居家服/睡衣" in LEAVES
    firsts = {category.path[0] for category in LEAVES.values()}
    assert firsts >= set(FIRST_LEVELS.split(" / "))


@pytest.mark.parametrize(
    ("path", "required"),
    [
        ("服饰内衣 > 女装 > T恤", {"材质成分": "measure_multi", "适用性别": "tree"}),
        ("服饰内衣 > 内衣裤袜 > 袜子 > 中筒袜", {"材质成分": "measure_multi", "适用性别": "tree"}),
        ("鞋靴箱包 > 女鞋 > 单鞋", {"鞋面材质": "select"}),
        ("美妆 > 彩妆 > 口红", {"功效": "multi_select", "保质期": "text"}),
        ("鞋靴箱包 > 女包 > 帆布包", {}),
        ("家居日用 > 餐饮具 > 保温杯", {}),
    ],
)
def test_what_a_leaf_requires(path: str, required: dict[str, str]) -> None:
    """Facts 3.2, 类目属性: types; some required, by category."""
    attributes = catalogue().attributes(LEAVES[path]).values()
    assert {one.name: one.type for one in attributes if one.required} == required


def test_longer_paths_change_single_rules() -> None:
    """Facts 3.2: the allowed set of 发货时效 and 7天无理由 depend on the category."""
    plain = catalogue().rules(LEAVES["家居日用 > 餐饮具 > 保温杯"])
    made = catalogue().rules(LEAVES["智能家居 > 全屋定制 > 定制窗帘"])
    assert (plain.max_specs, plain.seven_days) == (3, False)
    assert list(plain.ship_delays.values()) == [9999, 1, 2]
    assert list(made.ship_delays) == ["48小时", "5天", "15天", "45天"]
    assert catalogue().rules(LEAVES["服饰内衣 > 女装 > T恤"]).seven_days


def test_brands_are_many_and_alike() -> None:
    """Facts 3.2, 品牌: searched, so there are too many to look through."""
    brands = catalogue().choices["brands"]
    assert len(brands) >= 300
    assert len(set(brands.values())) == len(brands)
    assert {"云朵家", "云朵朵家", "白鹿", "白露"} <= set(brands)


def test_columns_of_the_picker_lead_to_every_leaf() -> None:
    reached: list[int] = []
    branches = [0]
    while branches:
        for child in catalogue().children(branches.pop()):
            reached.append(child.id)
            if not child.is_leaf:
                branches.append(child.id)
    assert sorted(reached) == sorted(catalogue().categories)


def test_choices_have_the_facts_codes() -> None:
    """Facts 3.2: 无品牌, 包邮, 发货时效, 7天无理由, 订单库存计数, 上架方式."""
    choices = catalogue().choices
    assert choices["brands"]["无品牌"] == NO_BRAND_ID == 596120136
    assert len(choices["brands"]) >= 30
    assert choices["freight_templates"]["包邮"] == 0
    assert choices["ship_delays"] == {"当日发": 9999, "次日发": 1, "48小时": 2}
    assert sorted(choices["return_policies"].values()) == [0, 1, 2]
    assert choices["stock_counts"] == {"下单减库存": 1, "付款减库存": 2}
    assert choices["sale_starts"] == {"立即上架": 0, "放入仓库": 1}
