"""Questions that wait for an answer: asked at, due at, and how they ended.

Waiting is a row, not a sleeping workflow: the next run looks at what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from books.entries import Case, CaseKey, Note, Place
from books.tables import CaseRow


class Cases:
    """The cases of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def ask(self, key: CaseKey, note: Note, *, due_at: datetime, about: Sequence[str]) -> Case:
        """Open a case at the moment of the note; the round counts the questions about this key.

        A case of this key that is open already is given again, unchanged.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            newest: CaseRow | None = session.scalars(_of(key)).first()
            if newest is not None and newest.closed_at is None:
                return _case(newest)
            row = CaseRow(
                world=key.place.world,
                shop_id=key.place.shop_id,
                kind=key.kind,
                key=key.key,
                round=newest.round + 1 if newest else 1,
                about=" ".join(about),
                asked_at=note.at,
                due_at=due_at,
                outcome="",
                source=note.source,
                noted_at=note.at,
                evidence=note.evidence,
            )
            session.add(row)
        return _case(row)

    def newest(self, key: CaseKey) -> Case | None:
        """Give the newest case about a key, open or not."""
        with Session(self._engine) as session:
            row = session.scalars(_of(key)).first()
            return _case(row) if row else None

    def rounds(self, key: CaseKey) -> list[Case]:
        """Give every case about a key, the first one first."""
        with Session(self._engine) as session:
            return [_case(row) for row in session.scalars(_of(key))][::-1]

    def open(self, place: Place, kind: str) -> list[Case]:
        """Give the open cases of a shop, those that are due first."""
        waits = (
            CaseRow.world == place.world,
            CaseRow.shop_id == place.shop_id,
            CaseRow.kind == kind,
            CaseRow.closed_at.is_(None),
        )
        query = sa.select(CaseRow).where(*waits).order_by(CaseRow.due_at, CaseRow.seq)
        with Session(self._engine) as session:
            return [_case(row) for row in session.scalars(query)]

    def ended(self, place: Place, kind: str, outcome: str) -> frozenset[str]:
        """Give the keys whose newest case ended so."""
        of_kind = (
            CaseRow.world == place.world,
            CaseRow.shop_id == place.shop_id,
            CaseRow.kind == kind,
        )
        query = sa.select(CaseRow.key, CaseRow.outcome).where(*of_kind).order_by(CaseRow.round)
        with self._engine.connect() as connection:
            newest = {row.key: row.outcome for row in connection.execute(query)}
        return frozenset(key for key, ended in newest.items() if ended == outcome)

    def settle(self, key: CaseKey, note: Note, outcome: str) -> None:
        """End what is open about a key; where nothing is, write down how it is settled now."""
        case = self.newest(key)
        if case is None or (case.closed_at and case.outcome != outcome):
            case = self.ask(key, note, due_at=note.at, about=())
        self.close(case, note.at, outcome)

    def answered(self, case: Case, at: datetime) -> None:
        """Note that the answer came; the first one counts."""
        self._change(case, CaseRow.answered_at.is_(None), answered_at=at)

    def close(self, case: Case, at: datetime, outcome: str) -> None:
        """End a case; it never opens again."""
        self._change(case, CaseRow.closed_at.is_(None), closed_at=at, outcome=outcome)

    def _change(self, case: Case, condition: sa.ColumnElement[bool], **values: object) -> None:
        change = sa.update(CaseRow).where(*_about(case.key), CaseRow.round == case.round, condition)
        with self._engine.begin() as connection:
            connection.execute(change.values(**values))


def _about(key: CaseKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        CaseRow.world == key.place.world,
        CaseRow.shop_id == key.place.shop_id,
        CaseRow.kind == key.kind,
        CaseRow.key == key.key,
    )


def _of(key: CaseKey) -> sa.Select[Any]:
    return sa.select(CaseRow).where(*_about(key)).order_by(CaseRow.round.desc())


def _case(row: CaseRow) -> Case:
    place = Place(world=row.world, shop_id=row.shop_id)
    return Case(
        key=CaseKey(place=place, kind=row.kind, key=row.key),
        about=tuple(row.about.split()),
        **{
            name: getattr(row, name)
            for name in ("round", "asked_at", "due_at", "answered_at", "closed_at", "outcome")
        },
    )
