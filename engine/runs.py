"""The record of runs and their items: written by the worker, read by everybody."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.errors import BusinessError
from domain.model import Value
from domain.outcome import Outcome, Receipt
from domain.redact import redact
from engine.clock import Clock
from engine.database import ItemRow, RunRow

OPEN_STATES = ("queued", "running")
CONTINUES = "continues"
"""Where the snapshot of a run made again says in whose stead it goes on."""


class ItemResult(Value):
    """What became of one item: data, never an exception."""

    outcome: Outcome
    reason: str = ""
    site_id: str = ""
    receipt: Receipt | None = None
    stops_shop: bool = False
    """Whether the run must not touch this shop's other items."""


class WorkItem(NamedTuple):
    """One row of work: its business key, what a person calls it, and its snapshot."""

    key: str
    label: str
    payload: dict[str, Any] | None
    refusal: str = ""
    """Why it can't be carried out at all; its payload is ``None`` then."""


class ItemView(Value):
    """One item as people and programs read it."""

    position: int
    key: str
    label: str
    step: str
    outcome: Outcome | None
    reason: str
    site_id: str
    receipt: Receipt | None
    started_at: datetime | None
    ended_at: datetime | None


class RunView(Value):
    """One run as people and programs read it."""

    id: str
    robot: str
    shop: str
    state: str
    reason: str
    evidence: Path
    dry: bool = False
    """Whether it only looked and planned."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    items: tuple[ItemView, ...]

    @property
    def open(self) -> bool:
        """Whether it is still to be carried out, in whole or in part."""
        return self.state in OPEN_STATES

    @property
    def waiting(self) -> bool:
        """Whether it waits for a person's yes."""
        return self.state == "waiting"

    def counts(self) -> dict[str, int]:
        """How many items came to each outcome, outcomes in their own order."""
        ends = [item.outcome for item in self.items]
        return {str(kind): ends.count(kind) for kind in Outcome if kind in ends}


