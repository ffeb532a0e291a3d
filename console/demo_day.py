"""``shopclerk demo --day``: a whole small day in the practice world, at sped-up time.

Products are listed, buyers order, orders are checked, bought, marked, bound and shipped. At the end
the practice world tells from its own database what is wrong, twice or lost.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from console.books_work import of_shop, return_addresses, storefront
from console.carrying import Work, begin, carry_runs, sheet_work
from console.commands_base import Exit
from console.demo_clerk import Clerk
from console.display import counted
from console.office import Manner
from domain.outcome import Outcome
from engine.causes import AWAITED, left_to_person, reason_words, told_outcome
from engine.order_rules import load_order_rules
from engine.report import shown_path
from engine.settings import load_shop
from practice.truth import Asked, Truth
from robots.buyer_message import SENT
from robots.update_order_status import MARK

if TYPE_CHECKING:
    from console.office import Office
    from engine.runs import RunView
    from engine.words import Words

ORDERS = 8
MINUTE = 1.0
"""Seconds that a minute of buyers and factories lasts."""
PAYING = 20.0
"""Seconds until most of those who pay later have paid."""
SHOP = "demo"
LATER = {Outcome.SKIPPED, AWAITED}
"""What another run does; nobody has to do anything about it."""
TROUBLE = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.MISMATCH)


class Day:
    """One day: the runs it made, and what was asked of the world."""

    def __init__(self, office: Office, sample: Path, *, headed: bool, quiet: bool) -> None:
        self._office = office
        self._sample = sample
        self._headed = headed
        self._quiet = quiet
        self._shop = load_shop(SHOP, office.settings.config)
        self.runs: list[RunView] = []
        self.orders: list[str] = []
        self.bought: list[str] = []

    def carry_out(self) -> Truth:
        """Work from the first listing to the last parcel; give what the world says of it."""
        desk = self._office.settings.state / "demo-day"
        shutil.rmtree(desk, ignore_errors=True)
        desk.mkdir(parents=True)
        clerk = Clerk(self._office.practice.home, desk, MINUTE)

        listed = self._run("upload-listings", self._sample)
        self.orders = clerk.orders_come(ORDERS, [item.key for item in listed.items])
        time.sleep(PAYING)
        waiting = clerk.to_ship()
        checked = self._run("check-orders", only=tuple(waiting))
        self.bought = [one.key for one in checked.items if one.outcome is Outcome.UNCHANGED]
        sheet, parcels = clerk.buy(self.bought, self._office.now())
        marked = self._run("update-order-status", sheet)
        returns, _ = clerk.sources()
        self._run("collect-return-addresses", returns)
        bindings, bound = clerk.bind()
        self._run("bind-skus", bindings)
        self._run("ship-orders", sheet)
        answered = self._run("collect-return-addresses", returns)  # factories take their time
        filed = [one.key for one in answered.items if one.outcome and one.outcome.good]
        self._enter(filed)
        rules = load_order_rules(self._office.settings.config / "rules")
        told = [one.key for one in marked.items if one.receipt and SENT in one.receipt.found]
        return clerk.truth(
            Asked(
                products=_prices(self._sample),
                mark=MARK,
                marked=frozenset(self.bought),
                question=rules.opening,
                checked=frozenset(waiting),
                message=rules.confirmed,
                told=frozenset(told),
                parcels=parcels,
                bound=bound,
                returns=frozenset(filed),
            )
        )

    def _enter(self, products: Sequence[str]) -> None:
        """Enter in the ERP what was learnt of these products' return addresses."""
        shop = storefront(self._office, self._shop)
        items = return_addresses(self._office.books, shop, products) if products else []
        if items:
            self._carry(Work("enter-return-addresses", items, {}, keep=lambda _folder: None))

    def _run(self, robot: str, sheet: Path | None = None, only: tuple[str, ...] = ()) -> RunView:
        """Carry out one robot's part of the day; without a sheet it finds its own work."""
        if sheet:
            return self._carry(of_shop(self._office, sheet_work(sheet, robot), self._shop))
        work = Work(robot, [], {}, keep=lambda _folder: None)
        return self._carry(work, gather=True, only=only)

    def _carry(self, work: Work, *, gather: bool = False, only: tuple[str, ...] = ()) -> RunView:
        office = self._office
        shop = office.account(work.robot, self._shop)
        manner = Manner(headed=self._headed, gather=gather, only=only)
        (ended,) = carry_runs(office, [begin(office, shop, work, manner)], quiet=self._quiet)
        self.runs.append(ended)
        return ended

    def exit_code(self, truth: Truth) -> Exit:
        """Give the code that fits: what a day leaves to a person by its rules is no trouble."""
        if not truth.clean:
            return Exit.DEFECT
        ends = {item.outcome for run in self.runs for item in run.items}
        return Exit.ATTENTION if ends & {*TROUBLE, None} else Exit.GOOD

    def summary(self, truth: Truth) -> dict[str, Any]:
        """Tell the day to machines."""
        return {
            "runs": [
                {"robot": run.robot, "counts": run.counts(), "evidence": str(run.evidence)}
                for run in self.runs
            ],
            "truth": truth.counts(),
        }

    def lines(self, truth: Truth, words: Words) -> Iterator[Text]:
        """Tell the day to its owner."""
        yield Text(words("day.title"), "bold")
        came, bought = len(self.orders), len(self.bought)
        yield Text("  " + words("day.orders", orders=came, bought=bought, held=came - bought))
        for run in self.runs:
            yield Text(f"  {words.name('robot', run.robot)}: {counted(run, words)}")
            yield Text(f"    {shown_path(run.evidence / 'report.html')}", "dim")
        yield from self._for_a_person(words)
        yield _told(truth, words)

    def _for_a_person(self, words: Words) -> Iterator[Text]:
        """Tell what the rules leave to a person, once each."""
        left = {
            (item.key, item.reason): words.name("robot", run.robot)
            for run in self.runs
            for item in run.items
            if told_outcome(item.outcome, item.reason, words) not in LATER
            and left_to_person(item.outcome, item.reason, words)
        }
        if left:
            yield Text(words("day.person", count=len(left)), "yellow")
        for (key, reason), robot in left.items():
            yield Text(f"  {key}  {robot}: {reason_words(reason, words)}")


def _told(truth: Truth, words: Words) -> Text:
    if truth.clean:
        return Text(words("day.clean"), "bold green")
    lines = [words("day.differs", **truth.counts())]
    lines += [f"  {name}" for name in (*truth.wrong, *truth.twice, *truth.lost)]
    return Text("\n".join(lines), "bold red")


def _prices(sheet: Path) -> dict[str, dict[str, str]]:
    """Give what the sheet asks of each product: its SKUs' prices."""
    from console.sheets import read_listings

    return {
        one.code: {sku.code: f"{Decimal(sku.price):.2f}" for sku in one.skus}
        for one in read_listings(sheet).listings
    }
