"""A session: one account's browser, held from its first work item to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any, NamedTuple

from loguru import logger
from playwright.sync_api import BrowserContext, Page, Playwright
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from domain.errors import (
    BusinessError,
    Defect,
    NeedsPerson,
    OutcomeUnknown,
    ShopclerkError,
    Stopped,
    TransientError,
)
from domain.outcome import Outcome
from domain.shop import Identity, Shop
from domain.site import SiteMap
from engine.approval import GOES_ON_AT, Approvals
from engine.browser import Choice, open_profile, started_playwright
from engine.chain import Chain
from engine.clock import Clock
from engine.ensure import Ensurer, Write
from engine.errors import at_step
from engine.evidence import ItemEvidence, RunEvidence
from engine.ledger import Ledger, WriteKey
from engine.locks import AccountLock, account_lock
from engine.plan import Expected, PlannedWrite
from engine.robot import Robot
from engine.runs import ItemResult, Runs
from engine.screen import Entrance, Screen
from engine.settings import Settings
from engine.stops import Stops

ATTEMPTS = 4
"""How often an item is tried: every attempt begins with a look, so none repeats a write."""


STOPPED = "stopped by a person"
PERSON_PAUSE = 1.0
"""Seconds between two looks whether a person has done what only a person can do."""


class Login(NamedTuple):
    """What a person would type; only the practice store's is known to the program."""

    account: str
    password: str


@dataclass(frozen=True)
class Workplace:
    """What a worker is equipped with: put together by the console, used by every session."""

    settings: Settings
    clock: Clock
    runs: Runs
    ledger: Ledger
    approvals: Approvals
    stops: Stops
    chain: Chain
    robots: dict[str, Robot]
    browser: Callable[[], Choice]
    site_of: Callable[[Shop], SiteMap]
    """Give the map of a shop's site as it is now; starts the practice store when it is down."""
    login_of: Callable[[Shop], Login | None]
    stop: Event = field(default_factory=Event)
    """Set when a person asked to stop after the item in hand, in this window."""

    def stopping(self, run_id: str) -> bool:
        """Tell whether a run must begin nothing more, whoever asked for it, wherever."""
        return self.stop.is_set() or self.stops.asked(run_id)


