"""退货地址录入: each product's return address stands in the ERP once, the product is tied to it.

A product travels like this: something speaks against its address: a person → find it in 公用采集箱
by code and shop → tied to another address: a person → search 退货地址管理 for the address, add it
if it is not there to the letter, read it back → tie the product, read it back. What an address is,
the books say. Which shop's default an address is, and whether for returns or for sending, is never
touched (facts/miaoshou.md 8).
"""

from __future__ import annotations

import hashlib
from typing import Any

from playwright.sync_api import Page

from books.entries import Filed, Goods
from books.library import Books
from domain.errors import BusinessError, Defect
from domain.model import Value
from domain.outcome import Outcome, Receipt
from domain.phones import hide_phones
from domain.return_address import ReturnAddress
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.miaoshou.address_form import AddressForm, FilledAddress, filled_with
from pages.miaoshou.collect_box import BoxItem, CollectBox, TieForm
from pages.miaoshou.return_addresses import ErpAddress, ReturnAddresses, one_line
from pages.miaoshou.shell import ErpShell

GOES_ON = {Outcome.DONE, Outcome.UNCHANGED, Outcome.SKIPPED}


class ProductReturns(Value):
    """One product and where its returns go."""

    code: str
    """商家编码, which the ERP shows as 主货号."""
    shop: str
    """The name of the store's shop, as the ERP shows it."""
    supplier: str
    address: ReturnAddress
    world: str = ""
    """In which world that was learnt, as ``Identity.realm``."""
    supplier_id: str = ""
    """The supply platform's own."""

    @property
    def goods(self) -> Goods:
        """Name the product as the books know it."""
        return Goods(
            world=self.world,
            supplier_id=self.supplier_id,
            supplier=self.supplier,
            shop=self.shop,
            code=self.code,
        )


class EnterReturnAddresses:
    """The robot ``enter-return-addresses``."""

    name = "enter-return-addresses"

    def __init__(self, books: Books) -> None:
        self._books = books

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the ERP's door."""
        return ErpShell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Enter the address of one product and tie it."""
        product = ProductReturns.model_validate(payload)
        if product.world != ErpShell(desk.page, desk.site).identity().realm:
            raise BusinessError(
                f"the return address of product {product.code} was learnt in another world",
                mend="Run it again: it goes by what the books know of this one",
            )
        disputed = self._books.dispute(product.goods)  # of now: it may be newer than the run
        if disputed:
            return _in_doubt(product.address, disputed)
        tie = TieProduct(desk, product)
        desk.step("finding the product")
        there = tie.find()
        if not tie.is_free(there):
            return ItemResult(
                outcome=Outcome.NEEDS_PERSON,
                reason=f"not tied: it has another return address: {_hidden(there)}",
                site_id=there.item_id,
            )
        entered = desk.ensure(EnterAddress(desk, product.address))
        if entered.outcome not in GOES_ON:
            return entered
        return _joined(entered, desk.ensure(tie))


def work_item(filed: Filed) -> WorkItem:
    """Make the work item of a product; what the books say of it is its snapshot."""
    goods = filed.goods
    product = ProductReturns(
        code=goods.code,
        shop=goods.shop,
        supplier=goods.supplier,
        address=filed.address,
        world=goods.world,
        supplier_id=goods.supplier_id,
    )
    return WorkItem(product.code, product.supplier, product.model_dump(mode="json"))


def _in_doubt(filed: ReturnAddress, said: str) -> ItemResult:
    """Leave to a person which of two addresses holds: a tie to the older one would look sure."""
    reason = f"not entered: the return address is in doubt: {said}; filed: {filed.masked}"
    return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=reason)


def _joined(entered: ItemResult, tied: ItemResult) -> ItemResult:
    """Join both results: the product is as good as its tie."""
    done = tied.outcome is Outcome.UNCHANGED and entered.outcome is Outcome.DONE
    receipt = Receipt.joined((entered.receipt, tied.receipt))
    outcome = Outcome.DONE if done else tied.outcome
    return tied.model_copy(update={"outcome": outcome, "receipt": receipt})


def _hidden(item: BoxItem) -> str:
    return hide_phones(item.return_address)


def _bare(text: str) -> str:
    """Leave out white space, which the ERP's pages add and take away."""
    return "".join(text.split())


