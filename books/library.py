"""All books of one database, by what they are about."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from books.cases import Cases
from books.entries import Note, Place, Supplier
from books.shelf import Shelf
from books.tables import (
    BindingRow,
    DisputeRow,
    ParcelRow,
    PurchaseRow,
    ReturnAddressRow,
    RuleRow,
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
        product = ("supplier", "product_code")
        sku = ("world", "shop_id", "product_id", "sku_code")
        self._suppliers = Shelf(engine, SupplierRow, ("name",))
        self._addresses = Shelf(engine, ReturnAddressRow, product)
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

    def suppliers(self) -> list[Supplier]:
        """Give every supplier as it is known by now."""
        rows = self._suppliers.newest()
        return [Supplier(name=row.name, contact=row.contact, link=row.link) for row in rows]

    def note_return_address(
        self, supplier: str, product_code: str, address: ReturnAddress, note: Note
    ) -> bool:
        """Write down where returns of a product go; tell whether it was news.

        An empty ``product_code`` stands for all products of the supplier.
        """
        about = {"supplier": supplier, "product_code": product_code}
        return self._addresses.note(note, **about, **address.model_dump())

    def return_address(self, supplier: str, product_code: str) -> ReturnAddress | None:
        """Give where returns of a product go: its own address, else the supplier's."""
        row = self._address_row(supplier, product_code)
        return _address(row) if row else None

    def return_address_note(self, supplier: str, product_code: str) -> Note | None:
        """Give where that address comes from, and since when it is known."""
        row = self._address_row(supplier, product_code)
        return Note(source=row.source, at=row.noted_at, evidence=row.evidence) if row else None

    def _address_row(self, supplier: str, product_code: str) -> ReturnAddressRow | None:
        codes = dict.fromkeys((product_code, ""))
        found = (self._addresses.newest(supplier=supplier, product_code=code) for code in codes)
        return next((rows[0] for rows in found if rows), None)

    def return_addresses(self) -> dict[str, dict[str, ReturnAddress]]:
        """Give by product what each supplier says of it now; what is said of all products aside."""
        told: dict[str, dict[str, ReturnAddress]] = {}
        for row in self._addresses.newest():
            if row.product_code:
                told.setdefault(row.product_code, {})[row.supplier] = _address(row)
        return told

    def note_dispute(self, supplier: str, product_code: str, says: str, note: Note) -> bool:
        """Write down what speaks against a filed return address; tell whether it was news."""
        about = {"supplier": supplier, "product_code": product_code}
        return self._disputes.note(note, **about, says=says)

    def settle_dispute(self, supplier: str, product_code: str, note: Note) -> bool:
        """Write down that a filed return address holds; tell whether anything spoke against it."""
        disputed = supplier in self.disputes(product_code)
        return disputed and self.note_dispute(supplier, product_code, SETTLED, note)

    def disputes(self, product_code: str) -> dict[str, str]:
        """Give by supplier what still speaks against a product's filed return address."""
        rows = self._disputes.newest(product_code=product_code)
        return {row.supplier: row.says for row in rows if row.says != SETTLED}

    def was_disputed(self, supplier: str, product_code: str, says: str) -> bool:
        """Tell whether this was said of a product before, settled since or not."""
        about = {"supplier": supplier, "product_code": product_code, "says": says}
        return bool(self._disputes.history(**about))

    def settled(self, supplier: str, product_code: str) -> Note | None:
        """Give when and by whom the last dispute was settled; nothing while one is open."""
        rows = self._disputes.newest(supplier=supplier, product_code=product_code)
        row = next((one for one in rows if one.says == SETTLED), None)
        return Note(source=row.source, at=row.noted_at, evidence=row.evidence) if row else None

    def note_rule(self, supplier: str, product_code: str, rule: str, says: str, note: Note) -> bool:
        """Write down what a supplier says about returns; tell whether it was news."""
        about = {"supplier": supplier, "product_code": product_code}
        return self._rules.note(note, **about, rule=rule, says=says)

    def rules(self, supplier: str, product_code: str) -> dict[str, str]:
        """Give what a supplier says of a product; what it says of all counts where that is mute."""
        told: dict[str, str] = {}
        for code in dict.fromkeys(("", product_code)):
            rows = self._rules.newest(supplier=supplier, product_code=code)
            told |= {row.rule: row.says for row in rows}
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


def _address(row: ReturnAddressRow) -> ReturnAddress:
    parts = {name: getattr(row, name) for name in ReturnAddress.model_fields}
    return ReturnAddress.model_validate(parts)
