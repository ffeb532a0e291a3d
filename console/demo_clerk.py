"""The person of the demo's day: buys what was found fine, and writes it into sheets as people do.

What a person would learn from suppliers and carriers is read from the practice world.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image
from sqlalchemy import select

from console import sheet_binding_columns as bindings
from console import sheet_purchase_columns as purchases
from console import sheet_return_columns as returns
from console.sheet_form import SheetForm
from practice.orders.placing import place_orders
from practice.orders.showing import shown_order, shown_orders
from practice.showing import shown_products
from practice.supply.tables import Offer, RightSku
from practice.truth import Asked, Truth, truth_of
from practice.world import Pace, World, open_world

TO_SHIP = 2
CARRIER = "圆通速递"
VOUCHER = "付款凭证.png"
LINK = "https://detail.1688.com/offer/{}.html"


@dataclass(frozen=True)
class Clerk:
    """Somebody who works in the practice world, with a desk for sheets."""

    home: Path
    """Where the world lies."""
    desk: Path
    minute: float
    """Seconds that a minute of the world's buyers lasts."""

    def orders_come(self, count: int, codes: Sequence[str]) -> list[str]:
        """Let buyers order these products now; give the orders' numbers."""
        with closing(self._world()) as world, world.transaction() as session:
            return place_orders(world, session, count, 0, codes)

    def to_ship(self) -> list[str]:
        """Give the new orders that are paid and wait."""
        with closing(self._world()) as world:
            known = shown_orders(world, foreign=False)
        return [one["order_id"] for one in known if one["status"] == TO_SHIP and not one["seeded"]]

    def buy(self, order_ids: Iterable[str], now: datetime) -> tuple[Path, dict[str, list[str]]]:
        """Buy and send what these orders hold; give the sheet and each order's tracking number."""
        numbers = {order_id: f"YT{order_id[-12:]}7" for order_id in order_ids}
        with closing(self._world()) as world:
            told = [shown_order(world, order_id) for order_id in numbers]
        Image.new("RGB", (320, 200), "white").save(self.desk / VOUCHER)
        rows = [
            {
                purchases.Header.ORDER: order["order_id"],
                purchases.Header.SKU_CODE: line["sku_code"],
                purchases.Header.QUANTITY: line["quantity"],
                purchases.Header.SUPPLIER_ORDER: f"PO{order['order_id'][-8:]}",
                purchases.Header.PAID_AT: f"{now:%Y-%m-%d %H:%M:%S}",
                purchases.Header.VOUCHER: VOUCHER,
                purchases.Header.CARRIER: CARRIER,
                purchases.Header.TRACKING: numbers[order["order_id"]],
            }
            for order in told
            for line in order["lines"]
        ]
        sheet = write_sheet(purchases.PURCHASES, rows, self.desk / "采购.xlsx")
        return sheet, {order_id: [number] for order_id, number in numbers.items()}

    def bind(self) -> tuple[Path, frozenset[str]]:
        """Write down where each SKU that robots listed is bought; give the sheet and the SKUs."""
        with closing(self._world()) as world:
            products = shown_products(world, foreign=False)
            with world.transaction() as session:
                rights = {one.sku_code: one for one in session.scalars(select(RightSku))}
                offers = {one.id: one for one in session.scalars(select(Offer))}
            rows = [
                _binding(product, sku, rights[sku["code"]], offers[rights[sku["code"]].offer_id])
                for product in products
                for sku in product["skus"]
                if sku["code"] in rights
            ]
        sheet = write_sheet(bindings.BINDINGS, rows, self.desk / "关联.xlsx")
        return sheet, frozenset(str(row[bindings.Header.SKU_CODE]) for row in rows)

    def sources(self) -> tuple[Path, frozenset[str]]:
        """Write down which supply link each listed product comes from; give sheet and products."""
        with closing(self._world()) as world, world.transaction() as session:
            known = select(RightSku.merchant_code, Offer).join(Offer).order_by(RightSku.sku_code)
            offers = {str(code): offer for code, offer in session.execute(known)}
        with closing(self._world()) as world:
            listed = [one["merchant_code"] for one in shown_products(world, foreign=False)]
        rows = [
            {
                returns.Header.PRODUCT: code,
                returns.Header.LINK: LINK.format(offers[code].id),
                returns.Header.SUPPLIER: offers[code].supplier.name,
            }
            for code in listed
        ]
        return write_sheet(returns.RETURNS, rows, self.desk / "退货地址.xlsx"), frozenset(listed)

    def truth(self, asked: Asked) -> Truth:
        """Ask the world's own database what is wrong, twice or lost."""
        with closing(self._world()) as world:
            return truth_of(world, asked)

    def _world(self) -> World:
        return open_world(self.home, pace=Pace(minute=self.minute))


def _binding(
    product: Mapping[str, str], sku: Mapping[str, str], right: RightSku, offer: Offer
) -> dict[bindings.Header, object]:
    (theirs,) = [one for one in offer.skus if one.factory_sku == right.factory_sku]
    return {
        bindings.Header.SKU_CODE: sku["code"],
        bindings.Header.PRODUCT_ID: product["product_id"],
        bindings.Header.NAME: sku["spec"],
        bindings.Header.LINK: LINK.format(offer.id),
        bindings.Header.SUPPLIER: offer.supplier.name,
        bindings.Header.FACTORY_SKU: right.factory_sku,
        bindings.Header.FACTORY_NAME: theirs.spec,
    }


def write_sheet(form: SheetForm, rows: Iterable[Mapping[Any, object]], path: Path) -> Path:
    """Write rows under a form's headers, as a person would who began with its template."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.name
    headers = [column.header for column in form.columns]
    sheet.append([str(header) for header in headers])
    for row in rows:
        sheet.append([row.get(header) for header in headers])
    book.save(path)
    return path
