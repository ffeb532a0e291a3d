"""退货地址管理: every return address of the company, found by its phone.

No source shows this page (facts/miaoshou.md 8): it is the likeliest form, see docs/real-sites.md.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator
from pydantic import Field, JsonValue

from domain.errors import Defect, TransientError
from domain.model import Value
from domain.return_address import ReturnAddress, address_facts
from pages.miaoshou.address_form import AddressForm
from pages.miaoshou.answers import answer_to, body_of
from pages.miaoshou.screen import ErpScreen
from pages.widgets.element import Pagination, Table, TextInput, button, field

LIST_CALL = "/order/return_address/searchList"
BETWEEN = " / "
"""What stands between the levels of a region."""


class ErpAddress(Value):
    """One row as the list shows it."""

    address_id: str
    recipient: str = Field(repr=False)
    phone: str = Field(repr=False)
    region: tuple[str, ...]
    """From the province down; shorter where there are no districts."""
    detail: str = Field(repr=False)
    defaults: tuple[str, ...] = ()
    """退货默认, 发货默认, both or none."""
    shops: tuple[str, ...] = ()
    """Shops whose products without an address of their own go there."""
    products: int = 0
    """How many products are tied to it."""

    def facts(self) -> dict[str, JsonValue]:
        """Name the facts that the books know too; white space does not count."""
        province, city, district = (*self.region, "", "", "")[:3]
        return address_facts(
            province=province,
            city=city,
            district=district,
            street=self.detail,
            recipient=self.recipient,
            phone=self.phone,
        )


class ReturnAddresses(ErpScreen):
    """退货地址管理 ``/order/return_address``."""

    url = "/order/return_address"

    @property
    def anchor(self) -> Locator:
        """The button for a new address."""
        return button(self.content, self.site.label("新增退货地址"))

    def search(self, phone: str) -> tuple[ErpAddress, ...]:
        """Give every address with this phone, whatever else it says.

        Raises:
            TransientError: the site wants a login first, did not answer, or its list moved.
        """
        self._open(LIST_CALL)
        label = self.site.label("联系电话")
        TextInput(field(self._form, self._prefix, label), self._prefix).fill(phone)
        body = self._search(answer_to(LIST_CALL, phone=phone, pageNo="1"))
        found = self._drawn(body)
        pages, ours = Pagination(self.content, self._prefix), answer_to(LIST_CALL, phone=phone)
        while not pages.last():
            with self.page.expect_response(ours) as answer:
                pages.next(ours)
            # A later page may repeat a row (facts/miaoshou.md 11).
            found |= self._drawn(body_of(answer.value))
        if len(found) != body["total"]:
            raise TransientError("the list changed while it was read")
        return tuple(found.values())

    def add(self) -> AddressForm:
        """Open the dialog for a new address."""
        form = AddressForm(self.page, self.site)
        form.open(self.anchor)
        return form

    def _drawn(self, body: dict[str, Any]) -> dict[str, ErpAddress]:
        """Read an answer's rows once the table shows them."""
        table = Table(self.content, self._prefix)
        table.show([str(one["id"]) for one in body["list"]])
        rows = (self._address(record) for record in table.records())
        return {one.address_id: one for one in rows}

    def _address(self, record: dict[str, str]) -> ErpAddress:
        def cell(title: str) -> str:
            return record[self.site.label(title)]

        try:
            return ErpAddress(
                address_id=cell("地址ID"),
                recipient=cell("收件人"),
                phone=cell("联系电话"),
                region=tuple(cell("所在地区").split(BETWEEN)),
                detail=cell("详细地址"),
                defaults=tuple(cell("默认").split()),
                shops=tuple(filter(None, cell("关联店铺").split("\n"))),
                products=int(cell("关联产品")),
            )
        except (KeyError, ValueError):
            raise Defect(
                "the table of 退货地址管理 lacks a column, or one has changed",
                mend="Compare its titles with pages/miaoshou/return_addresses.py",
            ) from None


def one_line(address: ReturnAddress) -> str:
    """Write an address as selects and tables of other pages do, white space aside."""
    region = address.region
    names = dict.fromkeys((region.province, region.city, region.district))
    return f"{address.recipient} {address.phone} {''.join(names)}{address.street}"
