"""Work that the books know of: which products' return addresses are to stand in the ERP."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from books.library import Books
from domain.return_address import ReturnAddress
from domain.shop import Shop
from engine.runs import WorkItem
from robots.enter_return_addresses import ProductReturns, work_items

MEND = "`shopclerk run collect-return-addresses` asks the factory for it"


def return_addresses(books: Books, shop: Shop, asked: Sequence[str] = ()) -> list[WorkItem]:
    """Make an item of each product whose return address the books know, or of those asked for.

    One that they do not know, or know of two suppliers who say different things, is refused.
    """
    known = books.return_addresses()
    items = []
    for code in asked or sorted(known):
        told = known.get(code, {})
        why = _why_not(code, told)
        if why:
            items.append(WorkItem(code, "", None, why))
        else:
            supplier, address = next(iter(told.items()))
            product = ProductReturns(
                code=code, shop=shop.shop_name, supplier=supplier, address=address
            )
            items += work_items([product])
    return items


def _why_not(code: str, told: dict[str, ReturnAddress]) -> str:
    if not told:
        return f"the books have no return address of product {code}. {MEND}"
    if _different(told.values()):
        names = ", ".join(sorted(told))
        return f"the books have different return addresses of product {code}, told by: {names}"
    return ""


def _different(addresses: Collection[ReturnAddress]) -> bool:
    facts = [address.facts() for address in addresses]
    return any(one != facts[0] for one in facts)
