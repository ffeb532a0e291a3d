"""Tables of the orders part: the truth about every order, buyer, message, address and binding."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.tables import Moment, Table


class Order(Table):
    """A parent order with one line for each SKU. It is there from ``created_at`` on, not before."""

    __tablename__ = "shop_order"
    __table_args__ = (
        # In the list's order, with all that tabs and filters look at.
        Index("order_newest", "shop_id", "created_at", "id", "status", "aftersale", "flag"),
    )

    id: Mapped[str] = mapped_column(String(19), primary_key=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"))
    buyer_id: Mapped[str]
    nickname: Mapped[str]
    status: Mapped[int]
    """A code of :class:`practice.orders.codes.OrderStatus`."""
    aftersale: Mapped[str] = mapped_column(default="")
    """A value of the filter 售后状态; empty: nothing was asked for."""
    abnormal: Mapped[int] = mapped_column(default=0)
    """``abnormal_order``: 2 while risk control looks at it."""
    barred: Mapped[str] = mapped_column(default="")
    """``supply_chain`` or ``platform_warehouse``: somebody else ships it."""
    pay_type: Mapped[int] = mapped_column(default=2)
    pay_amount: Mapped[int]
    """In 分, with the postage."""
    post_amount: Mapped[int]
    created_at: Mapped[Moment]
    paid_at: Mapped[Moment | None] = mapped_column(default=None)
    ship_by: Mapped[Moment | None] = mapped_column(default=None)
    """预计发货时间: late from then on."""
    ended_at: Mapped[Moment | None] = mapped_column(default=None)
    """完成时间, or when it was closed."""
    receiver: Mapped[str]
    phone: Mapped[str]
    """Of a virtual number with its extension: ``15400001234-7576``."""
    place: Mapped[list[str]]
    """Province, city, district and street."""
    region_codes: Mapped[list[str]]
    """Of province, city and district."""
    detail: Mapped[str]
    right_detail: Mapped[str]
    """The truth: what the buyer would say when asked; differs where the address is vague."""
    buyer_words: Mapped[str] = mapped_column(default="")
    """买家留言."""
    remark: Mapped[str] = mapped_column(default="")
    flag: Mapped[int] = mapped_column(default=0)
    temper: Mapped[str]
    """What this buyer is like: a name of ``buyers.yaml``."""
    hidden: Mapped[bool] = mapped_column(default=False)
    """查看敏感信息 is refused."""
    looks: Mapped[int] = mapped_column(default=0)
    """How often 查看敏感信息 showed it."""
    address_asked: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """收货信息变更申请 that waits for an answer: ``place``, ``region_codes``, ``detail``."""
    address_changed_at: Mapped[Moment | None] = mapped_column(default=None)
    seeded: Mapped[bool] = mapped_column(default=False)
    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.position", lazy="selectin")
    packages: Mapped[list[Package]] = relationship(order_by="Package.id", lazy="selectin")

    @property
    def address(self) -> str:
        """The whole address in one piece; a city that is its own province stands once."""
        return "".join(dict.fromkeys(self.place)) + self.detail

    @property
    def codes_differ(self) -> bool:
        """Whether each of its SKUs has a code of its own: only these can stand in a sheet."""
        codes = [line.sku_code for line in self.lines]
        return all(codes) and len(set(codes)) == len(codes)


class OrderLine(Table):
    """A child order: one SKU of a parent order."""

    __tablename__ = "order_line"
    __table_args__ = (Index("line_of_order", "order_id"),)

    id: Mapped[str] = mapped_column(String(19), primary_key=True)
    """The first one's is the parent's."""
    order_id: Mapped[str] = mapped_column(ForeignKey("shop_order.id"))
    position: Mapped[int]
    product_id: Mapped[str]
    sku_id: Mapped[str]
    title: Mapped[str]
    picture: Mapped[str]
    spec: Mapped[str]
    merchant_code: Mapped[str]
    sku_code: Mapped[str]
    price: Mapped[int]
    """For one piece, in 分."""
    quantity: Mapped[int]
    shipped: Mapped[bool] = mapped_column(default=False)


class Package(Table):
    """A parcel of an order."""

    __tablename__ = "order_package"
    __table_args__ = (Index("package_of_order", "order_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("shop_order.id"))
    company_code: Mapped[str]
    number: Mapped[str]
    """运单号."""
    line_ids: Mapped[list[str]] = mapped_column(default=list)
    """None: the whole order."""
    address_id: Mapped[int]
    return_address_id: Mapped[int]
    request_id: Mapped[str] = mapped_column(default="")
    """The same one twice is carried out once."""
    at: Mapped[Moment]


class Waybill(Table):
    """What a carrier knows of a number; of most numbers nothing is known."""

    __tablename__ = "waybill"

    number: Mapped[str] = mapped_column(primary_key=True)
    recalled: Mapped[bool] = mapped_column(default=False)
    first_seen: Mapped[Moment | None] = mapped_column(default=None)
    """首条轨迹."""
    receiver: Mapped[str] = mapped_column(default="")
    """Empty: not known."""


class OrderEvent(Table):
    """What a buyer will do to an order, decided beforehand and done when its time has come."""

    __tablename__ = "order_event"
    __table_args__ = (Index("event_due", "done", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("shop_order.id"))
    at: Mapped[Moment]
    kind: Mapped[str]
    """``placed``, ``paid``, ``moved``, ``asks_move``, ``refund`` or ``writes``."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done: Mapped[bool] = mapped_column(default=False)


