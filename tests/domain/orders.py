"""Invented orders for the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import yaml

from domain.order import Order, OrderLine, OrderState, Receiver
from domain.order_checks import OrderRules

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = OrderRules.model_validate(
    yaml.safe_load(
        (Path(__file__).resolve().parents[2] / "config/rules/orders.yaml").read_text("utf-8")
    )
)
RECEIVER = Receiver(
    name="甄小满",
    phone="13800001234",
    province="浙江省",
    city="杭州市",
    district="余杭区",
    town="仓前街道",
    detail="云帆路188号3幢",
)
LINE = OrderLine(
    product_id="3910000000000000001",
    product_code="CG-1001",
    sku_code="CG-1001-W-S",
    spec_text="白色 / S",
    quantity=2,
)


def order(**other: object) -> Order:
    parts: dict[str, object] = {
        "order_id": "6920100000000000078",
        "state": OrderState.TO_SHIP,
        "lines": (LINE,),
        "receiver": RECEIVER,
        "paid_at": NOON,
    }
    return Order.model_validate({**parts, **other})


def receiver(**other: str) -> Receiver:
    return RECEIVER.model_copy(update=other)
