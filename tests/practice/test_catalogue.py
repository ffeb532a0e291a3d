"""The platform's own data."""

from __future__ import annotations

import pytest

from practice.catalogue import NO_BRAND_ID, catalogue

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
    assert len(LEAVES) >= 60
    assert {len(category.path) for category in LEAVES.values()} == {3, 4}


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