class Runs:
    """All runs of this database."""

    def __init__(self, engine: sa.Engine, clock: Clock, root: Path) -> None:
        self._engine = engine
        self._clock = clock
        self._root = root

    def create(
        self,
        *,
        robot: str,
        shop: str,
        snapshot: dict[str, Any],
        work: Sequence[WorkItem],
        local_time: datetime,
    ) -> str:
        """Write down a run and its items before anything is done; give its id.

        Ids sort by time, so that the queue is first in, first out even within a second.
        """
        suffix = f"{robot}-{shop}-{secrets.token_hex(2)}"
        run_id = f"{local_time:%Y%m%d-%H%M%S}-{local_time.microsecond // 1000:03}-{suffix}"
        row = RunRow(
            id=run_id,
            robot=robot,
            shop=shop,
            state="queued",
            reason="",
            evidence=f"{local_time:%Y-%m-%d}/{local_time:%H%M}-{suffix}",
            snapshot={**snapshot, "items": [item.payload for item in work]},
            created_at=self._clock.now(),
        )
        items = _item_rows(run_id, work)
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            session.add_all(items)
        return run_id

    def add_items(self, run_id: str, work: Sequence[WorkItem]) -> None:
        """Give a run the work that its robot found; what it has already is not added again."""
        with Session(self._engine) as session, session.begin():
            row = session.get_one(RunRow, run_id)
            known = set(session.scalars(sa.select(ItemRow.key).where(ItemRow.run_id == run_id)))
            new = [item for item in work if item.key not in known]
            payloads = [*row.snapshot["items"], *(item.payload for item in new)]
            row.snapshot = {**row.snapshot, "items": payloads}
            session.add_all(_item_rows(run_id, new, first=len(known)))

    def view(self, run_id: str) -> RunView:
        """Read one run.

        Raises:
            BusinessError: no run has this id.
        """
        with Session(self._engine) as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise BusinessError(
                    f"no run has the id {run_id!r}", mend="`shopclerk runs` lists the ids"
                )
            return self._view(session, row)

    def newest(self, limit: int, *, states: Sequence[str] = ()) -> list[RunView]:
        """Read the newest runs, newest first; only those in one of ``states`` if given."""
        query = sa.select(RunRow).order_by(RunRow.id.desc()).limit(limit)
        if states:
            query = query.where(RunRow.state.in_(states))
        with Session(self._engine) as session:
            return [self._view(session, row) for row in session.scalars(query)]

    def snapshot(self, run_id: str) -> dict[str, Any]:
        """Read what a run was made from."""
        with Session(self._engine) as session:
            row = session.get_one(RunRow, run_id)
            return row.snapshot

    def start(self, run_id: str) -> None:
        """Mark a run as being carried out; its first start counts."""
        its_row = sa.update(RunRow).where(RunRow.id == run_id)
        first_start = its_row.where(RunRow.started_at.is_(None))
        with self._engine.begin() as connection:
            # A replay after the end must not open the run again.
            connection.execute(its_row.where(RunRow.state.in_(OPEN_STATES)).values(state="running"))
            connection.execute(first_start.values(started_at=self._clock.now()))

    def end(self, run_id: str, state: str, reason: str = "") -> None:
        """Mark a run as ``finished`` or ``stopped``."""
        self._change_run(run_id, state=state, reason=redact(reason), ended_at=self._clock.now())

    def step(self, run_id: str, position: int, words: str) -> None:
        """Say what is being done to an item right now; the first word starts its time."""
        self._change_item(run_id, position, step=redact(words))
        first_start = (
            sa.update(ItemRow)
            .where(
                ItemRow.run_id == run_id,
                ItemRow.position == position,
                ItemRow.started_at.is_(None),
            )
            .values(started_at=self._clock.now())
        )
        with self._engine.begin() as connection:
            connection.execute(first_start)

    def end_item(self, run_id: str, position: int, result: ItemResult) -> None:
        """Write down what became of an item."""
        self._change_item(
            run_id,
            position,
            step="",
            outcome=str(result.outcome),
            reason=redact(result.reason),
            site_id=result.site_id,
            receipt=result.receipt.model_dump(mode="json") if result.receipt else None,
            ended_at=self._clock.now(),
        )

    def end_rest(self, run_id: str, result: ItemResult) -> int:
        """Write down the same end for every item that has none yet; give how many there were."""
        rest = [item for item in self.view(run_id).items if item.outcome is None]
        for item in rest:
            self.end_item(run_id, item.position, result)
        return len(rest)

    def _change_run(self, run_id: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(RunRow).where(RunRow.id == run_id).values(**values))

    def _change_item(self, run_id: str, position: int, **values: Any) -> None:
        change = sa.update(ItemRow).where(ItemRow.run_id == run_id, ItemRow.position == position)
        with self._engine.begin() as connection:
            connection.execute(change.values(**values))

    def _view(self, session: Session, row: RunRow) -> RunView:
        items = session.scalars(
            sa.select(ItemRow).where(ItemRow.run_id == row.id).order_by(ItemRow.position)
        )
        return RunView(
            **{name: getattr(row, name) for name in _RUN_FIELDS},
            evidence=self._root / row.evidence,
            dry=bool(row.snapshot.get("dry")),
            items=tuple(_item_view(item) for item in items),
        )


def _item_rows(run_id: str, work: Sequence[WorkItem], *, first: int = 0) -> list[ItemRow]:
    return [
        ItemRow(
            run_id=run_id,
            position=position,
            key=item.key,
            label=item.label,
            step="",
            outcome=None if item.payload is not None else str(Outcome.REJECTED),
            reason=redact(item.refusal),
            site_id="",
        )
        for position, item in enumerate(work, start=first)
    ]


_RUN_FIELDS = tuple(
    name for name in RunView.model_fields if name not in {"evidence", "dry", "items"}
)
_ITEM_FIELDS = tuple(name for name in ItemView.model_fields if name not in {"outcome", "receipt"})


def _item_view(row: ItemRow) -> ItemView:
    receipt = row.receipt
    return ItemView(
        **{name: getattr(row, name) for name in _ITEM_FIELDS},
        outcome=Outcome(row.outcome) if row.outcome else None,
        receipt=Receipt(wanted=receipt["wanted"], found=receipt["found"]) if receipt else None,
    )
