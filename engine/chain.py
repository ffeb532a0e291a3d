"""The chain of a shop's evidence: each manifest names the run before it and that one's manifest.

Who changes a run's evidence and its manifest too must also change every run after it. The newest
link of a shop is held by the database only, which knows that the run exists.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.model import Value
from engine.database import RunRow, WriteRow
from engine.evidence import write_manifest
from engine.runs import RunView

MANIFEST = "manifest.json"
ENDED = ("finished", "stopped", "declined")


class Link(Value):
    """What ties a run's manifest to the run of the same shop that was closed before it."""

    shop: str
    number: int
    """Counts the shop's runs in the order in which they were closed, from 1."""
    ledger: int
    """The newest row of the ledger when this run was closed."""
    previous: str = ""
    """Folder of the run before, from the folder of all evidence; empty for the first."""
    previous_sha256: str = ""
    """Of its manifest; empty if it had none."""


class Chain:
    """The chains of all shops of one database."""

    def __init__(self, engine: sa.Engine, root: Path) -> None:
        self._engine = engine
        self._root = root

    def close(self, view: RunView) -> None:
        """Write the manifest of a run that ends; what is added to its folder later is told."""
        write_manifest(view.evidence, self._link(view).model_dump())

    def _link(self, view: RunView) -> Link:
        before = (
            sa.select(RunRow.evidence)
            .where(RunRow.shop == view.shop, RunRow.id != view.id, RunRow.state.in_(ENDED))
            .order_by(RunRow.ended_at.desc(), RunRow.id.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            previous = session.scalar(before)
            newest = session.scalar(sa.select(sa.func.max(WriteRow.seq)))
        link = Link(shop=view.shop, number=1, ledger=newest or 0)
        if previous is None:
            return link
        known = link_of(self._root / previous)
        changes = {
            "previous": previous,
            "previous_sha256": sum_of(self._root / previous),
            "number": known.number + 1 if known else 1,
        }
        return link.model_copy(update=changes)


def link_of(folder: Path) -> Link | None:
    """Read the link of a run's manifest; ``None`` if it has none, or none of this version."""
    try:
        content: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Link.model_validate(content["chain"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def sum_of(folder: Path) -> str:
    """Give the sha256 of a run's manifest, ``""`` if there is none."""
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""
