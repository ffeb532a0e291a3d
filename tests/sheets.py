"""Sheets for tests: real .xlsx files, cut from the sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.conftest import SAMPLE


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
        for header in ("主图", "商品详情图"):
            cell = row[columns[header] - 1]
            names = str(cell.value or "").replace("\n", ";").split(";")
            cell.value = ";".join(str(SAMPLE.parent / name.strip()) for name in names if name)
    book.save(path)
    return path


def sample_skus() -> dict[str, tuple[str, str, int]]:
    """The sample's SKUs, read by other code than ours: code → (spec, price, stock)."""
    rows = list(load_workbook(SAMPLE)["商品"].iter_rows(values_only=True))
    cells = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return {
        str(row["SKU编码"]): (
            " / ".join(str(row[f"规格{n}值"]) for n in (1, 2) if row[f"规格{n}值"]),
            f"{float(str(row['价格'])):.2f}",
            int(str(row["库存"])),
        )
        for row in cells
        if row["SKU编码"]
    }