class OrderLag(Table):
    """What the list still says of an order that a write has changed already."""

    __tablename__ = "order_lag"

    order_id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[Moment]
    item: Mapped[dict[str, Any]]


class Conversation(Table):
    """What a shop and one buyer write each other in 飞鸽."""

    __tablename__ = "conversation"
    __table_args__ = (Index("conversation_of", "shop_id", "buyer_id", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"))
    buyer_id: Mapped[str]
    nickname: Mapped[str]
    read_until: Mapped[Moment] = mapped_column(default=0.0)
    messages: Mapped[list[ChatMessage]] = relationship(order_by="ChatMessage.at, ChatMessage.id")


class ChatMessage(Table):
    """One message. Those of buyers are planned ahead: they stand here before their time."""

    __tablename__ = "chat_message"
    __table_args__ = (Index("message_of", "conversation_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    role: Mapped[int]
    """1 buyer, 2 seller, 3 system."""
    at: Mapped[Moment]
    shown_from: Mapped[Moment]
    """Later than ``at`` when the chat lags behind."""
    kind: Mapped[str] = mapped_column(default="text")
    """``text`` or ``image``."""
    text: Mapped[str]
    """Of an image its address."""
    order_id: Mapped[str] = mapped_column(default="")
    """Which order it is about."""
    says: Mapped[str] = mapped_column(default="")
    """The truth about a buyer's message: ``address``, ``phone``, ``quantity``, ``unclear``,
    ``greeting``, ``moved`` or ``refund``."""


class Binding(Table):
    """关联货源 of one SKU: which factory SKU it comes from."""

    __tablename__ = "binding"

    sku_id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(index=True)
    shop_id: Mapped[str]
    offer: Mapped[str]
    """货源链接, as it was typed."""
    supplier: Mapped[str]
    factory_sku: Mapped[str]
    """厂家SKU编号."""
    seeded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[Moment]


class ShopAddress(Table):
    """One address of 地址库 (facts/doudian.md 5.5)."""

    __tablename__ = "shop_address"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    shop_id: Mapped[str] = mapped_column(ForeignKey("shop.id"), index=True)
    receiver: Mapped[str]
    link_type: Mapped[int]
    """0 手机, 1 普通座机, 2 企业座机."""
    phone: Mapped[str]
    place: Mapped[list[str]]
    region_codes: Mapped[list[str]]
    detail: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    """退货默认."""
    is_send_default: Mapped[bool] = mapped_column(default=False)
    """发货默认."""
    remark: Mapped[str] = mapped_column(default="")
    deleted: Mapped[bool] = mapped_column(default=False)
