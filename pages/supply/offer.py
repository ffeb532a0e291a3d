"""A supply link (商品链接): what a factory sells under it, SKU by SKU."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from domain.errors import Defect
from domain.model import Value
from domain.money import Yuan, yuan
from pages.supply.screen import SupplyScreen

GONE = "缺货"
_SUPPLIER = re.compile(r"/supplier/(\d+)\.html")
_ROWS = """
rows => rows.map(row => ({
  sku: row.dataset.factorySku,
  cells: [...row.cells].map(cell => cell.innerText.trim()),
}))
"""


class FactorySku(Value):
    """One row of 规格: what the factory really makes."""

    factory_sku: str
    """厂家SKU编号."""
    spec: str
    price: Yuan
    """A piece."""
    stock: int
    """Pieces; 0 where the page says 缺货."""


class Offer(Value):
    """One supply link as its page shows it."""

    offer_id: str
    title: str
    item_no: str
    """货号."""
    lead_time: str
    """发货时效, as the site writes it: 48小时, 3天."""
    supplier: str
    supplier_id: str
    skus: tuple[FactorySku, ...]


class OfferPage(SupplyScreen):
    """A supply link ``/offer/<商品ID>.html``."""

    @property
    def anchor(self) -> Locator:
        """The card of the supply link."""
        return self.page.locator(self.site.selector("offer.card", "section[data-offer-id]"))

    def open(self, offer_id: str) -> Offer | None:
        """Open a supply link by its id and read it; ``None``: the platform has none such.

        Raises:
            TransientError: the site wants a login first, or a gateway answered.
            Defect: the page tells less than it did.
        """
        return self.read() if self._go(f"/offer/{offer_id}.html") else None

    def read(self) -> Offer:
        """Read the supply link that is open."""
        facts = self._facts()
        link = self.anchor.get_by_role("link", name=facts.get("供应商", ""), exact=True)
        number = _SUPPLIER.findall(link.get_attribute("href") or "")
        rows = self.page.locator(self.site.selector("offer.sku", "tr[data-factory-sku]"))
        try:
            return Offer(
                offer_id=self.anchor.get_attribute("data-offer-id") or "",
                title=self.anchor.get_by_role("heading").inner_text().strip(),
                item_no=facts["货号"],
                lead_time=facts["发货时效"],
                supplier=facts["供应商"],
                supplier_id=number[0],
                skus=tuple(_sku(*row) for row in _drawn(rows)),
            )
        except (KeyError, IndexError, ValueError):
            raise Defect(
                "the supply link's page tells its facts in another form than it did",
                mend="Compare it with pages/supply/offer.py",
            ) from None


def _drawn(rows: Locator) -> list[tuple[str, list[str]]]:
    return [(row["sku"], row["cells"]) for row in rows.evaluate_all(_ROWS)]


def _sku(number: str, cells: list[str]) -> FactorySku:
    spec, shown, price, stock = cells
    if shown != number:
        raise ValueError(number)
    return FactorySku(
        factory_sku=number,
        spec=spec,
        price=yuan(price),
        stock=0 if stock == GONE else int(stock),
    )
