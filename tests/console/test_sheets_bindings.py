"""The bindings sheet: what it says of SKUs, and what keeps a SKU out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from console.sheet_binding_columns import BINDINGS, Header
from console.sheet_bindings import BindingReading, read_bindings
from console.sheet_words import mend_words

Line = dict[Header, object]
PRODUCT = "3886423818315406445"


def line(size: str, **more: object) -> Line:
    row: Line = {
        Header.SKU_CODE: f"CG-1001-W-{size}",
        Header.PRODUCT_ID: PRODUCT,
        Header.NAME: f"白色 / {size}",
        Header.LINK: "https://detail.1688.com/offer/612345678901.html",
        Header.SUPPLIER: "示例服饰厂",
        Header.FACTORY_SKU: f"F-1001-{size}",
        Header.FACTORY_NAME: f"{size} 白色",
    }
    return row | {Header[name]: value for name, value in more.items()}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., BindingReading]:
    def reading(*rows: Line) -> BindingReading:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = BINDINGS.name
        sheet.append([header.value for header in Header])
        for row in rows:
            sheet.append([row.get(header) for header in Header])
        book.save(tmp_path / "关联.xlsx")
        return read_bindings(tmp_path / "关联.xlsx")

    return reading


def test_each_row_is_a_sku_beside_the_others_of_its_product(
    read: Callable[..., BindingReading],
) -> None:
    reading = read(
        line("S"), line("M", LINK="612345678901", SUPPLIER=None), line("L", LINK="612345678902")
    )

    assert reading.problems == ()
    assert [item.key for item in reading.work()] == [f"CG-1001-W-{size}" for size in "SML"]
    first = reading.skus[0]
    assert (first.wish.offer, first.link) == (
        "612345678901",
        "https://detail.1688.com/offer/612345678901.html",
    )
    assert [one.sku_code for one in first.others] == ["CG-1001-W-M", "CG-1001-W-L"]
    assert [one.factory_sku for one in first.offered] == ["F-1001-S", "F-1001-M"]
    assert [one.supplier for one in first.offered] == ["示例服饰厂", ""]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("PRODUCT_ID", 3886423818315406445, "S-code-not-text"),
        ("PRODUCT_ID", "CG-1001", "S-product-id"),
        ("NAME", None, "S-required"),
        ("LINK", None, "S-required"),
        ("LINK", "同上", "S-supply-link"),
        ("FACTORY_SKU", None, "S-required"),
        ("FACTORY_NAME", None, "S-required"),
    ],
)
def test_a_bad_cell_leaves_out_its_sku_only(
    read: Callable[..., BindingReading], name: str, value: object, rule: str
) -> None:
    reading = read(line("S"), line("M", **{name: value}))
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.rule) == (3, Header[name], rule)
    assert problem.code == "CG-1001-W-M"
    assert mend_words(problem, "zh") != problem.mend
    assert [one.wish.sku_code for one in reading.skus] == ["CG-1001-W-S"]


def test_a_link_of_a_phone_is_the_same_offer(read: Callable[..., BindingReading]) -> None:
    mobile = "https://detail.m.1688.com/page/index.html?offerId=612345678901"
    first, second = read(line("S"), line("M", LINK=mobile)).skus
    assert (second.wish.offer, second.theirs.offer, second.link) == (
        *2 * (first.wish.offer,),
        mobile,
    )
    assert len(first.offered) == 2


def test_a_sku_that_stands_twice_is_left_out(read: Callable[..., BindingReading]) -> None:
    reading = read(line("S"), line("S", FACTORY_SKU="F-9"), line("M"))
    assert [(one.row, one.rule) for one in reading.problems] == [
        (2, "S-binding-twice"),
        (3, "S-binding-twice"),
    ]
    assert [one.wish.sku_code for one in reading.skus] == ["CG-1001-W-M"]
