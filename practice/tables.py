"""The world's tables: the twin's ground truth, in the store's own codes (facts 3.5) and 分."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Table(DeclarativeBase):
    """Base of the world's tables."""

    type_annotation_map = {list[dict[str, Any]]: JSON, list[str]: JSON}  # noqa: RUF012


class WorldRow(Table):
    """The world itself: one row, made anew by every reset."""

    __tablename__ = "world"

    id: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[int]
    created_at: Mapped[float]
    shop_id: Mapped[str]
    shop_name: Mapped[str]
    email: Mapped[str]
    mobile: Mapped[str]
    password: Mapped[str]
    last_port: Mapped[int | None]


class SessionRow(Table):
    """One login of the shop's account."""

    __tablename__ = "session"

    token: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    expires_at: Mapped[float]


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
    """A product of the shop, ours or a seeded foreign one."""

    __tablename__ = "product"

    id: Mapped[str] = mapped_column(String(19), primary_key=True)
    merchant_code: Mapped[str | None] = mapped_column(unique=True)
    title: Mapped[str]
    category_id: Mapped[int]
    brand_id: Mapped[int]
    main_pictures: Mapped[list[str]]
    detail_pictures: Mapped[list[str]]
    specs: Mapped[list[dict[str, Any]]]
    """``[{"name": "颜色分类", "values": ["白色", "黑色"]}]`` in the form's order."""
    stock_count: Mapped[int]
    freight_id: Mapped[int]
    ship_mode: Mapped[int]
    ship_delay: Mapped[int]
    return_policy: Mapped[int]
    sale_start: Mapped[int]
    status: Mapped[int]
    check_status: Mapped[int]
    draft_status: Mapped[int]
    audit_due: Mapped[float | None]
    audited_at: Mapped[float | None]
    sold: Mapped[int] = mapped_column(default=0)
    seeded: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[float]
    skus: Mapped[list[Sku]] = relationship(
        order_by="Sku.position", cascade="all, delete-orphan", lazy="selectin"
    )


class Sku(Table):
    """One row of a product's price and stock table."""

    __tablename__ = "sku"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), index=True)
    position: Mapped[int]
    code: Mapped[str | None] = mapped_column(unique=True)
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
    at: Mapped[float]
    account: Mapped[str]
    method: Mapped[str]
    path: Mapped[str]
    product_id: Mapped[str | None]
    merchant_code: Mapped[str | None]
    code: Mapped[int]
