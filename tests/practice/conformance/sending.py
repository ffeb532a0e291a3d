"""Products that are sent without a page, and what the store says to them."""

from __future__ import annotations

from itertools import product
from typing import Any

from tests.practice.conformance.steps import picture
from tests.practice.store_client import StoreClient

PREFIX = "/product/tproduct"
CUP = "家居日用 > 餐饮具 > 保温杯"
CURTAIN = "智能家居 > 全屋定制 > 定制窗帘"
BOOK = "图书教育 > 童书 > 绘本"


def told(client: StoreClient, **changes: Any) -> str:
    """Nothing if the form was taken, else the store's words."""
    answer = client.add(client.form(**changes))
    assert (answer["code"] == 0) == (answer["data"] is not None)
    return "" if answer["code"] == 0 else str(answer["msg"])


def pictures(client: StoreClient, count: int, width: int = 600, height: int = 600) -> list[str]:
    made = (picture(width, height, "PNG", f"#{at:06x}") for at in range(count))
    return [client.upload(one, "detail")["data"]["id"] for one in made]


def skus(*specs: list[str], **changes: Any) -> list[dict[str, Any]]:
    row = {"price": 3990, "stock_num": 1, "code": ""} | changes
    return [{"spec": list(values)} | row for values in product(*specs)]
