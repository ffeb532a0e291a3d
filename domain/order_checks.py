"""What must be asked, or must stop, before an order is bought and shipped.

The rules' words and numbers are data (``config/rules/orders.yaml``); times are handed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, field_validator, model_validator

from domain.model import Value
from domain.order import Order, OrderLine, OrderState, Receiver
from domain.phones import is_virtual
from domain.regions import is_region

Language = Literal["zh", "en"]
BEGINNING = 12
"""So many signs tell one kind of our messages to buyers from another."""


class Action(StrEnum):
    """What a finding asks for; of several the first of this order."""

    STOP = "stop"
    """Nothing more is done with the order: no purchase, no message."""
    PERSON = "person"
    ASK = "ask"
    """The buyer is asked once, the order waits."""
    WAIT = "wait"
    """Nobody is asked; the next run looks again."""


class Check(Value):
    """One rule: its id, where it comes from, what it asks for, and how to say so."""

    rule: str
    source: str
    action: Action
    zh: str
    en: str
    question: str = ""
    """What the buyer is asked, in Chinese; {sku} and {count} may stand in it."""


class WordCheck(Check):
    """A rule about a text, with examples of each kind; the tests prove them."""

    pattern: str
    """A regular expression; the text is refused where it is found."""
    refused: tuple[str, ...] = Field(min_length=1)
    allowed: tuple[str, ...] = Field(min_length=1)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
        return pattern

    def finds(self, text: str) -> bool:
        """Whether the text breaks the rule."""
        return re.search(self.pattern, text) is not None


class QuantityCheck(Check):
    """A rule about pieces of one SKU."""

    most: int = Field(ge=1)
    refused: int
    allowed: int


class OrderRules(Value):
    """All rules about new orders, and how long a buyer may think."""

    address: WordCheck
    region: Check
    hidden: Check
    no_phone: Check
    virtual_phone: Check
    quantity: QuantityCheck
    out_of_stock: Check
    refund: Check
    held: Check
    opening: str
    """How a question to a buyer begins."""
    confirmed: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    """What a buyer is told of an order that is paid and will ship; empty: nobody is told."""
    answer_hours: int = Field(ge=1)
    """How long to wait for an answer."""
    spare_hours: int = Field(ge=0)
    """How long before the time to ship a person must know at the latest."""

    @model_validator(mode="after")
    def _are_told_apart(self) -> OrderRules:
        if self.confirmed and alike(self.confirmed, self.opening):
            raise ValueError("confirmed begins as opening does, so they can't be told apart")
        return self


def alike(one: str, other: str) -> bool:
    """Whether one of two texts begins as the other does: in a conversation both look the same."""
    first, second = (beginning_of(text) for text in (one, other))
    return first.startswith(second) or second.startswith(first)


def beginning_of(text: str) -> str:
    """Give the signs by which one of our messages is known again."""
    return text.partition("\n")[0][:BEGINNING]


class OrderFinding(Value):
    """What a rule says about an order; holds no personal data."""

    rule: str
    source: str
    action: Action
    zh: str
    en: str
    question: str = ""
    sku: str = ""

    def says(self, language: Language) -> str:
        """The finding in the operator's language."""
        return self.zh if language == "zh" else self.en


class Asked(Value):
    """A question that went to the buyer, and whether it was answered."""

    asked_at: AwareDatetime
    due_at: AwareDatetime
    answered: bool = False


class Next(StrEnum):
    """What to do with an order now."""

    GO_ON = "go_on"
    ASK = "ask"
    WAIT = "wait"
    PERSON = "person"
    STOP = "stop"


def order_findings(
    rules: OrderRules, order: Order, stock: Mapping[str, int] | None = None
) -> tuple[OrderFinding, ...]:
    """Check one order; ``stock`` gives the pieces that the supplier has of each SKU code.

    A SKU that ``stock`` does not name is not checked. A refund that was asked for is all there is
    to say (facts/doudian.md 4.5: 发货订单中有退款申请需要处理，请先处理).
    """
    if order.after_sale:
        return (_finding(rules.refund),)
    if order.state is OrderState.HELD:
        return (_finding(rules.held),)
    found = _receiver_findings(rules, order.receiver)
    found += _quantity_findings(rules, order.lines)
    found += _stock_findings(rules, order, stock or {})
    return tuple(found)


