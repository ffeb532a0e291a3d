"""The rows of a shop's foreign products, as plain dictionaries for a bulk insert."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, combinations, count, product
from random import Random
from typing import Any

from practice.catalogue import NO_BRAND_ID
from practice.painting import painted_pictures
from practice.seed_names import Name, names, pick
from practice.store.codes import CheckStatus, DraftStatus, SaleStart, Status
from practice.tables import Shop
from practice.world import World

DAY = 24 * 3600
VALUES = {
    "颜色分类": ("白色", "黑色", "米色", "雾霾蓝", "军绿色", "浅灰"),
    "尺码大小": ("S", "M", "L", "XL"),
    "鞋码大小": ("36", "37", "38", "39", "40"),
    "规格": ("小号", "中号", "大号", "两只装"),
    "款式": ("基础款", "升级款", "礼盒装"),
}
VALUE_SETS = {
    name: [some for size in (1, 2, 3) for some in combinations(values, size)]
    for name, values in VALUES.items()
}
THIRD_SPEC = "款式"
REASONS = (  # "<field>：<reason>", as the audit writes them
    "商品标题：标题存在违规词，请修改后重新提交",
    "主图：图片包含二维码或水印，请更换",
    "商品类目：类目与商品信息不符，请重新选择",
    "资质：资质缺失，请补充后提交",
)
BAN_REASON = "商品：涉嫌违规，已被平台封禁"


@dataclass(frozen=True)
class Standing:
    """Where a product stands, and how many of a thousand stand there."""

    share: int
    status: Status
    check: CheckStatus
    draft: DraftStatus


STANDINGS = (
    # Most were never changed again, and their first draft is long forgotten.
    Standing(600, Status.ONLINE, CheckStatus.PASSED, DraftStatus.NONE),
    Standing(100, Status.ONLINE, CheckStatus.PASSED, DraftStatus.PASSED),
    Standing(120, Status.OFFLINE, CheckStatus.PASSED, DraftStatus.PASSED),
    Standing(50, Status.OFFLINE, CheckStatus.PASSED_WAITS_FOR_SALE, DraftStatus.PASSED),
    Standing(50, Status.OFFLINE, CheckStatus.REJECTED, DraftStatus.REJECTED),
    Standing(20, Status.ONLINE, CheckStatus.REJECTED, DraftStatus.REJECTED),
    # With the audit's people: no time is known, so it doesn't pass by itself.
    Standing(10, Status.OFFLINE, CheckStatus.WAITING, DraftStatus.WAITING),
    Standing(10, Status.OFFLINE, CheckStatus.NOT_SUBMITTED, DraftStatus.NOT_SUBMITTED),
    Standing(10, Status.OFFLINE, CheckStatus.BANNED, DraftStatus.PASSED),
    Standing(30, Status.DELETED, CheckStatus.PASSED, DraftStatus.PASSED),
)
SHARES = list(accumulate(one.share for one in STANDINGS))


@dataclass
class Rows:
    """What goes into the tables."""

    products: list[dict[str, Any]] = field(default_factory=list)
    skus: list[dict[str, Any]] = field(default_factory=list)
    channels: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Choices:
    """What may be chosen from, looked up once for all products."""

    brands: list[int]
    freight: list[int]
    delays: list[int]
    pictures: list[tuple[str, ...]]
    """Some threes of them."""
    now: float


def goods_of_shop(world: World, rng: Random, shop: Shop, many: int) -> Rows:
    """All products of one shop with their SKUs and channels."""
    rows, choices = Rows(), _choices(world)
    leaves = [
        leaf for leaf in world.catalogue.leaves() if not shop.opened or leaf.path[0] in shop.opened
    ]
    product_ids = iter(sorted(rng.sample(range(10**17), many)))  # in order: SQLite is quicker
    sku_ids = count(17 * 10**14 + rng.randrange(10**13), 7919)
    usual = {leaf.id: world.catalogue.spec_names(leaf) for leaf in leaves}
    for name in names(rng, leaves, many):
        specs = _specs(rng, usual[name.category.id])
        made = _product(rng, name, specs, choices)
        made |= {"id": str(36 * 10**17 + next(product_ids)), "shop_id": shop.id}
        skus = _skus(rng, made, specs, sku_ids)
        rows.products.append(made)
        rows.skus += skus
        rows.channels += _channels(rng, made, skus)
    return rows


def _choices(world: World) -> _Choices:
    shown = [one.id for one in painted_pictures()]
    return _Choices(
        brands=[NO_BRAND_ID, *sorted(world.catalogue.codes("brands"))],
        freight=sorted(world.catalogue.codes("freight_templates")),
        delays=sorted(world.catalogue.codes("ship_delays")),
        pictures=list(zip(shown, shown[5:] + shown[:5], shown[17:] + shown[:17], strict=True)),
        now=world.clock.now(),
    )


def _specs(rng: Random, usual: tuple[str, ...]) -> list[dict[str, Any]]:
    """The category's usual specs, of every eighth product one more, of some one only."""
    dice = rng.random()
    spec_names = (*usual, THIRD_SPEC) if dice < 0.12 else usual[:1] if dice < 0.3 else usual
    return [
        {"name": name, "values": pick(rng, VALUE_SETS.get(name, VALUE_SETS["规格"]))}
        for name in spec_names
    ]


