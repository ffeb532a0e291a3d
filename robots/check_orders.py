"""订单接收与核对: look at every order that waits to be shipped, and ask the buyer once if need be.

An order travels like this: a refund asked for? → the receiver is shown, checked and forgotten → no
finding: fine, written into the books → something to ask: one message in 飞鸽, and a case with the
time by which an answer is due → answered, or too late: a person. Nothing is ever asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from books.entries import Case, CaseKey, Note, Place
from books.library import Books
from domain.errors import BusinessError
from domain.order import Order, OrderState, by_urgency
from domain.order_checks import (
    Action,
    Asked,
    Language,
    Next,
    OrderFinding,
    OrderRules,
    answer_due,
    next_step,
    order_findings,
    question_text,
)
from domain.outcome import Outcome
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance
from engine.words import language
from pages.doudian.chat import Chat
from pages.doudian.chat_door import ChatDoor
from pages.doudian.order_receiver import NotShown
from pages.doudian.order_rows import OrderRow
from pages.doudian.orders import OrderList, Tab
from pages.doudian.shell import Shell
from robots.buyer_message import CantWrite, write_once, wrote_since

KIND, ASK = "order.check", "order.ask"
OPEN = (OrderState.HELD, OrderState.TO_SHIP, OrderState.PARTLY_SHIPPED)
"""Only these wait for something; the buyer of another one is not written to."""
FINE, MOVES = "fine", "moves"
"""How a case ends: with nothing to ask, or nothing any more; with another address to come."""


class CheckOrders:
    """The robot ``check-orders``."""

    name = "check-orders"

    def __init__(self, books: Books, rules: OrderRules) -> None:
        self._books = books
        self._rules = rules

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the store's door, which is known in 飞鸽 too."""
        return ChatDoor(page, site)

    def gather(self, page: Page, site: SiteMap) -> list[WorkItem]:
        """Find the orders to look at: page by page, without what was found fine and still seems so.

        The most urgent come first.
        """
        fine = self._books.cases.ended(_place(page, site), KIND, FINE)
        orders = [
            row.order
            for shown in OrderList(page, site).pages(Tab.TO_SHIP)
            for row in shown.rows
            if row.order.after_sale or row.move_asked or row.order.order_id not in fine
        ]
        return [
            WorkItem(o.order_id, _label(o), {"order_id": o.order_id}) for o in by_urgency(orders)
        ]

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Check one order."""
        return _Check(desk, self._books, self._rules, payload["order_id"]).carry_out()


def _place(page: Page, site: SiteMap) -> Place:
    here = Shell(page, site).identity()
    return Place(world=here.world, shop_id=here.shop_id)


def _label(order: Order) -> str:
    return "、".join(f"{sku or '?'} × {count}" for sku, count in order.quantities().items())


class _Check:
    """One order on its way through the rules."""

    def __init__(self, desk: Desk, books: Books, rules: OrderRules, order_id: str) -> None:
        self._desk = desk
        self._cases = books.cases
        self._rules = rules
        self._order_id = order_id

    def carry_out(self) -> ItemResult:
        """Give what becomes of the order now."""
        row = OrderList(self._desk.page, self._desk.site).find(self._order_id)
        if row is None:
            raise BusinessError(f"the store has no order {self._order_id}")
        if row.order.state not in OPEN and not row.order.after_sale:
            words = f"the order is {row.order.state}, so it waits for nothing"
            return ItemResult(outcome=Outcome.SKIPPED, reason=words)
        place = _place(self._desk.page, self._desk.site)
        self._key = CaseKey(place=place, kind=KIND, key=self._order_id)
        if row.move_asked and not row.order.after_sale:
            if not self._desk.dry:  # the address that was found fine is not the one it goes to
                self._cases.settle(self._key, self._note(self._desk.clock.now()), MOVES)
            return _person("the buyer asks for another address, answer that first")
        findings = self._findings(row)
        case = self._case()
        step = next_step(findings, _asked(case), self._desk.clock.now())
        return self._take(step, row.order, findings, case)

    def _findings(self, row: OrderRow) -> tuple[OrderFinding, ...]:
        """Check the order; its receiver is shown for that, unless it is clear without."""
        found = order_findings(self._rules, row.order)
        if row.order.after_sale or any(one.action is Action.WAIT for one in found):
            return found
        self._desk.step("checking the receiver")
        try:
            receiver = OrderList(self._desk.page, self._desk.site).reveal(self._order_id)
        except NotShown:
            return found
        return order_findings(self._rules, row.order.model_copy(update={"receiver": receiver}))

    def _case(self) -> Case | None:
        """Give the question that was asked; whether the buyer answered is looked up in 飞鸽."""
        case = self._cases.newest(self._key)
        if case is None or not case.about:
            return None
        if case.answered_at or not case.open:
            return case
        talk = Chat(self._desk.page, self._desk.site).open(self._order_id)
        if talk is not None and wrote_since(
            talk, self._order_id, self._rules.opening, case.asked_at
        ):
            now = self._desk.clock.now()
            if self._desk.dry:
                return case.model_copy(update={"answered_at": now})
            self._cases.answered(case, now)
        return self._cases.newest(self._key)

    def _take(
        self, step: Next, order: Order, findings: Sequence[OrderFinding], case: Case | None
    ) -> ItemResult:
        why = _why(findings)
        if step is Next.STOP:
            reason = f"stopped: the buyer asked for a refund: {why}"
            return ItemResult(outcome=Outcome.REJECTED, reason=reason)
        if step is Next.WAIT and case is None:
            return ItemResult(outcome=Outcome.SKIPPED, reason=f"not checked yet: {why}")
        if step is Next.WAIT and case:
            asked = self._desk.made(ASK, self._order_id)  # killed behind its question
            reason = self._awaited(case.due_at, why)
            waits = asked or ItemResult(outcome=Outcome.SKIPPED)
            return waits.model_copy(update={"reason": reason})
        if step is Next.PERSON:
            return _person(why, case)
        return self._ask(order, findings) if step is Next.ASK else self._fine(case)

    def _fine(self, case: Case | None) -> ItemResult:
        """Write down that there is nothing to ask, or nothing any more."""
        now = self._desk.clock.now()
        if not self._desk.dry:
            self._cases.settle(self._key, self._note(now), FINE)
        said = "it is as it should be now" if case else "nothing to ask about this order"
        return ItemResult(outcome=Outcome.UNCHANGED, reason=said)

    def _ask(self, order: Order, findings: Sequence[OrderFinding]) -> ItemResult:
        """Ask the buyer, once, and open the case."""
        try:
            text = question_text(self._rules, findings)
            result = write_once(self._desk, ASK, self._order_id, text)
        except CantWrite:
            return _person(f"the buyer can't be written to: {_why(findings)}")
        if result.outcome.good and not self._desk.dry:
            now = self._desk.clock.now()
            due = answer_due(self._rules, now, order.ship_by)
            about = [finding.rule for finding in findings]
            self._cases.ask(self._key, self._note(now), due_at=due, about=about)
            return result.model_copy(update={"reason": self._awaited(due, _why(findings))})
        return result

    def _awaited(self, due: datetime, why: str) -> str:
        until = f"{due.astimezone(self._desk.zone):%Y-%m-%d %H:%M}"
        return f"waits for the buyer's answer until {until}: {why}"

    def _note(self, now: datetime) -> Note:
        return Note(source=CheckOrders.name, at=now, evidence=f"order.ask {self._order_id}")


def _why(findings: Sequence[OrderFinding]) -> str:
    """Tell findings in one line; they hold no personal data."""
    spoken: Language = "zh" if language() == "zh" else "en"
    return "; ".join(f"{one.says(spoken)} ({one.rule})" for one in findings)


def _asked(case: Case | None) -> Asked | None:
    if case is None:
        return None
    answered = case.answered_at is not None
    return Asked(asked_at=case.asked_at, due_at=case.due_at, answered=answered)


def _person(why: str, case: Case | None = None) -> ItemResult:
    asked = "" if case is None else "answered, but " if case.answered_at else "not answered, "
    reason = f"for a person: {asked}{why}"
    return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=reason)