def _receiver_findings(rules: OrderRules, receiver: Receiver | None) -> list[OrderFinding]:
    if receiver is None or receiver.hidden:
        return [_finding(rules.hidden)]
    found = []
    if not receiver.city or not is_region(receiver.region):
        found.append(_finding(rules.region))
    elif rules.address.finds(receiver.detail):
        found.append(_finding(rules.address))
    if is_virtual(receiver.phone):
        found.append(_finding(rules.virtual_phone))
    elif not receiver.reachable:
        found.append(_finding(rules.no_phone))
    return found


def _quantity_findings(rules: OrderRules, lines: Sequence[OrderLine]) -> list[OrderFinding]:
    """Count each SKU over all lines: six and six are twelve; without a code its spec tells it."""
    first: dict[str, OrderLine] = {}
    pieces: Counter[str] = Counter()
    for line in lines:
        what = line.sku_code or f"{line.product_id} {line.spec_text}"
        first.setdefault(what, line)
        pieces[what] += line.quantity
    return [
        _finding(rules.quantity, sku=line.sku_code, spec=line.spec_text, count=pieces[what])
        for what, line in first.items()
        if pieces[what] > rules.quantity.most
    ]


def _stock_findings(
    rules: OrderRules, order: Order, stock: Mapping[str, int]
) -> list[OrderFinding]:
    specs = {line.sku_code: line.spec_text for line in order.lines}
    return [
        _finding(rules.out_of_stock, sku=sku, spec=specs[sku], count=stock[sku])
        for sku, count in order.quantities().items()
        if stock.get(sku, count) < count
    ]


def _finding(check: Check, *, sku: str = "", spec: str = "", count: int = 0) -> OrderFinding:
    facts = {"sku": sku, "spec": spec or sku, "count": count}
    return OrderFinding(
        rule=check.rule,
        source=check.source,
        action=check.action,
        zh=check.zh.format(**facts),
        en=check.en.format(**facts),
        question=check.question.format(**facts),
        sku=sku,
    )


def question_text(rules: OrderRules, findings: Sequence[OrderFinding]) -> str:
    """Put all questions into one message, so that the buyer is asked once; empty without any."""
    asked = dict.fromkeys(
        each.question for each in findings if each.action is Action.ASK and each.question
    )
    if len(asked) < 2:
        return "".join(f"{rules.opening}{question}" for question in asked)
    numbered = (f"{number}. {question}" for number, question in enumerate(asked, 1))
    return "\n".join([rules.opening, *numbered])


def answer_due(rules: OrderRules, asked_at: datetime, ship_by: datetime | None) -> datetime:
    """Say when to give up waiting: after the set hours, but in time for a person to act."""
    due = asked_at + timedelta(hours=rules.answer_hours)
    if ship_by is None:
        return due
    return max(asked_at, min(due, ship_by - timedelta(hours=rules.spare_hours)))


def next_step(findings: Sequence[OrderFinding], asked: Asked | None, now: datetime) -> Next:
    """Decide what becomes of an order: the buyer is asked once, never a second time.

    An answer after which something is still to ask, and no answer in time, are for a person.
    """
    wanted = {finding.action for finding in findings}
    if Action.STOP in wanted:
        return Next.STOP
    if Action.PERSON in wanted:
        return Next.PERSON
    if Action.ASK in wanted:
        return _about_question(asked, now)
    return Next.WAIT if wanted else Next.GO_ON


def _about_question(asked: Asked | None, now: datetime) -> Next:
    if asked is None:
        return Next.ASK
    return Next.PERSON if asked.answered or now >= asked.due_at else Next.WAIT
