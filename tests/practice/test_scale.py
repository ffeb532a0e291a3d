"""The list stays quick with thousands of products: by what it asks the database, not by a watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from practice.store import draft_box, products
from practice.store.listing import Question, count_tabs, list_products
from practice.tables import Shop
from practice.world import World, make_world

Ask = Callable[[World, Session, str], Any]


@pytest.fixture(scope="module")
def big_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = make_world(tmp_path_factory.mktemp("big"), products=1000)
    yield world
    world.close()


@contextmanager
def statements(world: World) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_more: Any) -> None:
        asked.append((text, values))

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(world.engine, "before_cursor_execute", note)


def asked_for(world: World, ask: Ask) -> list[tuple[str, Any]]:
    with world.transaction() as session:
        shop = session.scalars(select(Shop.id).where(Shop.position == 0)).one()
    with statements(world) as asked, world.transaction() as session:
        ask(world, session, shop)
    return asked


def plan(world: World, statement: tuple[str, Any]) -> str:
    """How the database would go about it."""
    text, values = statement
    with world.transaction() as session:
        lines = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        return " / ".join(line[3] for line in lines)


@pytest.mark.parametrize("more", [{}, {"terms": "P-1,款"}, {"order": "stock_num"}])
def test_a_longer_page_asks_no_more_often(big_world: World, more: dict[str, Any]) -> None:
    """No question per row: 10 rows and 100 rows take the same number of statements."""
    times = [
        len(
            asked_for(
                big_world,
                lambda world, session, shop, size=size: list_products(  # type: ignore[misc]
                    world, session, shop, Question(**more, size=size)
                ),
            )
        )
        for size in (10, 100)
    ]
    assert times[0] == times[1] <= 9


def test_counts_and_searches_read_no_whole_rows(big_world: World) -> None:
    """They look at an index that holds all they need."""
    (counted,) = [one for one in asked_for(big_world, count_tabs) if "GROUP BY" in one[0]]
    searched = asked_for(
        big_world,
        lambda world, session, shop: list_products(world, session, shop, Question(terms="款")),
    )
    (looked,) = [one for one in searched if "LIKE" in one[0]]
    for statement in (counted, looked):
        assert "USING COVERING INDEX product_newest" in plan(big_world, statement)


def test_the_newest_are_found_without_sorting(big_world: World) -> None:
    asked = asked_for(
        big_world,
        lambda world, session, shop: list_products(world, session, shop, Question(tab="onSale")),
    )
    (page,) = [one for one in asked if "LIMIT" in one[0]]
    assert "INDEX product_newest" in plan(big_world, page)
    assert "TEMP B-TREE" not in plan(big_world, page)


def test_audits_are_found_by_their_index(big_world: World) -> None:
    asked = asked_for(big_world, lambda world, session, _: products.settle_audits(world, session))
    (looked,) = [one for one in asked if "audit_due" in one[0] and one[0].startswith("SELECT")]
    assert "INDEX product_audits" in plan(big_world, looked)


def test_skus_are_summed_from_their_index(big_world: World) -> None:
    for order in ("stock_num", "discount_price"):
        asked = asked_for(
            big_world,
            lambda world, session, shop, order=order: list_products(  # type: ignore[misc]
                world, session, shop, Question(order=order)
            ),
        )
        (sorted_by,) = [one for one in asked if "ORDER BY place" in one[0]]
        assert "COVERING INDEX sku_of_product" in plan(big_world, sorted_by)


def test_an_empty_draft_box_is_one_question(big_world: World) -> None:
    asked = asked_for(
        big_world,
        lambda world, session, shop: draft_box.list_drafts(world, session, shop, Question()),
    )
    assert len(asked) <= 2
