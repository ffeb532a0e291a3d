"""What a merchant does to an order beside shipping it: 备注, 查看敏感信息, 收货信息变更."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy.orm import Session

from practice.orders import views
from practice.orders.bodies import Body
from practice.orders.codes import (
    FLAGS,
    REMARK_LENGTH,
    WAITING,
    OrderAnswer,
    require,
)
from practice.orders.listing import one_order
from practice.orders.settle import take_address
from practice.orders.tables import Order
from practice.store.codes import Answer, Refusal
from practice.world import World

NOT_SHOWN = "当前订单不允许查看敏感信息"
REJECTS = {1001: "拣货", 1002: "配货", 1003: "仓库", 1004: "出库", 1005: "发货"}


class RemarkAsked(Body):
    """The body of 备注."""

    order_id: str
    remark: str = ""
    star: int = 0


class ConfirmAsked(Body):
    """The body of an answer to 收货信息变更申请."""

    order_id: str
    is_approved: int = Field(description="0 yes, 1001 to 1005 no")


def find(world: World, session: Session, shop_id: str, order_id: str) -> Order:
    """An order of this shop, or a refusal."""
    order = one_order(world, session, shop_id, order_id)
    if order is None:
        raise Refusal("订单不存在", OrderAnswer.NO_SUCH_ORDER)
    return order


def remark(world: World, session: Session, shop_id: str, asked: RemarkAsked) -> dict[str, Any]:
    """Put text and flag in the place of those that stood there."""
    order = find(world, session, shop_id, asked.order_id)
    if len(asked.remark) > REMARK_LENGTH:
        raise Refusal(f"备注不能超过{REMARK_LENGTH}个字符", Answer.BAD_FIELD)
    if asked.star not in FLAGS:
        raise Refusal("订单标记不正确", Answer.BAD_FIELD)
    order.remark, order.flag = asked.remark, asked.star
    return {"order_id": order.id}


def reveal(world: World, session: Session, shop_id: str, order_id: str) -> dict[str, Any]:
    """Receiver, phone and address of one order; some are refused."""
    order = find(world, session, shop_id, order_id)
    require(not order.hidden, NOT_SHOWN, OrderAnswer.NOT_SHOWN)
    order.looks += 1
    return views.revealed(order)


def answer_move(
    world: World, session: Session, shop_id: str, asked: ConfirmAsked
) -> dict[str, Any]:
    """Take the address that the buyer asks for, or leave it."""
    order = find(world, session, shop_id, asked.order_id)
    fine = order.address_asked is not None and order.status in WAITING
    require(fine, "没有待处理的修改地址申请", OrderAnswer.NOTHING_CHANGED)
    if asked.is_approved == 0 and order.address_asked:
        take_address(order, order.address_asked, world.clock.now())
    elif asked.is_approved in REJECTS:
        order.address_asked = None
    else:
        raise Refusal("参数错误", Answer.BAD_FIELD)
    return {"order_id": order.id}
