"""A new world's supply platform: buyers, factories with their true addresses, supply links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from practice.data import read_yaml
from practice.painting import recipes
from practice.seed_names import pick
from practice.seeding import insert_plainly
from practice.supply.seed_links import Factory, Link, links_of_world
from practice.supply.tables import FactoryAddress, Offer, OfferSku, RightSku, Supplier
from practice.tables import Buyer, Table

SUPPLIERS = Path(__file__).with_name("suppliers.yaml")
BUYERS = (("buyer@example.com", "晨光家居小店采购"), ("buyer2@example.com", "青禾服饰采购"))


def seed_supply(session: Session, seed: int) -> None:
    """Fill the supply platform; the same seed and shop give the same links."""
    rng = Random(f"{seed} supply")  # noqa: S311  # a world to repeat, nothing secret
    entries = read_yaml(SUPPLIERS)
    factories = [_factory(rng, at, entry) for at, entry in enumerate(entries)]
    pairs = list(zip(factories, entries, strict=True))
    session.add_all(_buyers(rng))
    _insert(session, Supplier, [_supplier(at, *pair) for at, pair in enumerate(pairs)])
    _insert(
        session,
        FactoryAddress,
        [_address(one, address) for one, entry in pairs for address in entry["addresses"]],
    )
    _insert_links(session, rng, links_of_world(session, rng, factories))


def _insert(session: Session, table: type[Table], entries: list[dict[str, Any]]) -> None:
    if entries:
        insert_plainly(session, table, entries)


def _buyers(rng: Random) -> Iterator[Buyer]:
    for at, (email, name) in enumerate(BUYERS):
        yield Buyer(
            id=str(22 * 10**8 + rng.randrange(10**8)),
            email=email,
            name=name,
            password="",
            position=at,
        )


def _factory(rng: Random, at: int, entry: dict[str, Any]) -> Factory:
    returns = [one for one in entry["addresses"] if one["kind"] == "return"]
    return Factory(
        id=str(24 * 10**8 + at * 5_000_000 + rng.randrange(5_000_000)),
        name=entry["name"],
        prefix=entry["prefix"],
        warehouses=tuple(one.get("for", "") for one in returns),
    )


def _supplier(at: int, factory: Factory, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": factory.id,
        "name": factory.name,
        "position": at,
        "contact": entry["contact"],
        "temper": entry["temper"],
        "style": entry["style"],
        "shows": entry.get("shows", []),
        "seven_days": entry["rules"]["seven_days"],
        "freight": entry["rules"]["freight"],
        "damage": entry["rules"]["damage"],
        "lead_hours": entry["lead_hours"],
    }


def _address(factory: Factory, entry: dict[str, Any]) -> dict[str, Any]:
    region = ("" if name == "-" else name for name in entry["at"].split())
    return {
        "supplier_id": factory.id,
        "kind": entry["kind"],
        "warehouse": entry.get("for", ""),
        **dict(zip(("province", "city", "district", "street"), region, strict=True)),
        **{name: entry[name] for name in ("road", "door", "recipient", "phone")},
        "valid_from": 0.0 if entry["kind"] == "return" else None,
    }


def _insert_links(session: Session, rng: Random, links: Sequence[Link]) -> None:
    """The links in no telling order, with their SKUs and whose they are."""
    numbers = rng.sample(range(10**9), len(links))
    pictures = list(recipes())
    offers: list[dict[str, Any]] = []
    skus: list[dict[str, Any]] = []
    rights: list[dict[str, Any]] = []
    for link, number in zip(links, numbers, strict=True):
        offer_id = link.id or str(70 * 10**10 + number)
        offers.append(_offer_row(link, offer_id, pick(rng, pictures)))
        skus += [_sku_row(rng, offer_id, at, one) for at, one in enumerate(link.skus)]
        rights += [
            right | {"offer_id": offer_id, "factory_sku": sku[0]}
            for right, sku in zip(link.rights, link.skus, strict=bool(link.rights))
        ]
    _insert(session, Offer, offers)
    _insert(session, OfferSku, skus)
    _insert(session, RightSku, rights)


def _offer_row(link: Link, offer_id: str, picture: str) -> dict[str, Any]:
    return {
        "id": offer_id,
        "supplier_id": link.factory.id,
        "title": link.title,
        "item_no": link.item_no,
        "warehouse": link.warehouse,
        "picture": picture,
    }


def _sku_row(
    rng: Random, offer_id: str, at: int, made: tuple[str, tuple[str, ...], int]
) -> dict[str, Any]:
    factory_sku, values, price = made
    full, cycle = pick(rng, (60, 200, 500, 1200)), pick(rng, (24, 48, 72, 120))
    return {
        "offer_id": offer_id,
        "position": at,
        "factory_sku": factory_sku,
        "values": values,
        "price": price,
        "full": full,
        # A third of them are sold out before the next delivery.
        "per_hour": round(full / cycle * pick(rng, (0.2, 0.7, 1.25)), 3),
        "cycle": cycle,
        "phase": int(rng.random() * cycle),
    }
