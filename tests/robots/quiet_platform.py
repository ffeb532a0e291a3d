"""A supply platform without a browser: its pages are stand-ins; all else is real."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from books.entries import Goods, Storefront
from domain.errors import OutcomeUnknown
from domain.outcome import Outcome
from domain.return_address import ReturnAddress
from domain.shop import Identity
from domain.supplier_answers import number_in
from engine.runs import ItemResult
from pages.supply.messages import SupplyMessage, Writer
from pages.supply.offer import Offer
from pages.supply.supplier import SupplierCard
from robots import collect_return_addresses, enter_return_addresses, supplier_message
from robots.collect_return_addresses import CollectReturnAddresses, ProductToAsk
from robots.enter_return_addresses import EnterReturnAddresses, ProductReturns, work_item
from tests.domain.test_supplier_answers import RULES
from tests.engine.stand_ins import OWNER
from tests.robots.quiet_desk import QuietDesk, books_of

FACTORY, FACTORY_ID = "示例厂", "2400000001"


class Killed(BaseException):
    """The process is gone: nobody catches it."""


@dataclass
class Platform:
    """One factory with its thread, and how many more touches of the world a run survives."""

    desk: QuietDesk
    page_says: str = ""
    """退货地址 on the factory's own page."""
    messages: list[SupplyMessage] = field(default_factory=list)
    lives: int = -1
    factory_id: str = FACTORY_ID
    """Which factory of the name stands behind every supply link."""
    identity: Identity = OWNER
    """Whose pages these are."""

    def touch(self) -> None:
        """Count down to the kill."""
        if self.lives == 0:
            self.lives = -1
            raise Killed
        self.lives -= self.lives > 0

    def say(self, who: Writer, text: str) -> None:
        number = str(len(self.messages) + 1)
        at = self.desk.clock.now()
        self.messages.append(SupplyMessage(message_id=number, who=who, text=text, at=at))

    def tell(self, text: str, *, after: timedelta = RULES.quiet) -> None:
        """Let the factory write something, and then be quiet for long enough."""
        self.say(Writer.SUPPLIER, text)
        self.desk.clock.jump(after)

    def goods(self, code: str = "CG-1") -> Goods:
        """Name a product as the books know it."""
        return Goods(
            world=self.identity.realm,
            supplier_id=self.factory_id,
            supplier=FACTORY,
            shop=OWNER.shop_name,
            code=code,
        )

    def filed(self, code: str = "CG-1") -> ReturnAddress | None:
        """Give where the books say its returns go."""
        filed = books_of(self.desk).return_address(self.goods(code))
        return filed.address if filed else None

    def street(self, code: str = "CG-1") -> str:
        """Give the street of that; nothing while none is known."""
        known = self.filed(code)
        return known.street if known else ""

    def own(self) -> dict[str, ReturnAddress]:
        """Give the products' own addresses, which are what is entered in the ERP."""
        front = Storefront(world=self.identity.realm, shop=OWNER.shop_name)
        told = books_of(self.desk).return_addresses(front)
        return {code: one.address for code, (one,) in told.items()}

    def enter(self, product: ProductReturns) -> ItemResult:
        """Enter an address in the ERP, which has no page here: it must be left alone before."""
        robot = EnterReturnAddresses(books_of(self.desk))
        return robot.work(product.model_dump(mode="json"), self.desk)

    def in_doubt(self, code: str = "CG-1") -> str:
        """Give why a product's filed address is not entered; nothing if it would be."""
        goods, books = self.goods(code), books_of(self.desk)
        if not books.dispute(goods):
            return ""
        filed = books.return_address(goods)
        assert filed
        result = self.enter(ProductReturns.model_validate(work_item(filed).payload))
        assert result.outcome is Outcome.NEEDS_PERSON
        return result.reason

    @property
    def asked(self) -> list[str]:
        """Give the numbers of our questions, in their order."""
        return [number_in(one.text) for one in self.messages if one.who is Writer.US]

    def run(self, code: str = "CG-1", *, dry: bool = False, told: str = "") -> ItemResult:
        """Look after a product in a run of its own, killed and begun again where that is due."""
        robot = CollectReturnAddresses(books_of(self.desk), RULES)
        product = ProductToAsk(
            product_code=code, offer_id=f"61000{code[-1]}", told=told, shop=OWNER.shop_name
        )
        while True:
            self.desk = self.desk.another_run(dry=dry)
            try:
                return robot.work(product.model_dump(mode="json"), self.desk)
            except Killed:
                continue
            except OutcomeUnknown as unknown:  # as the session tells it
                return ItemResult(outcome=Outcome.UNKNOWN, reason=unknown.what)


class _Page:
    """What the stand-ins share: they are made as the real pages are."""

    platform: Platform

    def __init__(self, *_page_and_site: Any) -> None:
        self._text = ""


class _Shell(_Page):
    def identity(self) -> Identity:
        return self.platform.identity


class _Offers(_Page):
    def open(self, offer_id: str) -> Offer:
        self.platform.touch()
        return Offer(
            offer_id=offer_id,
            title=f"商品{offer_id}",
            item_no=f"No{offer_id}",
            lead_time="48小时",
            supplier=FACTORY,
            supplier_id=self.platform.factory_id,
            skus=(),
        )


class _Suppliers(_Page):
    def open(self, supplier_id: str) -> SupplierCard:
        self.platform.touch()
        return SupplierCard(
            supplier_id=supplier_id,
            name=FACTORY,
            contact="小厂",
            lead_time="48小时",
            return_address=self.platform.page_says,
            return_rules="",
        )


class _Thread(_Page):
    def open(self, _offer_id: str = "") -> tuple[SupplyMessage, ...]:
        self.platform.touch()
        return tuple(self.platform.messages)

    def show(self, messages: Iterable[SupplyMessage]) -> None:
        pass

    def write(self, text: str) -> str:
        self._text = text
        return text

    def send(self) -> None:
        self.platform.touch()
        self.platform.say(Writer.US, self._text)
        self.platform.touch()


def _fragile(platform: Platform, method: Callable[..., Any]) -> Callable[..., Any]:
    """Let the kill fall before a row of the books is written, or after."""

    def wrapped(*arguments: Any, **named: Any) -> Any:
        platform.touch()
        written = method(*arguments, **named)
        platform.touch()
        return written

    return wrapped


@contextmanager
def platform_at(desk: QuietDesk) -> Iterator[Platform]:
    """Put the stand-ins where the robot looks for its pages."""
    from books.cases import Cases
    from books.shelf import Shelf

    with pytest.MonkeyPatch.context() as patch:
        platform = Platform(desk)
        patch.setattr(_Page, "platform", platform, raising=False)
        patch.setattr(collect_return_addresses, "SupplyShell", _Shell)
        patch.setattr(enter_return_addresses, "ErpShell", _Shell)
        patch.setattr(collect_return_addresses, "OfferPage", _Offers)
        patch.setattr(collect_return_addresses, "SupplierPage", _Suppliers)
        for module in (collect_return_addresses, supplier_message):
            patch.setattr(module, "Thread", _Thread)
        for table, names in ((Cases, ("ask", "answered", "close")), (Shelf, ("note",))):
            for name in names:
                patch.setattr(table, name, _fragile(platform, getattr(table, name)))
        yield platform
