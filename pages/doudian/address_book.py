"""地址库管理: the shop's own addresses for sending and for returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator
from pydantic import Field

from domain.errors import Defect, TransientError
from domain.model import Value
from pages.doudian.answers import body_of
from pages.doudian.order_screen import OrderScreen
from pages.doudian.screen import answer_to
from pages.widgets.antd import Pagination, button

LIST_CALL = "/shopuser/address/list"
LEVELS = ("province", "city", "town", "street")


class ShopAddress(Value):
    """One address of the book (its fields: facts/doudian.md 5.5)."""

    address_id: str
    name: str = Field(repr=False)
    phone: str = Field(repr=False)
    province: str
    city: str
    district: str = ""
    town: str = ""
    detail: str = Field(repr=False)
    return_default: bool = False
    """退货默认."""
    ship_default: bool = False
    """发货默认."""
    remark: str = ""


class AddressBook(OrderScreen):
    """地址库管理 ``/ffa/morder/logistics/address-list``."""

    url = "/ffa/morder/logistics/address-list"

    @property
    def anchor(self) -> Locator:
        """The button for a new address."""
        return button(self.page, self.site.label("新建地址"))

    @property
    def content(self) -> Locator:
        """How many addresses there are."""
        return self.page.locator(f".{self._prefix}-pagination-total-text").first

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Who lives there, the phone, the address."""
        cells = self.page.locator(f".{self._prefix}-table-row > td:nth-child(-n+3)")
        return [*super().sensitive, cells]

    def read(self) -> tuple[ShopAddress, ...]:
        """Go there and read all pages.

        Raises:
            TransientError: the site wants a login first, or did not answer.
        """
        body = self._ask(self.url, answer_to(LIST_CALL))
        found = self._drawn(body)
        while len(found) < body["total"]:
            body = self._turned()
            found |= self._drawn(body)
        return tuple(found.values())

    def _turned(self) -> dict[str, Any]:
        ours = answer_to(LIST_CALL)
        with self.page.expect_response(ours) as answer:
            if not Pagination(self.page.locator("#app_subContainer"), self._prefix).next(ours):
                raise TransientError("the list changed while it was read")
        return body_of(answer.value)

    def _drawn(self, body: dict[str, Any]) -> dict[str, ShopAddress]:
        """Read an answer once the table shows it."""
        found = [_address(one) for one in body["data"]]
        for one in found[-1:]:
            key = f'[data-row-key="{one.address_id}"]'
            self.page.locator(f".{self._prefix}-table-row{key}").wait_for()
        return {one.address_id: one for one in found}


def _address(told: Mapping[str, Any]) -> ShopAddress:
    try:
        province, city, district, town = (told[level]["name"] or "" for level in LEVELS)
        return ShopAddress(
            address_id=str(told["address_id"]),
            name=told["receiver_name"],
            phone=told["mobile"],
            province=province,
            city=city,
            district=district,
            town=town,
            detail=told["detail"],
            return_default=told["is_default"],
            ship_default=told["is_send_default"],
            remark=told["remark"] or "",
        )
    except (KeyError, TypeError, ValueError):
        raise Defect(
            "the site tells an address in another form than it did",
            mend="Compare its answer with pages/doudian/address_book.py",
        ) from None
