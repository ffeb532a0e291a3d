"""The foreign products a shop already has: thousands, varied, with near twins to confuse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import JSON, Column, select
from sqlalchemy.orm import Session

from practice.painting import paint, painted_pictures
from practice.seed_goods import Rows, goods_of_shop
from practice.tables import ChannelStock, Product, Shop, Sku, Table
from practice.world import World

__all__ = ["ELSEWHERE", "insert_plainly", "paint", "seed_products"]

ELSEWHERE = 60
"""So many products has each shop but the first."""


def seed_products(world: World, session: Session, seed: int, count: int) -> None:
    """Fill a new world's shops; the same seed and number give the same goods."""
    session.add_all(painted_pictures())
    session.flush()
    for shop in session.scalars(select(Shop).order_by(Shop.position)):
        rng = Random(f"{seed} {shop.position}")  # noqa: S311  # a world to repeat, nothing secret
        many = count if shop.position == 0 else min(count, ELSEWHERE)
        _insert(session, goods_of_shop(world, rng, shop, many))


def _insert(session: Session, rows: Rows) -> None:
    """All rows of a shop, parents first."""
    made: Sequence[tuple[type[Table], list[dict[str, Any]]]] = (
        (Product, rows.products),
        (Sku, rows.skus),
        (ChannelStock, rows.channels),
    )
    for table, entries in made:
        if entries:
            insert_plainly(session, table, entries)


def insert_plainly(session: Session, table: type[Table], entries: list[dict[str, Any]]) -> None:
    """Straight to the driver: SQLAlchemy's own bulk insert takes three times as long."""
    columns = table.metadata.tables[table.__tablename__].columns
    given = [columns[name] for name in entries[0]]
    others = [one for one in columns if one.name not in entries[0] and one.default is not None]
    rest = {one.name: _default(one) for one in others}
    for name in (one.name for one in (*given, *others) if isinstance(one.type, JSON)):
        for entry in entries if name in entries[0] else [rest]:
            entry[name] = _text(entry[name])
    names = ", ".join(f'"{one.name}"' for one in (*given, *others))
    marks = ", ".join("?" * (len(given) + len(others)))
    statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608
    lines = [(*entry.values(), *rest.values()) for entry in entries]
    session.connection().exec_driver_sql(statement, lines)


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    return default.arg(None) if default.is_callable else default.arg


def _text(value: Any) -> str | None:
    """As the JSON columns would write it."""
    if value is None:
        return None
    return _known_text(value) if isinstance(value, tuple) else json.dumps(value)


@cache
def _known_text(values: tuple[str, ...]) -> str:
    """The same few lists come again and again."""
    return json.dumps(values)
