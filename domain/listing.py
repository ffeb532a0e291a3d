"""A product as a person wants it to stand in the store: one sheet item, or one edit page read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field, JsonValue

from domain.model import Value
from domain.money import Yuan

NO_BRAND = "无品牌"


class Picture(Value):
    """An image file and what it held when the sheet was read."""

    path: Path
    sha256: str


class Sku(Value):
    """One sellable variant: its own code, its value of each spec, price and stock."""

    code: str = Field(min_length=1, max_length=255)
    spec: dict[str, str] = Field(min_length=1)
    """Spec name → value in the sheet's order, e.g. ``{"颜色分类": "白色", "尺码大小": "M"}``."""
    price: Yuan
    stock: int = Field(ge=0, le=9_999_999)

    @property
    def spec_text(self) -> str:
        """The spec as the store's SKU table writes it, e.g. ``白色 / M``."""
        return " / ".join(self.spec.values())

    @property
    def line(self) -> str:
        """The SKU as one comparable line."""
        return sku_line(self.spec_text, f"{self.price:.2f}", str(self.stock))


class ListedSku(Value):
    """A row of the SKU table as it stands there, be it ever so odd: it is only compared."""

    code: str
    spec_text: str
    price: str
    stock: str

    @property
    def line(self) -> str:
        """The SKU as one comparable line."""
        return sku_line(self.spec_text, self.price, self.stock)


def sku_line(spec_text: str, price: str, stock: str) -> str:
    """Write a SKU for comparison, e.g. ``白色 / M | ￥39.90 | 库存 120``."""
    return f"{spec_text} | ￥{price} | 库存 {stock}"


def without_stock(facts: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Give a product's facts but for the stock of its SKUs, which every order changes."""
    return {
        name: value.rpartition(" | ")[0]
        if name.startswith("SKU ") and isinstance(value, str)
        else value
        for name, value in facts.items()
    }


class Reference(Value):
    """参考价: above the prices, shown beside them; its kind and a picture must prove it.

    The kinds are 厂商建议零售价, 吊牌价, 定价 and 官网零售价 (facts/doudian.md 3.2).
    """

    kind: str
    price: Yuan
    proof: Picture

    def facts(self) -> dict[str, JsonValue]:
        """What must be readable of it."""
        return reference_facts(self.kind, f"{self.price:.2f}", 1)


class ListedReference(Value):
    """参考价 as it stands in the form."""

    kind: str
    price: str
    proofs: int

    def facts(self) -> dict[str, JsonValue]:
        """The same facts, in the same form, as :meth:`Reference.facts`."""
        return reference_facts(self.kind, self.price, self.proofs)


def reference_facts(kind: str, price: str, proofs: int) -> dict[str, JsonValue]:
    """Name the comparable facts of a 参考价."""
    return {"参考价": f"{kind} | ￥{price}", "参考价凭证": proofs}


class Listing(Value):
    """A product to list; ``code`` (商家编码) is its business key."""

    code: str = Field(min_length=1, max_length=255)
    title: str = Field(min_length=1)
    short_title: str = ""
    category: tuple[str, ...] = Field(min_length=1)
    brand: str = NO_BRAND
    attributes: dict[str, str] = Field(default_factory=dict)
    """类目属性: label → value, in the form of :mod:`domain.attributes`."""
    main_pictures: tuple[Picture, ...] = Field(min_length=1, max_length=5)
    detail_pictures: tuple[Picture, ...] = Field(min_length=1, max_length=50)
    skus: tuple[Sku, ...] = Field(min_length=1)
    freight_template: str
    ships_within: str
    seven_day_return: str
    reference: Reference | None = None

    def specs(self) -> dict[str, list[str]]:
        """Give each spec's values in the order the sheet first names them."""
        values: dict[str, dict[str, None]] = {}
        for sku in self.skus:
            for name, value in sku.spec.items():
                values.setdefault(name, {})[value] = None
        return {name: list(seen) for name, seen in values.items()}

    def facts(self) -> dict[str, JsonValue]:
        """Everything that must be readable on the site afterwards, under the site's labels."""
        return product_facts(
            code=self.code,
            title=self.title,
            short_title=self.short_title,
            category=self.category,
            brand=self.brand,
            attributes=self.attributes,
            main_pictures=len(self.main_pictures),
            detail_pictures=len(self.detail_pictures),
            skus=self.skus,
            freight_template=self.freight_template,
            ships_within=self.ships_within,
            seven_day_return=self.seven_day_return,
            reference=self.reference,
        )


class ListedProduct(Value):
    """A product as its edit page shows it."""

    product_id: str
    code: str
    title: str
    short_title: str
    category: tuple[str, ...]
    brand: str
    attributes: dict[str, str]
    main_pictures: int
    detail_pictures: int
    skus: tuple[ListedSku, ...]
    freight_template: str
    ships_within: str
    seven_day_return: str
    reference: ListedReference | None = None

    def facts(self) -> dict[str, JsonValue]:
        """The same facts, in the same form, as :meth:`Listing.facts`."""
        return product_facts(**{name: getattr(self, name) for name in _COMPARED})


_COMPARED = tuple(name for name in ListedProduct.model_fields if name != "product_id")


def product_facts(
    *,
    code: str,
    title: str,
    short_title: str,
    category: tuple[str, ...],
    brand: str,
    attributes: Mapping[str, str],
    main_pictures: int,
    detail_pictures: int,
    skus: Sequence[Sku | ListedSku],
    freight_template: str,
    ships_within: str,
    seven_day_return: str,
    reference: Reference | ListedReference | None,
) -> dict[str, JsonValue]:
    """Name the comparable facts of a product once, for the wanted and the found side alike."""
    return {
        "商家编码": code,
        "商品标题": title,
        "导购短标题": short_title,
        "商品类目": " > ".join(category),
        "品牌": brand,
        **{f"类目属性 {label}": value for label, value in attributes.items()},
        "主图": main_pictures,
        "商品详情": detail_pictures,
        "运费模板": freight_template,
        "发货时效": ships_within,
        "售后政策": seven_day_return,
        **(reference.facts() if reference else {}),
        **_sku_facts(skus),
    }


def _sku_facts(skus: Sequence[Sku | ListedSku]) -> dict[str, JsonValue]:
    """Name each SKU by its code; a code that stands there twice makes two facts, not one."""
    facts: dict[str, JsonValue] = {}
    for sku in skus:
        name = f"SKU {sku.code}"
        while name in facts:
            name += " again"
        facts[name] = sku.line
    return facts
