"""The office: one place that has everything a command needs, and carries out runs."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from filelock import FileLock

from books.library import Books
from books.opening import migrate as migrate_books
from console.ctrl_c import ctrl_c_asks
from console.cut_off import would_click
from console.practice_store import PRACTICE, PracticeSite, PracticeStore
from domain.errors import BusinessError, NeedsPerson
from domain.outcome import Outcome
from domain.shop import Identity, Mode, Shop
from domain.site import SiteKind, SiteMap
from engine.approval import DECLINED, WAITING, Approvals
from engine.chain import MANIFEST, Chain
from engine.clock import SystemClock
from engine.database import migrate, open_database
from engine.ledger import Ledger
from engine.plan import Expected
from engine.report import KEPT, write_report
from engine.runs import CONTINUES, OPEN_STATES, ItemResult, Runs, RunView, WorkItem
from engine.settings import Settings, load_account, load_shop, load_site
from engine.stops import Stops
from engine.words import operator_words
from engine.workplace import Login, Workplace

if TYPE_CHECKING:
    from engine.browser import Choice
    from engine.login import Door

Say = Callable[[str], None]
Watch = Callable[[RunView], None]
POLL = 0.2
"""Seconds between two looks at a run's rows while somebody follows it."""
ELSEWHERE: dict[str, SiteKind] = {
    "collect-return-addresses": SiteKind.SUPPLY,
    "enter-return-addresses": SiteKind.ERP,
}
"""Robots that do not work in the store, and where they do."""


