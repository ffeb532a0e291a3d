"""The database: what runs, items and writes look like as rows, and how it is opened.

SQLite by default, PostgreSQL by ``SHOPCLERK_DATABASE_URL``; DBOS keeps its own tables in it too.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from engine.private import private_file

MIGRATIONS = Path(__file__).with_name("migrations")


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An aware time, kept as UTC; SQLite itself forgets zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn an aware time into naive UTC."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give naive UTC its zone back."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Base of all our tables."""

    type_annotation_map = {datetime: UtcTime, dict[str, Any]: sa.JSON}  # noqa: RUF012


class RunRow(Base):
    """One run: who asked for what, the snapshot it works from, how it stands."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    robot: Mapped[str]
    shop: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    """``queued``, ``running``, ``waiting`` (for a yes), ``declined``, ``finished``, or ``stopped``
    (by a person, or unable to go on)."""
    reason: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str]
    """Its folder, relative to the folder of all evidence."""
    snapshot: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ItemRow(Base):
    """One work item of a run, by its business key."""

    __tablename__ = "items"

    run_id: Mapped[str] = mapped_column(sa.ForeignKey("runs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    step: Mapped[str] = mapped_column(default="")
    """What is being done to it right now, in words."""
    outcome: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    site_id: Mapped[str] = mapped_column(default="")
    receipt: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class WriteRow(Base):
    """One write of the ledger: an intent from before the click, closed by what was found after."""

    __tablename__ = "ledger"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    world: Mapped[str]
    shop_id: Mapped[str]
    verb: Mapped[str]
    key: Mapped[str]
    run_id: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    """``intent``, then ``done``, ``mismatch``, ``rejected``, ``not-sent`` or ``absent``."""
    wanted: Mapped[dict[str, Any]]
    """What was sent: a later run may want something else."""
    site_id: Mapped[str] = mapped_column(default="")
    """The id the site answered with, from the moment it answered."""
    receipt: Mapped[dict[str, Any] | None]
    note: Mapped[str] = mapped_column(default="")
    intended_at: Mapped[datetime]
    acted_at: Mapped[datetime | None]
    """When the answer came or was given up; empty if the worker died before."""
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ledger_by_key", "world", "shop_id", "verb", "key"),
        sa.Index(
            "ledger_one_open_write",
            "world",
            "shop_id",
            "verb",
            "key",
            unique=True,
            sqlite_where=sa.text("state = 'intent'"),
            postgresql_where=sa.text("state = 'intent'"),
        ),
    )


class StopRow(Base):
    """A stop that a person asked for, of one run or, with an empty id, of everything."""

    __tablename__ = "stops"

    run_id: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # sqlite3's own type: SQLAlchemy's protocol knows neither of these.
    raw: Any = connection
    raw.isolation_level = "IMMEDIATE"
    for pragma in (
        "busy_timeout=30000",
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
    ):
        raw.execute(f"PRAGMA {pragma}")
    if sqlite3.sqlite_version_info < (3, 42):
        # Tables that DBOS made on Python 3.12 ask for unixepoch('subsec'), on whichever Python
        # they are opened later; an older SQLite answers it with NULL.
        raw.create_function("unixepoch", 1, lambda _unit: time.time_ns() // 1_000_000 / 1000)


def open_database(url: str) -> sa.Engine:
    """Open the database; SQLite gets WAL, full sync and, for DBOS, what an old one lacks."""
    # Without its parameters: an error's words go into reports, what is saved may be a buyer's.
    engine = sa.create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            # Buyers' facts are in it, and who can write it can start what he likes
            # (facts/engine.md 4.11). What SQLite puts beside it is as private.
            private_file(Path(engine.url.database))
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def migrate(engine: sa.Engine) -> None:
    """Bring our tables to this version's schema; does nothing when they are there already."""
    if _schema_version(engine) == max(file.name[:4] for file in MIGRATIONS.glob("versions/*.py")):
        return  # nearly always: loading alembic would cost every command a third of a second
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _schema_version(engine: sa.Engine) -> str:
    if not sa.inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        version: str = connection.execute(
            sa.text("SELECT version_num FROM alembic_version")
        ).scalar_one()
        return version
