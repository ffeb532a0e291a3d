"""Find again what was done: a run by any of its names, and the history of one business key."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from domain.model import Value
from engine.causes import NOT_ENDED
from engine.database import ItemRow, RunRow, WriteRow
from engine.evidence import file_name


class Happening(Value):
    """What one run did to one business key: an item of a run, or a write of the ledger."""

    kind: str
    """``item`` or ``write``."""
    at: datetime
    run_id: str
    key: str
    verb: str
    """The robot of an item, the verb of a write."""
    robot: str
    outcome: str
    """An item's outcome; a write's state in the ledger."""
    reason: str
    site_id: str
    evidence: Path | None
    """The report's place of an item, or its folder; none for a write."""


class DoneWrite(Value):
    """A write that a run proved, for whoever wants to take it back."""

    key: str
    site_id: str
    world: str
    shop_id: str
    later_run: str
    """The newest other run that did the same to the same product since; else empty."""


class History:
    """The runs and writes of one database, for looking things up."""

    def __init__(self, engine: sa.Engine, root: Path) -> None:
        self._engine = engine
        self._root = root

    def runs_called(self, name: str) -> list[str]:
        """Give the ids of the runs a name may mean: an id, a folder's name or path, or its end."""
        if not name:
            return []
        place = Path(name)
        folder = place.parent if place.suffix in {".html", ".json", ".jsonl"} else place
        tail = folder.as_posix().rstrip("/").rpartition("runs/")[2]
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(RunRow.id, RunRow.evidence)).all()
        exact = [run for run, evidence in rows if name == run or tail in _names(evidence)]
        return exact or [run for run, _ in rows if run.endswith(f"-{name}")]

    def of_key(self, key: str) -> list[Happening]:
        """Give everything that was done to a 商家编码, a SKU or a site's id, oldest first.

        A product that was refused at first had no id then: what is known by the id's keys counts.
        """
        with Session(self._engine) as session:
            keys = {key, *session.scalars(sa.select(ItemRow.key).where(ItemRow.site_id == key))}
            of_key = (WriteRow.site_id == key) | WriteRow.key.startswith(f"{key}#", autoescape=True)
            keys |= set(session.scalars(sa.select(WriteRow.key).where(of_key)))
            keys |= _products_with(session, key)
            items = session.execute(
                sa.select(ItemRow, RunRow)
                .join(RunRow, RunRow.id == ItemRow.run_id)
                .where(ItemRow.key.in_(keys))
            ).all()
            writes = session.execute(
                sa.select(WriteRow, RunRow.robot)
                .outerjoin(RunRow, RunRow.id == WriteRow.run_id)
                .where(WriteRow.key.in_(keys))
            ).all()
            found = [self._item(item, run) for item, run in items]
            found += [_write(row, robot or "") for row, robot in writes]
            return sorted(found, key=lambda one: one.at)

    def done_by(self, run_id: str, verb: str) -> list[DoneWrite]:
        """Give the writes of one verb that a run proved, in their order."""
        later = aliased(WriteRow)
        again = (
            sa.select(later.run_id)
            .where(
                *(
                    getattr(later, name) == getattr(WriteRow, name)
                    for name in ("world", "shop_id", "verb", "key")
                ),
                later.seq > WriteRow.seq,
                later.state.in_(("done", "intent")),
                later.run_id != WriteRow.run_id,
            )
            .order_by(later.seq.desc())
            .limit(1)
            .scalar_subquery()
        )
        ours = (WriteRow.run_id == run_id, WriteRow.verb == verb, WriteRow.state == "done")
        with Session(self._engine) as session:
            rows = session.execute(
                sa.select(WriteRow, again).where(*ours).order_by(WriteRow.seq)
            ).all()
            return [
                DoneWrite(
                    key=row.key,
                    site_id=row.site_id,
                    world=row.world,
                    shop_id=row.shop_id,
                    later_run=later_run or "",
                )
                for row, later_run in rows
            ]

    def keys_like(self, key: str) -> Sequence[str]:
        """Give known keys that look like one nobody knows."""
        with self._engine.connect() as connection:
            known = connection.scalars(sa.select(ItemRow.key).distinct()).all()
        begun = sorted(one for one in known if key and one.lower().startswith(key.lower()))
        close = difflib.get_close_matches(key, known, 5, 0.7)
        return list(dict.fromkeys([*close, *begun]))[:5]

    def _item(self, item: ItemRow, run: RunRow) -> Happening:
        folder = self._root / run.evidence
        place = folder / "items" / file_name(item.key)
        return Happening(
            kind="item",
            at=item.ended_at or item.started_at or run.created_at,
            run_id=run.id,
            key=item.key,
            verb=run.robot,
            robot=run.robot,
            outcome=item.outcome or NOT_ENDED,
            reason=item.reason,
            site_id=item.site_id,
            evidence=place if place.is_dir() else folder,
        )


def _products_with(session: Session, sku: str) -> set[str]:
    """Give the products that had a SKU of this code in the sheet of any run."""
    written = json.dumps(sku)  # as a snapshot holds it: what is not ASCII is escaped there
    holds = sa.cast(RunRow.snapshot, sa.Text).contains(written, autoescape=True)
    snapshots = session.scalars(sa.select(RunRow.snapshot).where(holds))
    payloads = (payload for snapshot in snapshots for payload in snapshot["items"] if payload)
    return {
        payload["code"]
        for payload in payloads
        if any(one["code"] == sku for one in payload.get("skus", ()))
    }


def _names(evidence: str) -> set[str]:
    return {evidence, evidence.rpartition("/")[2]}


def _write(row: WriteRow, robot: str) -> Happening:
    return Happening(
        kind="write",
        at=row.intended_at,
        run_id=row.run_id,
        key=row.key,
        verb=row.verb,
        robot=robot,
        outcome=row.state,
        reason=row.note,
        site_id=row.site_id,
        evidence=None,
    )
