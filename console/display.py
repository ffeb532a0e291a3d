"""What people see while a run goes on, and the lines it ends with.

Only characters that a Chinese Windows console (cp936) can print.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.table import Table
from rich.text import Text

from domain.outcome import Outcome
from engine.report import shown_path
from engine.runs import ItemView, RunView

STYLES = {
    Outcome.DONE: ("√", "green"),
    Outcome.UNCHANGED: ("=", "green"),
    Outcome.REJECTED: ("×", "red"),
    Outcome.MISMATCH: ("×", "red"),
    Outcome.UNKNOWN: ("?", "yellow"),
    Outcome.NEEDS_PERSON: ("!", "yellow"),
    Outcome.FAILED: ("×", "red"),
    Outcome.SKIPPED: ("-", "yellow"),
}


class RunWatch:
    """Follows one run: a line for each item that ended, a bar for those to come."""

    def __init__(self, progress: Progress, lines: Console) -> None:
        self._progress = progress
        self._lines = lines
        self._task = progress.add_task("starting", total=None)
        self._told: set[tuple[str, int]] = set()

    def __call__(self, run: RunView) -> None:
        """Show what has changed since the last call."""
        ended = [item for item in run.items if item.outcome]
        for item in ended:
            if (run.id, item.position) not in self._told:
                self._told.add((run.id, item.position))
                self._lines.print(item_line(item), soft_wrap=True)
        working = next((item for item in run.items if item.step and not item.outcome), None)
        words = f"{working.key}  {working.step}" if working else run.state
        self._progress.update(
            self._task, total=len(run.items), completed=len(ended), description=words[:60]
        )


@contextmanager
def watching(*, lines: Console, notes: Console) -> Iterator[RunWatch]:
    """Show a run's progress on ``notes`` while its ended items are printed on ``lines``."""
    with Progress(
        SpinnerColumn("line"),
        TextColumn("{task.description}"),
        BarColumn(24),
        MofNCompleteColumn(),
        Elapsed(),
        console=notes,
        transient=True,
        redirect_stdout=lines.file is not notes.file,
        disable=not notes.is_terminal,
    ) as progress:
        yield RunWatch(progress, lines)


def item_line(item: ItemView) -> Text:
    """Write one item as one line: outcome, key, id, whether wanted equals found, how long."""
    outcome = item.outcome or Outcome.UNKNOWN
    sign, colour = STYLES[outcome]
    line = Text.assemble((f"{sign} {outcome:<12}", colour), f" {item.key}  {item.label}")
    if item.site_id:
        line.append(f"  商品ID {item.site_id}", "cyan")
    if item.receipt:
        equal = "wanted = found" if item.receipt.equal else "wanted ≠ found"
        line.append(f"  {equal} ({len(item.receipt.wanted)} facts)")
    if item.started_at and item.ended_at:
        line.append(f"  {(item.ended_at - item.started_at).total_seconds():.1f} s", "dim")
    if item.reason:
        line.append(f"\n  {item.reason}", colour)
    return line


def counted(run: RunView) -> str:
    """Write how many items came to each outcome, e.g. ``2 done, 1 rejected``."""
    return ", ".join(f"{count} {outcome}" for outcome, count in run.counts().items())


def closing_lines(run: RunView) -> Text:
    """Write how a run ended and what to open."""
    lines = Text(f"{run.state}: {counted(run)}")
    if run.reason:
        lines.append(f"\n{run.reason}", "yellow")
    lines.append(f"\nreport  {shown_path(run.evidence / 'report.html')}", "bold")
    return lines


def runs_table(runs: list[RunView], zone: ZoneInfo) -> Table:
    """Write runs as a table, newest first."""
    table = Table(box=None, pad_edge=False)
    table.add_column("run", no_wrap=True)
    for name in ("started", "state", "items"):
        table.add_column(name, overflow="fold")
    for run in runs:
        started = f"{(run.started_at or run.created_at).astimezone(zone):%m-%d %H:%M}"
        table.add_row(run.id, started, run.state, counted(run) or f"{len(run.items)} waiting")
    return table
