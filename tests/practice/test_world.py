"""Making worlds: seeded, with near twins, and safe to replace."""

from __future__ import annotations

from pathlib import Path

from practice.showing import shown_products, yuan
from practice.world import World, make_world


def test_foreign_products_have_near_twin_codes(world: World) -> None:
    codes = {row["merchant_code"] for row in shown_products(world, foreign=True)}
    assert {"P-1", "P-10", "P-100", "P-1A", "p-1", "P1", "Ｐ－１"} <= codes


def test_ids_and_money_have_the_facts_form(world: World) -> None:
    """Facts 8: product ids of 19 digits, SKU ids of 16, shop ids of 8-9, money in 元 text."""
    assert len(world.about().shop_id) in {8, 9}
    for row in shown_products(world, foreign=True):
        assert len(row["product_id"]) == 19
        assert all("." in sku["price"] for sku in row["skus"])
    assert yuan(3990) == "39.90"


def test_foreign_products_are_hidden_unless_asked_for(world: World) -> None:
    assert shown_products(world, foreign=False) == []


def test_a_reset_makes_another_world_in_the_same_folder(tmp_path: Path) -> None:
    first = make_world(tmp_path, products=20)
    before = first.about()
    first.close()
    second = make_world(tmp_path, products=20)
    after = second.about()
    second.close()
    assert (before.id, before.password) != (after.id, after.password)
    assert before.shop_id == after.shop_id
