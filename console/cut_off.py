"""Runs that are open though nobody asked for them now: a command that only looks begins none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.errors import BusinessError
from engine.runs import RunView


def would_click(
    asked: Sequence[RunView], others: Sequence[RunView], stopping: Callable[[str], bool]
) -> BusinessError | None:
    """Say which of the others would click, where all that is asked for is a look.

    A run that was stopped begins nothing more. Whether another window has only just made the run
    can't be known from here.
    """
    clicking = [run for run in others if not run.dry and not stopping(run.id)]
    if not clicking or not all(run.dry for run in asked):
        return None
    name = clicking[0].evidence.name
    return BusinessError(
        f"run {name} is not done and would click, while only a look was asked for",
        mend=f"Wait if another window works on it; if it was cut off, `shopclerk resume` carries "
        f"it on and `shopclerk stop {name}` leaves undone what it has not begun",
    )
