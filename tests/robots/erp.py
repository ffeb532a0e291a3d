"""What the tests of return addresses share: the ERP's own database, and what factories said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select

from books.entries import Goods, Note
from books.library import Books
from books.opening import migrate as migrate_books
from domain.return_address import ReturnAddress
from engine.database import migrate, open_database
from engine.settings import Settings
from practice.erp.seeding import ensure_erp
from practice.erp.showing import shown_addresses
from practice.erp.tables import ErpAddress, ErpItem
from practice.supply.tables import FactoryAddress, Offer, RightSku, Supplier
from practice.tables import Product
from practice.world import World, open_world
from tests.conftest import Shopclerk, Store

SAVED, TIED = "return_address/save", "relateReturnAddress"
NOTE = Note(source="a test", at=datetime.now(UTC))


@dataclass(frozen=True)
class Sourced:
    """A product of the shop and where its returns truly go."""

    code: str
    product_id: str
    supplier: str
    true: FactoryAddress

    @property
    def line(self) -> str:
        return f"{self.true.recipient} {self.true.phone} {self.address.street}"

    @property
    def address(self) -> ReturnAddress:
        true = self.true
        return ReturnAddress(
            province=true.province,
            city=true.city,
            district=true.district,
            town=true.street,
            detail=true.road + true.door,
            recipient=true.recipient,
            phone=true.phone,
        )


@dataclass(frozen=True)
class Erp:
    """The truth about a store's ERP, and a way to make it what a test needs."""

    store: Store

    @contextmanager
    def world(self) -> Iterator[World]:
        with closing(open_world(self.store.home)) as world:
            ensure_erp(world)
            yield world

    def goods(self, product: Sourced) -> Goods:
        """Name a product as the books know it."""
        card = self.store.card
        return Goods(
            world=card.world,
            supplier_id=product.supplier,
            supplier=product.supplier,
            shop=card.shop_name,
            code=product.code,
        )

    def addresses(self, *, foreign: bool = False) -> list[dict[str, Any]]:
        with self.world() as world:
            return shown_addresses(world, foreign=foreign)

    def ties(self) -> dict[str, dict[str, Any]]:
        """Give by 商家编码 the address that a product is tied to; ``right`` is that of the tie."""
        return {
            item["merchant_code"]: one | {"right": item["right"]}
            for one in self.addresses(foreign=True)
            for item in one["items"]
            if item["merchant_code"]
        }

    def entered(self) -> set[str]:
        """Give the addresses that were not there from the start, in one line each."""
        return {_line(one) for one in self.addresses() if not one["seeded"]}

    def seeded(self) -> set[str]:
        """Give those that were."""
        return {_line(one) for one in self.addresses(foreign=True) if one["seeded"]}

    def tie(self, product_id: str) -> str:
        """Let somebody have tied a product to some other address; gives that one's phone."""
        with self.world() as world, world.transaction() as session:
            other = session.scalars(select(ErpAddress).order_by(ErpAddress.id)).all()[30]
            item = session.scalars(select(ErpItem).where(ErpItem.product_id == product_id)).one()
            item.address_id = other.id
            return other.phone

    def sourced(self) -> list[Sourced]:
        """Give the shop's products whose factory is known, tied to nothing, each code its own."""
        with self.world() as world, world.transaction() as session:
            free = select(ErpItem.product_id).where(ErpItem.address_id.is_(None))
            wanted = (
                select(Product.merchant_code, Product.id, Offer)
                .join(RightSku, RightSku.product_id == Product.id)
                .join(Offer, Offer.id == RightSku.offer_id)
                .where(Product.shop_id == self.store.card.shop_id, Product.id.in_(free))
                .distinct()
                .order_by(Product.id)
            )
            count = sa.func.count()
            codes = select(Product.merchant_code).group_by(Product.merchant_code)
            once = set(session.scalars(codes.having(count == 1)))
            now = world.clock.now()
            found = [
                Sourced(code, key, offer.supplier_id, _true(session, offer, now))
                for code, key, offer in session.execute(wanted)
                if code and code in once
            ]
        return [one for one in found if _has_division(one)]


def _line(one: dict[str, Any]) -> str:
    return f"{one['receiver']} {one['phone']} {one['detail']}"


def _true(session: sa.orm.Session, offer: Offer, now: float) -> FactoryAddress:
    supplier = session.get_one(Supplier, offer.supplier_id)
    return supplier.return_address(offer.warehouse, now)


def _has_division(one: Sourced) -> bool:
    try:
        return bool(one.address)
    except ValueError:
        return False


@contextmanager
def books_of(shopclerk: Shopclerk) -> Iterator[Books]:
    """Open the installation's books."""
    database = open_database(Settings(home=shopclerk.home).database)
    migrate(database)
    migrate_books(database)
    yield Books(database)
    database.dispose()


def know(erp: Erp, shopclerk: Shopclerk, *products: Sourced, **changes: str) -> None:
    """Write into the books what the factories said."""
    with books_of(shopclerk) as books:
        for one in products:
            address = one.address.model_copy(update=changes)
            books.note_return_address(erp.goods(one), address, NOTE)


def assert_right(erp: Erp, products: list[Sourced]) -> None:
    """Each is tied to its factory's true address, which stands there once and is no default."""
    ties = erp.ties()
    for one in products:
        assert ties[one.code]["right"], one.code
        assert not ties[one.code]["deleted"]
    entered = [one for one in erp.addresses() if not one["seeded"]]
    texts = [(one["text"], one["receiver"], one["phone"]) for one in entered]
    assert len(texts) == len(set(texts))
    assert not [one for one in entered if one["is_default"] or one["is_send_default"]]
    assert not [one for one in entered if one["shops"] or not one["right_for"]]
