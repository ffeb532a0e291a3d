"""The workbook of 导出查询商品."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = [
    "商品ID",
    "商品名称",
    "商家编码",
    "商品类目",
    "最低价",
    "最高价",
    "销量",
    "总库存",
    "商品状态",
    "创建时间",
]


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """One line for each row of the list; ids and codes as text."""
    from openpyxl import Workbook  # slow to load, and seldom asked for

    book = Workbook(write_only=True)
    sheet = book.create_sheet("商品列表")
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(_cells(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: dict[str, Any]) -> tuple[str | float, ...]:
    created = datetime.fromtimestamp(row["create_time"]).astimezone()
    return (
        row["product_id"],
        row["name"],
        row["merchant_code"],
        row["category_name"],
        row["price_lower"] / 100,
        row["price_higher"] / 100,
        row["sell_num"],
        row["stock_num"],
        row["tab"],
        created.strftime("%Y/%m/%d %H:%M:%S"),
    )
