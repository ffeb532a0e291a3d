"""The supply platform's tables: its goods, and the truth about every factory's return address."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.tables import Moment, Table

HOUR = 3600


class BuyerSession(Table):
    """One login of a buyer."""

    __tablename__ = "supply_session"

    token: Mapped[str] = mapped_column(primary_key=True)
    buyer_id: Mapped[str]
    expires_at: Mapped[Moment]


class Supplier(Table):
    """A factory."""

    __tablename__ = "supplier"

    id: Mapped[str] = mapped_column(primary_key=True)
    """供应商ID: 10 digits."""
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    contact: Mapped[str]
    """Who answers in the messages."""
    temper: Mapped[str]
    """How they answer: a name of ``tempers.yaml``."""
    style: Mapped[str]
    """How they write an address: a name of ``wording.yaml``."""
    shows: Mapped[list[str]]
    """What their own page tells: ``address``, ``rules``."""
    seven_days: Mapped[bool]
    """7天无理由退货."""
    freight: Mapped[str]
    """Who pays a return: ``buyer``, ``factory``, ``quality_factory`` (only for bad quality)."""
    damage: Mapped[str]
    """What is done about damage: ``resend``, ``refund``, ``photo_first``."""
    lead_hours: Mapped[int]
    """发货时效."""
    addresses: Mapped[list[FactoryAddress]] = relationship(
        order_by="FactoryAddress.id", lazy="selectin"
    )
    offers: Mapped[list[Offer]] = relationship(order_by="Offer.id", back_populates="supplier")

    def return_address(self, warehouse: str, now: float) -> FactoryAddress:
        """Where a return goes that is sent now."""
        fitting = [
            one
            for one in self.addresses
            if one.warehouse == warehouse and one.valid_from is not None and one.valid_from <= now
        ]
        return max(fitting, key=lambda one: one.valid_from or 0)

    def address_of_kind(self, kind: str) -> FactoryAddress | None:
        """The first address of a kind."""
        return next((one for one in self.addresses if one.kind == kind), None)


class FactoryAddress(Table):
    """One place of a factory, as it truly is."""

    __tablename__ = "factory_address"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    supplier_id: Mapped[str] = mapped_column(ForeignKey("supplier.id"), index=True)
    kind: Mapped[str]
    """``return``; ``next``: the one after a move; ``ship``: never right for a return."""
    warehouse: Mapped[str]
    """Which of the factory's offers it is for; empty: all of them."""
    province: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    """Empty in cities without districts."""
    street: Mapped[str]
    """街道, 镇 or 乡."""
    road: Mapped[str]
    door: Mapped[str]
    """门牌号."""
    recipient: Mapped[str]
    phone: Mapped[str]
    """Digits; of a landline with its area code and extension: ``0728-8000020-802``."""
    valid_from: Mapped[Moment | None]
    """From when returns go there; none: never, or not yet."""


class Offer(Table):
    """A supply link (商品链接)."""

    __tablename__ = "offer"

    id: Mapped[str] = mapped_column(primary_key=True)
    """商品ID: 12 digits."""
    supplier_id: Mapped[str] = mapped_column(ForeignKey("supplier.id"), index=True)
    title: Mapped[str]
    item_no: Mapped[str]
    """货号."""
    warehouse: Mapped[str]
    picture: Mapped[str]
    """A file's name."""
    supplier: Mapped[Supplier] = relationship(back_populates="offers", lazy="joined")
    skus: Mapped[list[OfferSku]] = relationship(order_by="OfferSku.position", lazy="selectin")

    @property
    def path(self) -> str:
        """Where the platform shows it."""
        return f"/offer/{self.id}.html"


class OfferSku(Table):
    """One row of an offer: what a factory really makes."""

    __tablename__ = "offer_sku"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"), index=True)
    position: Mapped[int]
    factory_sku: Mapped[str] = mapped_column(index=True)
    """厂家SKU编号. Once at its factory."""
    values: Mapped[list[str]]
    price: Mapped[int]
    """In 分."""
    full: Mapped[int]
    """Pieces after a delivery."""
    per_hour: Mapped[float]
    """Pieces that others buy in an hour."""
    cycle: Mapped[int]
    """Hours between two deliveries."""
    phase: Mapped[int]
    """Hours by which its deliveries are shifted."""

    @property
    def spec(self) -> str:
        """The values as the platform writes them."""
        return " / ".join(self.values)

    def stock_at(self, now: float) -> int:
        """Pieces that are there: fewer each hour until the next delivery, often none before it."""
        since_delivery = (now / HOUR + self.phase) % self.cycle
        return max(0, self.full - int(self.per_hour * since_delivery))


class RightSku(Table):
    """The truth: which factory SKU one of the shop's SKUs comes from. No other is right."""

    __tablename__ = "right_sku"

    sku_code: Mapped[str] = mapped_column(primary_key=True)
    merchant_code: Mapped[str]
    product_id: Mapped[str | None]
    """None: a product of the sample sheet, which a robot has yet to list."""
    offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"), index=True)
    factory_sku: Mapped[str]


class Thread(Table):
    """What one buyer and one factory write each other."""

    __tablename__ = "supply_thread"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    buyer_id: Mapped[str] = mapped_column(ForeignKey("supply_buyer.id"), index=True)
    supplier_id: Mapped[str] = mapped_column(ForeignKey("supplier.id"))
    read_until: Mapped[Moment] = mapped_column(default=0.0)
    supplier: Mapped[Supplier] = relationship(lazy="joined")
    messages: Mapped[list[ThreadMessage]] = relationship(
        order_by="ThreadMessage.at, ThreadMessage.id"
    )


class ThreadMessage(Table):
    """One message. Those of the factory are planned ahead: they stand here before their time."""

    __tablename__ = "supply_message"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("supply_thread.id"), index=True)
    sender: Mapped[str]
    """``buyer`` or ``factory``."""
    at: Mapped[Moment]
    shown_from: Mapped[Moment]
    """Later than ``at`` when the list lags behind."""
    text: Mapped[str]
    offer_id: Mapped[str | None] = mapped_column(default=None)
    """The offer that a buyer's message is about, if it was sent from there."""
    says: Mapped[str] = mapped_column(default="")
    """The truth about a factory's message: ``address``, ``rest``, ``wrong``, ``moved``, ``rules``,
    ``vague``, ``which``, ``refuses``, ``stock`` or ``greeting``."""
    address_id: Mapped[int | None] = mapped_column(default=None)
    """Which address it tells of."""
    left_out: Mapped[list[str]] = mapped_column(default=list)
    """What of it the message does not tell: ``phone``, ``door``, ``recipient`` or ``place``."""
