"""The foreign products a shop already has: varied, and with near twins to be confused with."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from practice import pictures
from practice.catalogue import NO_BRAND_ID, Category
from practice.store.codes import CheckStatus, DraftStatus, SaleStart, Status
from practice.tables import Product, Shop, Sku
from practice.world import World

COUNT = 40
DAY = 24 * 3600
NEAR_TWINS = ("P-1", "P-10", "P-100", "P-1A", "p-1", "P1")
WORDS = ("加厚", "简约", "日系", "大容量", "便携", "纯棉", "防滑", "北欧风", "可爱", "耐用", "轻便")
CROWDS = ("学生宿舍", "办公室", "家用", "户外", "送礼")
VALUES = {
    "颜色分类": ("白色", "黑色", "米色", "雾霾蓝", "军绿色", "浅灰"),
    "尺码大小": ("S", "M", "L", "XL"),
    "鞋码大小": ("36", "37", "38", "39", "40"),
    "规格": ("小号", "中号", "大号", "两只装"),
}
TINTS = ("#c9d6df", "#e8c7b9", "#cfd8b4", "#d9cbe6", "#f2dfa7", "#b8d8d0")
# Mostly on sale; some in the warehouse, some turned down.
STANDINGS = (
    (Status.ONLINE, CheckStatus.PASSED, 6),
    (Status.OFFLINE, CheckStatus.PASSED, 2),
    (Status.OFFLINE, CheckStatus.PASSED_WAITS_FOR_SALE, 1),
    (Status.OFFLINE, CheckStatus.REJECTED, 1),
)


def seed_products(world: World, session: Session, seed: int) -> None:
    """Fill a new shop; the same seed gives the same goods."""
    rng = random.Random(seed)  # noqa: S311  # a world to repeat, nothing secret
    kept = [pictures.keep(session, world.pictures, paint(tint)).id for tint in TINTS]
    leaves = world.catalogue.leaves()
    shop = session.scalars(select(Shop).where(Shop.position == 0)).one()
    codes = [*NEAR_TWINS, *_foreign_codes(rng, COUNT - len(NEAR_TWINS))]
    for code in codes:
        product = _product(world, rng, code, rng.choice(leaves))
        product.shop_id = shop.id
        product.main_pictures = rng.sample(kept, rng.randint(1, 3))
        product.detail_pictures = rng.sample(kept, rng.randint(1, 4))
        session.add(product)


def paint(tint: str, side: int = 800) -> bytes:
    """A quiet square picture, as bytes of a jpeg."""
    image = Image.new("RGB", (side, side), tint)
    draw = ImageDraw.Draw(image)
    inset = side // 5
    draw.rounded_rectangle((inset, inset, side - inset, side - inset), side // 12, "#ffffff")
    draw.ellipse((2 * inset, 2 * inset, side - 2 * inset, side - 2 * inset), tint)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _foreign_codes(rng: random.Random, count: int) -> list[str]:
    shapes = ("KD{:04d}", "2026-{:03d}", "CG-{:d}-B", "HM{:05d}")
    return [rng.choice(shapes).format(100 + at * 7 + rng.randint(0, 6)) for at in range(count)]


def _product(world: World, rng: random.Random, code: str, category: Category) -> Product:
    status, check, _ = rng.choices(STANDINGS, weights=[one[2] for one in STANDINGS])[0]
    created = world.clock.now() - rng.randint(1, 300 * DAY)
    specs: list[dict[str, Any]] = [
        {"name": name, "values": rng.sample(VALUES[name], rng.randint(1, 4))}
        for name in world.catalogue.spec_names(category)
    ]
    rejected = check is CheckStatus.REJECTED
    return Product(
        id=str(3_600_000_000_000_000_000 + rng.randrange(10**17)),
        merchant_code=code,
        title=f"{''.join(rng.sample(WORDS, 2))}{category.name}{rng.choice(CROWDS)}款",
        category_id=category.id,
        brand_id=rng.choice([NO_BRAND_ID, *world.catalogue.codes("brands")]),
        specs=specs,
        stock_count=rng.choice((1, 2)),
        freight_id=rng.choice(sorted(world.catalogue.codes("freight_templates"))),
        ship_mode=0,
        ship_delay=rng.choice(sorted(world.catalogue.codes("ship_delays"))),
        return_policy=rng.choice((1, 1, 0)),
        sale_start=SaleStart.AT_ONCE if status is Status.ONLINE else SaleStart.WAREHOUSE,
        status=status,
        check_status=check,
        draft_status=DraftStatus.REJECTED if rejected else DraftStatus.PASSED,
        audited_at=created + 3600,
        sold=rng.randint(0, 3000) if status is Status.ONLINE else 0,
        seeded=True,
        created_at=created,
        skus=_skus(rng, code, specs),
    )


def _skus(rng: random.Random, code: str, specs: list[dict[str, Any]]) -> list[Sku]:
    rows: list[list[str]] = [[]]
    for spec in specs:
        rows = [[*row, value] for row in rows for value in spec["values"]]
    price = rng.randint(490, 29900)
    return [
        Sku(
            id=str(17 * 10**14 + rng.randrange(10**14)),
            position=at,
            code=f"{code}-{at + 1}",
            values=values,
            price=price + rng.choice((0, 0, 300, 1000)),
            stock=rng.randint(0, 900),
        )
        for at, values in enumerate(rows)
    ]
