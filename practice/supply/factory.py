"""The factory's side of a thread: what is answered to a message, and when.

The answers to a message are decided the moment it is kept and stand in the table with their time;
the platform shows them when it has come. All of it follows the world's seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from practice.supply import questions, wording
from practice.supply.questions import ADDRESS, RULES, STOCK
from practice.supply.tables import FactoryAddress, Offer, Supplier, Thread, ThreadMessage
from practice.supply.tempers import Temper, tempers

BETWEEN = (1, 4)
"""Minutes between two messages of one answer."""
TELLING = ("address", "rest", "moved")


@dataclass(frozen=True)
class Reply:
    """One message of the factory."""

    says: str
    """See :class:`ThreadMessage`."""
    text: str
    address: FactoryAddress | None = None
    left_out: tuple[str, ...] = ()
    wait: tuple[float, float] = BETWEEN
    """Minutes after the message before it."""


@dataclass
class Asked:
    """A message that waits for its answer, with all the contact knows."""

    supplier: Supplier
    temper: Temper
    dice: Random
    now: float
    text: str
    offer: Offer | None
    """The one offer that it is about, as far as the contact can tell."""
    before: Sequence[ThreadMessage]
    """The thread so far, with what is only planned."""
    wants: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Who names the product when asked for it still wants the address."""
        self.wants = questions.wants_of(self.text)
        said = [one.says for one in self.before if one.says in (*TELLING, "which")]
        if self.offer and said[-1:] == ["which"]:
            self.wants |= {ADDRESS}

    @property
    def told(self) -> ThreadMessage | None:
        """The last message of the factory that told of the right address, read or planned."""
        address = self.address()
        fitting = (one for one in reversed(self.before) if one.says in TELLING)
        return next((o for o in fitting if address and o.address_id == address.id), None)

    def address(self) -> FactoryAddress | None:
        """Where returns of this offer go; none: it depends, and the offer is not known."""
        warehouses = {one.warehouse for one in self.supplier.addresses if one.kind == "return"}
        if self.offer:
            return self.supplier.return_address(self.offer.warehouse, self.now)
        if len(warehouses) > 1:
            return None
        return self.supplier.return_address(warehouses.pop(), self.now)

    def ways(self, what: str, **told: str) -> str:
        """One of the ways to say something."""
        return wording.says(self.dice, what, **told)


def answer(
    thread: Thread, message: ThreadMessage, offers: Sequence[Offer], seed: int, minute: float
) -> list[ThreadMessage]:
    """What the factory will write because of this message; a minute lasts so many seconds.

    A move is part of it: from the moment of its message on, returns go to the new address.
    """
    before = [one for one in thread.messages if one is not message]
    number = sum(one.sender == "buyer" for one in before) + 1
    supplier = thread.supplier
    temper = tempers()[supplier.temper]
    if temper.always or number <= temper.ignores:
        return []
    asked = Asked(
        supplier=supplier,
        temper=temper,
        dice=Random(f"{seed} {supplier.id} {thread.buyer_id} {number}"),  # noqa: S311  # a world to repeat
        now=message.at,
        text=message.text,
        offer=questions.offer_named(message.text, message.offer_id, offers),
        before=before,
    )
    return _timed(asked, list(_replies(asked)), minute)


def _timed(asked: Asked, replies: Sequence[Reply], minute: float) -> list[ThreadMessage]:
    """The replies as rows, each at its time."""
    at, rows = asked.now, []
    for number, reply in enumerate(replies):
        wait = asked.temper.minutes if number == 0 else reply.wait
        at += asked.dice.uniform(*wait) * minute
        if reply.says == "moved" and reply.address:
            reply.address.valid_from = at
        rows.append(_row(reply, at))
    return rows


def _row(reply: Reply, at: float) -> ThreadMessage:
    return ThreadMessage(
        sender="factory",
        at=at,
        shown_from=at,
        text=reply.text,
        says=reply.says,
        address_id=reply.address.id if reply.address else None,
        left_out=list(reply.left_out),
    )


def _replies(asked: Asked) -> Iterator[Reply]:
    if not asked.wants:
        yield Reply("greeting", asked.ways("greeting"))
    if STOCK in asked.wants:
        yield _stock(asked)
    if ADDRESS in asked.wants:
        yield from _about_address(asked)
    if RULES in asked.wants:
        vague = asked.temper.vague
        text = asked.ways("vague") if vague else wording.rules_text(asked.dice, asked.supplier)
        yield Reply("vague" if vague else "rules", text)
    if ADDRESS in asked.wants:
        yield from _move(asked)


def _about_address(asked: Asked) -> Iterator[Reply]:
    address, told = asked.address(), asked.told
    if address is None or (asked.temper.asks_back and asked.offer is None):
        yield Reply("which", asked.ways("which"))
    elif told is None:
        yield from _first_answer(asked, address)
    elif told.at > asked.now:
        return  # the answer to the question before this one is on its way
    elif not told.left_out:
        text = wording.address_text(address, asked.supplier.style)
        yield Reply("address", asked.ways("again", told=text), address)
    elif asked.temper.gives_in:
        text = wording.missing_text(asked.dice, address, told.left_out)
        yield Reply("rest", text, address)
    else:
        yield Reply("refuses", asked.ways("refuses"))


def _first_answer(asked: Asked, address: FactoryAddress) -> Iterator[Reply]:
    temper, style = asked.temper, asked.supplier.style
    other = asked.supplier.address_of_kind("ship")
    text = wording.address_text(address, style, temper.leaves_out)
    if temper.parts:
        yield from _in_parts(address)
    elif temper.first == "wrong" and other:
        yield Reply("wrong", wording.address_text(other, style), other)
        yield Reply("address", asked.ways("corrects", told=text), address)
    elif temper.first == "decoy" and other:
        where = asked.ways("ships", ship=wording.full_text(other))
        yield Reply("address", where + text, address)
    else:
        yield Reply("address", text, address, temper.leaves_out)


def _in_parts(address: FactoryAddress) -> Iterator[Reply]:
    """Place, recipient and phone, each in a message of its own."""
    yield Reply("address", wording.full_text(address), address, ("recipient", "phone"))
    yield Reply("address", f"收件人{address.recipient}", address, ("place", "phone"))
    yield Reply("rest", address.phone, address)


def _move(asked: Asked) -> Iterator[Reply]:
    """A factory that moves says so once, to the first who got its old address."""
    new = asked.supplier.address_of_kind("next")
    if asked.temper.moves and new and new.valid_from is None:
        text = asked.ways("moved", told=wording.address_text(new, asked.supplier.style))
        yield Reply("moved", text, new, wait=asked.temper.moves)


def _stock(asked: Asked) -> Reply:
    told: dict[str, Any] = {"lead": wording.lead_time(asked.supplier.lead_hours), "item_no": ""}
    gone = False
    if asked.offer:
        told["item_no"] = asked.offer.item_no
        gone = any(sku.stock_at(asked.now) == 0 for sku in asked.offer.skus)
    return Reply("stock", asked.ways("sold_out" if gone else "stock", **told))
