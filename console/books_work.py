"""What the books know of a shop: which products' return addresses are to stand in the ERP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from books.entries import Filed, Source, Storefront
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

MEND_DIFFERENT = (
    "Write the right one into 退货地址 of its row, beside the supply link of its factory, run "
    "`shopclerk run collect-return-addresses` with that sheet, then enter again"
)


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

    Of several factories the one counts that the product's sheet names now. What they do not know,
    or know of several who say different things, is refused.
    """
    known = books.return_addresses(shop)
    return [
        _item(code, known.get(code, []), books.source(shop, code))
        for code in asked or sorted(known)
    ]


def _item(code: str, told: Sequence[Filed], source: Source | None) -> WorkItem:
    """Make a product's item of what its own factory told."""
    own = [one for one in told if source and one.goods.supplier_id == source.goods.supplier_id]
    if told and source and not own:
        return WorkItem(code, "", None, _not_told(source))
    sure = source is not None and source.sure
    why = _why_not(code, own if own and sure else told)
    return WorkItem(code, "", None, why) if why else work_item((own or told)[0])


def _not_told(source: Source) -> str:
    goods = source.goods
    said = f"the sheet names {goods.supplier} for product {goods.code} now, which told no address"
    return f"{said} yet. {MEND}"


def _why_not(code: str, told: Sequence[Filed]) -> str:
    if not told:
        return f"the books have no return address of product {code}. {MEND}"
    if any(one.address.facts() != told[0].address.facts() for one in told):
        said = sorted(f"{one.goods.supplier} ({one.address.masked})" for one in told)
        names = ", ".join(said)
        differ = f"the books have different return addresses of product {code}, told by: {names}"
        return f"{differ}. {MEND_DIFFERENT}"
    return ""
