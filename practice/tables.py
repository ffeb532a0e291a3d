"""The world's tables: the twin's ground truth, in the store's own codes (facts 3.5) and 分."""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

SCHEMA = 9
"""Raised with every change below; a world of another number is not opened."""


class MomentColumn(Float[float]):
    """Where a :data:`Moment` is kept."""


Moment = Annotated[float, "moment"]
"""Seconds since 1970. A copy of a world moves them all to its own time; 0 stays "never"."""


class Table(DeclarativeBase):
    """Base of the world's tables."""

    type_annotation_map = {  # noqa: RUF012
        Moment: MomentColumn(),
        list[dict[str, Any]]: JSON,
        list[str]: JSON,
        list[str | None]: JSON,
        dict[str, Any]: JSON,
        dict[str, Any] | None: JSON(none_as_null=True),
    }


class WorldRow(Table):
    """The world itself: one row, made anew by every reset."""

    __tablename__ = "world"

    id: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[int]
    created_at: Mapped[Moment]
    last_port: Mapped[int | None]
    site_ports: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Name of another site of this world, e.g. ``supply``, to its last port."""


class Shop(Table):
    """A shop of the platform; an account may open several."""

    __tablename__ = "shop"

    id: Mapped[str] = mapped_column(primary_key=True)
    """8 or 9 digits."""
    name: Mapped[str]
    position: Mapped[int]
    """The first is the one that the world's card names."""
    opened: Mapped[list[str]]
    """First levels of the category tree that this shop may list in; none: all of them."""


class Account(Table):
    """Somebody who may log in."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(primary_key=True)
    mobile: Mapped[str]
    password: Mapped[str]
    position: Mapped[int]
    """The first is the one that the world's card names."""
    shop_ids: Mapped[list[str]]
    permissions: Mapped[list[str]]
    """Apps under ``/ffa`` that it may use, e.g. ``g``; ``*`` is all of them."""


class Buyer(Table):
    """A shop's people on the supply platform; its other tables are in :mod:`practice.supply`."""

    __tablename__ = "supply_buyer"

    id: Mapped[str] = mapped_column(primary_key=True)
    """会员ID: 10 digits."""
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    """会员名."""
    password: Mapped[str]
    position: Mapped[int]
    """The first is the one that the world's card names."""


class SessionRow(Table):
    """One login of an account."""

    __tablename__ = "session"

    token: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    shop_id: Mapped[str]
    """The shop that is open; empty until one of several is chosen."""
    expires_at: Mapped[Moment]
    hurdle: Mapped[str] = mapped_column(default="")
    """What a person must do before it goes on: ``captcha``, ``risk_notice`` or nothing."""


class Picture(Table):
    """An uploaded picture; its bytes lie in the home folder's ``pictures``."""

    __tablename__ = "picture"

    id: Mapped[str] = mapped_column(primary_key=True)
    """sha256 of the bytes."""
    file_name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]

    @property
    def url(self) -> str:
        """Where the store serves it."""
        return f"/obj/material/{self.file_name}"


