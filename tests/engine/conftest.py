"""What the engine's tests share: a migrated database file, and a bench around it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.database import migrate, open_database
from engine.ledger import Ledger
from tests.engine.stand_ins import Bench, HandClock, Site


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that was migrated once; every test works on a copy of it."""
    file = tmp_path_factory.mktemp("migrated") / "shopclerk.sqlite3"
    engine = open_database(sqlite_url(file))
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[sa.Engine]:
    file = tmp_path / "shopclerk.sqlite3"
    shutil.copy(migrated, file)
    engine = open_database(sqlite_url(file))
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bench(database: sa.Engine, clock: HandClock) -> Bench:
    return Bench(database, clock, Site(clock), Ledger(database, clock))