def _product(
    rng: Random, name: Name, specs: list[dict[str, Any]], choices: _Choices
) -> dict[str, Any]:
    standing = rng.choices(STANDINGS, cum_weights=SHARES)[0]
    created = choices.now - 1 - int(rng.random() * 300 * DAY)
    on_sale = standing.status is Status.ONLINE
    waits = standing.check in {CheckStatus.WAITING, CheckStatus.NOT_SUBMITTED}
    pictures = pick(rng, choices.pictures)
    return {
        "merchant_code": name.code,
        "title": name.title,
        "category_id": name.category.id,
        "brand_id": pick(rng, choices.brands),
        "main_pictures": pictures[: 1 + int(rng.random() * 3)],
        "detail_pictures": pictures,
        "specs": specs,
        "stock_count": pick(rng, (1, 2)),
        "freight_id": pick(rng, choices.freight),
        "ship_mode": 0,
        "ship_delay": pick(rng, choices.delays),
        "return_policy": pick(rng, (1, 1, 0)),
        "sale_start": int(SaleStart.AT_ONCE if on_sale else SaleStart.WAREHOUSE),
        "status": int(standing.status),
        "check_status": int(standing.check),
        "draft_status": int(standing.draft),
        "reject_reasons": _reasons(rng, standing),
        "audit_due": None,
        "audited_at": None if waits else created + 3600,
        "sold": int(rng.random() * 3000) if on_sale else 0,
        "seeded": True,
        "created_at": created,
    }


def _reasons(rng: Random, standing: Standing) -> list[str]:
    if standing.check is CheckStatus.BANNED:
        return [BAN_REASON]
    return rng.sample(REASONS, rng.randint(1, 2)) if standing.check is CheckStatus.REJECTED else []


def _skus(
    rng: Random, made: dict[str, Any], specs: list[dict[str, Any]], sku_ids: count[int]
) -> list[dict[str, Any]]:
    """One for each combination of values; some goods have one price, some one for each."""
    price, steps = 490 + int(rng.random() * 29000), pick(rng, ((0,), (0, 300), (0, 500, 1000)))
    stocks = pick(rng, ((0,), (0, 3, 20), (12, 80, 300, 899)))
    code = made["merchant_code"]
    return [
        {
            "id": str(next(sku_ids)),
            "product_id": made["id"],
            "position": at,
            # A SKU's code stands once in a shop, also under twins of one code.
            "code": f"{code}-{made['id'][-5:]}{at + 1:02d}" if code else None,
            "values": values,
            "price": price + pick(rng, steps),
            "stock": pick(rng, stocks),
        }
        for at, values in enumerate(product(*(spec["values"] for spec in specs)))
    ]


def _channels(
    rng: Random, made: dict[str, Any], skus: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """渠道品 of every twentieth product on sale, each with its share of the stock."""
    if made["status"] != Status.ONLINE or rng.random() > 0.05:
        return []
    return [
        {
            "product_id": made["id"],
            "sku_id": sku["id"],
            "channel_id": channel,
            "occupied": min(sku["stock"], 5 * channel),
        }
        for channel in range(1, rng.randint(2, 4))
        for sku in skus
    ]