class Product(Table):
    """A product of a shop, ours or a seeded foreign one."""

    __tablename__ = "product"
    __table_args__ = (
        # In the list's order and with all that it counts and searches: whole rows stay unread.
        Index(
            "product_newest",
            "shop_id",
            "created_at",
            "id",
            "status",
            "check_status",
            "merchant_code",
            "title",
        ),
        Index("product_audits", "check_status", "audit_due"),
    )

    id: Mapped[str] = mapped_column(String(19), primary_key=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"))
    merchant_code: Mapped[str | None] = mapped_column(index=True)
    """Not unique: the platform lets two products carry one, so a robot must look for itself."""
    title: Mapped[str]
    short_title: Mapped[str] = mapped_column(default="")
    recommend_word: Mapped[str] = mapped_column(default="")
    category_id: Mapped[int]
    brand_id: Mapped[int]
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Label of a 类目属性 to its value as :mod:`practice.store.form` describes it."""
    main_pictures: Mapped[list[str]]
    tall_pictures: Mapped[list[str]] = mapped_column(default=list)
    """主图3:4."""
    white_picture: Mapped[str] = mapped_column(default="")
    """白底图; empty if there is none."""
    detail_pictures: Mapped[list[str]]
    specs: Mapped[list[dict[str, Any]]]
    """``[{"name": "颜色分类", "values": ["白色", "黑色"], "pics": []}]`` in the form's order.

    ``pics`` of the first one holds a picture's id or nothing for each value, or is empty.
    """
    reference_price: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """参考价: ``{"type": …, "price": 分, "proof": picture id}``."""
    stock_count: Mapped[int]
    freight_id: Mapped[int]
    ship_mode: Mapped[int]
    ship_delay: Mapped[int]
    presell_end: Mapped[str] = mapped_column(default="")
    """预售结束时间 as ``YYYY-MM-DD HH:mm:ss``."""
    presell_delay: Mapped[int] = mapped_column(default=0)
    """预售发货时间: days after the end, or after the order for 阶梯发货."""
    return_policy: Mapped[int]
    limits: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """限购: ``{"per_order": …, "per_user": …, "minimum": …}``."""
    alliance: Mapped[bool] = mapped_column(default=False)
    """支持联盟达人带货."""
    commission: Mapped[float | None] = mapped_column(default=None)
    """佣金率 in percent."""
    coupon: Mapped[bool] = mapped_column(default=False)
    """商品优惠券."""
    size_chart: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """尺码表: size to what each part measures."""
    sale_start: Mapped[int]
    status: Mapped[int]
    check_status: Mapped[int]
    draft_status: Mapped[int]
    reject_reasons: Mapped[list[str]] = mapped_column(default=list)
    """Each is ``<field>：<reason>``."""
    audit_due: Mapped[Moment | None]
    audited_at: Mapped[Moment | None]
    sold: Mapped[int] = mapped_column(default=0)
    seeded: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    skus: Mapped[list[Sku]] = relationship(
        order_by="Sku.position", cascade="all, delete-orphan", lazy="selectin"
    )


class Sku(Table):
    """One row of a product's price and stock table."""

    __tablename__ = "sku"
    __table_args__ = (Index("sku_of_product", "product_id", "price", "stock"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    position: Mapped[int]
    code: Mapped[str | None] = mapped_column(index=True)
    """Once in a shop; the store's rules see to it."""
    values: Mapped[list[str]]
    """One value for each spec of the product, in its order."""
    price: Mapped[int]
    """In 分."""
    stock: Mapped[int]

    @property
    def spec(self) -> str:
        """The values as the store writes them, e.g. ``白色 / M``."""
        return " / ".join(self.values)


class Write(Table):
    """One request that asked to change the store's data, carried out or refused."""

    __tablename__ = "write"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[Moment]
    site: Mapped[str] = mapped_column(default="store")
    """Of which site: ``store`` or ``supply``."""
    account: Mapped[str]
    shop_id: Mapped[str] = mapped_column(default="")
    method: Mapped[str]
    path: Mapped[str]
    product_id: Mapped[str | None] = mapped_column(default=None)
    merchant_code: Mapped[str | None] = mapped_column(default=None)
    subject: Mapped[str] = mapped_column(default="")
    """What else it concerns: of a message, the supplier whose thread it is for."""
    code: Mapped[int]
    """What the store decided, whether or not the client got to hear it; 502: nothing at all."""
    seconds: Mapped[float] = mapped_column(default=0.0)
    """From the request until the decision."""
    fault: Mapped[str] = mapped_column(default="")
    """The faults that hit it, separated by commas."""


class Draft(Table):
    """A form that was saved and not submitted."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"))
    product_id: Mapped[str | None] = mapped_column(index=True)
    """The product it changes; none: a new one."""
    form: Mapped[dict[str, Any]]
    saved_at: Mapped[Moment]


class FreightTemplate(Table):
    """A 运费模板 of one shop; the platform's own are in the catalogue."""

    __tablename__ = "freight_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"), index=True)
    name: Mapped[str]
    kind: Mapped[int]
    """阶梯计价 0, 固定运费 1, 卖家包邮 2, 货到付款 3."""
    fee: Mapped[int]
    """In 分: the whole of a 固定运费, the first piece of a 阶梯计价."""
    next_fee: Mapped[int] = mapped_column(default=0)
    """In 分: each further piece of a 阶梯计价."""


class ListLag(Table):
    """What the list still says of a product that a write has changed already."""

    __tablename__ = "list_lag"

    product_id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[Moment]
    item: Mapped[dict[str, Any] | None]
    """The old row of the list; none: the product is not listed yet."""


class FaultFired(Table):
    """One time that a fault happened to somebody."""

    __tablename__ = "fault_fired"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[Moment]
    name: Mapped[str] = mapped_column(index=True)
    path: Mapped[str]
    merchant_code: Mapped[str | None]
    product_id: Mapped[str | None]


class ChannelStock(Table):
    """What a 渠道品, the same product in another channel, keeps of one SKU's stock."""

    __tablename__ = "channel_stock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    product_id: Mapped[str] = mapped_column(index=True)
    sku_id: Mapped[str]
    channel_id: Mapped[int]
    occupied: Mapped[int]


class StockChange(Table):
    """A change of stock that was carried out, under the key that keeps it from being done twice."""

    __tablename__ = "stock_change"

    key: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str]
    added: Mapped[dict[str, Any]]
    """SKU id to the pieces that came or went."""
