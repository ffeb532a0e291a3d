"""What the books' tests share: a migrated database file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from books.entries import Goods, Note, Place, Storefront
from books.library import Books
from books.opening import migrate
from engine.database import open_database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOTE = Note(source="采购.xlsx", at=NOON, evidence="sha256:0")
HERE = Place(world="store.test#w1", shop_id="88")
SHOP = Storefront(world="w1", shop="示例小店")
CG_1 = Goods(**SHOP.model_dump(), supplier_id="2400000001", supplier="示例厂", code="CG-1")
CG_2 = CG_1.model_copy(update={"code": "CG-2"})
ELSEWHERE = Place(world="store.test#w2", shop_id="88")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{(tmp_path / 'books.sqlite3').as_posix()}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def books(database: sa.Engine) -> Books:
    return Books(database)
