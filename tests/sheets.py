"""Sheets for tests: real .xlsx files, cut from the sample or grown from it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.conftest import SAMPLE

Row = dict[str, Any]
PICTURES = ("主图", "商品详情图")


def sheet_of(path: Path, *codes: str, **changes: str) -> Path:
    """The sample sheet with these products only; ``changes`` go into every row, by header."""
    book = load_workbook(SAMPLE)
    page: Any = book["商品"]
    columns: dict[str, int] = {cell.value: cell.column for cell in page[1]}
    rows = page.iter_rows(min_row=2, max_row=page.max_row)
    code = ""
    for row in rows:
        code = row[columns["商家编码"] - 1].value or code
        if code not in codes:
            for cell in row:
                cell.value = None
            continue
        for header, value in changes.items():
            row[columns[header] - 1].value = value
        for header in PICTURES:
            cell = row[columns[header] - 1]
            cell.value = _absolute(cell.value)
    book.save(path)
    return path


def sample_skus() -> dict[str, tuple[str, str, int]]:
    """The sample's SKUs, read by other code than ours: code → (spec, price, stock)."""
    return {row["SKU编码"]: _sku(row) for row in _sample_rows()}


def grown_sheet(path: Path, count: int, prefix: str = "SK") -> dict[str, Row]:
    """Write a sheet of many products with 1 to 12 SKUs each; give what the store must then hold.

    They are the sample's products by turns, under codes of which some begin like others.
    """
    patterns = _patterns()
    book, wanted = Workbook(), {}
    page: Any = book.active
    page.title = "商品"
    page.append(list(patterns[0]))
    for number in range(1, count + 1):
        rows = list(_grown(patterns[number % len(patterns)], f"{prefix}-{number}", number))
        for row in rows:
            page.append(list(row.values()))
        wanted[f"{prefix}-{number}"] = {
            "title": rows[0]["商品标题"],
            "category": rows[0]["商品类目"],
            "skus": {row["SKU编码"]: _sku(row) for row in rows},
        }
    book.save(path)
    return wanted


def _grown(pattern: Row, code: str, number: int) -> Iterator[Row]:
    """Give the rows of one product: every combination of its two specs, or of the only one."""
    skus = 1 + number * 7 % 12
    outer = next(size for size in (3, 2, 1) if skus % size == 0)
    for at in range(skus):
        row = copy(pattern) | {
            "商家编码": code,
            "商品标题": f"{pattern['商品标题'][:20]} 第{number}款",
            "规格1名称": "颜色分类",
            "规格1值": f"{'红黄蓝'[at % outer]}色",
            "规格2名称": "款式" if skus > outer else None,
            "规格2值": f"{at // outer + 1}号" if skus > outer else None,
            "SKU编码": f"{code}-{at + 1}",
            "价格": round(19.9 + number + at / 2, 2),
            "库存": 20 + number + at,
        }
        yield row


def _patterns() -> list[Row]:
    """The first row of each product of the sample, with its pictures by their whole paths."""
    first = [row for row in _sample_rows() if row["商品标题"]]
    return [row | {header: _absolute(row[header]) for header in PICTURES} for row in first]


def _sample_rows() -> list[Row]:
    rows = list(load_workbook(SAMPLE)["商品"].iter_rows(values_only=True))
    cells = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
    return [row for row in cells if row["SKU编码"]]


def _sku(row: Row) -> tuple[str, str, int]:
    spec = " / ".join(str(row[f"规格{n}值"]) for n in (1, 2) if row[f"规格{n}值"])
    return spec, f"{float(str(row['价格'])):.2f}", int(str(row["库存"]))


def _absolute(names: object) -> str:
    listed = str(names or "").replace("\n", ";").split(";")
    return ";".join(str(SAMPLE.parent / name.strip()) for name in listed if name)
