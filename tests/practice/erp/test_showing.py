"""``show addresses``: the truth for people and machines, also of a world nobody served yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from practice.cli import app
from practice.erp.items import sync
from practice.erp.people import USERS, ensure_accounts
from practice.erp.regions import DIRECT, codes_of
from practice.erp.seeding import ensure_erp
from practice.erp.showing import shown_addresses, shown_items
from practice.erp.tables import ErpAddress, ErpItem
from practice.supply.tables import FactoryAddress, Offer, RightSku
from practice.world import World, make_world


def test_show_addresses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    run, home = CliRunner(), ["--home", str(world.home)]
    assert json.loads(run.invoke(app, ["show", "addresses", "--json", *home]).output) == []
    told = json.loads(run.invoke(app, ["show", "addresses", "--all", "--json", *home]).output)
    assert told == shown_addresses(world, foreign=True)
    table = run.invoke(app, ["show", "addresses", "--all", *home]).output
    assert "Return addresses (70)" in table
    assert all(one["address_id"] in table for one in told)


def test_the_same_seed_gives_the_same_erp(tmp_path: Path) -> None:
    first, second = (make_world(tmp_path / name, products=60) for name in ("one", "two"))
    places = [
        [
            (one["address_id"], one["text"], one["items"])
            for one in shown_addresses(it, foreign=True)
        ]
        for it in (first, second)
    ]
    assert places[0] == places[1]
    assert shown_items(first) == shown_items(second)
    first.close()
    second.close()


def test_an_erp_is_made_once(world: World) -> None:
    """Passwords stay, nothing is added: a world may be served again and again."""
    accounts = [ensure_accounts(world) for _ in range(2)]
    assert accounts[0] == accounts[1]
    assert [one["account"] for one in accounts[0]] == [login for login, _, _ in USERS]
    ensure_erp(world)
    before = shown_addresses(world, foreign=True)
    ensure_erp(world)
    assert shown_addresses(world, foreign=True) == before


def test_whether_a_product_is_tied_to_the_right_address(world: World) -> None:
    """The address of its own factory and warehouse, to the letter, as it is now."""
    ensure_erp(world)
    with world.transaction() as session:
        sync(session)
        wanted = select(ErpItem, FactoryAddress).join(
            RightSku, RightSku.product_id == ErpItem.product_id
        )
        rows = session.execute(
            wanted.join(Offer, Offer.id == RightSku.offer_id)
            .join(FactoryAddress, FactoryAddress.supplier_id == Offer.supplier_id)
            .where(FactoryAddress.kind == "return", FactoryAddress.warehouse == Offer.warehouse)
            .order_by(FactoryAddress.id)
        ).all()
        made: dict[int, ErpAddress] = {}
        for item, place in rows:
            address = made.setdefault(place.id, entered(place))
            session.add(address)
            session.flush()
            item.address_id, item.tied_at = address.id, 0.0
        wrong_item, first = rows[-1][0], made[rows[0][1].id]
        wrong_item.address_id = first.id
        wrong_id, many = str(wrong_item.id), len({item.id for item, _ in rows})
    told = [one for row in shown_addresses(world, foreign=False) for one in row["items"]]
    rights = {one["item_id"]: one["right"] for one in told}
    assert rights.pop(wrong_id) is False
    assert set(rights.values()) == {True}
    assert len(rights) == many - 1


def entered(place: FactoryAddress) -> ErpAddress:
    """A factory's address as a robot would enter it."""
    region = [name for name in (place.province, place.city, place.district) if name]
    if place.city == "仙桃市":  # right below its province
        region.insert(1, DIRECT[0])
    return ErpAddress(
        receiver=place.recipient,
        phone_kind="mobile",
        phone=place.phone,
        region=region,
        region_codes=codes_of(region),
        detail=f"{place.street} {place.road}{place.door}",
        created_at=1.0,
        updated_at=1.0,
    )
