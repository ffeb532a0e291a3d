"""An order as the XHRs tell it (facts/doudian.md 1.1): what is personal stays masked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from practice.orders.carriers import carrier_name
from practice.orders.codes import AFTERSALE_TEXTS, STATUS_TEXTS, OrderStatus
from practice.orders.seed_chats import conversation_id
from practice.orders.tables import Order, OrderLine, Package

CHAT = "/pc_seller_v2/main/workspace"


def masked_name(name: str) -> str:
    """The first sign, then stars."""
    return f"{name[:1]}**" if name else ""


def masked_phone(phone: str) -> str:
    """``154****0001``; of a virtual number without its extension."""
    mobile = phone.partition("-")[0]
    return f"{mobile[:3]}****{mobile[-4:]}" if mobile else ""


def item(order: Order) -> dict[str, Any]:
    """A row of the list."""
    return {
        "shop_order_id": order.id,
        "product_item": [_line(order, one) for one in order.lines],
        "product_count": sum(one.quantity for one in order.lines),
        "pay_amount": order.pay_amount,
        "post_amount": order.post_amount,
        "pay_type": order.pay_type,
        "pay_time": int(order.paid_at or 0),
        "create_time": int(order.created_at),
        "finish_time": int(order.ended_at or 0),
        "exp_ship_time": int(order.ship_by or 0),
        "order_status": order.status,
        "order_status_info": {"order_status_text": STATUS_TEXTS[OrderStatus(order.status)]},
        "abnormal_order": order.abnormal,
        "order_type": 0,
        "trade_type": 0,
        "receiver_info": _receiver(order),
        "user_nickname": order.nickname,
        "user_remark": order.buyer_words,
        "remark": order.remark,
        "star": order.flag,
        "action_map": {"contactBuyer": {"biz_action_url": chat_link(order)}},
        "after_sale_info": {"after_sale_text": AFTERSALE_TEXTS[order.aftersale]},
        "address_apply": order.address_asked is not None,
    }


def chat_link(order: Order) -> str:
    """Where 飞鸽 opens for this order's buyer."""
    known = conversation_id(order.shop_id, order.buyer_id)
    return f"{CHAT}?{urlencode({'conversationId': known, 'orderId': order.id})}"


def _receiver(order: Order) -> dict[str, Any]:
    names = ("province", "city", "town", "street")
    codes = [*order.region_codes, ""]
    parts = zip(names, order.place, codes, strict=True)
    return {
        "post_receiver": masked_name(order.receiver),
        "post_tel": masked_phone(order.phone),
        "post_addr": {name: {"name": text, "id": code} for name, text, code in parts}
        | {"detail": "***"},
    }


def _line(order: Order, line: OrderLine) -> dict[str, Any]:
    return {
        "sku_order_id": line.id,
        "product_id": line.product_id,
        "sku_id": line.sku_id,
        "product_name": line.title,
        "product_pic": line.picture,
        "sku_spec": line.spec,
        "merchant_code": line.merchant_code,
        "sku_code": line.sku_code,
        "combo_amount": line.price,
        "combo_num": line.quantity,
        "shipped": line.shipped,
        "after_sale_text": AFTERSALE_TEXTS[order.aftersale],
    }


def detail(order: Order) -> dict[str, Any]:
    """The whole order, with its parcels."""
    asked = order.address_asked
    return item(order) | {
        "logistics": [_package(one, order) for one in order.packages],
        "address_apply_text": "".join(dict.fromkeys(asked["place"])) + "***" if asked else "",
    }


def _package(package: Package, order: Order) -> dict[str, Any]:
    return {
        "company_code": package.company_code,
        "company_name": carrier_name(package.company_code),
        "logistics_code": package.number,
        "ship_time": int(package.at),
        "sku_order_ids": package.line_ids or [one.id for one in order.lines],
    }


def revealed(order: Order) -> dict[str, Any]:
    """What 查看敏感信息 shows: one line 姓名，电话，地址."""
    return {
        "post_receiver": order.receiver,
        "post_tel": order.phone,
        "post_addr": order.address,
        "text": f"{order.receiver}，{order.phone}，{order.address}",
        "is_virtual": "-" in order.phone,
    }
