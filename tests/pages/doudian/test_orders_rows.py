"""An order as an answer tells it: read whole, or refused without repeating what it says."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import Defect
from domain.order import Flag, OrderState
from pages.doudian.order_rows import order_row, parcels

TOLD: dict[str, Any] = {
    "shop_order_id": "6925095897028853458",
    "product_item": [
        {
            "product_id": "3811995393416364123",
            "merchant_code": "CG-1",
            "sku_code": "CG-1-W",
            "product_name": "练习保温杯",
            "sku_spec": "白色 / 500ml",
            "combo_num": 2,
            "combo_amount": 3990,
        }
    ],
    "order_status_info": {"order_status_text": "待发货"},
    "after_sale_info": {"after_sale_text": "退款中"},
    "receiver_info": {
        "post_receiver": "王**",
        "post_tel": "154****0001",
        "post_addr": {
            **{name: {"name": "", "id": ""} for name in ("province", "city", "town", "street")},
            "detail": "***",
        },
    },
    "user_nickname": "小练",
    "user_remark": "放门口",
    "remark": "客人要快点",
    "star": 3,
    "create_time": 1_790_000_000,
    "pay_time": 0,
    "exp_ship_time": 1_790_086_400,
    "abnormal_order": 2,
    "address_apply": True,
    "logistics": [{"company_name": "圆通速递", "logistics_code": "YT1", "ship_time": 0}],
}


def test_an_order_is_read_whole() -> None:
    row = order_row(TOLD)
    order, (line,) = row.order, row.order.lines
    assert (order.state, order.flag, order.remark) == (OrderState.TO_SHIP, Flag.GREEN, "客人要快点")
    assert (line.sku_code, line.quantity, str(line.price)) == ("CG-1-W", 2, "39.90")
    assert (order.paid_at, order.after_sale) == (None, "退款中")
    assert order.ship_by == datetime.fromtimestamp(1_790_086_400, UTC)
    assert (row.under_review, row.move_asked) == (True, True)
    assert order.receiver
    assert order.receiver.hidden
    assert "小练" not in repr(row)
    assert "放门口" not in repr(row)
    assert [(one.carrier, one.number, one.shipped_at) for one in parcels(TOLD)] == [
        ("圆通速递", "YT1", None)
    ]


@pytest.mark.parametrize("field", ["shop_order_id", "product_item", "star", "receiver_info"])
def test_an_order_that_lacks_something_is_a_defect_that_repeats_nothing(field: str) -> None:
    told = copy.deepcopy(TOLD)
    told[field] = "小练 154****0001"
    with pytest.raises(Defect) as raised:
        order_row(told)
    assert "小练" not in str(raised.value)
    assert raised.value.__cause__ is None
    del told[field]
    with pytest.raises(Defect):
        order_row(told)


def test_a_state_that_nobody_knows_is_a_defect() -> None:
    with pytest.raises(Defect, match="another form"):
        order_row(TOLD | {"order_status_info": {"order_status_text": "新状态"}})
