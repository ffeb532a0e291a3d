"""check-orders looks again at an order that was found fine, once another address is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from domain.outcome import Outcome
from engine.runs import ItemResult
from pages.doudian.order_rows import OrderRow
from pages.doudian.orders import OrderPage
from robots.check_orders import CheckOrders
from tests.domain.orders import RECEIVER, RULES, order
from tests.robots.quiet_desk import QuietDesk, books_of
from tests.robots.test_cut_off_check import Talk
from tests.robots.test_dry_books import VAGUE


@dataclass
class Backend(Talk):
    """The store's pages, on which one order waits to be shipped."""

    moves: bool = False

    def find(self, order_id: str) -> OrderRow:
        return super().find(order_id).model_copy(update={"move_asked": self.moves})

    def pages(self, _tab: object) -> Iterator[OrderPage]:
        yield OrderPage(rows=(self.find(order().order_id),), total=1)


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    backend = Backend(RECEIVER)
    for page in ("OrderList", "Chat", "Shell"):
        monkeypatch.setattr(f"robots.check_orders.{page}", backend)
    monkeypatch.setattr("robots.buyer_message.Chat", backend)
    return backend


def run(desk: QuietDesk, page: Any = None) -> list[ItemResult]:
    """Check all that the robot finds, in a run of its own."""
    robot, desk = CheckOrders(books_of(desk), RULES), desk.another_run()
    return [robot.work(one.payload or {}, desk) for one in robot.gather(page, desk.site)]


def test_a_new_address_is_checked_though_the_old_one_was_fine(
    desk: QuietDesk, backend: Backend
) -> None:
    assert [one.outcome for one in run(desk)] == [Outcome.UNCHANGED]
    assert run(desk) == []

    backend.moves = True
    assert [one.outcome for one in run(desk)] == [Outcome.NEEDS_PERSON]

    backend.moves, backend.receiver = False, VAGUE  # a person let the buyer have the other address
    assert [one.outcome for one in run(desk)] == [Outcome.DONE]
    assert len(backend.sent) == 1


def test_a_buyer_who_was_asked_nothing_is_not_said_to_have_kept_silent(
    desk: QuietDesk, backend: Backend
) -> None:
    robot = CheckOrders(books_of(desk), RULES)
    payload = {"order_id": order().order_id}
    robot.work(payload, desk)
    backend.receiver = VAGUE

    assert robot.work(payload, desk.another_run()).outcome is Outcome.DONE
    assert len(backend.sent) == 1
