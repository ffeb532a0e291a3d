"""The books' tables: made by migrations, beside the engine's in one database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from pydantic import ValidationError

from books.entries import Goods
from books.library import Books
from books.opening import MIGRATIONS, VERSIONS, migrate
from books.tables import Base
from domain.bindings import Bound
from engine.database import migrate as migrate_engine
from tests.books.conftest import CG_1, HERE, NOTE, SHOP


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
    books.note_dispute(CG_1, "we moved", NOTE)
    assert books.dispute(CG_1) == "we moved"


OLD = {
    "book_suppliers": {"name": "示例厂", "contact": "小厂", "link": ""},
    "book_return_addresses": {
        "supplier": "示例厂",
        "product_code": "CG-1",
        "recipient": "甄退货",
        "town": "",
        "province": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "detail": "云帆路188号",
        "phone": "13800001234",
    },
    "book_disputes": {"supplier": "示例厂", "product_code": "CG-1", "says": "we moved"},
    "book_rules": {"supplier": "示例厂", "product_code": "CG-1", "rule": "days", "says": "7"},
}


def test_what_was_known_before_worlds_were_kept_stays_and_answers_nobody(
    database: sa.Engine, books: Books
) -> None:
    to_version(database, "0002")
    noted = {"source": "示例厂", "noted_at": "2026-11-01 00:00:00.000000", "evidence": ""}
    for table, facts in OLD.items():
        row = {**facts, **noted}
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with database.begin() as connection:
            insert = f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608
            connection.execute(sa.text(insert), row)

    migrate(database)

    with database.connect() as connection:
        for table in OLD:
            (kept,) = connection.execute(sa.text(f"SELECT * FROM {table}")).mappings()  # noqa: S608
            assert kept["world"] == kept["supplier_id"] == ""
    assert books.return_address(CG_1) is None
    assert (books.dispute(CG_1), books.rules(CG_1), books.suppliers("w1")) == ("", {}, [])
    assert books.return_addresses(SHOP) == {}
    for nothing in ({"world": ""}, {"supplier_id": ""}):  # none can ask for such rows either
        with pytest.raises(ValidationError):
            Goods.model_validate({**CG_1.model_dump(), **nothing})


def to_version(database: sa.Engine, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
