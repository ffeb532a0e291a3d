"""One write as a robot describes it to :mod:`engine.ensure`, and who stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from engine.plan import PlannedWrite
from engine.screen import Screen

Facts = dict[str, JsonValue]


@dataclass(frozen=True)
class Found:
    """What a look met on the site."""

    site_id: str
    facts: Facts


class Write(Protocol):
    """One keyed write, as a robot describes it: the site can be searched for its key."""

    @property
    def verb(self) -> str:
        """Name the write in the ledger, e.g. ``product.create``."""
        ...

    @property
    def key(self) -> str:
        """Give the business key."""
        ...

    @property
    def creates(self) -> bool:
        """Tell whether it makes something new; if not, it changes something that is there."""
        ...

    @property
    def audited(self) -> bool:
        """Tell whether it hands something to the site's audit, whose refusals are counted."""
        ...

    @property
    def wanted(self) -> Facts:
        """Say what must be readable on the site afterwards."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """Say which of these facts name the thing: one with another title is another thing."""
        ...

    @property
    def clicks(self) -> str:
        """Say in the site's own words what would be clicked, e.g. ``发布商品 → 放入仓库``."""
        ...

    def look(self, known_id: str) -> Found | None:
        """Find it by the site's id if one is known, else by the key; ``None`` is proven absence.

        Raises:
            TransientError: could not look, which is no absence.
        """
        ...

    @property
    def screen(self) -> Screen:
        """Give the screen that shows it now, for pictures."""
        ...

    def prepare(self) -> None:
        """Do all that comes before the one click, and compare the filled form with the plan."""
        ...

    def act(self) -> str:
        """Make the one click; give the site's id when its answer named one, else ``""``.

        Raises:
            BusinessError: the site itself said no.
        """
        ...


class Witness(Protocol):
    """Who stands beside a write: says what is going on, keeps pictures, guards the click."""

    def step(self, words: str) -> None:
        """Say what is being done."""
        ...

    def picture(self, screen: Screen, name: str) -> None:
        """Keep a masked picture of a screen."""
        ...

    def check_shop(self, screen: Screen) -> None:
        """Let what was read count only if it was read on the right shop's page.

        Raises:
            Defect: another shop's page.
        """
        ...

    def may_begin(self) -> None:
        """Let the write be prepared: nobody stopped it, nothing of it is on hold, the day has room.

        Raises:
            ShopclerkError: it may not; nothing was filled or sent.
        """
        ...

    def guard(self, screen: Screen) -> None:
        """Let the click pass only on the right shop's page, and if the write still may be made.

        Raises:
            ShopclerkError: another shop's page, or it may not.
        """
        ...

    def planned(self, write: PlannedWrite) -> None:
        """Keep what a dry run would do."""
        ...
