"""One kind of facts on its shelf: written down when they are new, the newest ones read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from books.entries import Note
from books.tables import Noted

R = TypeVar("R", bound=Noted)


class Shelf(Generic[R]):
    """The rows of one table; ``key`` names the columns that say what a fact is about."""

    def __init__(self, engine: sa.Engine, table: type[R], key: Sequence[str]) -> None:
        self._engine = engine
        self._table = table
        self._key = tuple(key)

    def note(self, note: Note, **facts: object) -> bool:
        """Write facts down, unless the newest row says the same; tell whether they were new."""
        with Session(self._engine) as session, session.begin():
            same = {name: facts[name] for name in self._key}
            row: R | None = session.scalars(self._newest(**same)).first()
            if row is not None and all(getattr(row, name) == facts[name] for name in facts):
                return False
            about = {"source": note.source, "noted_at": note.at, "evidence": note.evidence}
            session.add(self._table(**facts, **about))
            return True

    def newest(self, **about: object) -> list[R]:
        """Give the newest row of each key among those with these values, in their order."""
        with Session(self._engine) as session:
            found: dict[tuple[object, ...], R] = {}
            for row in session.scalars(self._newest(**about)):
                found.setdefault(tuple(getattr(row, name) for name in self._key), row)
        return sorted(found.values(), key=lambda row: row.seq)

    def history(self, **about: object) -> list[R]:
        """Give every row with these values, oldest first: what was known, and since when."""
        with Session(self._engine) as session:
            return list(session.scalars(self._newest(**about)))[::-1]

    def _newest(self, **about: object) -> sa.Select[Any]:
        same = (getattr(self._table, name) == value for name, value in about.items())
        return sa.select(self._table).where(*same).order_by(self._table.seq.desc())
