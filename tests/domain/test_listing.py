from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.listing import ListedProduct, ListedSku, Listing, Picture, Sku, without_stock

PICTURE = Picture(path=Path("CG-1002-1.jpg"), sha256="0" * 64)


def sku(code: str = "CG-1002-白M", price: str = "39.90", stock: int = 20, **spec: str) -> Sku:
    return Sku(
        code=code,
        spec=spec or {"颜色分类": "白色", "尺码大小": "M"},
        price=Decimal(price),
        stock=stock,
    )


def listing(**changes: Any) -> Listing:
    usual: dict[str, Any] = {
        "code": "CG-1002",
        "title": "情侣纯棉T恤",
        "category": ("服饰", "T恤"),
        "main_pictures": (PICTURE, PICTURE),
        "detail_pictures": (PICTURE,),
        "skus": (sku(),),
        "freight_template": "全国包邮",
        "ships_within": "48小时",
        "seven_day_return": "支持",
    }
    return Listing(**{**usual, **changes})


def as_row(wanted: Sku) -> ListedSku:
    """What the SKU table of a rightly saved product shows."""
    return ListedSku(
        code=wanted.code,
        spec_text=wanted.spec_text,
        price=str(wanted.price),
        stock=str(wanted.stock),
    )


def as_listed(wanted: Listing, **changes: Any) -> ListedProduct:
    """What the edit page of a rightly saved product holds."""
    shown = wanted.model_dump(exclude={"main_pictures", "detail_pictures"})
    rows = {"skus": tuple(as_row(sku) for sku in changes.pop("skus", wanted.skus))}
    counts = {
        "main_pictures": len(wanted.main_pictures),
        "detail_pictures": len(wanted.detail_pictures),
    }
    return ListedProduct(
        **{"product_id": "3900000000000000001", **shown, **counts, **rows, **changes}
    )


def test_a_product_saved_as_wanted_shows_the_same_facts() -> None:
    wanted = listing()

    assert as_listed(wanted).facts() == wanted.facts()


def test_where_it_stands_on_the_site_is_no_fact_of_it() -> None:
    assert as_listed(listing(), product_id="1").facts() == as_listed(listing()).facts()


@pytest.mark.parametrize(
    ("field", "value", "fact"),
    [
        ("code", "CG-10020", "商家编码"),
        ("title", "情侣纯棉T恤 ", "商品标题"),
        ("category", ("服饰",), "商品类目"),
        ("brand", "得力", "品牌"),
        ("main_pictures", 1, "主图"),
        ("detail_pictures", 0, "商品详情"),
        ("freight_template", "默认", "运费模板"),
        ("ships_within", "24小时", "发货时效"),
        ("seven_day_return", "不支持", "售后政策"),
        ("skus", (sku(price="39.91"),), "SKU CG-1002-白M"),
        ("skus", (sku(stock=19),), "SKU CG-1002-白M"),
        ("skus", (sku(颜色分类="白色", 尺码大小="L"),), "SKU CG-1002-白M"),
    ],
)
def test_each_field_saved_otherwise_shows_in_exactly_one_fact(
    field: str, value: object, fact: str
) -> None:
    wanted = listing().facts()
    found = as_listed(listing(), **{field: value}).facts()

    assert [name for name in wanted if wanted[name] != found[name]] == [fact]


def test_a_sku_too_many_or_too_few_is_a_fact_too() -> None:
    two = listing(skus=(sku(), sku("CG-1002-白L", 颜色分类="白色", 尺码大小="L")))

    assert two.facts().keys() - listing().facts().keys() == {"SKU CG-1002-白L"}


def test_a_sku_code_that_stands_there_twice_hides_no_sku() -> None:
    white, large = sku(), sku(颜色分类="白色", 尺码大小="L")
    twice = as_listed(listing(), skus=(white, large)).facts()

    assert twice != listing(skus=(white,)).facts()
    assert twice != listing(skus=(large,)).facts()
    assert {white.spec_text, large.spec_text} == {
        str(fact).partition(" | ")[0] for name, fact in twice.items() if name.startswith("SKU ")
    }


def test_the_order_of_the_sites_sku_rows_does_not_matter() -> None:
    skus = (sku(), sku("CG-1002-白L", 颜色分类="白色", 尺码大小="L"))

    assert as_listed(listing(), skus=skus[::-1]).facts() == listing(skus=skus).facts()


def test_a_skus_fact_reads_like_the_stores_table() -> None:
    facts = listing(skus=(sku(price="1299.5", stock=7),)).facts()

    assert facts["SKU CG-1002-白M"] == "白色 / M | ￥1299.50 | 库存 7"
    assert facts["商品类目"] == "服饰 > T恤"
    assert facts["品牌"] == "无品牌"


def test_spec_values_come_in_the_order_the_sheet_first_names_them() -> None:
    rows = [("白色", "M"), ("浅蓝", "M"), ("白色", "L"), ("浅蓝", "L"), ("藏青", "S")]
    skus = tuple(sku(f"{c}{s}", 颜色分类=c, 尺码大小=s) for c, s in rows)

    specs = listing(skus=skus).specs()

    assert list(specs) == ["颜色分类", "尺码大小"]
    assert specs == {"颜色分类": ["白色", "浅蓝", "藏青"], "尺码大小": ["M", "L", "S"]}


@given(st.lists(st.sampled_from("白蓝红绿黑"), min_size=1, max_size=12))
def test_each_spec_value_comes_once_in_its_first_place(colours: list[str]) -> None:
    skus = tuple(sku(f"S-{n}", 颜色分类=colour) for n, colour in enumerate(colours))

    values = listing(skus=skus).specs()["颜色分类"]

    assert set(values) == set(colours)
    assert values == sorted(set(colours), key=colours.index)


def test_a_listing_survives_its_snapshot() -> None:
    wanted = listing(skus=(sku(price="39.9"),))

    snapshot = wanted.model_dump(mode="json")

    assert snapshot["skus"][0]["price"] == "39.90"
    assert list(snapshot["skus"][0]["spec"]) == ["颜色分类", "尺码大小"]
    assert Listing.model_validate(snapshot) == wanted


@pytest.mark.parametrize(
    "changes",
    [
        {"code": ""},
        {"title": ""},
        {"category": ()},
        {"main_pictures": ()},
        {"main_pictures": (PICTURE,) * 6},
        {"detail_pictures": ()},
        {"detail_pictures": (PICTURE,) * 51},
        {"skus": ()},
        {"colour": "白色"},
    ],
)
def test_what_the_store_would_not_take_is_no_listing(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        listing(**changes)


@pytest.mark.parametrize(
    "changes",
    [{"stock": -1}, {"stock": 10_000_000}, {"price": "-1"}, {"price": "9.999"}, {"code": ""}],
)
def test_what_the_store_would_not_take_is_no_sku(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sku(**{**sku().model_dump(), **changes})


def test_orders_change_the_stock_and_nothing_else() -> None:
    before = listing(skus=(sku("A", stock=20), sku("B", stock=3)))
    sold = listing(skus=(sku("A", stock=19), sku("B", stock=0)))
    dearer = listing(skus=(sku("A", "41.00"), sku("B")))
    assert before.facts() != sold.facts()
    assert without_stock(before.facts()) == without_stock(sold.facts())
    assert without_stock(before.facts()) != without_stock(dearer.facts())
    assert without_stock(before.facts())["SKU A"] == "白色 / M | ￥39.90"
    assert without_stock({"主图": 3, "商品标题": "甲 | 乙"}) == {"主图": 3, "商品标题": "甲 | 乙"}