class Session:
    """One account's browser and the run that uses it."""

    def __init__(
        self,
        workplace: Workplace,
        run_id: str,
        playwright: Playwright,
        lock: AccountLock,
        evidence: RunEvidence,
    ) -> None:
        snapshot = workplace.runs.snapshot(run_id)
        self.workplace = workplace
        self.run_id = run_id
        self.evidence = evidence
        self.robot = workplace.robots[workplace.runs.view(run_id).robot]
        self.shop = Shop.model_validate(snapshot["shop"])
        self.items: list[dict[str, Any] | None] = snapshot["items"]
        self.site = workplace.site_of(self.shop)
        self.dry = bool(snapshot.get("dry"))
        self.expected: dict[str, Expected] = snapshot.get("expected", {})
        self.goes_on_at: int = snapshot.get(GOES_ON_AT, 0)
        """Where a run goes on that got its yes; what stands before is carried out."""
        self._headed = bool(snapshot["headed"])
        self._playwright = playwright
        self._lock = lock
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._owner: Identity | None = None
        self._entered = False
        self.say: Callable[[str], None] = logger.bind(run=run_id).info
        """Says what is going on; an item that is being carried out lets it be seen there."""

    def on_trial(self) -> bool:
        """Tell whether this is a shop's first live run, which asks after its first item."""
        if self.dry or self.goes_on_at or not self.site.first_item_asks:
            return False
        return self.workplace.approvals.shop_is_new(self.enter(), self.run_id)

    def page(self) -> Page:
        """Give the page; a browser that died is opened again."""
        if self._page is None or self._page.is_closed():
            self._open_browser()
        assert self._page is not None  # noqa: S101  for the type checker
        return self._page

    def entrance(self) -> Entrance:
        """Give the site's door on the present page."""
        return self.robot.entrance(self.page(), self.site)

    def enter(self) -> Identity:
        """Be signed in and in the right shop, whatever the browser came from.

        Raises:
            NeedsPerson: a login, captcha or risk notice that only a person can answer.
            Defect: the page belongs to another shop.
        """
        entrance = self.entrance()  # opens a browser that died, which is not entered then
        if self._owner and self._entered:
            return self._owner
        with at_step(step="enter"):
            self._await_person(entrance.person_needed)  # before the page that asks is left
            entrance.open()
            self._await_person(entrance.person_needed)
            if not entrance.signed_in() and not entrance.open_shop(self.shop.shop_name):
                self._sign_in(entrance)
            self._owner = self._enter_shop(entrance)
        self._entered = True
        logger.bind(run=self.run_id).info("in {} as {}", self._owner.shop_name, self.shop.account)
        return self._owner

    def check_shop(self, entrance: Entrance) -> Identity:
        """Read whose page this is; work on no other than the configured shop's."""
        seen = entrance.identity()
        if seen.shop_name != self.shop.shop_name or (self._owner and seen != self._owner):
            raise Defect(
                f"this page is {seen.shop_name}'s ({seen.shop_id}), not {self.shop.shop_name}'s",
                mend="Check config/shops.yaml and which shop its account opens",
            )
        return seen

    def _enter_shop(self, entrance: Entrance) -> Identity:
        """Be in the configured shop, though the account may open with another one of its own."""
        if entrance.identity().shop_name != self.shop.shop_name:
            entrance.open_shop(self.shop.shop_name)
        return self.check_shop(entrance)

    def distrust(self) -> None:
        """Check the door again before going on: an attempt failed, perhaps because of it."""
        self._entered = False

    def close(self) -> None:
        """Close the browser."""
        if self._context is not None:
            self._context.close()

    def _sign_in(self, entrance: Entrance) -> None:
        login = self.workplace.login_of(self.shop)
        if login is None:
            self._await_person(lambda: "" if entrance.signed_in() else "please sign in")
            return
        entrance.sign_in(login.account, login.password)
        self._await_person(entrance.person_needed)
        if not entrance.signed_in() and not entrance.open_shop(self.shop.shop_name):
            raise NeedsPerson(f"{self.site.name} did not accept the login of {self.shop.account}")

    def _await_person(self, open_question: Callable[[], str]) -> None:
        """Wait until nothing is left that only a person can do; browser, lock and lane are kept.

        Raises:
            NeedsPerson: nobody came in time, or somebody asked to stop.
        """
        wanted = open_question()
        if not wanted:
            return
        words = f"{self.shop.shop_name} asks for a person: {wanted}"
        clock, deadline = self.workplace.clock, self.workplace.clock.now() + self.site.person_wait
        self.say(f"{words} (waits until {deadline.astimezone(self.workplace.settings.zone):%H:%M})")
        self.page().bring_to_front()
        while open_question():
            if clock.now() >= deadline or self.workplace.stopping(self.run_id):
                raise NeedsPerson(
                    words, mend=f"`shopclerk login {self.shop.name}` opens its browser"
                )
            clock.sleep(PERSON_PAUSE)
        self.say(f"{self.shop.shop_name}: a person was there, going on")

    def _open_browser(self) -> None:
        if self._context is not None:
            self.close()
        settings = self.workplace.settings
        profile = settings.profiles / self.shop.lane
        self._context = open_profile(
            self._playwright,
            self.workplace.browser(),
            profile,
            headless=self.site.headless and not self._headed,
            motion=settings.motion,
        )
        self._lock.write_browser(profile)
        self._page = self._context.pages[0] if self._context.pages else self._context.new_page()
        self._page.on("crash", lambda _page: self._lose_page())
        self._entered = False

    def _lose_page(self) -> None:
        """A crashed page never answers again, though it does not count as closed."""
        self._page = None


