"""Reference price, freight, shipping, returns and limits of a product (facts, section 3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice.catalogue import Rules
from practice.store.codes import Refusal, ShipMode, require
from practice.store.form import FreightNode, ProductForm, ReferencePriceNode
from practice.tables import FreightTemplate
from practice.world import World

FIRST_FREIGHT_ID = 720_000
FIXED_FEE = (1, 9900)
STEPS, FIXED = 0, 1
MAX_PRESALE_DAYS = 30
PRESALE_DELAYS = range(2, 31)
TIME = "%Y-%m-%d %H:%M:%S"
CHOICES = (
    ("stock_counts", "reduce_type", "请选择订单库存计数"),
    ("ship_modes", "presell_type", "请选择发货模式"),
    ("return_policies", "supply_7day_return", "请选择售后政策"),
    ("sale_starts", "start_sale_type", "请选择上架方式"),
)


def check_service(
    form: ProductForm, world: World, session: Session, shop_id: str, rules: Rules
) -> None:
    """Raise the first Refusal that these fields earn."""
    for list_name, node, msg in CHOICES:
        require(getattr(form, node) in world.catalogue.codes(list_name), msg)
    require(form.freight_id is not None, "请选择运费模板")
    known = {one["value"] for one in freight_templates(world, session, shop_id)}
    require(form.freight_id in known, "门店未绑定运费模板")
    fine = form.supply_7day_return == 1 or not rules.seven_days
    require(fine, "该类目需要支持7天无理由退货")
    check_shipping(form, rules, world.clock.now())
    check_reference_price(form)
    check_limits(form)
    rate = form.commission_rate
    require(rate is None or 0 < rate <= 100, "佣金率需大于0，不超过100%")


def check_shipping(form: ProductForm, rules: Rules, now: float) -> None:
    """A 发货时效 of the category, or the end of a presale and the days after it."""
    presale = form.presell_type == ShipMode.PRESALE
    if not presale:
        fine = form.delivery_delay_day in rules.ship_delays.values()
        require(fine, "请选择发货时效")
    if form.presell_type != ShipMode.STOCK:
        require(form.presell_delay in PRESALE_DELAYS, "请选择预售发货时间")
    if presale:
        check_presale_end(form.presell_end_time, datetime.fromtimestamp(now))  # noqa: DTZ006


def check_presale_end(text: str, now: datetime) -> None:
    """预售结束时间 lies in the coming 30 days; the shop writes its own local time."""
    require(bool(text), "请选择预售结束时间")
    words = f"预售结束时间需在{MAX_PRESALE_DAYS}天以内"
    try:
        end = datetime.strptime(text, TIME)  # noqa: DTZ007
    except ValueError:
        raise Refusal(words) from None
    require(now < end <= now + timedelta(days=MAX_PRESALE_DAYS), words)


def check_reference_price(form: ProductForm) -> None:
    """参考价: more than every price, less than ten times the lowest, with its type and proof."""
    given = form.reference_price
    if given is None or given == ReferencePriceNode():
        return
    prices = [sku.price or 0 for sku in form.sku_detail]
    price = given.price or 0
    require(given.type in (1, 2, 3, 4), "请选择参考价类型")
    require(price > max(prices), "参考价需大于商品价格")
    require(price < 10 * min(prices), "参考价需小于最低SKU价格的10倍")
    require(bool(given.proof), "请上传参考价凭证")


def check_limits(form: ProductForm) -> None:
    """限购: at least one piece, and no contradiction."""
    if form.limits is None:
        return
    most = form.limits.maximum_per_order
    ever = form.limits.limit_per_buyer
    least = form.limits.minimum_per_order
    given = [one for one in (least, most, ever) if one is not None]
    require(all(one >= 1 for one in given), "限购数量需大于0")
    require(given == sorted(given), "限购需满足：单次起购 ≤ 单次限购 ≤ 累计限购")


def freight_templates(world: World, session: Session, shop_id: str) -> list[dict[str, Any]]:
    """What 运费模板 offers in a shop: the platform's, then its own."""
    kinds = {code: name for name, code in world.catalogue.choices["freight_kinds"].items()}
    common = [
        {"value": code, "label": name, "kind": kinds[2 if code == 0 else STEPS]}
        for name, code in world.catalogue.choices["freight_templates"].items()
    ]
    mine = select(FreightTemplate).where(FreightTemplate.shop_id == shop_id)
    rows = session.scalars(mine.order_by(FreightTemplate.id))
    return common + [{"value": one.id, "label": one.name, "kind": kinds[one.kind]} for one in rows]


def add_freight_template(
    world: World, session: Session, shop_id: str, node: FreightNode
) -> FreightTemplate:
    """A new 运费模板 of a shop."""
    require(bool(node.name.strip()), "请填写模板名称")
    taken = {one["label"] for one in freight_templates(world, session, shop_id)}
    require(node.name not in taken, "模板名称已存在")
    require(node.kind in world.catalogue.codes("freight_kinds"), "请选择计价方式")
    if node.kind == FIXED:
        fine = node.fee is not None and FIXED_FEE[0] <= node.fee <= FIXED_FEE[1]
        require(fine, "固定运费需为0.01-99元")
    if node.kind == STEPS:
        require(node.fee is not None and node.fee >= 0 and node.next_fee >= 0, "请填写运费")
    last = session.scalar(select(func.max(FreightTemplate.id))) or FIRST_FREIGHT_ID
    row = FreightTemplate(
        id=last + 1,
        shop_id=shop_id,
        name=node.name,
        kind=node.kind or 0,
        fee=node.fee or 0,
        next_fee=node.next_fee,
    )
    session.add(row)
    return row
