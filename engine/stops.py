"""Asking robots to stop: one run after the item in hand, or everything until it is released.

A stop is a row, so that any window on any machine can ask; each click and each item looks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from engine.clock import Clock
from engine.database import StopRow

STOPPED = "stopped by a person"
"""Why what was not begun is skipped."""
EVERYTHING = ""
"""The id under which the kill switch stands."""


class Stops:
    """The stops of one database."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def ask(self, run_ids: Sequence[str]) -> None:
        """Let these runs stop after the item in hand; asking again is no harm."""
        known = sa.select(StopRow.run_id).where(StopRow.run_id.in_(run_ids))
        with self._engine.begin() as connection:
            there = set(connection.execute(known).scalars())
            for run_id in set(run_ids) - there:
                row = {"run_id": run_id, "asked_at": self._clock.now()}
                connection.execute(sa.insert(StopRow).values(**row))

    def release(self, run_id: str = EVERYTHING) -> bool:
        """Take a stop back; tell whether there was one."""
        with self._engine.begin() as connection:
            gone = connection.execute(sa.delete(StopRow).where(StopRow.run_id == run_id))
            return bool(gone.rowcount)

    def asked(self, run_id: str = EVERYTHING) -> bool:
        """Tell whether this run must stop, for itself or with everything."""
        wanted = sa.select(StopRow.run_id).where(StopRow.run_id.in_((EVERYTHING, run_id)))
        with self._engine.connect() as connection:
            return connection.execute(wanted.limit(1)).first() is not None
