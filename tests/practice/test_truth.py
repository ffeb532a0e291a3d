"""What was asked of a world against its database: each way to differ is told, nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.erp.seeding import ensure_erp
from practice.erp.tables import ErpAddress, ErpItem
from practice.orders.codes import OrderStatus
from practice.orders.placing import place_orders
from practice.orders.seed_chats import SELLER
from practice.orders.tables import Binding, Order, Package
from practice.orders.talks import talk_with, write_to_shop
from practice.store.codes import CheckStatus, Status
from practice.supply.tables import Offer, RightSku
from practice.tables import Product, Sku
from practice.truth import Asked, Truth, truth_of
from practice.world import World, make_world

MARK, QUESTION, MESSAGE = "已付款-待发货", "亲，您好！", "亲，您的订单已确认"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = make_world(tmp_path, products=60, orders=80)
    ensure_erp(world)
    yield world
    world.close()


def placed(world: World, count: int = 1) -> list[str]:
    """Let plain buyers order, so that nothing speaks against their orders."""
    with world.transaction() as session:
        ids = place_orders(world, session, count, 0)
        for order in session.scalars(select(Order).where(Order.id.in_(ids))):
            order.temper, order.status, order.hidden = "plain", OrderStatus.TO_SHIP, False
            order.paid_at, order.buyer_id = order.created_at, order.id
    return ids


def change(world: World, order_id: str, **values: Any) -> None:
    with world.transaction() as session:
        order = session.get_one(Order, order_id)
        for name, value in values.items():
            setattr(order, name, value)


def counts(truth: Truth) -> tuple[int, int, int]:
    return len(truth.wrong), len(truth.twice), len(truth.lost)


def test_a_mark_is_lost_wrong_or_there_twice(world: World) -> None:
    fine, forgotten, strange, double = placed(world, 4)
    asked = Asked(mark=MARK, marked=frozenset({fine, forgotten, double}))
    change(world, fine, remark=f"送人 {MARK}")
    change(world, strange, remark=MARK)
    change(world, double, remark=f"{MARK} {MARK}")

    assert truth_of(world, asked) == Truth(
        wrong=[f"mark of {strange}"], twice=[f"mark of {double}"], lost=[f"mark of {forgotten}"]
    )


@pytest.mark.parametrize(
    "why", [{"aftersale": "refund"}, {"barred": "x"}, {"abnormal": 2}, {"status": 4}]
)
def test_what_must_not_go_on_is_not_lost(world: World, why: dict[str, Any]) -> None:
    (order_id,) = placed(world)
    asked = Asked(mark=MARK, marked=frozenset({order_id}), parcels={order_id: ["YT1"]})
    assert counts(truth_of(world, asked)) == (0, 0, 2)

    change(world, order_id, **why)

    assert truth_of(world, asked).clean


def ask(world: World, order_id: str, beginning: str = QUESTION) -> None:
    with world.transaction() as session:
        talk = talk_with(session, session.get_one(Order, order_id))
        text = f"{beginning}门牌号？（订单编号：{order_id}）"
        write_to_shop(session, talk, SELLER, text, world.clock.now(), order_id=order_id)


def test_a_question_is_sent_once_to_whom_it_concerns(world: World) -> None:
    asked_once, asked_twice, unasked, plain = placed(world, 4)
    for order_id in (asked_once, asked_twice, unasked):
        change(world, order_id, temper="vague")
    for order_id in (asked_once, asked_twice, asked_twice, plain):
        ask(world, order_id)
    asked = Asked(question=QUESTION, checked=frozenset({asked_once, asked_twice, unasked, plain}))

    assert truth_of(world, asked) == Truth(
        wrong=[f"question about {plain}"],
        twice=[f"question about {asked_twice}"],
        lost=[f"question about {unasked}"],
    )
    assert truth_of(world, replace(asked, checked=frozenset())).lost == []


def test_a_buyer_is_told_once_of_an_order_that_is_marked(world: World) -> None:
    told, twice, lost, unknown, strange = placed(world, 5)
    for order_id in (told, twice, twice, strange):
        ask(world, order_id, MESSAGE)
    asked = Asked(
        message=MESSAGE,
        marked=frozenset({told, twice, lost, unknown}),
        told=frozenset({told, twice, lost}),
    )

    assert truth_of(world, asked) == Truth(
        wrong=[f"message about {strange}"],
        twice=[f"message about {twice}"],
        lost=[f"message about {lost}"],
    )


def test_a_parcel_belongs_to_one_order(world: World) -> None:
    one, two = placed(world, 2)
    for order_id, number in ((one, "YT1"), (two, "YT1"), (two, "YT3")):
        ship(world, order_id, number)

    truth = truth_of(world, Asked(parcels={one: ["YT1"], two: ["YT2"]}))

    assert truth == Truth(
        wrong=["parcel YT1", "parcel YT3"], twice=["parcel YT1"], lost=["parcel YT2"]
    )


def ship(world: World, order_id: str, number: str) -> None:
    with world.transaction() as session:
        session.add(
            Package(
                order_id=order_id,
                company_code="yuantong",
                number=number,
                line_ids=[],
                at=world.clock.now(),
                address_id=0,
                return_address_id=0,
            )
        )


def listed(world: World, code: str) -> str:
    """Let a seeded product count as one that a robot listed."""
    with world.transaction() as session:
        right = select(RightSku.product_id).where(RightSku.product_id.is_not(None))
        wanted = select(Product).where(Product.seeded, Product.id.not_in(right))
        product = session.scalars(wanted.limit(1)).one()
        product.seeded, product.merchant_code = False, code
        product.status, product.check_status = Status.ONLINE, CheckStatus.PASSED
        return product.id


def test_a_product_is_there_once_on_sale_at_its_price(world: World) -> None:
    product_id = listed(world, "CG-1")
    with world.transaction() as session:
        skus = session.get_one(Product, product_id).skus
        prices = {sku.code or "": f"{sku.price / 100:.2f}" for sku in skus}
    asked = Asked(products={"CG-1": prices})
    assert truth_of(world, asked).clean

    assert truth_of(world, Asked(products={"CG-2": {}})) == Truth(
        wrong=["product CG-1"], lost=["product CG-2"]
    )
    assert truth_of(world, Asked(products={"CG-1": {"a": "1.00"}})).wrong == ["product CG-1"]
    listed(world, "CG-1")
    assert truth_of(world, asked).twice == ["product CG-1"]


def test_a_binding_is_the_right_one(world: World) -> None:
    codes: list[str] = []
    known = select(RightSku).where(RightSku.product_id.is_not(None)).order_by(RightSku.sku_code)
    with world.transaction() as session:
        for right in session.scalars(known.limit(2)):
            factory_sku = "F-wrong" if codes else right.factory_sku
            names = {"sku_id": sku_of(session, right.sku_code), "offer": right.offer_id}
            session.add(
                Binding(
                    **names,
                    product_id=right.product_id,
                    shop_id="1",
                    supplier="",
                    factory_sku=factory_sku,
                    at=1.0,
                )
            )
            codes.append(right.sku_code)

    truth = truth_of(world, Asked(bound=frozenset({*codes, "NO-1"})))

    assert truth == Truth(wrong=[f"binding of {codes[1]}"], lost=["binding of NO-1"])


def sku_of(session: Session, code: str) -> str:
    return session.scalars(select(Sku.id).where(Sku.code == code)).one()


def test_returns_go_to_the_products_factory_from_one_entry(world: World) -> None:
    code, item_id = factory_s_item(world)
    asked = Asked(returns=frozenset({code}))
    assert truth_of(world, asked).lost == [f"return of {code}"]

    right = enter(world, item_id)
    assert truth_of(world, asked).clean

    again = enter(world, item_id)
    assert truth_of(world, asked).twice == [f"return address {one}" for one in (right, again)]

    with world.transaction() as session:
        session.get_one(ErpAddress, right).deleted = True
        session.get_one(ErpAddress, again).phone += "0"
    assert truth_of(world, asked).wrong == [f"return of {code}"]


def factory_s_item(world: World) -> tuple[str, int]:
    """Give a product whose factory is known and that is tied to nothing, and its item."""
    with world.transaction() as session:
        tied = (ErpItem.product_id == RightSku.product_id, ErpItem.address_id.is_(None))
        wanted = select(RightSku.merchant_code, ErpItem.id).join(ErpItem, tied[0]).where(tied[1])
        code, item_id = session.execute(wanted.order_by(ErpItem.id.desc())).first() or ("", 0)
        return code, item_id


def enter(world: World, item_id: int) -> int:
    """Enter the return address of an item's factory, and tie the item to it."""
    with world.transaction() as session:
        item = session.get_one(ErpItem, item_id)
        right = session.scalars(select(RightSku).where(RightSku.product_id == item.product_id))
        offer = session.get_one(Offer, right.first().offer_id)  # type: ignore[union-attr]
        true = offer.supplier.return_address(offer.warehouse, world.clock.now())
        address = ErpAddress(
            receiver=true.recipient,
            phone_kind="mobile",
            phone=true.phone,
            region=[name for name in (true.province, true.city, true.district) if name],
            region_codes=[],
            detail=true.street + true.road + true.door,
            created_at=world.clock.now(),
            updated_at=world.clock.now(),
        )
        session.add(address)
        session.flush()
        item.address_id, item.tied_at = address.id, world.clock.now()
        return address.id