class ItemDesk:
    """A robot's desk for one item of a session."""

    def __init__(self, session: Session, position: int, key: str, evidence: ItemEvidence) -> None:
        self._session = session
        self._position = position
        self._key = key
        self._evidence = evidence
        self._submits = True
        """Whether the write in hand hands something new to the site's audit."""
        self._log = logger.bind(run=session.run_id, item=position)

    @property
    def page(self) -> Page:
        """Give the browser page."""
        return self._session.page()

    @property
    def site(self) -> SiteMap:
        """Give the map of the site."""
        return self._session.site

    @property
    def clock(self) -> Clock:
        """Give the clock."""
        return self._session.workplace.clock

    def step(self, words: str) -> None:
        """Say what is being done."""
        self._log.info("{}", words)
        self._session.workplace.runs.step(self._session.run_id, self._position, words)

    def picture(self, screen: Screen, name: str) -> None:
        """Keep a masked picture of a screen."""
        self._evidence.picture(screen, name)

    def guard(self, screen: Screen) -> None:
        """Let the click pass only on the right shop's page, while nobody asked to stop."""
        del screen  # the shop's name stands in the shell around every screen
        if self._session.workplace.stops.asked():
            raise Stopped(STOPPED)
        owner = self._session.check_shop(self._session.entrance())
        if self._submits:
            self._check_rejections(owner)

    def planned(self, write: PlannedWrite) -> None:
        """Keep what a dry run would do."""
        self._evidence.planned(write)

    def refused(self, verb: str, key: str, reason: str) -> None:
        """Count a refusal that came later than the click, once a run."""
        session = self._session
        if session.dry:
            return
        ledger, where = session.workplace.ledger, WriteKey(session.enter(), verb, key)
        newest = ledger.newest(where)
        if newest is None or newest.run_id != session.run_id:
            ledger.close(ledger.intend(where, session.run_id, {}), "rejected", note=reason)

    def _check_rejections(self, owner: Identity) -> None:
        """Stop at two refusals a day: from three on the platform punishes the shop.

        Rule 异常发品行为 (aJo2e4DNA5Ep, from 2026-07-31).
        """
        workplace = self._session.workplace
        midnight = (
            self.clock.now()
            .astimezone(workplace.settings.zone)
            .replace(hour=0, minute=0, second=0, microsecond=0)
        )
        refused = workplace.ledger.rejections_since(owner, midnight)
        if refused >= self._session.shop.daily_rejections:
            raise NeedsPerson(
                f"{owner.shop_name} refused {refused} submissions today",
                mend="Mend what it refused; robots list again tomorrow",
            )

    def ensure(self, write: Write) -> ItemResult:
        """Bring one fact of the site to what is wanted, never twice, proven."""
        session, self._submits = self._session, write.creates
        ensurer = Ensurer(
            ledger=session.workplace.ledger,
            clock=self.clock,
            owner=session.enter(),
            run_id=session.run_id,
            settle_window=self.site.settle_window,
            dry=session.dry,
            expected=session.expected.get(self._key, {}),
        )
        with at_step(step=write.verb, key=write.key):
            return ensurer.ensure(write, self)


@contextmanager
def open_session(workplace: Workplace, run_id: str, evidence: RunEvidence) -> Iterator[Session]:
    """Hold the account's lock and browser for the length of a session."""
    shop = Shop.model_validate(workplace.runs.snapshot(run_id)["shop"])
    with (
        account_lock(workplace.settings.state / "locks", shop.lane) as lock,
        started_playwright() as playwright,
    ):
        session = Session(workplace, run_id, playwright, lock, evidence)
        try:
            _attempts(session)(session.enter)
            yield session
        finally:
            session.close()


def carry_out(session: Session, position: int, key: str) -> ItemResult:
    """Carry out one item and keep its evidence; whatever happens comes back as data."""
    evidence = session.evidence.item(key)
    desk = ItemDesk(session, position, key, evidence)
    desk.step("starting")
    session.say = desk.step
    try:
        result = _attempts(session)(_attempt, session, desk, session.items[position])
    except Exception as error:  # noqa: BLE001  one item's trouble is data for the others
        unforeseen = None if isinstance(error, ShopclerkError) else error
        logger.bind(run=session.run_id, item=position).opt(exception=unforeseen).error("{}", error)
        _picture_of_failure(session, evidence)
        result = as_result(error)
    evidence.receipt(key, result)
    evidence.settle()
    return result


def _attempts(session: Session) -> Retrying:
    return Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=0.5, max=8),
        retry=retry_if_exception_type((TransientError, OutcomeUnknown)),
        before_sleep=lambda _state: session.distrust(),
        reraise=True,
    )


def _attempt(session: Session, desk: ItemDesk, payload: dict[str, Any] | None) -> ItemResult:
    assert payload is not None  # noqa: S101  refused items never come here
    with at_step(step=session.robot.name):
        session.enter()
        return session.robot.work(payload, desk)


def _picture_of_failure(session: Session, evidence: ItemEvidence) -> None:
    """Keep what the page looked like; a page that is gone leaves none, and that is no new error."""
    try:
        with at_step(step="picture"):
            evidence.picture(session.entrance(), "failure")
    except ShopclerkError as error:
        logger.bind(run=session.run_id).warning("no picture of the failure: {}", error)


def as_result(error: Exception) -> ItemResult:
    """Give what an error makes of an item, and whether the shop's other items must wait."""
    outcomes: dict[type[Exception], tuple[Outcome, bool]] = {
        BusinessError: (Outcome.REJECTED, False),
        TransientError: (Outcome.FAILED, False),
        OutcomeUnknown: (Outcome.UNKNOWN, False),
        NeedsPerson: (Outcome.NEEDS_PERSON, True),
        Stopped: (Outcome.SKIPPED, True),
    }
    outcome, stops_shop = outcomes.get(type(error), (Outcome.FAILED, True))
    return ItemResult(outcome=outcome, reason=str(error), stops_shop=stops_shop)
