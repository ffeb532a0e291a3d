from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from engine.database import Base, RunRow, WriteRow, migrate, open_database
from tests.engine.conftest import sqlite_url


def test_the_migrations_make_exactly_the_tables_of_the_models(database: sa.Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_one_open_write_index_is_unique_and_covers_intents_only(database: sa.Engine) -> None:
    sql = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = 'ledger_one_open_write'"
    with database.connect() as connection:
        definition = connection.execute(sa.text(sql)).scalar_one()

    assert definition.startswith("CREATE UNIQUE INDEX")
    assert re.search(r"\(world, shop_id, verb, \W?key\W?\)", definition)
    assert definition.endswith("WHERE state = 'intent'")


def test_migrating_again_keeps_what_is_there(database: sa.Engine) -> None:
    row = WriteRow(
        world="w",
        shop_id="s",
        verb="v",
        key="k",
        run_id="r",
        state="done",
        wanted={},
        site_id="39",
        note="",
        intended_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    with Session(database) as session, session.begin():
        session.add(row)

    migrate(database)

    with Session(database) as session:
        assert session.scalars(sa.select(WriteRow.site_id)).all() == ["39"]


def test_a_power_cut_loses_no_committed_row(database: sa.Engine) -> None:
    full_sync = 2
    with database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == full_sync
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize("folder", ["new/deep", "店 铺", "100%"])
def test_a_database_opens_wherever_its_folder_is(tmp_path: Path, folder: str) -> None:
    engine = open_database(sqlite_url(tmp_path / folder / "shopclerk.sqlite3"))
    migrate(engine)

    assert {"runs", "items", "ledger"} <= set(sa.inspect(engine).get_table_names())
    engine.dispose()


def test_times_come_back_as_the_same_moment_in_utc(database: sa.Engine) -> None:
    shanghai = datetime.fromisoformat("2026-11-22T09:00:00.123456+08:00")
    row = RunRow(
        id="1", robot="r", shop="s", state="queued", evidence="e", snapshot={}, created_at=shanghai
    )
    with Session(database) as session, session.begin():
        session.add(row)

    with Session(database) as session:
        read = session.get_one(RunRow, "1")
        assert read.created_at == shanghai
        assert read.created_at.tzinfo is UTC
        assert read.started_at is None
