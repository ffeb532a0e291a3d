"""What happens to a product: created, edited, audited, put on sale and taken off."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.store import drafts
from practice.store.attributes import texts
from practice.store.codes import Answer, CheckStatus, DraftStatus, Refusal, SaleStart, Status
from practice.store.form import LimitsNode, ProductForm, ReferencePriceNode
from practice.store.rules import check_form
from practice.tables import Product, Sku
from practice.world import World

AUDITED = (CheckStatus.PASSED, CheckStatus.PASSED_WAITS_FOR_SALE)


def add(world: World, session: Session, shop_id: str, form: ProductForm) -> Product:
    """A new product, off sale and waiting for its audit."""
    form.product_id = None
    check_form(form, world, session, shop_id)
    product = Product(
        id=_new_product_id(),
        shop_id=shop_id,
        status=Status.OFFLINE,
        created_at=world.clock.now(),
    )
    session.add(product)
    _take_over(world, session, product, form)
    drafts.drop(session, shop_id, form)
    return product


def edit(world: World, session: Session, shop_id: str, form: ProductForm) -> Product:
    """New contents for a product; it is audited again and keeps its place until then."""
    product = find(session, shop_id, form.product_id or "")
    check_form(form, world, session, shop_id)
    _take_over(world, session, product, form)
    drafts.drop(session, shop_id, form)
    return product


def find(session: Session, shop_id: str, product_id: str) -> Product:
    """The product, or the store's refusal."""
    product = session.get(Product, product_id)
    gone = product is None or product.status == Status.DELETED
    if product is None or gone or product.shop_id != shop_id:
        raise Refusal("商品不存在或已彻底删除", Answer.NO_SUCH_PRODUCT)
    return product


def put_on_sale(world: World, session: Session, shop_id: str, product_id: str) -> Product:
    """上架: only what was audited and is off sale."""
    settle_audits(world, session)
    product = find(session, shop_id, product_id)
    if product.check_status not in AUDITED or product.status != Status.OFFLINE:
        raise Refusal("当前商品状态不支持上架", Answer.WRONG_STATE)
    product.status, product.check_status = Status.ONLINE, CheckStatus.PASSED
    product.sale_start = SaleStart.AT_ONCE  # the edit page shows where it stands now
    return product


def take_off_sale(world: World, session: Session, shop_id: str, product_id: str) -> Product:
    """下架: only what is on sale."""
    settle_audits(world, session)
    product = find(session, shop_id, product_id)
    if product.status != Status.ONLINE:
        raise Refusal("当前商品状态不支持下架", Answer.WRONG_STATE)
    product.status, product.sale_start = Status.OFFLINE, SaleStart.WAREHOUSE
    return product


def settle_audits(world: World, session: Session) -> None:
    """Decide every audit that is due by now; called before each reading, so no thread is needed."""
    due = (Product.audit_due <= world.clock.now(), Product.check_status == CheckStatus.WAITING)
    for product in session.scalars(select(Product).where(*due)):
        product.reject_reasons = _reasons(product, world.catalogue.forbidden.audit)
        product.audited_at, product.audit_due = product.audit_due, None
        if product.reject_reasons:
            outcome = (Status.OFFLINE, CheckStatus.REJECTED, DraftStatus.REJECTED)
        elif product.sale_start == SaleStart.AT_ONCE:
            outcome = (Status.ONLINE, CheckStatus.PASSED, DraftStatus.PASSED)
        else:
            outcome = (Status.OFFLINE, CheckStatus.PASSED_WAITS_FOR_SALE, DraftStatus.PASSED)
        product.status, product.check_status, product.draft_status = outcome
    session.flush()


def _reasons(product: Product, forbidden: Iterable[str]) -> list[str]:
    """What the audit has against a product, as ``<field>：<reason>``."""
    written = {
        "商品标题": [product.title, product.short_title],
        "商家推荐语": [product.recommend_word],
        "类目属性": [text for value in product.attributes.values() for text in texts(value)],
    }
    return [
        f"{label}：含有违禁词“{word}”，请修改后重新提交"
        for label, said in written.items()
        for word in forbidden
        if any(word in text for text in said)
    ]


def _take_over(world: World, session: Session, product: Product, form: ProductForm) -> None:
    """Write the checked form into the product and hand it to the audit."""
    product.title = form.title
    product.short_title = form.short_product_name
    product.recommend_word = form.recommend_remark
    product.merchant_code = form.outer_product_id or None
    product.category_id = form.goods_category or 0
    product.brand_id = form.brand_id or 0
    product.attributes = {name: one for name, one in form.attributes.items() if one}
    product.main_pictures, product.tall_pictures = form.pic, form.pic_3_4
    product.white_picture, product.detail_pictures = form.white_pic, form.desc_pic
    product.sale_start = form.start_sale_type or 0
    product.check_status = CheckStatus.WAITING
    product.draft_status = DraftStatus.WAITING
    product.reject_reasons = []
    product.audit_due = world.clock.now() + world.pace.audit
    _take_over_service(product, form)
    _take_over_specs(product, form)
    _take_over_skus(session, product, form)


def _take_over_service(product: Product, form: ProductForm) -> None:
    product.stock_count = form.reduce_type or 0
    product.freight_id = form.freight_id or 0
    product.ship_mode = form.presell_type or 0
    product.ship_delay = form.delivery_delay_day or 0
    product.presell_end = form.presell_end_time
    product.presell_delay = form.presell_delay or 0
    product.return_policy = form.supply_7day_return or 0
    product.alliance, product.coupon = form.alliance, form.coupon
    product.commission = form.commission_rate if form.alliance else None
    product.size_chart = form.size_chart
    limits = form.limits or LimitsNode()
    product.limits = {
        "per_order": limits.maximum_per_order,
        "per_user": limits.limit_per_buyer,
        "minimum": limits.minimum_per_order,
    }


def _take_over_specs(product: Product, form: ProductForm) -> None:
    product.specs = [{**spec.model_dump(), "pics": []} for spec in form.spec_detail]
    if any(form.spec_pictures()):
        product.specs[0]["pics"] = form.spec_pictures()
    given = form.reference_price
    empty = given is None or given == ReferencePriceNode()
    product.reference_price = None if empty or given is None else given.model_dump()


def _take_over_skus(session: Session, product: Product, form: ProductForm) -> None:
    """A SKU keeps its id as long as its spec stays; codes may wander between SKUs."""
    known = {tuple(sku.values): sku for sku in product.skus}
    for sku in product.skus:
        sku.code = None
    product.skus = [
        known.get(tuple(row.spec)) or Sku(id=_new_sku_id(), values=row.spec, price=0, stock=0)
        for row in form.sku_detail
    ]
    for at, sku in enumerate(product.skus):
        sku.position = at
    session.flush()  # the old codes are free before the new ones are given out
    for sku, row in zip(product.skus, form.sku_detail, strict=True):
        sku.price, sku.stock, sku.code = row.price or 0, row.stock_num or 0, row.code or None


def _new_product_id() -> str:
    return str(3_700_000_000_000_000_000 + secrets.randbelow(2 * 10**17))


def _new_sku_id() -> str:
    return str(36 * 10**14 + secrets.randbelow(10**14))
