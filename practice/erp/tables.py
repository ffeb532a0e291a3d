"""The ERP's tables: the truth about every return address and its ties.

They are made when a world is first served or looked into (:mod:`practice.erp.seeding`), so that no
world pays for an ERP that nobody asks.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from practice.tables import Table

FIRST_ITEM = 3_200_000_001


class ErpUser(Table):
    """Somebody who may log in."""

    __tablename__ = "erp_user"

    login: Mapped[str] = mapped_column(primary_key=True)
    """A mobile number, or of a 子账号 its name."""
    name: Mapped[str]
    company: Mapped[str]
    password: Mapped[str]
    position: Mapped[int]
    """The first is the one that the world's card names."""
    may_delete: Mapped[bool]
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong passwords since the last right one; from three on 图形验证码 is asked for."""


class ErpSession(Table):
    """One login."""

    __tablename__ = "erp_session"

    token: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str]
    expires_at: Mapped[float]


class ErpAddress(Table):
    """A return address. Nothing keeps it from standing here twice."""

    __tablename__ = "erp_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    """地址ID: 7 digits."""
    receiver: Mapped[str]
    phone_kind: Mapped[str]
    """``mobile`` or ``landline``."""
    phone: Mapped[str]
    region: Mapped[list[str]]
    """Province, city, district; shorter where there are no districts."""
    region_codes: Mapped[list[str]]
    detail: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    """退货默认."""
    is_send_default: Mapped[bool] = mapped_column(default=False)
    """发货默认."""
    remark: Mapped[str] = mapped_column(default="")
    deleted: Mapped[bool] = mapped_column(default=False)
    seeded: Mapped[bool] = mapped_column(default=False)
    creator: Mapped[str] = mapped_column(default="")
    created_at: Mapped[float]
    updated_at: Mapped[float]

    @property
    def text(self) -> str:
        """The whole address in one piece; a city that is its own province stands once."""
        return "".join(dict.fromkeys(self.region)) + self.detail


class ErpItem(Table):
    """A product of 公用采集箱: one of a shop's, or one that was only collected."""

    __tablename__ = "erp_item"
    __table_args__ = (Index("erp_item_state", "deleted", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """采集箱产品ID: 10 digits."""
    product_id: Mapped[str | None] = mapped_column(unique=True)
    """The 抖店 product it was claimed for."""
    state: Mapped[str]
    """``claimed``, ``noClaimed`` or ``collectFail``."""
    title: Mapped[str] = mapped_column(default="")
    """Of one that was only collected."""
    source: Mapped[str] = mapped_column(default="1688")
    """货源平台."""
    source_id: Mapped[str] = mapped_column(default="")
    """货源ID."""
    price: Mapped[int] = mapped_column(default=0)
    """货源价格 in 分."""
    stock: Mapped[int] = mapped_column(default=0)
    remark: Mapped[str] = mapped_column(default="")
    address_id: Mapped[int | None] = mapped_column(default=None, index=True)
    """关联退货地址."""
    tied_at: Mapped[float | None] = mapped_column(default=None)
    """None: from the start, or never."""
    deleted: Mapped[bool] = mapped_column(default=False)
    """Out of the ERP; the shop's product stays."""


class ErpShopTie(Table):
    """The return address of a whole shop, for products without one of their own."""

    __tablename__ = "erp_shop_tie"

    shop_id: Mapped[str] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(index=True)


class ErpLag(Table):
    """What a list still says of a row that a write has changed already."""

    __tablename__ = "erp_lag"

    key: Mapped[str] = mapped_column(primary_key=True)
    """``address 1000123`` or ``item 3200000001``."""
    until: Mapped[float]
    row: Mapped[dict[str, Any] | None]
    """The old row; none: it is not listed yet."""


TABLES = (ErpUser, ErpSession, ErpAddress, ErpItem, ErpShopTie, ErpLag)
