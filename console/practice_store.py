"""The practice store as a neighbour: started when a robot needs it, closed by who started it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from domain.errors import NeedsPerson
from engine.settings import Settings
from engine.words import language
from practice.card import WorldCard, close_store, read_card
from practice.home_lock import AlreadyServed, alone
from practice.libraries import LibrariesMissing, ensure_libraries
from practice.words import told
from practice.world import WorldOutdated, exists, make_world, open_world

PRACTICE = "practice:"
"""The practice store's address before it is known; behind it stands which of its other sites."""
NO_WORLD = "none"
"""What is called the practice world that was never made."""
IDLE_EXIT = 180
"""Seconds without a request after which a store that lost its starter closes itself."""
ROBOTS_ACCOUNT = {"erp": -1, "supply": 0}
"""Which of a site's accounts robots use: in the ERP the one that may not delete."""
START_LIMIT = 60.0
"""Seconds a store may take to answer; its UI libraries are there by then."""


def point_practice_at(settings: Settings) -> None:
    """Tell the practice commands where this installation keeps the world and the libraries."""
    os.environ.setdefault("PRACTICE_HOME", str(settings.state / "practice"))
    os.environ.setdefault("PRACTICE_LIBRARIES", str(settings.cache / "practice-libraries"))


class PracticeSite(NamedTuple):
    """One site of the practice world, and who works there."""

    url: str
    account: str
    password: str


class PracticeStore:
    """The practice store of this installation."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        point_practice_at(settings)
        self.home = Path(os.environ["PRACTICE_HOME"])
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self.haste = 1.0
        """How long a minute of the world's people lasts, as a share of a real one."""

    def card(self) -> WorldCard:
        """Give the address and login of the store; starts it when it is down.

        Raises:
            NeedsPerson: it did not start; says where its log is.
        """
        card = read_card(self.home)
        if card is None:
            self._start()
            card = self._await()
        return card

    def world(self) -> str:
        """Give the id of the practice world, as its pages tell it; starts nothing.

        Raises:
            NeedsPerson: another version of the store made it.
        """
        if not exists(self.home):
            return NO_WORLD
        with _openable(), closing(open_world(self.home)) as world:
            return world.about().id

    def site(self, name: str) -> PracticeSite:
        """Give the store, or another site of its world by name; starts them when they are down."""
        card = self.card()
        if not name:
            return PracticeSite(card.url, card.account, card.password)
        known = card.sites[name]
        who = known["accounts"][ROBOTS_ACCOUNT[name]]
        return PracticeSite(known["url"], who["account"], who["password"])

    def close(self) -> None:
        """Close the store if this process started it."""
        if self._process is not None:
            if not close_store(self.home):
                self._process.terminate()
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._process = None

    def renew(self, minute: float = 60.0) -> None:
        """Make a new world; an open store is closed for it.

        Args:
            minute: seconds that a minute of its buyers and factories lasts.
        """
        self.haste = minute / 60
        close_store(self.home)
        try:
            with alone(self.home, patience=15):
                make_world(self.home).close()
        except AlreadyServed as error:
            raise NeedsPerson(str(error), mend="`shopclerk practice down` closes it") from None

    def _start(self) -> None:
        try:
            ensure_libraries(lambda line: self._say(told(line, language())))
        except LibrariesMissing as error:
            raise NeedsPerson(str(error)) from None
        if exists(self.home):
            with _openable():
                open_world(self.home).close()
        self.home.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "practice", "up", "--idle-exit", str(IDLE_EXIT)]
        command += ["--minute-seconds", str(self.haste * 60)]
        # A group of its own: Ctrl-C here means "after this item" and must not close the store.
        group = {"creationflags": 0x00000200} if sys.platform == "win32" else {"process_group": 0}
        with (self.home / "practice.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # it prints its login
                stderr=log,
                **group,  # type: ignore[call-overload]
            )

    def _await(self) -> WorldCard:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            card = read_card(self.home)
            if card is not None:
                return card
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.1)
        log = self.home / "practice.log"
        raise NeedsPerson("the practice store did not start", mend=f"Its log says why: {log}")


@contextmanager
def _openable() -> Iterator[None]:
    """Tell a person what to do about a world that can't be opened."""
    try:
        yield
    except WorldOutdated as error:
        renew = "`shopclerk practice reset` makes a new one; nothing in it is lost that is real"
        raise NeedsPerson(str(error), mend=renew) from None
