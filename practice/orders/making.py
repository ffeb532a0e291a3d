"""One order with its lines, as rows: for a new world's thousands and for buyers that come later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from practice.orders import people
from practice.orders.codes import OrderStatus
from practice.orders.people import Temper
from practice.seed_names import pick

HOUR = 3600
SHIP_WITHIN = 48 * HOUR
FIRST_ID = 69 * 10**17 + 25_895_097_028_853_458
STEP = 1_583_884_801_616
"""Between two orders' ids; the next few belong to an order's lines."""


@dataclass(frozen=True)
class Goods:
    """A SKU that can be ordered."""

    product_id: str
    sku_id: str
    title: str
    picture: str
    spec: str
    merchant_code: str
    sku_code: str
    price: int


@dataclass(frozen=True)
class Made:
    """Rows of an order."""

    order: dict[str, Any]
    lines: list[dict[str, Any]]


def make_order(
    rng: Random,
    basket: Sequence[Goods],
    temper: Temper,
    *,
    shop_id: str,
    number: int,
    created: float,
) -> Made:
    """A paid order that waits to be shipped; ``number`` makes its id."""
    order_id, home = str(FIRST_ID + number * STEP), people.home(rng)
    lines = [_line(rng, order_id, at, one, temper) for at, one in enumerate(basket)]
    post = pick(rng, (0, 0, 0, 800))
    paid = created + 20 + int(rng.random() * 400)
    order = {
        "id": order_id,
        "shop_id": shop_id,
        "buyer_id": str(31 * 10**14 + number),
        "nickname": f"{pick(rng, people.NICKNAMES)}{int(rng.random() * 10000):04d}",
        "status": int(OrderStatus.TO_SHIP),
        "aftersale": "",
        "abnormal": 0,
        "barred": "",
        "pay_amount": sum(one["price"] * one["quantity"] for one in lines) + post,
        "post_amount": post,
        "created_at": created,
        "paid_at": paid,
        "ship_by": paid + SHIP_WITHIN,
        "ended_at": None,
        "receiver": people.name(rng),
        "phone": _phone(rng, temper),
        "place": home.place,
        "region_codes": home.codes,
        "detail": home.vague if temper.order == "vague" else home.detail,
        "right_detail": home.detail,
        "buyer_words": pick(rng, WORDS) if rng.random() < 0.08 else "",
        "remark": "",
        "flag": 0,
        "temper": temper.name,
        "hidden": rng.random() < 0.02,
        "address_asked": None,
        "address_changed_at": None,
    }
    return Made(order, lines)


WORDS = ("请尽快发货，谢谢", "送人的，不要放小票", "周末在家，请周末送", "麻烦包装严实一点")


def _phone(rng: Random, temper: Temper) -> str:
    if temper.order == "no_phone":
        return ""
    return people.virtual(rng) if temper.order == "virtual" else people.mobile(rng)


def _line(rng: Random, order_id: str, at: int, goods: Goods, temper: Temper) -> dict[str, Any]:
    many = temper.order == "many" and at == 0
    return {
        "id": str(int(order_id) + at),
        "order_id": order_id,
        "position": at,
        "product_id": goods.product_id,
        "sku_id": goods.sku_id,
        "title": goods.title,
        "picture": goods.picture,
        "spec": goods.spec,
        "merchant_code": goods.merchant_code,
        "sku_code": goods.sku_code,
        "price": goods.price,
        "quantity": 20 + int(rng.random() * 80) if many else pick(rng, (1, 1, 1, 1, 2, 3)),
        "shipped": False,
    }
