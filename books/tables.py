"""The books as rows: what was learnt, from whom, when, and where the proof lies.

Facts are written down anew when they change and never written over: the newest row counts, the
older ones tell what was known before. A case is the exception, for it is a state. Nothing here is
a buyer's name, phone or address; a supplier's return address is business data.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An aware time, kept as UTC; the engine has its own, and books know no engine."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn an aware time into naive UTC."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give naive UTC its zone back."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Base of the books' tables; their names begin with ``book_``."""

    type_annotation_map = {datetime: UtcTime}  # noqa: RUF012


class Noted:
    """What every row of the books tells beside its facts."""

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source: Mapped[str]
    """Who or what said so: a sheet, a page, a factory's contact."""
    noted_at: Mapped[datetime]
    evidence: Mapped[str]
    """Where the proof lies: a run's folder, a file's sha256; empty where there is none."""


class OfFactory:
    """Which factory of which world a row is about.

    Rows from before both were kept have them empty, and no question names an empty one: nobody
    knows any more whether practice said it, or which of two factories of one name.
    """

    world: Mapped[str]
    """``Identity.realm``."""
    supplier_id: Mapped[str] = mapped_column(index=True)
    """The supply platform's own."""


class SupplierRow(OfFactory, Noted, Base):
    """A factory or dealer that goods are bought from."""

    __tablename__ = "book_suppliers"

    name: Mapped[str] = mapped_column(index=True)
    contact: Mapped[str]
    link: Mapped[str]


class ReturnAddressRow(OfFactory, Noted, Base):
    """Where returns of one product go, or of all of a supplier's products."""

    __tablename__ = "book_return_addresses"

    supplier: Mapped[str] = mapped_column(index=True)
    shop: Mapped[str]
    """The name the store shows; empty: all products of this supplier, of every shop."""
    product_code: Mapped[str] = mapped_column(index=True)
    """商家编码; empty: all products of this supplier."""
    province: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    town: Mapped[str]
    detail: Mapped[str]
    recipient: Mapped[str]
    phone: Mapped[str]


class SourceRow(OfFactory, Noted, Base):
    """Which factory a 退货地址 sheet names for a product; the newest row is what it names now."""

    __tablename__ = "book_sources"

    supplier: Mapped[str]
    shop: Mapped[str]
    product_code: Mapped[str] = mapped_column(index=True)
    by_hand: Mapped[bool]
    """Whether a person wrote the return address beside it."""


class DisputeRow(OfFactory, Noted, Base):
    """What speaks against a product's filed return address, or that this is settled."""

    __tablename__ = "book_disputes"

    supplier: Mapped[str] = mapped_column(index=True)
    shop: Mapped[str]
    product_code: Mapped[str] = mapped_column(index=True)
    """商家编码."""
    says: Mapped[str]
    """Shown to people as it is, so it holds no whole phone; empty: settled."""


class RuleRow(OfFactory, Noted, Base):
    """What a supplier says about returns: who pays, within how many days, what of damage."""

    __tablename__ = "book_rules"

    supplier: Mapped[str] = mapped_column(index=True)
    shop: Mapped[str]
    product_code: Mapped[str]
    rule: Mapped[str]
    says: Mapped[str]


class BindingRow(Noted, Base):
    """Which factory SKU a SKU of a shop was bound to."""

    __tablename__ = "book_bindings"

    world: Mapped[str]
    shop_id: Mapped[str]
    product_id: Mapped[str] = mapped_column(index=True)
    sku_code: Mapped[str] = mapped_column(index=True)
    offer: Mapped[str]
    supplier: Mapped[str]
    factory_sku: Mapped[str]


class PurchaseRow(Noted, Base):
    """What was bought for one SKU of an order, by the purchases sheet."""

    __tablename__ = "book_purchases"

    shop: Mapped[str]
    """What config/shops.yaml calls it: a sheet does not know the site's own id."""
    order_id: Mapped[str] = mapped_column(index=True)
    sku_code: Mapped[str]
    quantity: Mapped[int]
    supplier_order: Mapped[str] = mapped_column(index=True)
    paid_at: Mapped[datetime | None]
    voucher: Mapped[str]
    """The file as the sheet names it; ``evidence`` holds its sha256."""
    carrier: Mapped[str]
    tracking: Mapped[str] = mapped_column(index=True)


class ParcelRow(Noted, Base):
    """A tracking number that a robot enters into the store; no other order may have it.

    Written before the click. A newer row without a carrier says that the store did not take it.
    """

    __tablename__ = "book_parcels"

    world: Mapped[str]
    shop_id: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    carrier: Mapped[str]
    order_id: Mapped[str] = mapped_column(index=True)


class CaseRow(Noted, Base):
    """A question that somebody was asked and that waits for an answer."""

    __tablename__ = "book_cases"
    __table_args__ = (
        sa.Index("book_case_once", "world", "shop_id", "kind", "key", "round", unique=True),
    )

    world: Mapped[str]
    shop_id: Mapped[str]
    kind: Mapped[str]
    """What is asked about, such as ``order.address``."""
    key: Mapped[str] = mapped_column(index=True)
    """The business key it is about: an order's number, a 商家编码."""
    round: Mapped[int]
    """1 for the first question about it, 2 for the second."""
    about: Mapped[str]
    """Ids of the rules it asks about; never the text, which may name a person."""
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str]
    """How it ended, in one word; empty while it is open."""
