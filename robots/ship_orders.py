"""发货: enter the tracking numbers of the purchases sheet, each parcel once, each proven.

A parcel travels like this: open the order's own page → is the number there already? → the guards
of facts/operators.md 4.1 (paid for, number unique and of that carrier, no refund, no other address
asked for) → fill the ship form and compare it → 确认发货 → open the order again, find the parcel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NoReturn

from playwright.sync_api import Page

from books.entries import Note, Place
from books.library import Books
from domain.errors import BusinessError, Defect
from domain.model import Value
from domain.order import Order, OrderLine
from domain.outcome import Outcome, Receipt
from domain.purchases import Carrier, Guard, ship_guards
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult
from engine.screen import Entrance, Screen
from engine.write import Facts, Found
from pages.doudian.order_detail import OrderDetail, OrderView
from pages.doudian.order_door import OrderDoor
from pages.doudian.order_rows import OrderRow
from pages.doudian.shell import Shell
from pages.doudian.ship import FilledParcel, ShipForm
from robots.update_order_status import PurchasedOrder, told

NOT_TAKEN = (Outcome.REJECTED, Outcome.FAILED)
"""The site said no, or nothing came of it for certain."""


class Wish(Value):
    """One parcel as the sheet has it."""

    carrier: str
    """By the name that the ship form lists, where it is known."""
    number: str
    skus: tuple[str, ...]

    @property
    def fact(self) -> str:
        """Name the fact that proves it."""
        return f"运单 {self.number}"


class ShipOrders:
    """The robot ``ship-orders``."""

    name = "ship-orders"

    def __init__(self, books: Books, carriers: Sequence[Carrier]) -> None:
        self._books = books
        self._carriers = carriers

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door."""
        return OrderDoor(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Ship one order, parcel by parcel."""
        purchased = PurchasedOrder.model_validate(payload)
        here = Shell(desk.page, desk.site).identity()
        place = Place(world=here.world, shop_id=here.shop_id)
        results = []
        for wish in wishes(purchased, self._carriers):
            write = ShipParcel(desk, purchased, wish, Guards(self._books, self._carriers, place))
            results.append(ship(desk, write))
            if results[-1].outcome not in {Outcome.DONE, Outcome.UNCHANGED, Outcome.SKIPPED}:
                break
        return joined(results)


def ship(desk: Desk, write: ShipParcel) -> ItemResult:
    """Ship one parcel; a number that the store plainly did not take is free again.

    Where that is not known, its order keeps it.

    Raises:
        BusinessError: a guard speaks against it, or its form can't be filled; nothing is open then.
    """
    try:
        result = desk.ensure(write)
    except BusinessError:
        if (
            not desk.dry and not write.stands
        ):  # what was tried before is settled, nothing came of it
            write.release()
        raise
    if result.outcome in NOT_TAKEN:
        write.release()
    return result


def wishes(purchased: PurchasedOrder, carriers: Sequence[Carrier]) -> list[Wish]:
    """Give the parcels of a sheet's rows; a row without a number makes one that is refused.

    Raises:
        BusinessError: nothing of the order was sent yet, or a number has two carriers.
    """
    if not any(row.number for row in purchased.rows):
        raise BusinessError("nothing was sent yet: no row has a tracking number (S-no-number)")
    packed: dict[str, list[str]] = {}
    carried: dict[str, str] = {}
    for row in purchased.rows:
        name = _listed(row.carrier.strip(), carriers)
        if carried.setdefault(row.number, name) != name:
            raise BusinessError(
                f"{row.number} is of {carried[row.number]} in one row and of {name} in another",
                mend="Correct the purchases sheet",
            )
        packed.setdefault(row.number, []).append(row.sku_code)
    return [
        Wish(carrier=carried[number], number=number, skus=tuple(dict.fromkeys(skus)))
        for number, skus in packed.items()
    ]


def _listed(carrier: str, carriers: Sequence[Carrier]) -> str:
    """Give a carrier the name that the ship form lists, where it is known."""
    return next((one.name for one in carriers if one.is_called(carrier)), carrier)


def joined(results: Sequence[ItemResult]) -> ItemResult:
    """Join the parcels' results: the order is as good as the last one that was tried."""
    receipt = Receipt.joined(result.receipt for result in results)
    any_done = any(result.outcome is Outcome.DONE for result in results)
    last = results[-1]
    done = Outcome.DONE if last.outcome is Outcome.UNCHANGED and any_done else last.outcome
    return last.model_copy(update={"outcome": done, "receipt": receipt})


class Guards:
    """What speaks against shipping an order."""

    def __init__(self, books: Books, carriers: Sequence[Carrier], place: Place) -> None:
        self._books = books
        self._carriers = carriers
        self._place = place

    def refuse(self, row: OrderRow, purchased: PurchasedOrder) -> None:
        """Let nothing pass that a guard speaks against.

        Raises:
            BusinessError: says each guard that does.
        """
        guards = ship_guards(
            row.order,
            purchased.rows,
            carriers=self._carriers,
            used=self._books.numbers_used(self._place),
            sharers=purchased.sharers,
        )
        guards += _of_screen(row)
        if guards:
            raise BusinessError(told(guards), mend="Correct the purchases sheet, or see the order")

    def reserve(self, order_id: str, wish: Wish, note: Note) -> None:
        """Keep a number for its order before it is entered: no other order may have it then."""
        self._books.note_parcel(self._place, order_id, wish.carrier, wish.number, note)

    def release(self, order_id: str, wish: Wish, note: Note) -> None:
        """Give a number back that was not taken."""
        self._books.release_parcel(self._place, order_id, wish.number, note)


def _of_screen(row: OrderRow) -> tuple[Guard, ...]:
    found = (
        (row.move_asked, "S-move-asked", "the buyer asks for another address, answer that first"),
        (row.under_review, "S-review", "risk control still looks at the order"),
    )
    source = "facts/doudian.md 4.5"
    return tuple(Guard(rule=rule, source=source, said=said) for so, rule, said in found if so)


def _labels(lines: Sequence[OrderLine]) -> Counter[str]:
    """Count what the form writes beside the boxes of these products."""
    return Counter(f"{line.spec_text} x{line.quantity}" for line in lines)


class ShipParcel:
    """One write: one parcel of one order."""

    verb = "order.ship"
    creates = False
    audited = False
    clicks = "发货 → 确认发货"
    names = ()

    def __init__(self, desk: Desk, purchased: PurchasedOrder, wish: Wish, guards: Guards) -> None:
        self._desk = desk
        self._purchased = purchased
        self._wish = wish
        self._guards = guards
        self._detail = OrderDetail(desk.page, desk.site)
        self._form = ShipForm(desk.page, desk.site)
        self._seen: OrderView | None = None
        self.key = f"{purchased.order_id}#{wish.number}"
        self.screen: Screen = self._detail

    @property
    def wanted(self) -> Facts:
        """Say which number must stand there, of which carrier.

        Raises:
            BusinessError: it is not there, and a guard speaks against entering it.
        """
        if self._seen and self._wish.fact not in self._facts(self._seen):
            self._guards.refuse(self._seen.row, self._purchased)
        return {self._wish.fact: self._wish.carrier}

    def look(self, known_id: str) -> Found | None:
        """Read the order's parcels on its own page.

        Raises:
            BusinessError: the shop has no such order.
        """
        del known_id  # an order's number is its id
        self.screen = self._detail
        self._seen = self._detail.open(self._purchased.order_id)
        return Found(self._purchased.order_id, self._facts(self._seen))

    def prepare(self) -> None:
        """Fill the form and compare it with the sheet."""
        wish, form = self._wish, self._form
        if self._seen and self._wish.fact in self._facts(self._seen):
            raise BusinessError(f"{wish.number} is there already, of another carrier")
        self.screen = form
        row = form.open(self._purchased.order_id)
        self._guards.refuse(row, self._purchased)
        goods = self._goods(row.order, form.read().goods)
        form.fill(wish.carrier, wish.number, goods or None)
        filled = FilledParcel(carrier=wish.carrier, number=wish.number, goods=goods)
        if form.read() != filled:
            raise Defect("the form does not hold what was typed: carrier, number or goods differ")

    def act(self) -> str:
        """Keep the number for this order, and press 确认发货."""
        self._guards.reserve(self._purchased.order_id, self._wish, self._note())
        self._form.submit()
        return self._purchased.order_id

    @property
    def stands(self) -> bool:
        """Whether a parcel of this number was seen in its order."""
        return self._seen is not None and self._wish.fact in self._facts(self._seen)

    def release(self) -> None:
        """Let other orders have the number: the store did not take it."""
        self._guards.release(self._purchased.order_id, self._wish, self._note())

    def _note(self) -> Note:
        return Note(source=ShipOrders.name, at=self._desk.clock.now(), evidence=self.key)

    def _facts(self, seen: OrderView) -> Facts:
        """Give the parcel of our number as it stands there; others are not ours to compare."""
        carriers = [one.carrier for one in seen.parcels if one.number == self._wish.number]
        return {self._wish.fact: carriers[0]} if carriers else {}

    def _goods(self, order: Order, left: Sequence[str]) -> tuple[str, ...]:
        """Give what is ticked of what is left; empty where the order has one product left.

        Boxes that read alike are ticked together. Where only some of the order's are this parcel's,
        what was shipped by hand before may be any of them, so what is left tells nothing.

        Raises:
            BusinessError: the form does not tell this parcel's products from the others.
        """
        if self._split():
            self._refuse_goods()
        lines = [line for line in order.lines if line.sku_code in self._wish.skus]
        if not left and len(lines) == 1 and self._all_others_sent(order):
            return ()
        wanted, ordered = _labels(lines), _labels(order.lines)
        there = Counter(left)
        if not wanted or any(
            there[one] != wanted[one] or ordered[one] != wanted[one] for one in wanted
        ):
            self._refuse_goods()
        return tuple(one for one in left if one in wanted)

    def _refuse_goods(self) -> NoReturn:
        raise BusinessError(
            f"the form can't tell what goes into {self._wish.number} from the rest",
            mend="Ship this order by hand",
        )

    def _split(self) -> bool:
        """Whether one of its SKUs is in another parcel too; the form ships a SKU whole."""
        others = (row for row in self._purchased.rows if row.number != self._wish.number)
        return any(row.sku_code in self._wish.skus for row in others)

    def _all_others_sent(self, order: Order) -> bool:
        """Whether the one product left is this parcel's, because the others are under way."""
        numbers = {parcel.number for parcel in self._seen.parcels} if self._seen else set()
        sent = {row.sku_code for row in self._purchased.rows if row.number in numbers}
        return {line.sku_code for line in order.lines} - sent == set(self._wish.skus)
