"""The office: one place that has everything a command needs, and carries out runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime

from filelock import FileLock

from console.practice_store import PracticeStore
from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.shop import Identity, Mode, Shop
from domain.site import SiteMap
from engine.approval import DECLINED, WAITING, Approvals
from engine.chain import Chain
from engine.clock import SystemClock
from engine.database import migrate, open_database
from engine.ledger import Ledger
from engine.plan import Expected
from engine.report import write_report
from engine.robot import Robot
from engine.runs import OPEN_STATES, ItemResult, Runs, RunView, WorkItem
from engine.session import Login, Workplace
from engine.settings import Settings, load_site
from engine.stops import Stops
from engine.words import operator_words

Say = Callable[[str], None]
Watch = Callable[[RunView], None]
POLL = 0.2
"""Seconds between two looks at a run's rows while somebody follows it."""
PRACTICE = "practice:"
UPLOAD = "upload-listings"


@dataclass(frozen=True)
class Manner:
    """How a run is carried out."""

    headed: bool = False
    dry: bool = False
    """Look and plan, change nothing."""
    expected: Mapping[str, Expected] = field(default_factory=dict)
    """By key, what a plan's writes must still find on the site."""


class Office:
    """This installation: its settings, its runs, the practice store."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self.settings = settings
        self.say = say
        self.clock = SystemClock()
        self._words = operator_words()
        self._database = open_database(settings.database)
        settings.state.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.state / "migration.lock"):
            migrate(self._database)
        self.runs = Runs(self._database, self.clock, settings.runs)
        self.approvals = Approvals(self._database)
        self.stops = Stops(self._database, self.clock)
        self.chain = Chain(self._database, settings.runs)
        self.practice = PracticeStore(settings, say)

    def now(self) -> datetime:
        """Give the present in the shop's zone."""
        return self.clock.now().astimezone(self.settings.zone)

    def new_run(
        self, robot: str, shop: Shop, work: Sequence[WorkItem], manner: Manner = Manner()
    ) -> str:
        """Write down a run; nothing is done yet.

        Raises:
            BusinessError: the shop is not live, and the run is no dry one; or all is stopped.
        """
        self._refuse_when_stopped()
        if shop.mode is not Mode.LIVE and not manner.dry:
            raise BusinessError(
                f"shop {shop.name} is in mode plan, so robots only plan in it",
                mend="Add --dry-run to see what a run would do; "
                f"set `mode: live` for {shop.name} in config/shops.yaml when you mean it",
            )
        snapshot = {"shop": shop.model_dump(mode="json"), **asdict(manner)}
        return self.runs.create(
            robot=robot, shop=shop.name, snapshot=snapshot, work=work, local_time=self.now()
        )

    def interrupted(self) -> list[RunView]:
        """Give the runs that wait or were cut off, oldest first."""
        return self.runs.newest(1000, states=OPEN_STATES)[::-1]

    def waiting(self) -> list[RunView]:
        """Give the runs that wait for a person's yes, oldest first."""
        return self.runs.newest(1000, states=(WAITING,))[::-1]

    def carry_out(self, run_ids: Sequence[str], watch: Watch) -> None:
        """Carry out runs and follow them to their ends, here or in the window that works already.

        Interrupted runs are carried on first: the account's lane is first in, first out.

        Raises:
            BusinessError: all is stopped.
        """
        self._refuse_when_stopped()
        from engine.durable import enqueue, worker

        workplace = self._workplace()
        handed_over = False
        while self._open(run_ids):
            with worker(workplace) as ours:
                if ours:
                    for run in self.interrupted():
                        self._end_if_dead(run, enqueue(workplace, run.id))
                    self._follow(run_ids, watch, workplace)
                    self._drain(workplace)
                    return
                if not handed_over:
                    self.say(self._words("office.handed_over"))
                    for run_id in run_ids:
                        enqueue(workplace, run_id)
                    handed_over = True
            self._look(run_ids, watch)
            time.sleep(POLL * 5)
        self._look(run_ids, watch)

    def _refuse_when_stopped(self) -> None:
        if self.stops.asked():
            raise BusinessError(
                "robots are stopped in all shops",
                mend="`shopclerk stop --release` lets them work again",
            )

    def _end_if_dead(self, run: RunView, why: str) -> None:
        """A run that can't go on must not look as if it did; its sheet can be run again."""
        if not why:
            return
        reason = f"it can't be carried on: {why}; run its sheet again, nothing is done twice"
        self._end(run, "stopped", reason)

    def decline(self, run: RunView) -> bool:
        """Let a run that waits for a yes do no more; tell whether it waited."""
        declined = self.approvals.decline(run.id)
        if declined:
            self._end(run, DECLINED, "a person said no after the first item")
        return declined

    def _end(self, run: RunView, state: str, reason: str) -> None:
        """End a run from outside, its evidence too."""
        self.runs.end_rest(run.id, ItemResult(outcome=Outcome.SKIPPED, reason=reason))
        self.runs.end(run.id, state, reason)
        run.evidence.mkdir(parents=True, exist_ok=True)
        ended = self.runs.view(run.id)
        write_report(ended, self.settings.zone)
        self.chain.close(ended)

    def sign_in(self, shop: Shop, opened: Callable[[], None]) -> Identity:
        """Open a shop's own browser for a person to sign in; give whose shop it is."""
        from engine.login import sign_in_by_hand

        workplace = self._workplace()
        door = workplace.robots[UPLOAD].entrance
        return sign_in_by_hand(workplace, shop, door, opened)

    def _workplace(self) -> Workplace:
        from console.machine import ready_browser
        from robots.read_shop import ReadShop
        from robots.take_down_listings import TakeDownListings
        from robots.upload_listings import UploadListings

        choice = ready_browser(self.settings, self.say)
        robots: list[Robot] = [UploadListings(), TakeDownListings(), ReadShop()]
        return Workplace(
            settings=self.settings,
            clock=self.clock,
            runs=self.runs,
            ledger=Ledger(self._database, self.clock),
            approvals=self.approvals,
            stops=self.stops,
            chain=self.chain,
            robots={robot.name: robot for robot in robots},
            browser=lambda: choice,
            site_of=self._site_of,
            login_of=self._login_of,
        )

    def _site_of(self, shop: Shop) -> SiteMap:
        site = load_site(shop.site, self.settings.config)
        if site.base_url != PRACTICE:
            return site
        return site.model_copy(update={"base_url": self.practice.card().url})

    def _login_of(self, shop: Shop) -> Login | None:
        """Only the practice store's login is known; a real shop's is typed by a person."""
        if load_site(shop.site, self.settings.config).base_url != PRACTICE:
            return None
        card = self.practice.card()
        return Login(card.account, card.password)

    def _open(self, run_ids: Sequence[str]) -> list[str]:
        return [run_id for run_id in run_ids if self.runs.view(run_id).open]

    def _look(self, run_ids: Sequence[str], watch: Watch) -> None:
        for run_id in run_ids:
            watch(self.runs.view(run_id))

    def _follow(self, run_ids: Sequence[str], watch: Watch, workplace: Workplace) -> None:
        """Watch until the runs have ended; Ctrl-C once: after this item, twice: now."""
        while self._open(run_ids):
            try:
                self._look(run_ids, watch)
                time.sleep(POLL)
            except KeyboardInterrupt:
                if workplace.stop.is_set():
                    self.say(self._words("office.stopped_now"))
                    os._exit(130)
                workplace.stop.set()
                self.say(self._words("office.stopping"))
        self._look(run_ids, watch)

    def _drain(self, workplace: Workplace) -> None:
        """Stay until runs that other windows handed over have ended too."""
        others = [run.id for run in self.interrupted()]
        if others and not workplace.stop.is_set():
            self.say(self._words("office.also", runs=", ".join(others)))
            self._follow(others, lambda _run: None, workplace)


@contextmanager
def open_office(settings: Settings, say: Say) -> Iterator[Office]:
    """Have an office for the length of a command."""
    office = Office(settings, say)
    try:
        yield office
    finally:
        if not office.interrupted():  # another window's run may be using the store
            office.practice.close()
