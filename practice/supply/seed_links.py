"""Which supply links a new world has: the right ones, their near twins, and others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.data import read_yaml
from practice.seed_goods import VALUE_SETS
from practice.seed_names import CROWDS, TITLE_TWINS, WORD_PAIRS, pick
from practice.store.codes import CheckStatus, Status
from practice.tables import Product, Shop, Sku

SAMPLES = Path(__file__).with_name("samples.yaml")
TIED_PRODUCTS = 50
"""So many of the first shop's products have a supply link too."""
OTHER_LINKS = 160
"""Supply links that nobody's product comes from."""
GOODS = ("T恤", "衬衫", "卫衣", "收纳盒", "保温杯", "帆布包", "中筒袜", "拖鞋", "四件套", "数据线")


@dataclass(frozen=True)
class Factory:
    """What is known of a factory when its goods are made up."""

    id: str
    name: str
    prefix: str
    """How its 货号 begin."""
    warehouses: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A supply link on its way into the tables."""

    factory: Factory
    title: str
    item_no: str
    warehouse: str
    skus: list[tuple[str, tuple[str, ...], int]]
    """厂家SKU编号, values and price in 分 of each."""
    id: str = ""
    """Empty: it will be drawn."""
    rights: list[dict[str, Any]] = field(default_factory=list)
    """Whose SKUs these are, one for each: sku_code, merchant_code, product_id."""


def links_of_world(session: Session, rng: Random, factories: Sequence[Factory]) -> list[Link]:
    """All links, the right ones first."""
    rights = [*_sample_links(factories), *_tied_links(session, rng, factories)]
    return [*rights, *_twins(rng, rights, factories), *_others(rng, factories)]


def _sample_links(factories: Sequence[Factory]) -> Iterator[Link]:
    """The links of the sample sheet's products."""
    by_name = {one.name: one for one in factories}
    for entry in read_yaml(SAMPLES):
        skus = [
            (one["factory_sku"], tuple(one["values"]), round(one["price"] * 100))
            for one in entry["skus"].values()
        ]
        rights = [
            {"sku_code": code, "merchant_code": entry["product"], "product_id": None}
            for code in entry["skus"]
        ]
        yield Link(
            factory=by_name[entry["supplier"]],
            title=entry["title"],
            item_no=entry["item_no"],
            warehouse=entry.get("warehouse", ""),
            skus=skus,
            id=entry["offer"],
            rights=rights,
        )


def _tied_links(session: Session, rng: Random, factories: Sequence[Factory]) -> Iterator[Link]:
    """Links of products that the first shop already sells."""
    products = _sold_products(session, rng)
    skus: dict[str, list[Any]] = {one.id: [] for one in products}
    wanted = (Sku.product_id, Sku.code, Sku.values, Sku.price)
    rows = select(*wanted).where(Sku.product_id.in_(skus)).order_by(Sku.product_id, Sku.position)
    for row in session.execute(rows):
        skus[row.product_id].append(row)
    for at, one in enumerate(products):
        factory, theirs = factories[at % len(factories)], skus[one.id]
        item_no = f"{factory.prefix}{3000 + at * 7}"
        yield Link(
            factory=factory,
            title=one.title,
            item_no=item_no,
            warehouse=pick(rng, factory.warehouses),
            skus=[
                (f"{item_no}-{number:02d}", tuple(sku.values), max(100, sku.price * 45 // 100))
                for number, sku in enumerate(theirs, 1)
            ],
            rights=[
                {"sku_code": sku.code, "merchant_code": one.merchant_code, "product_id": one.id}
                for sku in theirs
            ],
        )


def _sold_products(session: Session, rng: Random) -> list[Any]:
    """Some that are on sale and have a code, in an order of their own."""
    shop = select(Shop.id).where(Shop.position == 0).scalar_subquery()
    standing = (Product.status == Status.ONLINE, Product.check_status == CheckStatus.PASSED)
    wanted = (
        select(Product.id, Product.merchant_code, Product.title)
        .where(Product.shop_id == shop, *standing, Product.merchant_code.is_not(None))
        .order_by(Product.created_at.desc(), Product.id)
        .limit(TIED_PRODUCTS * 10)
    )
    found = list(session.execute(wanted))
    return rng.sample(found, min(TIED_PRODUCTS, len(found)))


def _twins(rng: Random, rights: Iterable[Link], factories: Sequence[Factory]) -> Iterator[Link]:
    """Beside every right link one of the same factory and one of another, nearly the same."""
    for link in rights:
        titles = {one(link.title) for one in TITLE_TWINS} - {link.title}
        near, far = sorted(titles)[:2]
        yield _twin(link, link.factory, near, f"{link.item_no}A", 100)
        other = pick(rng, [one for one in factories if one != link.factory])
        yield _twin(link, other, far, f"{link.item_no}0", -100)


def _twin(link: Link, factory: Factory, title: str, item_no: str, dearer: int) -> Link:
    return Link(
        factory=factory,
        title=title,
        item_no=item_no,
        warehouse=link.warehouse if factory == link.factory else factory.warehouses[0],
        skus=[
            (code.replace(link.item_no, item_no, 1), values, max(100, price + dearer))
            for code, values, price in link.skus
        ],
    )


def _others(rng: Random, factories: Sequence[Factory]) -> Iterator[Link]:
    """What else the factories sell."""
    for at in range(OTHER_LINKS):
        factory, name = pick(rng, factories), pick(rng, ("规格", "颜色分类"))
        item_no, price = f"{factory.prefix}{5000 + at * 3}", 300 + int(rng.random() * 9000)
        values = product(pick(rng, VALUE_SETS[name]))
        yield Link(
            factory=factory,
            title=f"{pick(rng, WORD_PAIRS)}{pick(rng, GOODS)}{pick(rng, CROWDS)}款",
            item_no=item_no,
            warehouse=pick(rng, factory.warehouses),
            skus=[(f"{item_no}-{number:02d}", one, price) for number, one in enumerate(values, 1)],
        )
