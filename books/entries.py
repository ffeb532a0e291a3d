"""What is put into the books and read out of them, where the domain has no word for it."""

from __future__ import annotations

from pydantic import AwareDatetime

from domain.model import Value


class Note(Value):
    """Where a fact comes from: said by whom, learnt when, proven where."""

    source: str
    at: AwareDatetime
    evidence: str = ""


class Supplier(Value):
    """A factory or dealer that goods are bought from."""

    name: str
    contact: str = ""
    link: str = ""


class Place(Value):
    """Which shop of which world: facts of one never answer for another."""

    world: str
    shop_id: str


class CaseKey(Value):
    """Which question: about what, of which business key."""

    place: Place
    kind: str
    key: str


class Case(Value):
    """A question as it stands."""

    key: CaseKey
    round: int
    about: tuple[str, ...] = ()
    asked_at: AwareDatetime
    due_at: AwareDatetime
    answered_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    outcome: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.closed_at is None
