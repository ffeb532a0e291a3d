"""A session: one account's browser, held from its first work item to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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
from engine.approval import GOES_ON_AT
from engine.browser import open_profile, started_playwright
from engine.desk import ItemDesk
from engine.errors import at_step
from engine.evidence import ItemEvidence, RunEvidence
from engine.locks import AccountLock, account_lock
from engine.plan import Expected
from engine.runs import CONTINUES, ItemResult
from engine.screen import Entrance
from engine.workplace import Workplace

ATTEMPTS = 4
"""How often an item is tried: every attempt begins with a look, so none repeats a write."""
PERSON_PAUSE = 1.0
"""Seconds between two looks whether a person has done what only a person can do."""


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
        self.continues: list[str] = snapshot.get(CONTINUES, [])
        """The runs that this one was made again from, by their ids."""
        self.goes_on_at: int = snapshot.get(GOES_ON_AT, 0)
        """Where a run goes on that got its yes; what stands before is carried out."""
        self._headed = bool(snapshot["headed"])
        self._playwright = playwright
        self._lock = lock
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._second: Page | None = None
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

    def second_page(self) -> Page:
        """Give a second page; a failed attempt that is repeated gets a new one."""
        first = self.page()
        if self._second is None or self._second.is_closed():
            self._second = first.context.new_page()
            self._second.on("crash", self._lose_page)
            first.bring_to_front()  # where the work is to be seen
        return self._second

    def pages(self) -> list[Page]:
        """Give our pages that show something, neither closed nor crashed; the second one last."""
        first, second = self.page(), self._second
        if second is None or second.is_closed() or second.url == "about:blank":
            return [first]
        return [first, second]

    def entrance(self, page: Page | None = None) -> Entrance:
        """Give the site's door on a page of ours, without one on the first."""
        return self.robot.entrance(page or self.page(), self.site)

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
            self._leave_second()
            self._await_person(entrance)  # before the page that asks is left
            entrance.open()
            self._await_person(entrance)
            if not entrance.signed_in() and not entrance.open_shop(self.shop.shop_name):
                self._sign_in(entrance)
            self._owner = self._enter_shop(entrance)
        self._entered = True
        logger.bind(run=self.run_id).info("in {} as {}", self._owner.shop_name, self.shop.account)
        return self._owner

    def check_shop(self, entrance: Entrance) -> Identity:
        """Read whose page this is; work on no other than the configured shop's."""
        seen = entrance.identity()
        if self._owner and not seen.shop_id:  # a page that shows the shop's name only
            seen = self._owner.model_copy(update={"shop_name": seen.shop_name})
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
            self._await_person(entrance, lambda: "" if entrance.signed_in() else "please sign in")
            return
        entrance.sign_in(login.account, login.password)
        self._await_person(entrance)
        if not entrance.signed_in() and not entrance.open_shop(self.shop.shop_name):
            raise NeedsPerson(f"{self.site.name} did not accept the login of {self.shop.account}")

    def _await_person(self, door: Entrance, question: Callable[[], str] | None = None) -> None:
        """Wait until nothing is left that only a person can do; browser, lock and lane are kept.

        Raises:
            NeedsPerson: nobody came in time, or somebody asked to stop.
        """
        open_question = question or door.person_needed
        wanted = open_question()
        if not wanted:
            return
        words = f"{self.shop.shop_name} asks for a person: {wanted}"
        clock, deadline = self.workplace.clock, self.workplace.clock.now() + self.site.person_wait
        self.say(f"{words} (waits until {deadline.astimezone(self.workplace.settings.zone):%H:%M})")
        door.page.bring_to_front()
        while open_question():
            if clock.now() >= deadline or self.workplace.stopping(self.run_id):
                raise NeedsPerson(
                    words, mend=f"`shopclerk login {self.shop.name}` opens its browser"
                )
            if self._lock.window_wanted():
                door.page.bring_to_front()
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
        self._page.on("crash", self._lose_page)
        self._second = None
        self._entered = False

    def _lose_page(self, page: Page) -> None:
        """A crashed page never answers again, though it does not count as closed."""
        if page is self._second:
            self._second = None
        else:
            self._page = None

    def _leave_second(self) -> None:
        """Close the second page, unless something on it asks for a person."""
        if self._second is not None and not self._second.is_closed():
            self._await_person(self.entrance(self._second))
            self._second.close()
        self._second = None


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
            attempts(session)(session.enter)
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
        result = attempts(session)(_attempt, session, desk, session.items[position])
    except Exception as error:  # noqa: BLE001  one item's trouble is data for the others
        unforeseen = None if isinstance(error, ShopclerkError) else error
        logger.bind(run=session.run_id, item=position).opt(exception=unforeseen).error("{}", error)
        _picture_of_failure(session, evidence)
        result = as_result(error).model_copy(update={"receipt": desk.proven})
    evidence.receipt(key, result)
    evidence.settle()
    return result


def attempts(session: Session) -> Retrying:
    """Give how an item, or the look for items, is tried again."""
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
    """Keep what the pages looked like; one that is gone leaves none, and that is no new error."""
    for page in session.pages():
        try:
            with at_step(step="picture"):
                evidence.picture(session.entrance(page), "failure")
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
    kinds = (outcomes[kind] for kind in type(error).__mro__ if kind in outcomes)
    outcome, stops_shop = next(kinds, (Outcome.FAILED, True))
    return ItemResult(outcome=outcome, reason=str(error), stops_shop=stops_shop)
