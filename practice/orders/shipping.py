"""发货: one parcel for one order, for several of one receiver, or for part of an order (4.5)."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.orders.bodies import Body
from practice.orders.carriers import carriers
from practice.orders.codes import OPEN_AFTERSALES, RISK, OrderAnswer, OrderStatus, require
from practice.orders.deeds import find
from practice.orders.tables import Order, OrderLine, Package, ShopAddress, Waybill
from practice.store.codes import Refusal
from practice.world import World

NUMBER = re.compile(r"[A-Za-z0-9]{8,20}")
BARRED = OrderAnswer.SHIP_BARRED


class ShipAsked(Body):
    """The body of 发货."""

    order_ids: list[str] = Field(min_length=1, max_length=50)
    """Several go into one parcel."""
    company_code: str = ""
    logistics_code: str = ""
    """运单号."""
    address_id: int = 0
    """发货地址; 0: the default one."""
    after_sale_address_id: int = 0
    """退货地址; 0: the default one."""
    request_id: str = ""
    """The same one twice is carried out once."""
    is_reject_refund: bool = False
    """Ship although a refund is asked for."""
    sku_order_ids: list[str] = Field(default_factory=list)
    """Of one order, what goes into the parcel; empty: all that is left."""


def ship(world: World, session: Session, shop_id: str, asked: ShipAsked) -> dict[str, Any]:
    """Check all, then ship all; the first error stops everything."""
    done = _done_before(session, asked)
    if done:
        return done
    send_from, return_to = _addresses(session, shop_id, asked)
    orders = [find(world, session, shop_id, one) for one in dict.fromkeys(asked.order_ids)]
    for order in orders:
        _check_order(order, asked)
    receivers = {(one.receiver, one.phone, one.address) for one in orders}
    require(len(receivers) == 1, "多个订单收货人不一致", OrderAnswer.RECEIVERS_DIFFER)
    _check_number(session, orders, asked)
    for order in orders:
        _put_into_parcel(world, session, order, asked, (send_from.id, return_to.id))
    return {"order_ids": [one.id for one in orders]}


def _done_before(session: Session, asked: ShipAsked) -> dict[str, Any] | None:
    if not asked.request_id:
        return None
    same = select(Package.order_id).where(Package.request_id == asked.request_id)
    found = list(session.scalars(same))
    return {"order_ids": found} if found else None


def _addresses(session: Session, shop_id: str, asked: ShipAsked) -> tuple[ShopAddress, ShopAddress]:
    """Where it is sent from, and where returns of it go."""
    mine = (ShopAddress.shop_id == shop_id, ~ShopAddress.deleted)
    known = {one.id: one for one in session.scalars(select(ShopAddress).where(*mine))}
    sends = [one for one in known.values() if one.is_send_default]
    returns = [one for one in known.values() if one.is_default]
    if asked.address_id:
        sends = [known[asked.address_id]] if asked.address_id in known else []
        require(bool(sends), "发货信息填写有误", OrderAnswer.BAD_SHIPMENT)
    if asked.after_sale_address_id:
        chosen = asked.after_sale_address_id
        returns = [known[chosen]] if chosen in known else []
        require(bool(returns), "请传入退货地址", BARRED)
    words = "无默认{}地址，请先设置然后操作发货"
    require(bool(returns), words.format("售后"), BARRED)
    require(bool(sends), words.format("发货"), OrderAnswer.NO_SHIP_ADDRESS)
    return sends[0], returns[0]


def _check_order(order: Order, asked: ShipAsked) -> None:
    """Whether this order may be shipped at all."""
    codes = OrderAnswer
    status = order.status
    if order.aftersale == "refund_success":
        raise Refusal("该订单已售前退款成功，不能发货", BARRED)
    require(status != OrderStatus.CLOSED, "订单已取消，不支持发货", BARRED)
    shipped = "订单已发货，不允许再次执行发货"
    require(status != OrderStatus.SHIPPED, shipped, codes.SHIPPED_ALREADY)
    require(status != OrderStatus.FINISHED, "订单已完结，禁止发货", codes.FINISHED_ALREADY)
    risk = order.abnormal == RISK or status == OrderStatus.HELD
    require(not risk, "风控审核中，请稍后再发货", codes.RISK_CHECK)
    chain = "当前订单为供应链订单，需:供货商 帮助发货"
    require(order.barred != "supply_chain", chain, codes.SUPPLY_CHAIN)
    require(order.barred != "platform_warehouse", "平台仓发货", codes.PLATFORM_WAREHOUSE)
    asks_back = order.aftersale in OPEN_AFTERSALES and not asked.is_reject_refund
    require(not asks_back, "发货订单中有退款申请需要处理，请先处理", BARRED)
    require(status != OrderStatus.UNPAID, "发货信息填写有误", codes.BAD_SHIPMENT)
    left = {one.id for one in order.lines if not one.shipped}
    alone = not asked.sku_order_ids or len(asked.order_ids) == 1
    fine = alone and set(asked.sku_order_ids) <= left
    require(fine, "发货信息填写有误", codes.BAD_SHIPMENT)


def _check_number(session: Session, orders: list[Order], asked: ShipAsked) -> None:
    """Whether this carrier may have this number for this receiver."""
    codes = OrderAnswer
    require(bool(asked.company_code), "物流公司Code不能为空", BARRED)
    active = {one["code"] for one in carriers() if one.get("active", True)}
    gone = "暂不支持该物流公司或物流商已失效"
    require(asked.company_code in active, gone, BARRED)
    fits = NUMBER.fullmatch(asked.logistics_code) is not None
    require(fits, "物流单号不符合规则", BARRED)
    same = select(Package.id).where(
        Package.number == asked.logistics_code,
        Package.order_id.not_in([one.id for one in orders]),
    )
    taken = session.scalars(same.limit(1)).first() is not None
    require(not taken, "单号已被其他订单使用", codes.NUMBER_TAKEN)
    waybill = session.get(Waybill, asked.logistics_code)
    if waybill:
        _check_waybill(waybill, orders)


def _check_waybill(waybill: Waybill, orders: list[Order]) -> None:
    codes = OrderAnswer
    require(not waybill.recalled, "单号已被回收/取消", codes.NUMBER_RECALLED)
    paid = max(one.paid_at or 0 for one in orders)
    early = waybill.first_seen is not None and waybill.first_seen < paid
    require(not early, "首条轨迹早于支付时间", codes.TRACK_TOO_EARLY)
    same = waybill.receiver in {"", orders[0].receiver}
    require(same, "运单收件人不一致", codes.OTHER_RECEIVER)


def _put_into_parcel(
    world: World, session: Session, order: Order, asked: ShipAsked, places: tuple[int, int]
) -> None:
    lines = _lines(order, asked)
    for line in lines:
        line.shipped = True
    whole = all(one.shipped for one in order.lines)
    order.status = OrderStatus.SHIPPED if whole else OrderStatus.PARTLY_SHIPPED
    order.address_asked = None
    session.add(
        Package(
            order_id=order.id,
            company_code=asked.company_code,
            number=asked.logistics_code,
            line_ids=[one.id for one in lines],
            address_id=places[0],
            return_address_id=places[1],
            request_id=asked.request_id,
            at=world.clock.now(),
        )
    )


def _lines(order: Order, asked: ShipAsked) -> list[OrderLine]:
    left = [one for one in order.lines if not one.shipped]
    return [one for one in left if not asked.sku_order_ids or one.id in asked.sku_order_ids]


class EditAsked(Body):
    """The body of a change of 物流信息 after shipping."""

    order_id: str
    old_logistics_code: str
    company_code: str
    logistics_code: str


def edit_logistics(
    world: World, session: Session, shop_id: str, asked: EditAsked
) -> dict[str, Any]:
    """Another carrier or number for a parcel that is on its way."""
    order = find(world, session, shop_id, asked.order_id)
    parcel = next((o for o in order.packages if o.number == asked.old_logistics_code), None)
    if parcel is None or order.status == OrderStatus.FINISHED:
        raise Refusal("发货信息填写有误", OrderAnswer.BAD_SHIPMENT)
    wanted = ShipAsked(
        order_ids=[order.id],
        company_code=asked.company_code,
        logistics_code=asked.logistics_code,
    )
    _check_number(session, [order], wanted)
    parcel.company_code, parcel.number = asked.company_code, asked.logistics_code
    return {"order_id": order.id}
