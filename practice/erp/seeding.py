"""A world's ERP: made when it is first asked for something or looked into, not with the world."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.data import read_yaml
from practice.erp.items import sync
from practice.erp.people import USERS
from practice.erp.tables import TABLES, ErpAddress, ErpItem, ErpShopTie
from practice.seed_names import CROWDS, WORD_PAIRS, pick
from practice.supply.seed_links import GOODS
from practice.supply.tables import FactoryAddress
from practice.tables import Shop, Table, WorldRow
from practice.world import World

PLACES = Path(__file__).parents[1] / "orders" / "places.yaml"
ROADS = ("练习路", "示例街", "样板大道", "演示中路", "虚构巷", "模拟工业路")
PEOPLE = ("售后部", "退货组", "王练习", "李示例", "赵样板", "退换仓", "周演示", "孙模拟")
FOREIGN = 64
"""So many addresses of the factories nobody asked are there from the start."""
KNOWN, NEAR = 2, 4
"""So many true addresses of factories stand here already, and so many that are nearly one."""
COLLECTED = 240
"""Products that were only collected."""
DAY = 24 * 3600


def ensure_erp(world: World) -> None:
    """Make this world's ERP if it has none; the same seed and shop give the same one."""
    tables = [Table.metadata.tables[one.__tablename__] for one in TABLES]
    Table.metadata.create_all(world.engine, tables=tables)
    with world.transaction() as session:
        if session.scalars(select(ErpAddress.id).limit(1)).first() is None:
            seed = session.scalars(select(WorldRow)).one().seed
            rng = Random(f"{seed} erp")  # noqa: S311  # a world to repeat, nothing secret
            session.add_all(_addresses(session, rng, world.clock.now()))
            _collect(session, rng)
            session.flush()
            sync(session)
            _tie(session, rng)


def _addresses(session: Session, rng: Random, now: float) -> list[ErpAddress]:
    places = read_yaml(PLACES)
    made = [_foreign(rng, pick(rng, places)) for _ in range(FOREIGN)]
    true = select(FactoryAddress).where(FactoryAddress.kind == "return")
    for at, one in enumerate(session.scalars(true.order_by(FactoryAddress.id).limit(KNOWN + NEAR))):
        made.insert(7 + at * 9, _of_factory(one, near=at >= KNOWN))
    made[0]["is_default"] = made[3]["is_send_default"] = True
    return [
        ErpAddress(
            id=1_000_101 + at * 3,
            **values,
            seeded=True,
            creator=pick(rng, USERS)[1],
            created_at=now - (400 - at) * DAY,
            updated_at=now - (400 - at) * DAY,
        )
        for at, values in enumerate(made)
    ]


def _foreign(rng: Random, place: dict[str, Any]) -> dict[str, Any]:
    landline = rng.random() < 0.2
    number = rng.randrange(10**4)
    door = f"{rng.randrange(1, 300)}号{pick(rng, ('', '2幢', '3楼', 'B座', '仓库'))}"
    return {
        "receiver": pick(rng, PEOPLE),
        "phone_kind": "landline" if landline else "mobile",
        "phone": f"0571-8000{number:04d}" if landline else f"1540099{number:04d}",
        "region": [name for name in place["at"] if name],
        "region_codes": [code for code in place["codes"] if code],
        "detail": pick(rng, place["streets"]) + pick(rng, ROADS) + door,
        "remark": pick(rng, ("", "", "", "周末不收件", "拒收到付")),
    }


def _of_factory(one: FactoryAddress, *, near: bool) -> dict[str, Any]:
    """What somebody entered of a factory long ago: all of it, or with another door."""
    from practice.erp.regions import codes_of

    region = [name for name in (one.province, one.city, one.district) if name]
    door = "1号" if near else one.door
    return {
        "receiver": one.recipient,
        "phone_kind": "mobile" if one.phone.startswith("1") else "landline",
        "phone": one.phone,
        "region": region,
        "region_codes": codes_of(region),
        "detail": one.street + one.road + door,
    }


def _collect(session: Session, rng: Random) -> None:
    for at in range(COLLECTED):
        failed = rng.random() < 0.15
        session.add(
            ErpItem(
                id=3_200_000_001 + at,
                product_id=None,
                state="collectFail" if failed else "noClaimed",
                title=f"{pick(rng, WORD_PAIRS)}{pick(rng, GOODS)}{pick(rng, CROWDS)}款",
                source=pick(rng, ("1688", "淘宝", "拼多多", "抖音店铺")),
                source_id=str(61 * 10**10 + rng.randrange(10**10)),
                price=0 if failed else 300 + rng.randrange(9000),
                stock=0 if failed else rng.randrange(2000),
            )
        )


def _tie(session: Session, rng: Random) -> None:
    """Some products have an address, and one shop."""
    claimed = select(ErpItem).where(ErpItem.state == "claimed").order_by(ErpItem.id)
    foreign = list(session.scalars(select(ErpAddress.id).order_by(ErpAddress.id)))
    items = list(session.scalars(claimed.limit(400)))
    for one in rng.sample(items, min(40, len(items) // 4)):
        one.address_id = pick(rng, foreign)
    last = session.scalars(select(Shop.id).order_by(Shop.position.desc())).first()
    if last:
        session.add(ErpShopTie(shop_id=last, address_id=foreign[0]))
