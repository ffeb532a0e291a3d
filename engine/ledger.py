"""The ledger: what was about to be done is on disk before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.errors import NeedsPerson, TransientError
from domain.outcome import Receipt
from domain.redact import redact
from domain.shop import Identity
from engine.clock import Clock
from engine.database import WriteRow


@dataclass(frozen=True)
class WriteKey:
    """Which write of which shop of which world: receipts answer for this and nothing else."""

    owner: Identity
    verb: str
    key: str

    @property
    def kind(self) -> str:
        """Give what the write is about: ``product`` of ``product.create``."""
        return self.verb.partition(".")[0]


@dataclass(frozen=True)
class Entry:
    """One row of the ledger as it stood when it was read."""

    seq: int
    run_id: str
    state: str
    wanted: dict[str, JsonValue]
    site_id: str
    receipt: Receipt | None
    note: str
    intended_at: datetime
    acted_at: datetime | None


class Ledger:
    """Intents before clicks, receipts after them, one open write per key."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def open_intent(self, write: WriteKey) -> Entry | None:
        """Give the write of this key whose answer has not been settled yet."""
        return self._newest(write, WriteRow.state == "intent")

    def newest(self, write: WriteKey) -> Entry | None:
        """Give the newest write of this key, whatever came of it."""
        return self._newest(write)

    def newest_seq(self, write: WriteKey) -> int:
        """Give the number of the newest write of this key, 0 if there is none."""
        newest = self.newest(write)
        return newest.seq if newest else 0

    def last_seen(self, write: WriteKey) -> Entry | None:
        """Give the newest write of this key that the site has shown under an id."""
        return self._newest(write, WriteRow.state != "intent", WriteRow.site_id != "")

    def proven(self, write: WriteKey, *run_ids: str) -> Entry | None:
        """Give the newest write of this key if it is one of these runs' and was proven."""
        newest = self.newest(write)
        ours = newest and newest.state == "done" and newest.run_id in run_ids
        return newest if ours else None

    def absences(self, write: WriteKey, *run_ids: str) -> list[Entry]:
        """Give these runs' writes of this key that never took effect, newest first."""
        return self._entries(write, WriteRow.state == "absent", WriteRow.run_id.in_(run_ids))

    def intend(
        self,
        write: WriteKey,
        run_id: str,
        wanted: dict[str, JsonValue],
        *,
        looked: int | None = None,
    ) -> Entry:
        """Commit the intent; from here on the write may have happened.

        Args:
            write: which write.
            run_id: whose it is.
            wanted: what is about to be sent.
            looked: the ``seq`` of this key's newest write when the site was looked at, 0 if there
                was none; ``None`` where no look leads to a click.

        Raises:
            NeedsPerson: another write of this key is open at this moment.
            TransientError: another write of this key came and went since that look, which has to
                be made again: filling a form takes longer than another account's whole write.
        """
        row = _row(write, run_id, wanted, state="intent", note="", at=self._clock.now())
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.add(row)
                session.flush()  # takes the write lock; what is read from here on is the newest
                if looked is not None and session.scalar(_meanwhile(write, looked, row.seq)):
                    raise TransientError(
                        f"another run did {write.verb} for {write.key} in the meantime"
                    )
        except IntegrityError:
            raise NeedsPerson(
                f"another run is in the middle of {write.verb} for {write.key}",
                mend="Wait for it to end, then run this sheet again",
            ) from None
        return _entry(row)

    def answered(self, entry: Entry, *, site_id: str = "", note: str = "") -> None:
        """Keep on the open intent what came back: an id that proves the write, or what went wrong.

        From an id on, the write is known to have happened and can't be counted as absent.
        """
        change = sa.update(WriteRow).where(WriteRow.seq == entry.seq, WriteRow.state == "intent")
        with self._engine.begin() as connection:
            connection.execute(
                change.values(site_id=site_id, note=redact(note), acted_at=self._clock.now())
            )

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
            .where(WriteRow.seq == entry.seq, WriteRow.state == "intent")
            .values(
                state=state,
                site_id=site_id,
                receipt=receipt.model_dump(mode="json") if receipt else None,
                note=redact(note),
                closed_at=self._clock.now(),
            )
        )
        with self._engine.begin() as connection:
            connection.execute(change)

    def refused_later(self, write: WriteKey, run_id: str, reason: str) -> None:
        """Write down a refusal that came later than its click, once for what was handed in.

        A run that meets an old refusal again was not refused again.
        """
        handed_in = sa.select(sa.func.max(WriteRow.seq)).where(
            WriteRow.world == write.owner.world,
            WriteRow.shop_id == write.owner.shop_id,
            WriteRow.key == write.key,
            WriteRow.verb != write.verb,
            WriteRow.state == "done",
        )
        now, note = self._clock.now(), redact(reason)
        row = _row(write, run_id, {}, state="rejected", note=note, at=now)
        row.closed_at = now
        with Session(self._engine) as session, session.begin():
            if self.newest_seq(write) <= (session.scalar(handed_in) or 0):
                session.add(row)

    def made_since(self, owner: Identity, since: datetime, verb: str) -> int:
        """Count the writes of a verb in this shop since a moment that took effect, or may have."""
        count = (
            sa.select(sa.func.count())
            .select_from(WriteRow)
            .where(
                WriteRow.world == owner.world,
                WriteRow.shop_id == owner.shop_id,
                WriteRow.state.in_(("intent", "done", "mismatch")),
                WriteRow.verb == verb,
                WriteRow.intended_at >= since,
            )
        )
        with self._engine.connect() as connection:
            return connection.execute(count).scalar_one()

    def rejections_since(self, owner: Identity, since: datetime, kind: str) -> int:
        """Count the writes of a kind the site refused in this shop since a moment."""
        count = (
            sa.select(sa.func.count())
            .select_from(WriteRow)
            .where(
                WriteRow.world == owner.world,
                WriteRow.shop_id == owner.shop_id,
                WriteRow.state == "rejected",
                WriteRow.verb.startswith(f"{kind}.", autoescape=True),
                WriteRow.closed_at >= since,
            )
        )
        with self._engine.connect() as connection:
            return connection.execute(count).scalar_one()

    def _newest(self, write: WriteKey, *conditions: sa.ColumnElement[bool]) -> Entry | None:
        return next(iter(self._entries(write, *conditions)), None)

    def _entries(self, write: WriteKey, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
        query = sa.select(WriteRow).where(*_of(write), *conditions).order_by(WriteRow.seq.desc())
        with Session(self._engine) as session:
            return [_entry(row) for row in session.scalars(query)]


def _row(
    write: WriteKey,
    run_id: str,
    wanted: dict[str, JsonValue],
    *,
    state: str,
    note: str,
    at: datetime,
) -> WriteRow:
    return WriteRow(
        world=write.owner.world,
        shop_id=write.owner.shop_id,
        verb=write.verb,
        key=write.key,
        run_id=run_id,
        state=state,
        wanted=wanted,
        site_id="",
        note=note,
        intended_at=at,
    )


def _meanwhile(write: WriteKey, after: int, before: int) -> sa.Select[Any]:
    between = (*_of(write), WriteRow.seq > after, WriteRow.seq < before)
    return sa.select(sa.func.count()).select_from(WriteRow).where(*between)


def _of(write: WriteKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        WriteRow.world == write.owner.world,
        WriteRow.shop_id == write.owner.shop_id,
        WriteRow.verb == write.verb,
        WriteRow.key == write.key,
    )


def _entry(row: WriteRow) -> Entry:
    receipt = None
    if row.receipt:
        receipt = Receipt(wanted=row.receipt["wanted"], found=row.receipt["found"])
    return Entry(
        seq=row.seq,
        run_id=row.run_id,
        state=row.state,
        wanted=row.wanted,
        site_id=row.site_id,
        receipt=receipt,
        note=row.note,
        intended_at=row.intended_at,
        acted_at=row.acted_at,
    )
