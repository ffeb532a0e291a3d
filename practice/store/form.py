"""What the create and edit pages send: the schema form's nodes (section 1.1 of the facts)."""

from __future__ import annotations

from typing import Any

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
    sku_pic: str = ""
    """规格图: the picture of its value of the first spec."""


class ReferencePriceNode(Node):
    """参考价, its type and the picture that proves it."""

    type: int | None = None
    price: int | None = None
    """In 分."""
    proof: str = ""


class LimitsNode(Node):
    """限购; nothing is no limit."""

    maximum_per_order: int | None = None
    limit_per_buyer: int | None = None
    minimum_per_order: int | None = None


class FreightNode(Node):
    """A new 运费模板."""

    name: str = ""
    kind: int | None = None
    fee: int | None = None
    """In 分."""
    next_fee: int = 0


class ProductForm(Node):
    """A whole product as it is submitted, or part of one as it is kept as a draft."""

    title: str = ""
    short_product_name: str = ""
    recommend_remark: str = ""
    goods_category: int | None = None
    """The leaf."""
    attributes: dict[str, Any] = Field(default_factory=dict)
    """By name. text, select, tree: a text; multi_select: texts; timestamp: unix seconds;
    measure_multi: ``[{"value": "棉", "percent": 95}, …]``.
    """
    brand_id: int | None = None
    outer_product_id: str = ""
    pic: list[str] = Field(default_factory=list)
    """Ids of uploaded main pictures."""
    pic_3_4: list[str] = Field(default_factory=list)
    white_pic: str = ""
    desc_pic: list[str] = Field(default_factory=list)
    spec_detail: list[SpecNode] = Field(default_factory=list)
    sku_detail: list[SkuNode] = Field(default_factory=list)
    reference_price: ReferencePriceNode | None = None
    reduce_type: int | None = None
    freight_id: int | None = None
    presell_type: int | None = None
    delivery_delay_day: int | None = None
    presell_end_time: str = ""
    """``YYYY-MM-DD HH:mm:ss``."""
    presell_delay: int | None = None
    supply_7day_return: int | None = None
    limits: LimitsNode | None = None
    start_sale_type: int | None = None
    alliance: bool = False
    commission_rate: float | None = None
    """佣金率 in percent."""
    coupon: bool = False
    size_chart: dict[str, dict[str, str]] = Field(default_factory=dict)
    """尺码表: size to what each part measures."""
    product_id: str | None = None
    """Set when an existing product is edited."""
    draft_id: int | None = None
    """The draft that this form was loaded from or saved as."""

    def spec_pictures(self) -> list[str]:
        """The 规格图 of each value of the first spec; one that has none is empty."""
        if not self.spec_detail:
            return []
        found = {sku.spec[0]: sku.sku_pic for sku in self.sku_detail if sku.spec and sku.sku_pic}
        return [found.get(value, "") for value in self.spec_detail[0].values]