@dataclass(frozen=True)
class Manner:
    """How a run is carried out."""

    headed: bool = False
    dry: bool = False
    """Look and plan, change nothing."""
    expected: Mapping[str, Expected] = field(default_factory=dict)
    """By key, what a plan's writes must still find on the site."""
    gather: bool = False
    """Whether the robot finds the run's items by itself."""
    only: tuple[str, ...] = ()
    """Of what a robot finds by itself, only these keys."""
    limit: int | None = None
    """And only so many, from the top."""


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
            migrate_books(self._database)
        self.runs = Runs(self._database, self.clock, settings.runs)
        self.approvals = Approvals(self._database)
        self.stops = Stops(self._database, self.clock)
        self.chain = Chain(self._database, settings.runs)
        self.books = Books(self._database)
        self.practice = PracticeStore(settings, say)

    def now(self) -> datetime:
        """Give the present in the shop's zone."""
        return self.clock.now().astimezone(self.settings.zone)

    def new_run(
        self, robot: str, shop: Shop, work: Sequence[WorkItem], manner: Manner = Manner()
    ) -> str:
        """Write down a run; nothing is done yet.

        Raises:
            BusinessError: the shop is not live, and the run is no dry one; or all is stopped; or
                rules can't be read, or the browser that a setting names is not there.
        """
        self._refuse_when_stopped()
        if not manner.dry:
            _refuse_in_plan(shop)
        self._refuse_elsewhere(robot, shop)
        self._workplace()  # a run that can't begin would be carried on by a later command
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

    def carry_out(self, run_ids: Sequence[str], watch: Watch) -> list[str]:
        """Carry out runs and follow them to their ends, here or in the window that works already.

        Interrupted runs are carried on first: the account's lane is first in, first out.
        Gives the runs that it followed: one of another version is made again under a new id.

        Raises:
            BusinessError: all is stopped; or only a look was asked for, and a run that was cut off
                would click.
        """
        self._refuse_when_stopped()
        from engine.durable import enqueue, worker

        workplace = self._workplace()
        handed_over = False
        while self._open(run_ids):
            with worker(workplace, first=lambda: self._admit(run_ids)) as ours:
                if ours:
                    now = {run.id: self._carry_on(workplace, run) for run in self.interrupted()}
                    followed = [now.get(run_id, run_id) for run_id in run_ids]
                    self._follow(followed, watch, workplace)
                    self._drain(workplace)
                    return followed
                if not handed_over:
                    self.say(self._words("office.handed_over"))
                    for run_id in run_ids:
                        enqueue(workplace, run_id)
                    handed_over = True
            self._look(run_ids, watch)
            time.sleep(POLL * 5)
        self._look(run_ids, watch)
        return list(run_ids)

    def _admit(self, run_ids: Sequence[str]) -> None:
        """Say which cut-off runs are carried on first; where only a look was asked for, none is."""
        others = [run for run in self.interrupted() if run.id not in run_ids]
        asked = [run for run in map(self.runs.view, run_ids) if run.open]
        refusal = would_click(asked, others, self.stops.asked)
        if refusal:
            for run in asked:
                if run.started_at is None:
                    self._end(run, "stopped", refusal.what)
            raise refusal
        if others:
            self.say(self._words("office.first", runs=", ".join(x.evidence.name for x in others)))

    def _refuse_when_stopped(self) -> None:
        if self.stops.asked():
            raise BusinessError(
                "robots are stopped in all shops",
                mend="`shopclerk stop --release` lets them work again",
            )

    def account(self, robot: str, shop: Shop) -> Shop:
        """Give the account that a robot uses for a shop: the shop's own, or one beside it.

        Raises:
            BusinessError: nobody said which account that is.
        """
        kind = ELSEWHERE.get(robot, SiteKind.STORE)
        return load_account(shop, kind, self.settings.config)

    def _refuse_elsewhere(self, robot: str, shop: Shop) -> None:
        kind = ELSEWHERE.get(robot, SiteKind.STORE)
        if load_site(shop.site, self.settings.config).kind is not kind:
            raise BusinessError(
                f"{shop.name} is no account of a site where {robot} works ({kind})",
                mend="`shopclerk shop list` shows which site each belongs to",
            )

    def _carry_on(self, workplace: Workplace, run: RunView) -> str:
        """Have a run carried on; give its id, or that of the run made in its stead.

        One that can't go on must not look as if it did.
        """
        from engine.durable import OTHER_VERSION, enqueue

        why = enqueue(workplace, run.id)
        if not why:
            return run.id
        again = why.startswith(OTHER_VERSION) and not self.stops.asked(run.id)
        goes_on = self._made_again(run) if again else ""
        mend = f"run {goes_on} does what is left" if goes_on else "run its sheet again"
        self._end(run, "stopped", f"it can't be carried on: {why}; {mend}, nothing is done twice")
        if not goes_on:
            return run.id
        self.say(self._words("office.made_again", run=run.id, again=goes_on))
        return self._carry_on(workplace, self.runs.view(goes_on))

    def _made_again(self, run: RunView) -> str:
        """Write down a run of what another left undone; what that had begun is in the ledger."""
        from engine.approval import GOES_ON_AT

        snapshot = self.runs.snapshot(run.id)
        work = [
            WorkItem(item.key, item.label, snapshot["items"][item.position])
            for item in run.items
            if item.outcome is None
        ]
        if not work and (run.items or not snapshot.get("gather")):
            return ""
        snapshot.pop(GOES_ON_AT, None)  # a place among the old run's items
        snapshot[CONTINUES] = [*snapshot.get(CONTINUES, []), run.id]
        again = self.runs.create(
            robot=run.robot, shop=run.shop, snapshot=snapshot, work=work, local_time=self.now()
        )
        if (run.evidence / KEPT).is_dir():  # so that the result sheet is written for it too
            shutil.copytree(run.evidence / KEPT, self.runs.view(again).evidence / KEPT)
        return again

    def approve(self, run: RunView) -> bool:
        """Let a run that waits for a yes go on; tell whether it waited.

        Raises:
            BusinessError: the shop is not live any more, or all is stopped: it goes on waiting.
        """
        self._refuse_when_stopped()
        _refuse_in_plan(load_shop(run.shop, self.settings.config))
        self.stops.release(run.id)  # a stop from before the yes
        return self.approvals.approve(run.id)

    def decline(self, run: RunView) -> bool:
        """Let a run that waits for a yes do no more; tell whether it waited."""
        declined = self.approvals.decline(run.id)
        if declined:
            self._end(run, DECLINED, "a person said no after the first item")
        return declined

    def give_up(self, run_id: str) -> None:
        """End a run that could not be made ready: a later command would carry it on."""
        self._end(self.runs.view(run_id), "stopped", "it could not be made ready")

    def end_restored(self) -> list[RunView]:
        """End what was open when a backup was made: what became of it since is not in it.

        Carried on, an old sheet would undo what newer ones changed after the backup.
        """
        restored = [*self.interrupted(), *self.waiting()]
        reason = "it was open when the backup was made; run its sheet again, nothing is done twice"
        for run in restored:
            if (run.evidence / MANIFEST).exists():  # its end, of which the backup knows nothing
                self._end_rows(run, "stopped", reason)
            else:
                self._end(run, "stopped", reason)
        return restored

    def _end_rows(self, run: RunView, state: str, reason: str) -> None:
        self.runs.end_rest(run.id, ItemResult(outcome=Outcome.SKIPPED, reason=reason))
        self.runs.end(run.id, state, reason)

    def _end(self, run: RunView, state: str, reason: str) -> None:
        """End a run from outside, its evidence too."""
        self._end_rows(run, state, reason)
        run.evidence.mkdir(parents=True, exist_ok=True)
        ended = self.runs.view(run.id)
        write_report(ended, self.settings.zone)
        self.chain.close(ended)

    def sign_in(self, shop: Shop, opened: Callable[[], None]) -> Identity:
        """Open a shop's own browser for a person to sign in; give whose shop it is."""
        from engine.login import sign_in_by_hand

        kind = load_site(shop.site, self.settings.config).kind
        return sign_in_by_hand(self._workplace(), shop, _door(kind), opened)

    @cached_property
    def _browser(self) -> Choice:
        from console.machine import ready_browser

        return ready_browser(self.settings, self.say)

    def _workplace(self) -> Workplace:
        from console.crew import crew

        choice = self._browser
        return Workplace(
            settings=self.settings,
            clock=self.clock,
            runs=self.runs,
            ledger=Ledger(self._database, self.clock),
            approvals=self.approvals,
            stops=self.stops,
            chain=self.chain,
            robots=crew(self.settings, self.books, self.practice.haste),
            browser=lambda: choice,
            site_of=self._site_of,
            login_of=self._login_of,
            shop_now=self._shop_now,
        )

    def _site_of(self, shop: Shop) -> SiteMap:
        site = load_site(shop.site, self.settings.config)
        practice = self._practice_site(site)
        return site.model_copy(update={"base_url": practice.url}) if practice else site

    def _shop_now(self, shop: Shop) -> Shop:
        """Read what a shop's file says by now, for a run that was made some time ago."""
        try:
            return load_shop(shop.name, self.settings.config)
        except BusinessError as trouble:  # not the item's fault
            raise NeedsPerson(trouble.what, mend=trouble.mend) from None

    def _login_of(self, shop: Shop) -> Login | None:
        """Only the practice store's login is known; a real shop's is typed by a person."""
        practice = self._practice_site(load_site(shop.site, self.settings.config))
        return Login(practice.account, practice.password) if practice else None

    def _practice_site(self, site: SiteMap) -> PracticeSite | None:
        """Give the site of the practice world that a site's file means, if it means one."""
        if not site.base_url.startswith(PRACTICE):
            return None
        return self.practice.site(site.base_url.removeprefix(PRACTICE))

    def _open(self, run_ids: Sequence[str]) -> list[str]:
        return [run_id for run_id in run_ids if self.runs.view(run_id).open]

    def _look(self, run_ids: Sequence[str], watch: Watch) -> None:
        for run_id in run_ids:
            watch(self.runs.view(run_id))

    def _follow(self, run_ids: Sequence[str], watch: Watch, workplace: Workplace) -> None:
        """Watch until the runs have ended; Ctrl-C once: after this item, twice: now."""
        told = workplace.stop.is_set()
        with ctrl_c_asks(workplace.stop, self._words("office.stopped_now")):
            while self._open(run_ids):
                self._look(run_ids, watch)
                time.sleep(POLL)
                if workplace.stop.is_set() and not told:
                    self.say(self._words("office.stopping"))
                    told = True
        self._look(run_ids, watch)

    def _drain(self, workplace: Workplace) -> None:
        """Stay until runs that other windows handed over have ended too."""
        others = [run.id for run in self.interrupted()]
        if others and not workplace.stop.is_set():
            self.say(self._words("office.also", runs=", ".join(others)))
            self._follow(others, lambda _run: None, workplace)


def _door(kind: SiteKind) -> Door:
    """Give what leads into a site of this kind."""
    from pages.doudian.shell import Shell
    from pages.miaoshou.shell import ErpShell
    from pages.supply.shell import SupplyShell

    doors: dict[SiteKind, Door] = {
        SiteKind.STORE: Shell,
        SiteKind.ERP: ErpShell,
        SiteKind.SUPPLY: SupplyShell,
    }
    return doors[kind]


def _refuse_in_plan(shop: Shop) -> None:
    """Let only a live shop be acted in.

    No switch of a run opens a shop: a run that was cut off goes on with any later command, so what
    lets it click stands in one place, where a person can take it back.
    """
    if shop.mode is not Mode.LIVE:
        raise BusinessError(
            f"shop {shop.name} is in mode plan, so robots only plan in it",
            mend="Add --dry-run to see what a run would do; "
            f"when you mean it: `shopclerk shop mode {shop.name} live`",
        )


@contextmanager
def open_office(settings: Settings, say: Say) -> Iterator[Office]:
    """Have an office for the length of a command."""
    office = Office(settings, say)
    try:
        yield office
    finally:
        if not office.interrupted():  # another window's run may be using the store
            office.practice.close()
