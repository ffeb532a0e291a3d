"""Work that a robot finds by itself: its run begins without an item."""

from __future__ import annotations

from engine.errors import at_step
from engine.robot import Gatherer
from engine.runs import WorkItem
from engine.session import Session, attempts


def gather(session: Session, robot: Gatherer) -> list[WorkItem]:
    """Let a robot look for its own work, and keep what a person asked for of it.

    Raises:
        ShopclerkError: it could not look.
    """
    asked = session.workplace.runs.snapshot(session.run_id)
    only, limit = asked.get("only") or [], asked.get("limit")

    def look() -> list[WorkItem]:
        with at_step(step=session.robot.name):
            session.enter()
            return robot.gather(session.page(), session.site)

    found: list[WorkItem] = attempts(session)(look)
    return [item for item in found if not only or item.key in only][:limit]
