"""退货地址管理: searching, saving and deleting return addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.erp import ties
from practice.erp.answers import Form, listed
from practice.erp.codes import ErpAnswer, FieldRefusal, require
from practice.erp.lag import Row, lagging
from practice.erp.regions import names_of
from practice.erp.tables import ErpAddress
from practice.erp.writes import Change
from practice.store.codes import Refusal

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?|400\d{7}")
ODD_SIGNS = re.compile(r"[<>\"'\\\U00010000-\U0010ffff]")
MOST = 500
"""Addresses that one company may have."""


class Wanted(Form):
    """What the list is asked for."""

    receiver: str = ""
    phone: str = ""
    address: str = ""
    """Part of region or detail."""
    shopId: str = ""  # noqa: N815  # as the page sends it
    defaultKind: Literal["", "return", "send"] = ""  # noqa: N815
    pageNo: int = Field(default=1, ge=1)  # noqa: N815
    pageSize: int = Field(default=20, ge=1, le=500)  # noqa: N815


class AddressAsked(Form):
    """An address as the dialog sends it; without an id it is a new one."""

    id: int = 0
    receiver: str
    phoneType: Literal["mobile", "landline"]  # noqa: N815
    phone: str
    regionCodes: str  # noqa: N815
    detail: str
    isDefault: bool = False  # noqa: N815
    isSendDefault: bool = False  # noqa: N815
    shopIds: str = ""  # noqa: N815
    remark: str = ""


class AddressNamed(Form):
    """The body of 删除."""

    id: int


def row_of(session: Session, addresses: Sequence[ErpAddress]) -> list[Row]:
    """Rows of the list."""
    shops, counts = ties.shops_of_addresses(session), ties.items_of_addresses(session)
    return [_row(one, shops.get(one.id, []), counts.get(one.id, 0)) for one in addresses]


def _row(one: ErpAddress, shops: list[dict[str, str]], items: int) -> Row:
    return {
        "id": one.id,
        "receiver": one.receiver,
        "phoneType": one.phone_kind,
        "phone": one.phone,
        "region": one.region,
        "regionCodes": one.region_codes,
        "detail": one.detail,
        "isDefault": one.is_default,
        "isSendDefault": one.is_send_default,
        "shops": shops,
        "itemCount": items,
        "remark": one.remark,
        "creator": one.creator,
        "updateTime": int(one.updated_at),
    }


def search(session: Session, wanted: Wanted, now: float, repeat: bool) -> tuple[list[Row], int]:
    """One page, the newest first; ``repeat`` lets it begin with the last row of the one before."""
    found = session.scalars(select(ErpAddress).where(~ErpAddress.deleted))
    rows = {row["id"]: row for row in row_of(session, list(found))}
    for key, old in lagging(session, "address", now).items():
        rows.pop(key, None)
        if old:
            rows[key] = old
    fitting = [row for _, row in sorted(rows.items(), reverse=True) if _fits(row, wanted)]
    repeats = repeat and wanted.pageNo > 1
    first = (wanted.pageNo - 1) * wanted.pageSize - repeats
    return fitting[first : first + wanted.pageSize], len(fitting) + repeats


def _fits(row: Row, wanted: Wanted) -> bool:
    place = "".join(row["region"]) + row["detail"]
    shops = [one["shopId"] for one in row["shops"]]
    kinds = {"return": row["isDefault"], "send": row["isSendDefault"], "": True}
    return (
        wanted.receiver.strip() in row["receiver"]
        and wanted.phone.strip() in row["phone"]
        and "".join(wanted.address.split()) in place
        and (not wanted.shopId or wanted.shopId in shops)
        and bool(kinds[wanted.defaultKind])
    )


def options(session: Session, now: float) -> list[dict[str, Any]]:
    """All addresses for the selects of other pages."""
    rows, _ = search(session, Wanted(pageSize=500), now, repeat=False)
    return [{"id": row["id"], "label": label_of(row)} for row in rows]


def label_of(row: Row) -> str:
    """An address in one line, as selects and tables of other pages show it."""
    place = "".join(dict.fromkeys(row["region"])) + row["detail"]
    return f"{row['receiver']} {row['phone']} {place}"


def save(change: Change, asked: AddressAsked) -> dict[str, Any]:
    """A new address, or other words for an old one. The same one twice is two addresses."""
    values = _checked(asked)
    known = find(change.session, asked.id) if asked.id else None
    losing = _losing_default(change.session, asked)
    _note(change, [*losing, *([known] if known else [])])
    for one in losing:
        one.is_default = one.is_default and not asked.isDefault
        one.is_send_default = one.is_send_default and not asked.isSendDefault
    address = known or _new(change, values)
    for name, value in values.items():
        setattr(address, name, value)
    address.updated_at = change.now
    change.session.flush()
    ties.tie_shops(change.session, address.id, listed(asked.shopIds))
    if known is None:
        change.before[f"address {address.id}"] = None
    return {"id": address.id}


def _checked(asked: AddressAsked) -> dict[str, Any]:
    """The values of the form, or a refusal that names the field."""
    receiver, detail = asked.receiver.strip(), asked.detail.strip()
    mobile = asked.phoneType == "mobile"
    words = "手机号码格式不正确" if mobile else "座机格式不正确，如0571-1234567"
    region = names_of(listed(asked.regionCodes))
    _want(1 <= len(receiver) <= 50, "receiver", "请输入收件人，最多50个字")
    _want(bool((MOBILE if mobile else LANDLINE).fullmatch(asked.phone)), "phone", words)
    _want(region is not None, "regionCodes", "请选择完整的所在地区")
    _want(1 <= len(detail) <= 200, "detail", "请输入详细地址，最多200个字")
    _want(not ODD_SIGNS.search(detail), "detail", "详细地址不能包含表情或特殊符号")
    _want(len(asked.remark) <= 200, "remark", "备注最多200个字")
    return {
        "receiver": receiver,
        "phone_kind": asked.phoneType,
        "phone": asked.phone,
        "region": region,
        "region_codes": listed(asked.regionCodes),
        "detail": detail,
        "is_default": asked.isDefault,
        "is_send_default": asked.isSendDefault,
        "remark": asked.remark,
    }


def _want(fine: bool, field: str, msg: str) -> None:
    if not fine:
        raise FieldRefusal(field, msg)


def _new(change: Change, values: dict[str, Any]) -> ErpAddress:
    standing = select(func.count()).select_from(ErpAddress).where(~ErpAddress.deleted)
    words = f"退货地址数量已达上限（{MOST}个）"
    require((change.session.scalar(standing) or 0) < MOST, words, ErpAnswer.TOO_MANY)
    made = ErpAddress(**values, created_at=change.now, updated_at=change.now)
    made.creator = change.visitor.name
    change.session.add(made)
    return made


def _losing_default(session: Session, asked: AddressAsked) -> list[ErpAddress]:
    """There is one default of each kind; the two have nothing to do with each other."""
    others = session.scalars(
        select(ErpAddress).where(~ErpAddress.deleted, ErpAddress.id != asked.id)
    )
    return [
        one
        for one in others
        if (asked.isDefault and one.is_default) or (asked.isSendDefault and one.is_send_default)
    ]


def _note(change: Change, addresses: Sequence[ErpAddress]) -> None:
    for row in row_of(change.session, addresses):
        change.before[f"address {row['id']}"] = row


def find(session: Session, address_id: int) -> ErpAddress:
    """An address that stands, or a refusal."""
    address = session.get(ErpAddress, address_id)
    if address is None or address.deleted:
        raise Refusal("该地址不存在，请刷新后重试", ErpAnswer.NO_SUCH_ADDRESS)
    return address


def delete(change: Change, asked: AddressNamed) -> dict[str, Any]:
    """Take an address away, if nothing needs it."""
    require(change.visitor.may_delete, "您没有删除权限，请联系主账号", ErpAnswer.NO_RIGHT)
    address = find(change.session, asked.id)
    words = "默认地址不能删除，请先设置其他默认地址"
    require(not (address.is_default or address.is_send_default), words, ErpAnswer.IS_DEFAULT)
    (row,) = row_of(change.session, [address])
    used = Counter(商品=row["itemCount"], 店铺=len(row["shops"]))
    words = f"该地址已关联{used['商品']}个商品、{used['店铺']}个店铺，请先取消关联"
    require(not used.total(), words, ErpAnswer.IN_USE)
    change.before[f"address {address.id}"] = row
    address.deleted = True
    return {}
