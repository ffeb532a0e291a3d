"""A whole product under the form's own nodes, for the edit page and for drafts."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from practice.catalogue import Catalogue
from practice.store.form import LimitsNode, ProductForm, ReferencePriceNode, SkuNode, SpecNode
from practice.tables import Picture, Product

LISTS_OF_PICTURES = ("pic", "pic_3_4", "desc_pic")
Shown = dict[str, Any]


def form_of(product: Product) -> ProductForm:
    """The form that would submit the product as it stands."""
    return ProductForm(
        title=product.title,
        short_product_name=product.short_title,
        recommend_remark=product.recommend_word,
        goods_category=product.category_id,
        attributes=product.attributes,
        brand_id=product.brand_id,
        outer_product_id=product.merchant_code or "",
        pic=product.main_pictures,
        pic_3_4=product.tall_pictures,
        white_pic=product.white_picture,
        desc_pic=product.detail_pictures,
        spec_detail=[SpecNode(name=one["name"], values=one["values"]) for one in product.specs],
        sku_detail=_sku_nodes(product),
        reference_price=_reference_price(product),
        reduce_type=product.stock_count,
        freight_id=product.freight_id,
        presell_type=product.ship_mode,
        delivery_delay_day=product.ship_delay,
        presell_end_time=product.presell_end,
        presell_delay=product.presell_delay or None,
        supply_7day_return=product.return_policy,
        limits=_limits(product),
        start_sale_type=product.sale_start,
        alliance=product.alliance,
        commission_rate=product.commission,
        coupon=product.coupon,
        size_chart=product.size_chart or {},
        product_id=product.id,
    )


def _sku_nodes(product: Product) -> list[SkuNode]:
    first = product.specs[0] if product.specs else {"values": []}
    pictures = dict(zip(first["values"], first.get("pics") or (), strict=False))
    return [
        SkuNode(
            spec=sku.values,
            price=sku.price,
            stock_num=sku.stock,
            code=sku.code or "",
            sku_pic=pictures.get(sku.values[0]) or "",
        )
        for sku in product.skus
    ]


def _reference_price(product: Product) -> ReferencePriceNode | None:
    return ReferencePriceNode(**product.reference_price) if product.reference_price else None


def _limits(product: Product) -> LimitsNode | None:
    kept = product.limits
    if kept is None:
        return None
    return LimitsNode(
        maximum_per_order=kept["per_order"],
        limit_per_buyer=kept["per_user"],
        minimum_per_order=kept["minimum"],
    )


def detail(session: Session, catalogue: Catalogue, product: Product) -> Shown:
    """Everything the edit page shows."""
    shown = shown_form(session, catalogue, form_of(product))
    for row, sku in zip(shown["sku_detail"], product.skus, strict=True):
        row["sku_id"] = sku.id
    return shown | {
        "status": product.status,
        "check_status": product.check_status,
        "audit_reason": audit_reason(product),
    }


def audit_reason(product: Product) -> dict[str, list[str]]:
    """Why the audit said no: a field to its reasons (facts, section 3.5)."""
    reasons: dict[str, list[str]] = {}
    for text in product.reject_reasons:
        label, _, reason = text.partition("：")
        reasons.setdefault(label, []).append(reason)
    return reasons


def shown_form(session: Session, catalogue: Catalogue, form: ProductForm) -> Shown:
    """A form with names and addresses beside its ids, so that a page can show it."""
    shown = form.model_dump()
    category = catalogue.categories.get(form.goods_category or 0)
    shown["category_name"] = category.text if category else ""
    names = {code: name for name, code in catalogue.choices["brands"].items()}
    shown["brand_name"] = names.get(form.brand_id or 0, "")
    for node in LISTS_OF_PICTURES:
        shown[node] = [_picture(session, name) for name in shown[node]]
    shown["white_pic"] = _picture(session, form.white_pic)
    for row in shown["sku_detail"]:
        row["sku_pic"] = _picture(session, row["sku_pic"])
    if form.reference_price:
        shown["reference_price"]["proof"] = _picture(session, form.reference_price.proof)
    return shown


def _picture(session: Session, name: str) -> dict[str, str] | None:
    kept = session.get(Picture, name) if name else None
    return {"id": kept.id, "url": kept.url} if kept else None
