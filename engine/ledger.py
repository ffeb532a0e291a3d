"""The ledger: what was about to be done is on disk before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.errors import NeedsPerson
from domain.outcome import Receipt
from domain.shop import Identity
from engine.clock import Clock
from engine.database import WriteRow


@dataclass(frozen=True)
class WriteKey:
    """Which write of which shop of which world: receipts answer for this and nothing else."""

    owner: Identity
    verb: str
    key: str


@dataclass(frozen=True)
class Entry:
    """One row of the ledger as it stood when it was read."""

    seq: int
    run_id: str
    state: str
    site_id: str
    receipt: Receipt | None
    intended_at: datetime


class Ledger:
    """Intents before clicks, receipts after them, one open write per key."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def open_intent(self, write: WriteKey) -> Entry | None:
        """Give the write of this key whose answer has not been settled yet."""
        return self._newest(write, WriteRow.state == "intent")

    def last_done(self, write: WriteKey) -> Entry | None:
        """Give the newest write of this key that was read back as wanted."""
        return self._newest(write, WriteRow.state == "done")

    def intend(self, write: WriteKey, run_id: str) -> Entry:
        """Commit the intent; from here on the write may have happened.

        Raises:
            NeedsPerson: another write of this key is open at this moment.
        """
        row = WriteRow(
            world=write.owner.world,
            shop_id=write.owner.shop_id,
            verb=write.verb,
            key=write.key,
            run_id=run_id,
            state="intent",
            site_id="",
            note="",
            intended_at=self._clock.now(),
        )
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.add(row)
        except IntegrityError:
            raise NeedsPerson(
                f"another run is in the middle of {write.verb} for {write.key}",
                mend="Wait for it to end, then run this sheet again",
            ) from None
        return _entry(row)

    def close(
        self,
        entry: Entry,
        state: str,
        *,
        site_id: str = "",
        receipt: Receipt | None = None,
        note: str = "",
    ) -> None:
        """Write down what an intent came to."""
        change = (
            sa.update(WriteRow)
            .where(WriteRow.seq == entry.seq)
            .values(
                state=state,
                site_id=site_id,
                receipt=receipt.model_dump(mode="json") if receipt else None,
                note=note,
                closed_at=self._clock.now(),
            )
        )
        with self._engine.begin() as connection:
            connection.execute(change)

    def rejections_since(self, owner: Identity, since: datetime) -> int:
        """Count the writes the site refused in this shop since a moment."""
        count = (
            sa.select(sa.func.count())
            .select_from(WriteRow)
            .where(
                WriteRow.world == owner.world,
                WriteRow.shop_id == owner.shop_id,
                WriteRow.state == "rejected",
                WriteRow.closed_at >= since,
            )
        )
        with self._engine.connect() as connection:
            return connection.execute(count).scalar_one()

    def _newest(self, write: WriteKey, *conditions: sa.ColumnElement[bool]) -> Entry | None:
        query = (
            sa.select(WriteRow)
            .where(
                WriteRow.world == write.owner.world,
                WriteRow.shop_id == write.owner.shop_id,
                WriteRow.verb == write.verb,
                WriteRow.key == write.key,
                *conditions,
            )
            .order_by(WriteRow.seq.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalars(query).first()
            return _entry(row) if row else None


def _entry(row: WriteRow) -> Entry:
    receipt = None
    if row.receipt:
        receipt = Receipt(wanted=row.receipt["wanted"], found=row.receipt["found"])
    return Entry(row.seq, row.run_id, row.state, row.site_id, receipt, row.intended_at)
