"""地址库: the shop's own addresses for sending and for returns (facts/doudian.md 5.5)."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.orders.bodies import Body
from practice.orders.codes import OrderAnswer, require
from practice.orders.tables import ShopAddress
from practice.store.codes import Answer, Refusal

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?")
NAMES = ("province", "city", "town", "street")
REMARK = 200


class AddressAsked(Body):
    """An address as the form sends it; without an id it is a new one."""

    address_id: int = 0
    receiver_name: str = Field(min_length=1, max_length=50)
    link_type: int = Field(ge=0, le=2)
    mobile: str
    region: list[str] = Field(min_length=4, max_length=4)
    """Province, city, district and street; a district may be empty."""
    region_codes: list[str] = Field(default_factory=lambda: ["", "", ""])
    detail: str = Field(min_length=1, max_length=200)
    is_default: bool = False
    is_send_default: bool = False
    remark: str = Field(default="", max_length=REMARK)


class AddressNamed(Body):
    """The body of 删除."""

    address_id: int


def list_addresses(
    session: Session, shop_id: str, page: int, size: int
) -> tuple[list[dict[str, Any]], int]:
    """Pages begin with 1."""
    mine = (ShopAddress.shop_id == shop_id, ~ShopAddress.deleted)
    total = session.scalar(select(func.count()).select_from(ShopAddress).where(*mine)) or 0
    wanted = select(ShopAddress).where(*mine).order_by(ShopAddress.id)
    rows = session.scalars(wanted.offset((max(page, 1) - 1) * size).limit(size))
    return [told(one) for one in rows], total


def told(address: ShopAddress) -> dict[str, Any]:
    """An address of the list."""
    codes = [*address.region_codes, ""]
    parts = zip(NAMES, address.place, codes, strict=True)
    return {
        "address_id": address.id,
        "receiver_name": address.receiver,
        "link_type": address.link_type,
        "mobile": address.phone,
        **{name: {"name": text, "id": code} for name, text, code in parts},
        "detail": address.detail,
        "is_default": address.is_default,
        "is_send_default": address.is_send_default,
        "remark": address.remark,
    }


def save(session: Session, shop_id: str, asked: AddressAsked) -> dict[str, Any]:
    """A new address, or other words for an old one."""
    shape = MOBILE if asked.link_type == 0 else LANDLINE
    require(shape.fullmatch(asked.mobile) is not None, "手机号格式有误", OrderAnswer.BAD_PHONE)
    values = {
        "receiver": asked.receiver_name.strip(),
        "link_type": asked.link_type,
        "phone": asked.mobile,
        "place": asked.region,
        "region_codes": asked.region_codes,
        "detail": asked.detail.strip(),
        "is_default": asked.is_default,
        "is_send_default": asked.is_send_default,
        "remark": asked.remark,
    }
    address = _changed(session, shop_id, asked.address_id, values)
    session.flush()
    _only_default(session, address)
    return {"address_id": address.id}


def _changed(
    session: Session, shop_id: str, address_id: int, values: dict[str, Any]
) -> ShopAddress:
    same = ("receiver", "phone", "place", "detail")
    mine = (ShopAddress.shop_id == shop_id, ~ShopAddress.deleted)
    for one in session.scalars(select(ShopAddress).where(*mine)):
        equal = all(getattr(one, name) == values[name] for name in same)
        require(not equal or one.id == address_id, "已有对应的记录", OrderAnswer.SAME_ADDRESS)
    if not address_id:
        made = ShopAddress(shop_id=shop_id, **values)
        session.add(made)
        return made
    known = find(session, shop_id, address_id)
    untouched = all(getattr(known, name) == value for name, value in values.items())
    require(not untouched, "信息未修改，提交失败", OrderAnswer.NOTHING_CHANGED)
    for name, value in values.items():
        setattr(known, name, value)
    return known


def _only_default(session: Session, address: ShopAddress) -> None:
    """A shop has one default of each kind."""
    others = (ShopAddress.shop_id == address.shop_id, ShopAddress.id != address.id)
    for one in session.scalars(select(ShopAddress).where(*others)):
        one.is_default = one.is_default and not address.is_default
        one.is_send_default = one.is_send_default and not address.is_send_default


def find(session: Session, shop_id: str, address_id: int) -> ShopAddress:
    """An address of this shop, or a refusal."""
    address = session.get(ShopAddress, address_id)
    if address is None or address.shop_id != shop_id:
        raise Refusal("该地址不存在，请刷新后重试", OrderAnswer.NO_SUCH_ADDRESS)
    require(not address.deleted, "地址已删除", OrderAnswer.NO_SUCH_ADDRESS)
    return address


def delete(session: Session, shop_id: str, asked: AddressNamed) -> dict[str, Any]:
    """Take an address out of the book; parcels keep it."""
    address = find(session, shop_id, asked.address_id)
    if address.is_default or address.is_send_default:
        raise Refusal("默认地址不能删除", Answer.WRONG_STATE)
    address.deleted = True
    return {"address_id": address.id}
