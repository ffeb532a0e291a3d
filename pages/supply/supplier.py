"""A supplier's own page: who answers there, and what it says of returns."""

from __future__ import annotations

from playwright.sync_api import Locator

from domain.errors import Defect
from domain.model import Value
from pages.supply.screen import SupplyScreen

ASK = "请咨询客服"


class SupplierCard(Value):
    """What a supplier's page tells; most tell nothing of returns."""

    supplier_id: str
    name: str
    contact: str
    """Who answers messages."""
    lead_time: str
    """发货时效, as the site writes it."""
    return_address: str
    """退货地址 as written there; empty where it says 请咨询客服."""
    return_rules: str
    """退货规则 likewise."""


class SupplierPage(SupplyScreen):
    """A supplier ``/supplier/<供应商ID>.html``."""

    @property
    def anchor(self) -> Locator:
        """The card of the supplier."""
        return self.page.locator(self.site.selector("supplier.card", "section[data-supplier-id]"))

    def open(self, supplier_id: str) -> SupplierCard | None:
        """Open a supplier's page and read it; ``None``: the platform has none such.

        Raises:
            TransientError: the site wants a login first, or a gateway answered.
            Defect: the page tells less than it did.
        """
        return self.read() if self._go(f"/supplier/{supplier_id}.html") else None

    def read(self) -> SupplierCard:
        """Read the page that is open."""
        facts = self._facts()
        try:
            return SupplierCard(
                supplier_id=facts["供应商ID"],
                name=self.anchor.get_by_role("heading").inner_text().strip(),
                contact=facts["客服"],
                lead_time=facts["发货时效"],
                return_address=self._told(facts["退货地址"]),
                return_rules=self._told(facts["退货规则"]),
            )
        except KeyError:
            raise Defect(
                "the supplier's page tells its facts in another form than it did",
                mend="Compare it with pages/supply/supplier.py",
            ) from None

    def _told(self, text: str) -> str:
        return "" if text == self.site.label(ASK) else text
