"""The store's own checks of a submitted product (section 3 of the facts): it trusts no page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product as combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice import pictures
from practice.catalogue import Catalogue
from practice.store.codes import Answer, Refusal, Status
from practice.store.form import ProductForm
from practice.tables import Picture, Product, Sku

EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")
MAX_CODE = 255
MAX_PRICE = 99_999_999
MAX_STOCK = 9_999_999
CHOICES = (
    ("brands", "brand_id", "品牌必填，请重新选择品牌"),
    ("stock_counts", "reduce_type", "请选择订单库存计数"),
    ("freight_templates", "freight_id", "请选择运费模板"),
    ("ship_modes", "presell_type", "请选择发货模式"),
    ("ship_delays", "delivery_delay_day", "请选择发货时效"),
    ("return_policies", "supply_7day_return", "请选择售后政策"),
    ("sale_starts", "start_sale_type", "请选择上架方式"),
)


def check_form(form: ProductForm, catalogue: Catalogue, session: Session, shop_id: str) -> None:
    """Raise the first Refusal this form earns."""
    check_title(form.title)
    check_category(form, catalogue)
    check_pictures(form, session)
    for list_name, node, msg in CHOICES:
        _require(getattr(form, node) in catalogue.codes(list_name), msg)
    check_specs(form)
    check_skus(form)
    check_codes(form, session, shop_id)


def _require(fine: bool, msg: str, code: Answer = Answer.BAD_FIELD) -> None:
    if not fine:
        raise Refusal(msg, code)


def title_length(title: str) -> int:
    """As the page's counter counts: a 汉字, like any full-width sign, is two."""
    return sum(1 if sign.isascii() else 2 for sign in title)


def check_title(title: str) -> None:
    """Between 2 and 60 as the counter counts, without emoji."""
    _require(bool(title.strip()), "商品标题不能为空")
    _require(2 <= title_length(title) <= 60, "商品标题需为2-60个字符（1-30个汉字）")
    _require(not EMOJI.search(title), "商品标题不支持表情符号")


def check_category(form: ProductForm, catalogue: Catalogue) -> None:
    """Only a leaf will do."""
    category = catalogue.categories.get(form.category_leaf_id or 0)
    _require(category is not None and category.is_leaf, "请选择商品类目至最后一级")


def check_pictures(form: ProductForm, session: Session) -> None:
    """Right numbers, all uploaded before, and square main pictures."""
    _require(bool(form.pic), "请上传主图")
    _require(len(form.pic) <= 5, "主图最多上传5张")
    _require(bool(form.desc_pic), "请上传商品详情")
    _require(len(form.desc_pic) <= 50, "商品详情最多上传50张")
    for name in form.pic:
        picture = _uploaded(session, name)
        pictures.check_main(picture.width, picture.height)
    for name in form.desc_pic:
        _uploaded(session, name)


def _uploaded(session: Session, name: str) -> Picture:
    picture = session.get(Picture, name)
    if picture is None:
        raise Refusal("图片不存在，请重新上传", Answer.BAD_PICTURE)
    return picture


def check_specs(form: ProductForm) -> None:
    """At least one spec, each with different, non-empty values."""
    _require(bool(form.spec_detail), "请填写商品规格")
    _require(not _repeated(spec.name for spec in form.spec_detail), "规格名重复")
    for spec in form.spec_detail:
        _require(bool(spec.name.strip()) and bool(spec.values), "请填写商品规格")
        _require(all(value.strip() for value in spec.values), f"{spec.name}的规格值不能为空")
        _require(not _repeated(spec.values), f"{spec.name}的规格值重复")


def check_skus(form: ProductForm) -> None:
    """The rows are the product of the values, each with a price and a stock."""
    wanted = list(combinations(*(spec.values for spec in form.spec_detail)))
    rows = [tuple(sku.spec) for sku in form.sku_detail]
    _require(sorted(rows) == sorted(wanted), "SKU数量与商品规格不一致")
    for sku in form.sku_detail:
        name = " / ".join(sku.spec)
        _require(sku.price is not None, f"{name}：请填写价格")
        _require(0 < (sku.price or 0) <= MAX_PRICE, f"{name}：价格需大于0")
        _require(sku.stock_num is not None, f"{name}：请填写现货库存")
        _require(0 <= (sku.stock_num or 0) <= MAX_STOCK, f"{name}：现货库存不正确")


def check_codes(form: ProductForm, session: Session, shop_id: str) -> None:
    """A SKU's 商家编码 stands once in a shop; nothing is said of a product's (facts, section 7)."""
    codes = [sku.code for sku in form.sku_detail if sku.code]
    for code in [form.outer_product_id, *codes]:
        _require(len(code) <= MAX_CODE, "商家编码不能超过255个字符")
    twice = _repeated(codes)
    _require(not twice, f"SKU商家编码重复：{twice}", Answer.CODE_TAKEN)
    mine = form.product_id or ""
    taken = select(Sku.code).join(Product, Product.id == Sku.product_id)
    others = (Product.shop_id == shop_id, Product.id != mine, Product.status != Status.DELETED)
    taken = taken.where(Sku.code.in_(codes), *others).order_by(Sku.position)
    _refuse_taken(session.scalars(taken).first(), "SKU商家编码已存在")


def _refuse_taken(code: str | None, msg: str) -> None:
    if code:
        raise Refusal(f"{msg}：{code}", Answer.CODE_TAKEN)


def _repeated(texts: Iterable[str]) -> str:
    """The first text that comes twice."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            return text
        seen.add(text)
    return ""