class EnterAddress:
    """The first write: the address stands in 退货地址管理, to the letter."""

    verb = "address.enter"
    creates = True
    audited = False
    clicks = "新增退货地址 → 保存"
    names = ()

    def __init__(self, desk: Desk, address: ReturnAddress) -> None:
        self._page = ReturnAddresses(desk.page, desk.site)
        self._address = address
        self._form: AddressForm | None = None
        self.wanted: Facts = address.facts()
        self.screen: Screen = self._page

    @property
    def key(self) -> str:
        """The address itself: products that share it share the write. It shows no whole phone."""
        digest = hashlib.sha256(_bare(one_line(self._address)).encode()).hexdigest()
        return f"{self._address.masked} {digest[:8]}"

    def look(self, known_id: str) -> Found | None:
        """Search for the phone; of several that are equal it is the known one, else the oldest.

        One that differs in anything is another address, unless it is the one we entered.
        """
        rows = self._page.search(self._address.phone)
        equal = [row for row in rows if row.facts() == self.wanted]
        ours = [row for row in rows if row.address_id == known_id]
        best = [*(row for row in equal if row in ours), *sorted(equal, key=_age), *ours][:1]
        return next((Found(row.address_id, row.facts()) for row in best), None)

    def prepare(self) -> None:
        """Fill the dialog and compare all of it, also what must stay empty."""
        wanted = filled_with(self._address)
        self._form = self._page.add()
        self._form.fill(wanted)
        wrong = _differences(wanted, self._form.read())
        if wrong:
            raise Defect(f"the form does not hold what was typed: {', '.join(wrong)} differ")

    def act(self) -> str:
        """Press 保存."""
        assert self._form is not None  # noqa: S101  for the type checker
        return self._form.save()


def _age(row: ErpAddress) -> int:
    return int(row.address_id)


def _differences(wanted: FilledAddress, found: FilledAddress) -> list[str]:
    """Name the fields that differ; what they hold is in the picture."""
    names = FilledAddress.model_fields
    return [name for name in names if getattr(wanted, name) != getattr(found, name)]


class TieProduct:
    """The second write: the product is tied to its address."""

    verb = "product.return-address"
    creates = False
    audited = False
    clicks = "关联退货地址 → 确定"
    names = ()

    def __init__(self, desk: Desk, product: ProductReturns) -> None:
        self._box = CollectBox(desk.page, desk.site)
        self._product = product
        self._line = one_line(product.address)
        self._form: TieForm | None = None
        self._seen: BoxItem | None = None
        self.key = f"{product.shop} {product.code}"
        self.wanted: Facts = {"退货地址": _bare(self._line)}
        self.screen: Screen = self._box

    def find(self) -> BoxItem:
        """Find the product by its code and its shop.

        Raises:
            BusinessError: the ERP shows none, or several.
        """
        code, shop = self._product.code, self._product.shop
        rows = self._box.search(code)
        found = [row for row in rows if (row.product_code, row.shop) == (code, shop)]
        if not found:
            raise BusinessError(
                f"the ERP shows no product {code} of {shop}",
                mend="See whether it is listed, and press 数据同步 in the ERP",
            )
        if len(found) > 1:
            ids = ", ".join(row.item_id for row in found)
            raise BusinessError(f"several products carry the code {code}: {ids}")
        return found[0]

    def is_free(self, item: BoxItem) -> bool:
        """Tell whether the product has no other address than the wanted one."""
        return _bare(item.return_address) in {"", self.wanted["退货地址"]}

    def look(self, known_id: str) -> Found | None:
        """Read which address the product is tied to."""
        del known_id  # an item's id is no business key: the code finds it
        self._seen = self.find()
        tied = _bare(self._seen.return_address)
        return Found(self._seen.item_id, {"退货地址": tied} if tied else {})

    def prepare(self) -> None:
        """Choose the address in the product's own dialog."""
        item = self._seen or self.find()
        if not self.is_free(item):
            raise BusinessError(f"not tied: it has another return address: {_hidden(item)}")
        self._form = self._box.open_tie(item.item_id)
        self._form.choose(self._line)
        if _bare(self._form.value()) != self.wanted["退货地址"]:
            raise Defect("the form does not hold what was typed: the return address differs")

    def act(self) -> str:
        """Press 确定."""
        assert self._form is not None  # noqa: S101  for the type checker
        assert self._seen is not None  # noqa: S101
        self._form.save()
        return self._seen.item_id
