"""What the create and edit pages send: the schema form's nodes (section 1.1 of the facts)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Node(BaseModel):
    """A part of the form; unknown parts are errors, so that page and server cannot drift."""

    model_config = ConfigDict(extra="forbid")


class SpecNode(Node):
    """One spec and its values in the page's order."""

    name: str
    values: list[str]


class SkuNode(Node):
    """One row of the price and stock table."""

    spec: list[str]
    price: int | None = None
    """In 分."""
    stock_num: int | None = None
    code: str = ""


class ProductForm(Node):
    """A whole product as it is submitted."""

    title: str = ""
    category_leaf_id: int | None = None
    pic: list[str] = Field(default_factory=list)
    """Ids of uploaded main pictures."""
    desc_pic: list[str] = Field(default_factory=list)
    brand_id: int | None = None
    spec_detail: list[SpecNode] = Field(default_factory=list)
    sku_detail: list[SkuNode] = Field(default_factory=list)
    reduce_type: int | None = None
    freight_id: int | None = None
    presell_type: int | None = None
    delivery_delay_day: int | None = None
    supply_7day_return: int | None = None
    outer_product_id: str = ""
    start_sale_type: int | None = None
    product_id: str | None = None
    """Set when an existing product is edited."""
