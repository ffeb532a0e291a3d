"""The store's own checks of a submitted product (section 3 of the facts): it trusts no page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product as combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice import pictures
from practice.catalogue import Category, Rules
from practice.store.attributes import check_attributes
from practice.store.codes import Answer, Refusal, SaleStart, Status, require
from practice.store.form import ProductForm
from practice.store.service import check_service
from practice.tables import Picture, Product, Shop, Sku
from practice.world import World

EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3]")
MAX_TITLE = 60
MAX_SHORT_TITLE = 24
MAX_CODE = 255
MAX_PRICE = 99_999_999
MAX_STOCK = 9_999_999
MAX_PICTURES = 50


def check_form(form: ProductForm, world: World, session: Session, shop_id: str) -> None:
    """Raise the first Refusal this form earns."""
    check_titles(form, world.catalogue.forbidden.submit)
    category = check_category(world, session, shop_id, form.goods_category)
    check_pictures(form, session)
    require(form.brand_id in world.catalogue.codes("brands"), "品牌必填，请重新选择品牌")
    check_attributes(world.catalogue.attributes(category), form.attributes)
    rules = world.catalogue.rules(category)
    check_specs(form, rules)
    check_skus(form, rules)
    check_codes(form, session, shop_id)
    check_service(form, world, session, shop_id, rules)
    check_room(form, world, session, shop_id)


def counted(text: str) -> int:
    """As the page's counters count: a 汉字, like any full-width sign, is two."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def check_titles(form: ProductForm, forbidden: Iterable[str]) -> None:
    """The title between 2 and 60 as the counter counts, the short one up to 24; no emoji."""
    require(bool(form.title.strip()), "商品标题不能为空")
    require(2 <= counted(form.title) <= MAX_TITLE, "商品标题需为2-60个字符（1-30个汉字）")
    short = form.short_product_name
    require(counted(short) <= MAX_SHORT_TITLE, f"导购短标题不能超过{MAX_SHORT_TITLE}个字符")
    named = {"商品标题": form.title, "导购短标题": short, "商家推荐语": form.recommend_remark}
    for label, text in named.items():
        require(not EMOJI.search(text), f"{label}不支持表情符号")
        for word in forbidden:
            words = f"系统检测审核不通过，{label}含有违规内容“{word}”，请修改后重试"
            require(word not in text, words)


def check_category(world: World, session: Session, shop_id: str, leaf: int | None) -> Category:
    """An open leaf below a first level that the shop opened."""
    category = world.catalogue.categories.get(leaf or 0)
    if category is None or not category.is_leaf:
        raise Refusal("请选择商品类目至最后一级")
    require(category.text not in world.catalogue.retired, "此类目已调整升级，请重新选择类目")
    opened = session.get_one(Shop, shop_id).opened
    fine = not opened or category.path[0] in opened
    require(fine, "商品分类仅支持选择当前店铺开通的一级类目")
    return category


def check_pictures(form: ProductForm, session: Session) -> None:
    """Right numbers and shapes, all of them uploaded before."""
    require(bool(form.pic), "请上传主图")
    require(len(form.pic) <= 5, "主图最多上传5张")
    require(len(form.pic_3_4) <= 5, "主图3:4最多上传5张")
    require(bool(form.desc_pic), "请上传商品详情")
    require(len(form.desc_pic) <= MAX_PICTURES, f"商品详情最多上传{MAX_PICTURES}张")
    specs = [name for name in form.spec_pictures() if name]
    together = len(form.pic) + len(form.desc_pic) + len(specs)
    require(together <= MAX_PICTURES, f"主图、商品详情、规格图合计不能超过{MAX_PICTURES}张")
    proof = form.reference_price.proof if form.reference_price else ""
    white = [form.white_pic] if form.white_pic else []
    uses = {"main": form.pic, "tall": form.pic_3_4, "white": white}
    uses["detail"] = [*form.desc_pic, *specs, *([proof] if proof else [])]
    for use, names in uses.items():
        for name in names:
            picture = _uploaded(session, name)
            pictures.check_shape(use, picture.width, picture.height)


def _uploaded(session: Session, name: str) -> Picture:
    picture = session.get(Picture, name)
    if picture is None:
        raise Refusal("图片不存在，请重新上传", Answer.BAD_PICTURE)
    return picture


def check_specs(form: ProductForm, rules: Rules) -> None:
    """At least one spec, each with different, non-empty values; not too much of anything."""
    specs = form.spec_detail
    require(bool(specs), "请填写商品规格")
    require(len(specs) <= rules.max_specs, f"当前类目最多支持{rules.max_specs}个规格")
    require(not repeated(spec.name for spec in specs), "规格名重复")
    for spec in specs:
        require(bool(spec.name.strip()) and bool(spec.values), "请填写商品规格")
        require(all(value.strip() for value in spec.values), f"{spec.name}的规格值不能为空")
        require(not repeated(spec.values), f"{spec.name}的规格值重复")
        fine = len(spec.values) <= rules.max_values
        require(fine, f"{spec.name}的规格值不能超过{rules.max_values}个")


def check_skus(form: ProductForm, rules: Rules) -> None:
    """The rows are the product of the values, each with a price and a stock."""
    require(len(form.sku_detail) <= rules.max_skus, f"SKU数量不能超过{rules.max_skus}个")
    wanted = list(combinations(*(spec.values for spec in form.spec_detail)))
    rows = [tuple(sku.spec) for sku in form.sku_detail]
    require(sorted(rows) == sorted(wanted), "SKU数量与商品规格不一致")
    for sku in form.sku_detail:
        name = " / ".join(sku.spec)
        require(sku.price is not None, f"{name}：请填写价格")
        require(0 < (sku.price or 0) <= MAX_PRICE, f"{name}：价格需大于0")
        require(sku.stock_num is not None, f"{name}：请填写现货库存")
        require(0 <= (sku.stock_num or 0) <= MAX_STOCK, f"{name}：现货库存不正确")


def check_codes(form: ProductForm, session: Session, shop_id: str) -> None:
    """A SKU's 商家编码 stands once in a shop; nothing is said of a product's (facts, section 7)."""
    codes = [sku.code for sku in form.sku_detail if sku.code]
    for code in [form.outer_product_id, *codes]:
        require(len(code) <= MAX_CODE, "商家编码不能超过255个字符")
    twice = repeated(codes)
    require(not twice, f"SKU商家编码重复：{twice}", Answer.CODE_TAKEN)
    mine = form.product_id or ""
    taken = select(Sku.code).join(Product, Product.id == Sku.product_id)
    others = (Product.shop_id == shop_id, Product.id != mine, Product.status != Status.DELETED)
    taken = taken.where(Sku.code.in_(codes), *others).order_by(Sku.position)
    found = session.scalars(taken).first()
    require(not found, f"SKU商家编码已存在：{found}", Answer.CODE_TAKEN)


def check_room(form: ProductForm, world: World, session: Session, shop_id: str) -> None:
    """A new product that goes on sale needs a place."""
    if form.product_id or form.start_sale_type != SaleStart.AT_ONCE:
        return
    on_sale = (Product.shop_id == shop_id, Product.status == Status.ONLINE)
    count = session.scalar(select(func.count()).select_from(Product).where(*on_sale)) or 0
    require(count < world.catalogue.max_on_sale, "在架商品量已达上限，请下架部分商品后重试")


def repeated(texts: Iterable[str]) -> str:
    """The first text that comes twice."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            return text
        seen.add(text)
    return ""
