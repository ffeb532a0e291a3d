"""A world: one shop with its database and pictures, in one folder."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from practice.catalogue import Catalogue, catalogue
from practice.clock import Clock
from practice.tables import Table, WorldRow

DEFAULT_SEED = 7
SHOP_NAME = "晨光家居小店"
DATABASE = "store.sqlite3"


@dataclass(frozen=True)
class Pace:
    """How long the store takes for things, in seconds."""

    audit: float = 1.0
    save: float = 0.3
    session: float = 7 * 24 * 3600.0


@dataclass(frozen=True)
class World:
    """An open world; every request goes through its database."""

    home: Path
    engine: Engine
    clock: Clock = field(default_factory=Clock)
    pace: Pace = field(default_factory=Pace)
    catalogue: Catalogue = field(default_factory=catalogue)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A database session that commits at the end, or not at all."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @property
    def pictures(self) -> Path:
        """Where uploaded pictures are kept."""
        return self.home / "pictures"

    def about(self) -> WorldRow:
        """The world's own row: its id, shop and account."""
        with self.transaction() as session:
            return session.query(WorldRow).one()

    def remember_port(self, port: int) -> None:
        """So that the next start serves under the same address."""
        with self.transaction() as session:
            session.query(WorldRow).one().last_port = port

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()


def exists(home: Path) -> bool:
    """Whether a world was made in this folder."""
    return (home / DATABASE).is_file()


def open_world(home: Path, clock: Clock | None = None, pace: Pace | None = None) -> World:
    """Open the world that lies in this folder."""
    return World(home, _engine(home / DATABASE), clock or Clock(), pace or Pace())


def make_world(home: Path, seed: int = DEFAULT_SEED, clock: Clock | None = None) -> World:
    """Make a new shop in this folder, foreign products and all."""
    from practice.seeding import seed_products  # Pillow is slow to load

    home.mkdir(parents=True, exist_ok=True)
    # Built aside and renamed, so that a half-made world is never opened.
    draft = home / f"{DATABASE}.new"
    draft.unlink(missing_ok=True)
    world = World(home, _engine(draft), clock or Clock())
    Table.metadata.create_all(world.engine)
    with world.transaction() as session:
        session.add(_row(seed, world.clock.now()))
        seed_products(world, session, seed)
    _settle(world)
    for side_log in home.glob(f"{DATABASE}-*"):
        side_log.unlink()  # an older world's log must never be played into this one
    draft.replace(home / DATABASE)
    return open_world(home, clock)


def _settle(world: World) -> None:
    """Bring everything from the side log into the one file, so that it can be renamed."""
    with closing(world.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    world.close()


def _row(seed: int, now: float) -> WorldRow:
    """The world's id and password are new each time; what is in the shop follows the seed."""
    return WorldRow(
        id=secrets.token_hex(8),
        seed=seed,
        created_at=now,
        shop_id=str(60_000_000 + seed * 104_729 % 900_000_000),
        shop_name=SHOP_NAME,
        email="demo@example.com",
        mobile="13800138000",
        password=secrets.token_urlsafe(9),
        last_port=None,
    )


def _engine(database: Path) -> Engine:
    engine = create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """``show`` reads while the server writes: WAL lets both, the timeout covers the rest."""
    connection.isolation_level = None  # the driver keeps out of transactions; see _begin
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer half-way could be refused it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
