"""A list that tells a change only later (DESIGN 6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from practice.clock import Clock
from practice.store.codes import Status
from practice.store.lag import remember_lag, row_before
from practice.store.listing import Question, count_tabs, list_products
from practice.tables import ListLag, Product, Shop
from practice.world import World, make_world


class HandClock(Clock):
    """Time that passes when the test says so."""

    seconds = 1_790_000_000.0

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = make_world(tmp_path, clock=HandClock(), products=120)
    yield world
    world.close()


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.transaction() as session:
        yield session


@pytest.fixture
def shop_id(session: Session) -> str:
    return session.scalars(select(Shop.id).where(Shop.position == 0)).one()


def some(session: Session, shop_id: str, status: Status, at: int) -> Product:
    wanted = select(Product).where(Product.shop_id == shop_id, Product.status == status)
    return session.scalars(wanted.order_by(Product.created_at).offset(at).limit(1)).one()


def rows(world: World, session: Session, shop_id: str, **asked: Any) -> list[dict[str, Any]]:
    return list_products(world, session, shop_id, Question(**asked, size=200))[0]


@pytest.mark.parametrize("order", ["create_time", "sell_num", "stock_num", "discount_price"])
@pytest.mark.parametrize("descending", [True, False])
def test_old_rows_keep_their_place(
    world: World, session: Session, shop_id: str, order: str, descending: bool
) -> None:
    """On every page, in every order, with the numbers that were told before."""
    asked = {"order": order, "descending": descending, "tab": "onSale"}
    before, counts = rows(world, session, shop_id, **asked), count_tabs(world, session, shop_id)
    for at in (0, 3, 30):
        product = some(session, shop_id, Status.ONLINE, at)
        old = row_before(world, session, product.id)
        product.status, product.title, product.sold = Status.OFFLINE, "新的标题", 999_999
        product.skus[0].price += 100_000
        remember_lag(session, product.id, old, world.clock.now(), world.clock.now() + 5)
        session.flush()
    after = rows(world, session, shop_id, **asked)
    assert [row["product_id"] for row in after] == [row["product_id"] for row in before]
    assert [row["name"] for row in after] == [row["name"] for row in before]
    assert count_tabs(world, session, shop_id) == counts
    page = Question(**asked, page=2, size=20)  # type: ignore[arg-type]
    told, total = list_products(world, session, shop_id, page)
    assert [row["product_id"] for row in told] == [row["product_id"] for row in before[40:60]]
    assert total == len(before)
    assert rows(world, session, shop_id, terms="新的标题") == []


def test_a_new_product_stays_hidden_until_its_time(
    world: World, session: Session, shop_id: str
) -> None:
    product = some(session, shop_id, Status.ONLINE, 0)
    clock = world.clock
    assert isinstance(clock, HandClock)
    remember_lag(session, product.id, None, clock.now(), clock.now() + 5)
    session.flush()
    assert rows(world, session, shop_id, terms=product.id) == []
    clock.seconds += 5
    (row,) = rows(world, session, shop_id, terms=product.id)
    assert row["product_id"] == product.id
    assert session.scalars(select(ListLag)).all() == []


def test_a_second_write_does_not_end_the_first_ones_lag(
    world: World, session: Session, shop_id: str
) -> None:
    product, now = some(session, shop_id, Status.ONLINE, 0), world.clock.now()
    first = product.title
    for title, until in (("第二个", now + 9), ("第三个", now + 4)):
        old = row_before(world, session, product.id)
        product.title = title
        remember_lag(session, product.id, old, now, until)
        session.flush()
    (row,) = rows(world, session, shop_id, terms=product.id)
    assert row["name"] == first
    assert session.get_one(ListLag, product.id).until == now + 9


def test_another_shop_does_not_see_the_old_row(
    world: World, session: Session, shop_id: str
) -> None:
    product = some(session, shop_id, Status.ONLINE, 0)
    old = row_before(world, session, product.id)
    remember_lag(session, product.id, old, world.clock.now(), world.clock.now() + 5)
    session.flush()
    other = session.scalars(select(Shop.id).where(Shop.position == 1)).one()
    assert rows(world, session, other, terms=product.id) == []
