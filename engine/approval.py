"""The yes of a person: the first live run of a shop carries out one item and asks before the rest.

Waiting is a row, not a sleeping workflow: the run has the state ``waiting``, and the yes starts a
second session over what is left. The first decision wins.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.shop import Identity
from engine.database import ItemRow, RunRow, WriteRow

WAITING = "waiting"
DECLINED = "declined"
GOES_ON_AT = "goes_on_at"
"""Where a run's snapshot says from which position on it was approved."""


class Approvals:
    """The decisions about runs of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def shop_is_new(self, owner: Identity, run_id: str) -> bool:
        """Tell whether no other run has proven a write here; one without its yes does not count."""
        undecided = sa.select(RunRow.id).where(RunRow.state.in_((WAITING, DECLINED)))
        proven = sa.select(WriteRow.seq).where(
            WriteRow.world == owner.world,
            WriteRow.shop_id == owner.shop_id,
            WriteRow.state == "done",
            WriteRow.run_id != run_id,
            WriteRow.run_id.not_in(undecided),
        )
        with self._engine.connect() as connection:
            return connection.execute(proven.limit(1)).first() is None

    def approve(self, run_id: str) -> bool:
        """Let a waiting run go on with its first item that has no outcome; tell whether it waited.

        Its state is ``queued`` from here on.
        """
        first_left = sa.select(sa.func.min(ItemRow.position)).where(
            ItemRow.run_id == run_id, ItemRow.outcome.is_(None)
        )
        with Session(self._engine) as session, session.begin():
            row = session.get_one(RunRow, run_id)
            position = session.execute(first_left).scalar_one()
            return self._decide(
                session, run_id, state="queued", snapshot={**row.snapshot, GOES_ON_AT: position}
            )

    def decline(self, run_id: str) -> bool:
        """Let a waiting run do no more; tell whether it waited."""
        with Session(self._engine) as session, session.begin():
            return self._decide(session, run_id, state=DECLINED)

    @staticmethod
    def _decide(session: Session, run_id: str, **values: object) -> bool:
        waits = (RunRow.id == run_id, RunRow.state == WAITING)
        decided = session.execute(
            sa.update(RunRow).where(*waits).values(**values).returning(RunRow.id)
        )
        return decided.first() is not None
