"""What the books know of a shop: which products' return addresses are to stand in the ERP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from books.entries import Filed, Storefront
from books.library import Books
from console.commands_base import refusal
from console.practice_store import PRACTICE
from domain.shop import REAL, Shop
from engine.runs import WorkItem
from engine.settings import load_site
from robots.collect_return_addresses import CollectReturnAddresses
from robots.enter_return_addresses import work_item

if TYPE_CHECKING:
    from console.carrying import Work
    from console.office import Office

MEND = "`shopclerk run collect-return-addresses` asks the factory for it"


def storefront(office: Office, shop: Shop) -> Storefront:
    """Give what the books know a shop by, without a look at its pages."""
    site = load_site(shop.site, office.settings.config)
    practice = site.base_url.startswith(PRACTICE)
    return Storefront(world=office.practice.world() if practice else REAL, shop=shop.shop_name)


def refuse_account(office: Office, robot: str, shop: Shop) -> None:
    """Let nobody name an account on another site instead of the shop that has it beside it.

    Raises:
        BusinessError: somebody did.
    """
    if office.account(robot, shop) is shop:
        raise refusal("not_a_store", shop=shop.name)


def of_shop(office: Office, work: Work, shop: Shop) -> Work:
    """Say whose products a 退货地址 sheet names; other work stays as it is.

    Raises:
        BusinessError: it is no shop.
    """
    if work.robot != CollectReturnAddresses.name:
        return work
    refuse_account(office, work.robot, shop)
    whose = {"shop": shop.shop_name}
    items = [
        item._replace(payload={**item.payload, **whose}) if item.payload is not None else item
        for item in work.items
    ]
    return work._replace(items=items)


def return_addresses(books: Books, shop: Storefront, asked: Sequence[str] = ()) -> list[WorkItem]:
    """Make an item of each product whose return address the books know, or of those asked for.

    One that they do not know, or know of two suppliers who say different things, is refused.
    """
    known = books.return_addresses(shop)
    items = []
    for code in asked or sorted(known):
        told = known.get(code, [])
        why = _why_not(code, told)
        items.append(WorkItem(code, "", None, why) if why else work_item(told[0]))
    return items


def _why_not(code: str, told: Sequence[Filed]) -> str:
    if not told:
        return f"the books have no return address of product {code}. {MEND}"
    if any(one.address.facts() != told[0].address.facts() for one in told):
        names = ", ".join(sorted(one.goods.supplier for one in told))
        return f"the books have different return addresses of product {code}, told by: {names}"
    return ""
