"""Listings for the tests of the rules: sound but for what a test changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.listing import Listing, Picture, Sku

PICTURES = tuple(Picture(path=Path(f"{n}.jpg"), sha256=f"{n:064x}") for n in range(60))


def priced(*prices: Decimal | str) -> tuple[Sku, ...]:
    """Make a SKU of each price."""
    return tuple(
        Sku(code=f"A-{number}", spec={"规格": f"{number}号"}, price=Decimal(price), stock=1)
        for number, price in enumerate(prices, start=1)
    )


def listing(*, main_pictures: int = 3, detail_pictures: int = 1, **changes: Any) -> Listing:
    """Make a listing without a finding, and change it."""
    fields: dict[str, Any] = {
        "code": "A",
        "title": "夏季透气情侣T恤 宽松显瘦 纯棉短袖",
        "category": ("服饰内衣", "女装", "T恤"),
        "main_pictures": PICTURES[:main_pictures],
        "detail_pictures": PICTURES[:detail_pictures],
        "skus": priced("39.90"),
        "freight_template": "包邮",
        "ships_within": "48小时",
        "seven_day_return": "支持7天无理由退货",
    }
    return Listing.model_validate(fields | changes)
