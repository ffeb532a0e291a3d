"""The 退货地址 sheet: what it says of products, and what keeps a product out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.sheet_return_columns import Header
from console.sheet_returns import ReturnsReading, read_returns
from console.sheet_words import mend_words
from tests.robots.suppliers import returns_sheet

Line = dict[Header, object]
TOLD = "收件人：王芳\n电话：13800001234\n地址：浙江省杭州市余杭区云帆路188号"


def line(code: str, **more: object) -> Line:
    row: Line = {
        Header.PRODUCT: code,
        Header.LINK: "https://detail.1688.com/offer/612345678901.html?spm=1",
        Header.SUPPLIER: "示例服饰厂",
    }
    return row | {Header[name]: value for name, value in more.items()}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReturnsReading]:
    def reading(*rows: Line) -> ReturnsReading:
        return read_returns(Path(returns_sheet(tmp_path / "退货地址.xlsx", *rows)))

    return reading


def test_each_row_is_a_product(read: Callable[..., ReturnsReading]) -> None:
    reading = read(line("A-1"), line("A-2", LINK="612345678902", SUPPLIER=None, TOLD=TOLD))

    assert reading.problems == ()
    assert [item.key for item in reading.work()] == ["A-1", "A-2"]
    first, second = reading.products
    assert (first.offer_id, first.supplier, first.told) == ("612345678901", "示例服饰厂", "")
    assert (second.offer_id, second.supplier, second.told) == ("612345678902", "", TOLD)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("PRODUCT", None, "S-required"),
        ("LINK", None, "S-required"),
        ("LINK", "示例服饰厂的店", "S-supply-link"),
        ("LINK", 6123456789012345678, "S-code-not-text"),
    ],
)
def test_a_bad_cell_leaves_out_its_product_only(
    read: Callable[..., ReturnsReading], name: str, value: object, rule: str
) -> None:
    reading = read(line("A-1"), line("A-2", **{name: value}))
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.rule) == (3, Header[name], rule)
    assert mend_words(problem, "zh") != problem.mend
    assert [one.product_code for one in reading.products] == ["A-1"]


def test_a_product_that_stands_twice_is_left_out(read: Callable[..., ReturnsReading]) -> None:
    reading = read(line("A-1"), line("A-1", LINK="612345678902"), line("A-2"))
    assert [(one.row, one.rule) for one in reading.problems] == [
        (2, "S-product-twice"),
        (3, "S-product-twice"),
    ]
    assert mend_words(reading.problems[0], "zh").startswith("每个商品只留一行")
    assert [one.product_code for one in reading.products] == ["A-2"]
