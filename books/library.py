"""All books of one database, by what they are about."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from books.cases import Cases
from books.entries import Filed, Goods, Note, Place, Source, Storefront, Supplier
from books.shelf import Shelf
from books.tables import (
    BindingRow,
    DisputeRow,
    Noted,
    ParcelRow,
    PurchaseRow,
    ReturnAddressRow,
    RuleRow,
    SourceRow,
    SupplierRow,
)
from domain.bindings import Bound
from domain.purchases import Purchase
from domain.return_address import ReturnAddress

SETTLED = ""
"""What is said against a return address that nothing speaks against any more."""
RELEASED = ""
"""The carrier of a parcel that the store did not take: its number is free again."""


class Books:
    """What was learnt and must last; decides nothing."""

    def __init__(self, engine: sa.Engine) -> None:
        factory = ("world", "supplier_id")
        product = (*factory, "shop", "product_code")
        sku = ("world", "shop_id", "product_id", "sku_code")
        self._suppliers = Shelf(engine, SupplierRow, factory)
        self._addresses = Shelf(engine, ReturnAddressRow, product)
        self._sources = Shelf(engine, SourceRow, ("world", "shop", "product_code"))
        self._disputes = Shelf(engine, DisputeRow, product)
        self._rules = Shelf(engine, RuleRow, (*product, "rule"))
        self._bindings = Shelf(engine, BindingRow, sku)
        self._purchases = Shelf(
            engine, PurchaseRow, ("shop", "order_id", "sku_code", "supplier_order", "tracking")
        )
        self._parcels = Shelf(engine, ParcelRow, ("world", "shop_id", "number", "order_id"))
        self.cases = Cases(engine)

    def note_supplier(self, supplier: Supplier, note: Note) -> bool:
        """Write a supplier down; tell whether it was news."""
        return self._suppliers.note(note, **supplier.model_dump())

    def suppliers(self, world: str) -> list[Supplier]:
        """Give every supplier of a world as it is known by now."""
        rows = self._suppliers.newest(world=world)
        names = Supplier.model_fields
        return [Supplier(**{name: getattr(row, name) for name in names}) for row in rows]

    def note_return_address(self, goods: Goods, address: ReturnAddress, note: Note) -> bool:
        """Write down where returns of these goods go; tell whether it was news."""
        facts = {**goods.key, "supplier": goods.supplier}
        return self._addresses.note(note, **facts, **address.model_dump())

    def return_address(self, goods: Goods) -> Filed | None:
        """Give where returns of a product go: its own address, else its factory's."""
        for each in (goods, goods.general):
            for row in self._addresses.newest(**each.key):
                return _filed(row)
        return None

    def return_addresses(self, shop: Storefront) -> dict[str, list[Filed]]:
        """Give by product what each factory says of it now; what is said of all products aside."""
        told: dict[str, list[Filed]] = {}
        for row in self._addresses.newest(**shop.model_dump()):
            told.setdefault(row.product_code, []).append(_filed(row))
        return told

    def factory_s_addresses(self, goods: Goods) -> list[Filed]:
        """Give the own addresses of all products of one factory, in every shop of its world."""
        rows = self._addresses.newest(world=goods.world, supplier_id=goods.supplier_id)
        return [_filed(row) for row in rows if row.product_code]

    def note_source(self, goods: Goods, note: Note, *, by_hand: bool) -> bool:
        """Write down which factory a sheet names for a product; tell whether it was news.

        Args:
            by_hand: a person wrote its return address beside it; a sheet that names the same
                factory without one takes nothing of that back.
        """
        newest = next(iter(self._sources.newest(**_product(goods))), None)
        if newest and newest.supplier_id == goods.supplier_id and newest.by_hand >= by_hand:
            return False
        return self._sources.note(note, **goods.key, supplier=goods.supplier, by_hand=by_hand)

    def source(self, shop: Storefront, code: str) -> Source | None:
        """Give which factory a product is of now; nothing where no sheet said so."""
        rows = self._sources.history(**shop.model_dump(), product_code=code)
        if not rows:
            return None
        last = rows[-1]
        back = [row.supplier_id for row in rows].count(last.supplier_id) > 1
        return Source(goods=_goods(last), sure=last.by_hand or not back)

    def note_dispute(self, goods: Goods, says: str, note: Note) -> bool:
        """Write down what speaks against a filed return address; tell whether it was news."""
        return self._disputes.note(note, **goods.key, supplier=goods.supplier, says=says)

    def settle_dispute(self, goods: Goods, note: Note) -> bool:
        """Write down that a filed return address holds; tell whether anything spoke against it."""
        return bool(self.dispute(goods)) and self.note_dispute(goods, SETTLED, note)

    def dispute(self, goods: Goods) -> str:
        """Give what still speaks against a product's filed return address; mostly nothing."""
        return next((row.says for row in self._disputes.newest(**goods.key)), SETTLED)

    def was_disputed(self, goods: Goods, says: str) -> bool:
        """Tell whether this was said of a product before, settled since or not."""
        return bool(self._disputes.history(**goods.key, says=says))

    def settled(self, goods: Goods) -> Note | None:
        """Give when and by whom the last dispute was settled; nothing while one is open."""
        rows = self._disputes.newest(**goods.key)
        return next((_note(row) for row in rows if row.says == SETTLED), None)

    def note_rule(self, goods: Goods, rule: str, says: str, note: Note) -> bool:
        """Write down what a supplier says about returns; tell whether it was news."""
        facts = {**goods.key, "supplier": goods.supplier}
        return self._rules.note(note, **facts, rule=rule, says=says)

    def rules(self, goods: Goods) -> dict[str, str]:
        """Give what a supplier says of a product; what it says of all counts where that is mute."""
        told: dict[str, str] = {}
        for each in (goods.general, goods):
            told |= {row.rule: row.says for row in self._rules.newest(**each.key)}
        return told

    def note_binding(
        self, place: Place, product_id: str, sku_code: str, bound: Bound, note: Note
    ) -> bool:
        """Write down what a SKU of a shop was bound to; tell whether it was news."""
        about = {**place.model_dump(), "product_id": product_id, "sku_code": sku_code}
        return self._bindings.note(note, **about, **bound.model_dump())

    def bindings(self, place: Place, product_id: str) -> dict[str, Bound]:
        """Give by SKU code what the SKUs of a product were bound to."""
        rows = self._bindings.newest(**place.model_dump(), product_id=product_id)
        return {
            row.sku_code: Bound(offer=row.offer, supplier=row.supplier, factory_sku=row.factory_sku)
            for row in rows
        }

    def note_purchase(self, shop: str, purchase: Purchase, note: Note) -> bool:
        """Write down a row of the purchases sheet; tell whether it was news."""
        facts = {
            **purchase.model_dump(),
            "voucher": purchase.voucher.as_posix() if purchase.voucher else "",
            "tracking": purchase.number,
        }
        return self._purchases.note(note, shop=shop, **facts)

    def purchases(self, shop: str, order_id: str) -> list[PurchaseRow]:
        """Give what was bought for an order, as it is known by now, with its sources."""
        return self._purchases.newest(shop=shop, order_id=order_id)

    def note_parcel(
        self, place: Place, order_id: str, carrier: str, number: str, note: Note
    ) -> bool:
        """Write down a tracking number that is entered into the store; tell whether it was news."""
        facts = {"order_id": order_id, "carrier": carrier, "number": number}
        return self._parcels.note(note, **place.model_dump(), **facts)

    def release_parcel(self, place: Place, order_id: str, number: str, note: Note) -> bool:
        """Write down that the store did not take a number; tell whether it was kept till then."""
        rows = self._parcels.newest(**place.model_dump(), number=number, order_id=order_id)
        return bool(rows) and self.note_parcel(place, order_id, RELEASED, number, note)

    def numbers_used(self, place: Place) -> Mapping[str, str]:
        """Map each tracking number that was entered in a shop to the order that had it first.

        One that may have been entered counts; one that was released does not.
        """
        holders: dict[str, dict[str, str]] = {}
        for row in self._parcels.history(**place.model_dump()):
            orders = holders.setdefault(row.number, {})
            if row.carrier == RELEASED:
                orders.pop(row.order_id, None)
            else:
                orders[row.order_id] = row.carrier
        return {number: next(iter(orders)) for number, orders in holders.items() if orders}


def _filed(row: ReturnAddressRow) -> Filed:
    parts = {name: getattr(row, name) for name in ReturnAddress.model_fields}
    address = ReturnAddress.model_validate(parts)
    return Filed(goods=_goods(row), address=address, note=_note(row))


def _goods(row: ReturnAddressRow | SourceRow) -> Goods:
    return Goods(
        world=row.world,
        supplier_id=row.supplier_id,
        supplier=row.supplier,
        shop=row.shop,
        code=row.product_code,
    )


def _product(goods: Goods) -> dict[str, str]:
    """Name a product, whoever makes it."""
    return {"world": goods.world, "shop": goods.shop, "product_code": goods.code}


def _note(row: Noted) -> Note:
    return Note(source=row.source, at=row.noted_at, evidence=row.evidence)
