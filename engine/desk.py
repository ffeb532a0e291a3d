"""A robot's desk for one item: the page, the events, the pictures, the guard beside each click."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loguru import logger
from playwright.sync_api import Page

from domain.outcome import Outcome, Receipt
from domain.site import SiteMap
from engine.clock import Clock
from engine.ensure import Ensurer
from engine.errors import at_step
from engine.evidence import ItemEvidence
from engine.ledger import Entry, WriteKey
from engine.permits import Permits
from engine.plan import PlannedWrite
from engine.runs import ItemResult
from engine.screen import Screen
from engine.write import Write

if TYPE_CHECKING:
    from engine.session import Session


class ItemDesk:
    """A robot's desk for one item of a session."""

    def __init__(self, session: Session, position: int, key: str, evidence: ItemEvidence) -> None:
        self._session = session
        self._position = position
        self._key = key
        self._evidence = evidence
        self._write: Write | None = None
        """The write in hand."""
        self._proven: dict[WriteKey, Receipt] = {}
        """What was read back of this item's writes, in whichever attempt."""
        self._log = logger.bind(run=session.run_id, item=position)

    @property
    def page(self) -> Page:
        """Give the browser page."""
        return self._session.page()

    @property
    def second_page(self) -> Page:
        """Give a second page; a failed attempt that is repeated gets a new one."""
        return self._session.second_page()

    @property
    def site(self) -> SiteMap:
        """Give the map of the site."""
        return self._session.site

    @property
    def clock(self) -> Clock:
        """Give the clock."""
        return self._session.workplace.clock

    @property
    def zone(self) -> ZoneInfo:
        """Give the zone of the shop's people."""
        return self._session.workplace.settings.zone

    @property
    def dry(self) -> bool:
        """Tell whether this run only looks and plans."""
        return self._session.dry

    @property
    def proven(self) -> Receipt | None:
        """Give what was read back of this item's writes, though a later one went wrong."""
        return Receipt.joined(self._proven.values()) if self._proven else None

    def step(self, words: str) -> None:
        """Say what is being done."""
        self._log.info("{}", words)
        self._session.workplace.runs.step(self._session.run_id, self._position, words)

    def picture(self, screen: Screen, name: str) -> None:
        """Keep a masked picture of a screen."""
        self._evidence.picture(screen, name)

    def check_shop(self, screen: Screen) -> None:
        """Let what was read count only if it was read on the right shop's page."""
        # The shop's name stands in the shell around every screen.
        self._session.check_shop(self._session.entrance(screen.page))

    def may_begin(self) -> None:
        """Let the write in hand be prepared."""
        write = self._write
        assert write is not None  # noqa: S101  only a write that is in hand asks
        where = WriteKey(self._session.enter(), write.verb, write.key)
        permits = Permits(self._session.workplace, self._session.shop)
        permits.check(self._key, where, audited=write.audited, creates=write.creates)

    def guard(self, screen: Screen) -> None:
        """Let the click pass only on the right shop's page, while robots may act in it."""
        self.may_begin()
        self.check_shop(screen)

    def planned(self, write: PlannedWrite) -> None:
        """Keep what a dry run would do."""
        self._evidence.planned(write)

    def refused(self, verb: str, key: str, reason: str) -> None:
        """Count a refusal that came later than the click, once for what was handed in."""
        session = self._session
        if not session.dry:
            where = WriteKey(session.enter(), verb, key)
            session.workplace.ledger.refused_later(where, session.run_id, reason)

    def made(self, verb: str, key: str) -> ItemResult | None:
        """Give what this run itself wrote and proved."""
        session = self._session
        where = WriteKey(session.enter(), verb, key)
        entry = session.workplace.ledger.proven(where, session.run_id, *session.continues)
        return made_by(entry) if entry else None

    def ensure(self, write: Write, *, once: bool = False) -> ItemResult:
        """Bring one fact of the site to what is wanted, never twice, proven."""
        session = self._session
        where = WriteKey(session.enter(), write.verb, write.key)
        self._write = write
        ensurer = Ensurer(
            ledger=session.workplace.ledger,
            clock=self.clock,
            owner=where.owner,
            run_id=session.run_id,
            continues=session.continues,
            settle_window=self.site.settle_window,
            dry=session.dry,
            expected=session.expected.get(self._key, {}),
            once=once,
        )
        with at_step(step=write.verb, key=write.key):
            result = ensurer.ensure(write, self)
        if result.outcome.good and result.receipt:
            self._proven[where] = result.receipt
        return result


def made_by(entry: Entry) -> ItemResult:
    """Give the result of a write that was proven."""
    return ItemResult(outcome=Outcome.DONE, site_id=entry.site_id, receipt=entry.receipt)
