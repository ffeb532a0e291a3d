"""Lists that lag: until its time a row is told as it was before the write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from practice.erp.tables import ErpLag

Row = dict[str, Any]
Before = Mapping[str, Row | None]
"""Key of a row to what the list told of it; nothing if it told nothing."""


def remember(session: Session, before: Before, now: float, until: float) -> None:
    """Tell these rows as they were; what lags already stays as it is."""
    for key, row in before.items():
        known = session.get(ErpLag, key)
        if known is None:
            session.add(ErpLag(key=key, until=until, row=row))
        elif known.until <= now:
            known.until, known.row = until, row
        else:
            known.until = max(known.until, until)


def lagging(session: Session, kind: str, now: float) -> dict[int, Row | None]:
    """Ids of a kind of rows to what the list still tells; what has caught up is forgotten."""
    session.execute(delete(ErpLag).where(ErpLag.until <= now))
    known = session.scalars(select(ErpLag).where(ErpLag.key.startswith(f"{kind} ")))
    return {int(one.key.rpartition(" ")[2]): one.row for one in known}
