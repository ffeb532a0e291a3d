"""The books' tables: made by migrations, beside the engine's in one database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from books.library import Books
from books.opening import MIGRATIONS, VERSIONS, migrate
from books.tables import Base
from domain.bindings import Bound
from engine.database import migrate as migrate_engine
from tests.books.conftest import HERE, NOTE


def test_the_migrations_make_exactly_the_tables_of_the_models(database: sa.Engine) -> None:
    with database.connect() as connection:
        options = {"version_table": VERSIONS}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_engine_s_tables_come_into_the_same_database_and_nothing_is_lost(
    database: sa.Engine, books: Books
) -> None:
    bound = Bound(offer="610", supplier="示例厂", factory_sku="F-1")
    books.note_binding(HERE, "39", "CG-1", bound, NOTE)

    migrate_engine(database)
    migrate(database)

    tables = set(sa.inspect(database).get_table_names())
    assert {"ledger", "alembic_version", "book_version", *Base.metadata.tables} <= tables
    assert books.bindings(HERE, "39") == {"CG-1": bound}


def test_a_shop_s_books_of_the_first_version_are_brought_to_this_one(
    database: sa.Engine, books: Books
) -> None:
    to_version(database, "0001")
    bound = Bound(offer="610", supplier="示例厂", factory_sku="F-1")
    books.note_binding(HERE, "39", "CG-1", bound, NOTE)
    assert not sa.inspect(database).has_table("book_disputes")

    migrate(database)

    assert books.bindings(HERE, "39") == {"CG-1": bound}
    books.note_dispute("示例厂", "CG", "we moved", NOTE)
    assert books.disputes("CG") == {"示例厂": "we moved"}


def to_version(database: sa.Engine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
