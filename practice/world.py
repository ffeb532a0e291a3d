"""A world: one shop with its database and pictures, in one folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from practice.catalogue import Catalogue, catalogue
from practice.clock import Clock
from practice.tables import SCHEMA, Account, Buyer, Shop, Table, WorldRow

DEFAULT_SEED = 7
FOREIGN_PRODUCTS = 5000
"""In the first shop of a new world: enough to get lost in."""
DATABASE = "store.sqlite3"
# Name, and the first levels of the category tree that the shop opened (none: all).
SHOPS: tuple[tuple[str, list[str]], ...] = (
    ("晨光家居小店", []),
    ("晨光家居小店2号店", []),
    ("青禾服饰", ["服饰内衣", "鞋靴箱包"]),
)
# E-mail, mobile, which of the shops, permissions.
ACCOUNTS: tuple[tuple[str, str, tuple[int, ...], list[str]], ...] = (
    ("demo@example.com", "13800138000", (0,), ["*"]),
    ("owner@example.com", "13800138001", (0, 1, 2), ["*"]),
    ("helper@example.com", "13800138002", (0,), ["morder"]),
)


class WorldOutdated(Exception):  # a plain sentence for the person at the keyboard
    """The world was made by another version of the practice store."""


@dataclass(frozen=True)
class Pace:
    """How long the store takes for things, in seconds."""

    audit: float = 1.0
    save: float = 0.3
    minute: float = 60.0
    """Of a factory that answers a message; only tests and demos make it shorter."""
    session: float = 7 * 24 * 3600.0


@dataclass(frozen=True)
class About:
    """A world's identity, and the shop and account that its card names."""

    id: str
    seed: int
    last_port: int | None
    shop_id: str
    shop_name: str
    email: str
    password: str


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

    def about(self) -> About:
        """Which world this is, and whose."""
        with self.transaction() as session:
            row = session.query(WorldRow).one()
            shop = session.query(Shop).order_by(Shop.position).first()
            account = session.query(Account).order_by(Account.position).first()
        if not shop or not account:
            raise WorldOutdated(f"The world in {self.home} has no shop.")
        return About(
            id=row.id,
            seed=row.seed,
            last_port=row.last_port,
            shop_id=shop.id,
            shop_name=shop.name,
            email=account.email,
            password=account.password,
        )

    def accounts(self) -> list[dict[str, Any]]:
        """Everybody who may log in, for the world's card."""
        with self.transaction() as session:
            shops = {one.id: one.name for one in session.query(Shop)}
            return [
                {
                    "account": one.email,
                    "mobile": one.mobile,
                    "password": one.password,
                    "shops": [{"shop_id": key, "shop_name": shops[key]} for key in one.shop_ids],
                    "permissions": one.permissions,
                }
                for one in session.query(Account).order_by(Account.position)
            ]

    def buyers(self) -> list[dict[str, Any]]:
        """Everybody who may log in at the supply platform, for the world's card."""
        with self.transaction() as session:
            return [
                {"account": o.email, "password": o.password, "member_id": o.id, "name": o.name}
                for o in session.query(Buyer).order_by(Buyer.position)
            ]

    def site_ports(self) -> dict[str, int]:
        """The last ports of the world's other sites."""
        with self.transaction() as session:
            return dict(session.query(WorldRow).one().site_ports)

    def remember_ports(self, port: int, sites: Mapping[str, int]) -> None:
        """So that the next start serves under the same addresses."""
        with self.transaction() as session:
            row = session.query(WorldRow).one()
            row.last_port, row.site_ports = port, dict(sites)

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()


def exists(home: Path) -> bool:
    """Whether a world was made in this folder."""
    return (home / DATABASE).is_file()


def open_world(home: Path, clock: Clock | None = None, pace: Pace | None = None) -> World:
    """Open the world that lies in this folder.

    Raises:
        WorldOutdated: it was made by another version; a reset makes a new one.
    """
    world = World(home, _engine(home / DATABASE), clock or Clock(), pace or Pace())
    with closing(world.engine.raw_connection()) as connection:
        (made_with,) = connection.cursor().execute("PRAGMA user_version").fetchone()
    if made_with != SCHEMA:
        world.close()
        raise WorldOutdated(f"The world in {home} was made by another version of the store.")
    return world


def make_world(
    home: Path,
    seed: int = DEFAULT_SEED,
    clock: Clock | None = None,
    products: int = FOREIGN_PRODUCTS,
    orders: int | None = None,
) -> World:
    """Make a new world in this folder, with so many foreign products in its first shop.

    Its first shop has as many orders as products, if nothing else is said.
    """
    from practice import templates  # it needs the tables of all sites

    many = products if orders is None else orders
    clock = clock or Clock()
    home.mkdir(parents=True, exist_ok=True)
    # Built aside and renamed, so that a half-made world is never opened.
    draft = home / f"{DATABASE}.new"
    for old in home.glob(f"{draft.name}*"):
        old.unlink()  # with its side logs, which would be played into the new one
    kept = templates.template(seed, products, many)
    if not templates.copied(kept, draft):
        _fill(World(home, _engine(draft), clock), seed, products, many)
        templates.keep(draft, kept)
    world = World(home, _engine(draft), clock)
    with world.transaction() as session:
        templates.make_own(session, clock.now())
    _settle(world)
    for side_log in home.glob(f"{DATABASE}-*"):
        side_log.unlink()  # an older world's log must never be played into this one
    draft.replace(home / DATABASE)
    return open_world(home, clock)


def _fill(world: World, seed: int, products: int, orders: int) -> None:
    """Make all that stands in a new world, in one go."""
    from practice import seeding  # it needs this module's World
    from practice.orders.seeding import seed_orders
    from practice.supply.seeding import seed_supply

    Table.metadata.create_all(world.engine)
    with world.transaction() as session:
        session.connection().exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        session.add_all(_people(seed, world.clock.now()))
        session.flush()
        seeding.seed_products(world, session, seed, products)
        seed_supply(session, seed)
        seed_orders(world, session, seed, orders)
    _settle(world)


def _settle(world: World) -> None:
    """Bring everything from the side log into the one file, so that it can be renamed."""
    with closing(world.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    world.close()


def _people(seed: int, now: float) -> list[Table]:
    """Shops and what is in them follow the seed; :mod:`practice.templates` gives id and secrets."""
    shops = [
        Shop(
            id=str(60_000_000 + (seed * 104_729 + at * 7_919) % 900_000_000),
            name=name,
            position=at,
            opened=opened,
        )
        for at, (name, opened) in enumerate(SHOPS)
    ]
    accounts = [
        Account(
            email=email,
            mobile=mobile,
            password="",
            position=at,
            shop_ids=[shops[number].id for number in theirs],
            permissions=permissions,
        )
        for at, (email, mobile, theirs, permissions) in enumerate(ACCOUNTS)
    ]
    world = WorldRow(id="", seed=seed, created_at=now, last_port=None)
    return [world, *shops, *accounts]


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
