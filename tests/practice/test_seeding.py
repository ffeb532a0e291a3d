"""The foreign products: thousands, in every state, with near twins (facts 3.5, 3.6; DESIGN 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import QueryableAttribute, Session

from practice.painting import ensure_painted, recipes
from practice.tables import ChannelStock, Picture, Product, Shop, Sku
from practice.world import FOREIGN_PRODUCTS, World, make_world


@pytest.fixture(scope="module")
def full_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world as people get it."""
    world = make_world(tmp_path_factory.mktemp("full"))
    yield world
    world.close()


@pytest.fixture
def session(full_world: World) -> Iterator[Session]:
    with full_world.transaction() as session:
        yield session


def counted(session: Session, column: QueryableAttribute[Any]) -> dict[Any, int]:
    return dict(list(session.execute(select(column, func.count()).group_by(column))))


def test_thousands_in_the_first_shop_some_in_each_other(session: Session) -> None:
    wanted = [FOREIGN_PRODUCTS, 60, 60]
    shops = session.scalars(select(Shop).order_by(Shop.position)).all()
    assert [counted(session, Product.shop_id)[shop.id] for shop in shops] == wanted


def test_a_shop_sells_only_what_it_opened(full_world: World, session: Session) -> None:
    shop = session.scalars(select(Shop).where(Shop.position == 2)).one()
    ids = session.scalars(select(Product.category_id).where(Product.shop_id == shop.id))
    firsts = {full_world.catalogue.categories[one].path[0] for one in ids}
    assert firsts <= set(shop.opened)


def test_every_state_is_there(session: Session) -> None:
    """Facts 3.5: status 0-2, check_status 1-5 and 7, draft_status 1-4."""
    assert set(counted(session, Product.status)) == {0, 1, 2}
    assert set(counted(session, Product.check_status)) == {1, 2, 3, 4, 5, 7}
    assert set(counted(session, Product.draft_status)) >= {1, 2, 3, 4}
    rejected = session.scalars(select(Product).where(Product.check_status == 4)).all()
    assert all(one.reject_reasons for one in rejected)


def test_codes_have_hundreds_of_near_twins(session: Session) -> None:
    """One code on two products, and codes that differ in one sign only (DESIGN 6)."""
    shop = session.scalars(select(Shop).where(Shop.position == 0)).one()
    wanted = select(Product.merchant_code).where(Product.shop_id == shop.id)
    codes = Counter(code for code in session.scalars(wanted) if code)
    twice = [code for code, many in codes.items() if many == 2]
    assert len(twice) >= 50
    assert "P-1" in twice
    for code in twice[:20]:
        assert {f"{code}0", f"{code}00", f"{code}A", code.lower(), code.replace("-", "")} <= set(
            codes
        )
    assert sum(1 for code in codes if not code.isascii()) >= 50


def test_titles_have_near_twins_and_real_twins(session: Session) -> None:
    """DESIGN 6: near-twin titles; facts 3.2: none is longer than the counter's 60."""
    titles = Counter(session.scalars(select(Product.title)))
    assert sum(1 for many in titles.values() if many > 1) >= 50
    assert sum(1 for title in titles if f"{title}。" in titles) >= 50
    assert max(sum(1 if sign.isascii() else 2 for sign in title) for title in titles) <= 60


def test_skus_are_the_product_of_the_values(session: Session) -> None:
    """Facts 3.3, 8: one row for each combination, ids of 16 digits, a code once in a shop."""
    depths = set()
    for product in session.scalars(select(Product).limit(400)):
        rows = 1
        for spec in product.specs:
            rows *= len(spec["values"])
        assert rows == len(product.skus)
        assert all(len(sku.id) == 16 for sku in product.skus)
        depths.add(len(product.specs))
    assert depths == {1, 2, 3}
    codes = select(func.count(Sku.code), func.count(Sku.code.distinct()))
    assert len(set(session.execute(codes).one())) == 1


def test_ids_have_the_facts_form(session: Session) -> None:
    """Facts 8: 19 digits."""
    assert {len(one) for one in session.scalars(select(Product.id))} == {19}


def test_some_products_stand_in_channels_too(session: Session) -> None:
    """Facts 1.1: channel stock is kept for each SKU and never more than there is."""
    stock = {sku.id: sku.stock for sku in session.scalars(select(Sku))}
    rows = session.scalars(select(ChannelStock)).all()
    assert len({row.product_id for row in rows}) >= 50
    assert all(row.occupied <= stock[row.sku_id] for row in rows)


def test_pictures_are_painted_when_asked_for(full_world: World, session: Session) -> None:
    kept = session.scalars(select(Picture)).all()
    assert {one.file_name for one in kept} == set(recipes())
    name = kept[0].file_name
    path = full_world.pictures / name
    assert not path.exists()
    ensure_painted(full_world.pictures, name)
    ensure_painted(full_world.pictures, "../other.jpg")
    assert path.read_bytes().startswith(b"\xff\xd8")
    assert [one.name for one in Path(full_world.pictures).iterdir()] == [name]
