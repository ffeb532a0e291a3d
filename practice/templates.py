"""Worlds kept aside as they are first made: a new world is a copy with its own time and secrets.

A template lies in the UI libraries' folder, one for each seed and size. Its name holds a digest
of this package, so a changed seeding makes another one and throws the older ones away.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, case, inspect, update
from sqlalchemy.orm import Session

import practice.orders.tables
import practice.supply.tables  # noqa: F401  # so that all tables are known here
from practice.paths import libraries_folder
from practice.tables import MomentColumn, Table, WorldRow

PACKAGE = Path(__file__).parent


def template(seed: int, products: int, orders: int) -> Path:
    """Where the template of such a world is kept, whether it was made or not."""
    return libraries_folder() / "worlds" / f"{_digest()}-{seed}-{products}-{orders}.sqlite3"


def keep(database: Path, kept: Path) -> None:
    """Keep a settled database as a template; the templates of an older seeding go."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
    shutil.copyfile(database, draft)
    with suppress(PermissionError):  # Windows: another process is copying the same one
        draft.replace(kept)
    older = (one for one in kept.parent.glob("*.sqlite3") if not one.name.startswith(_digest()))
    for old in (draft, *older):
        with suppress(OSError):
            old.unlink()


def copied(kept: Path, database: Path) -> bool:
    """Make a database from a template; tell whether there was one.

    Another process may throw it away at any moment: it may be of another version of this package.
    """
    try:
        shutil.copyfile(kept, database)
    except (FileNotFoundError, PermissionError):
        return False
    return True


def make_own(session: Session, now: float) -> None:
    """Give a world made or copied its own id, passwords and time."""
    made = session.query(WorldRow).one().created_at
    connection = session.connection()
    tables = _tables(connection)
    for table in tables:
        moments = [one for one in table.columns if isinstance(one.type, MomentColumn)]
        if moments and now != made:
            connection.execute(
                update(table).values(
                    {one: case((one > 0, one + (now - made)), else_=one) for one in moments}
                )
            )
    session.query(WorldRow).update({"id": secrets.token_hex(8)})
    _new_passwords(connection, tables)


def _tables(connection: Connection) -> list[sa.Table]:
    """The world's tables; a site whose own come with its first visit has none yet."""
    there = set(inspect(connection).get_table_names())
    return [table for table in Table.metadata.sorted_tables if table.name in there]


def _new_passwords(connection: Connection, tables: Sequence[sa.Table]) -> None:
    """For everybody who may log in anywhere."""
    for table in tables:
        if "password" not in table.columns:
            continue
        [key] = table.primary_key
        rows = connection.execute(table.select().with_only_columns(key)).scalars().all()
        if rows:
            changed = update(table).where(key == bindparam("who")).values(password=bindparam("new"))
            connection.execute(
                changed, [{"who": one, "new": secrets.token_urlsafe(9)} for one in rows]
            )


def _digest() -> str:
    """Of all that decides what stands in a new world."""
    sources = sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.yaml")])
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
