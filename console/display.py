"""What people see while a run goes on, and the lines it ends with.

Only characters that a Chinese Windows console (cp936) can print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.table import Table
from rich.text import Text

from domain.outcome import Outcome
from engine.causes import (
    NOT_ENDED,
    known_cause,
    left_to_person,
    reason_words,
    step_words,
    told_outcome,
    would_be_new,
)
from engine.report import carry_out_command, shown_path
from engine.runs import ItemView, RunView
from engine.search import Happening
from engine.verify import Verdict
from engine.words import Words, operator_words

STYLES = {
    str(Outcome.DONE): ("√", "green"),
    str(Outcome.UNCHANGED): ("=", "green"),
    str(Outcome.REJECTED): ("×", "red"),
    str(Outcome.MISMATCH): ("×", "red"),
    str(Outcome.UNKNOWN): ("?", "yellow"),
    str(Outcome.NEEDS_PERSON): ("!", "yellow"),
    str(Outcome.FAILED): ("×", "red"),
    str(Outcome.SKIPPED): ("-", "yellow"),
}
OUTCOME_WIDTH = 12
RECENT = 10
"""How many ended items the time left is estimated from: the site is not equally quick all day."""


class RunWatch:
    """Follows one run: a line for each item that ended, a bar for those to come."""

    def __init__(self, progress: Progress, lines: Console, words: Words) -> None:
        self._progress = progress
        self._lines = lines
        self._words = words
        self._task = progress.add_task(words("run.starting"), total=None, left="")
        self._told: set[tuple[str, int]] = set()

    def __call__(self, run: RunView) -> None:
        """Show what has changed since the last call."""
        ended = [item for item in run.items if item.outcome]
        for item in ended:
            if (run.id, item.position) not in self._told:
                self._told.add((run.id, item.position))
                line = item_line(item, self._words.about(run.robot))
                self._lines.print(line, soft_wrap=True)
        self._progress.update(
            self._task,
            total=len(run.items),
            completed=len(ended),
            description=self._doing(run)[:60],
            left=self._left(run),
        )

    def _doing(self, run: RunView) -> str:
        working = next((item for item in run.items if item.step and not item.outcome), None)
        if working is None:
            return self._words(f"state.{run.state}")
        return f"{working.key}  {step_words(working.step, self._words)}"

    def _left(self, run: RunView) -> str:
        seconds = seconds_left(run)
        if seconds is None:
            return ""
        return self._words("run.left", time=self._words.lasted(float(round(seconds))))


def seconds_left(run: RunView) -> float | None:
    """Estimate how long the rest takes from the items that took time; ``None`` before the first."""
    lasted = [
        (item.ended_at, (item.ended_at - item.started_at).total_seconds())
        for item in run.items
        if item.outcome and item.started_at and item.ended_at
    ]
    waiting = sum(1 for item in run.items if item.outcome is None)
    if not lasted or not waiting:
        return None
    recent = [seconds for _, seconds in sorted(lasted)[-RECENT:]]
    return waiting * sum(recent) / len(recent)


@contextmanager
def watching(*, lines: Console, notes: Console) -> Iterator[RunWatch]:
    """Show a run's progress on ``notes`` while its ended items are printed on ``lines``."""
    with Progress(
        SpinnerColumn("line"),
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        MofNCompleteColumn(),
        Elapsed(),
        TextColumn("{task.fields[left]}"),
        console=notes,
        transient=True,
        redirect_stdout=lines.file is not notes.file,
        disable=not notes.is_terminal,
    ) as progress:
        yield RunWatch(progress, lines, operator_words())


def item_line(item: ItemView, words: Words | None = None) -> Text:
    """Write one item as one line: outcome, key, id, whether wanted equals found, how long."""
    words = words or operator_words()
    if item.outcome is None:
        step = step_words(item.step, words)
        return Text(f"  {_padded(words, NOT_ENDED)} {item.key}  {item.label}  {step}".rstrip())
    sign, colour = STYLES[item.outcome]
    told = told_outcome(item.outcome, item.reason, words)
    line = Text.assemble((f"{sign} {_padded(words, told)}", colour))
    line.append(f" {item.key}  {item.label}")
    if item.site_id not in {"", item.key}:
        line.append(f"  {words('report.site_id')} {item.site_id}", "cyan")
    if item.receipt:
        line.append("  " + _compared(item, words))
    if item.started_at and item.ended_at:
        took = words.lasted((item.ended_at - item.started_at).total_seconds())
        line.append(f"  {took}", "dim")
    if item.reason:
        line.append(f"\n  {_reason(item, words)}", colour)
    return line


def _padded(words: Words, outcome: str) -> str:
    """Give an outcome's name in a column: a Chinese sign is two columns wide."""
    name = words(f"outcome.{outcome}")
    wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in name)
    return name + " " * (OUTCOME_WIDTH - wide)


def _compared(item: ItemView, words: Words) -> str:
    receipt = item.receipt
    if receipt is None:
        return ""
    if would_be_new(item.outcome, receipt):
        return words("run.new", count=len(receipt.wanted))
    if receipt.equal:
        return words("run.equal", count=len(receipt.wanted))
    return words("run.differ", count=len(receipt.differences()))


def _reason(item: ItemView, words: Words) -> str:
    """Give why, in Chinese where the sentence is known; what holds places and values stays."""
    cause = known_cause(item.reason, words) if words.language == "zh" else None
    if cause is None:
        return reason_words(item.reason, words)
    if cause.id == "sheet":
        return item.reason
    receipt = None if would_be_new(item.outcome, item.receipt) else item.receipt
    differing = receipt.differing(words("report.nothing_there")) if receipt else []
    sides = (words("run.sides", name=x, wanted=y, found=z) for x, y, z in differing[:5])
    return "\n  ".join([cause.title, *sides])


def counted(run: RunView, words: Words | None = None) -> str:
    """Write how many items came to each outcome, e.g. ``2 done, 1 rejected``."""
    words = words or operator_words()
    told = Counter(
        told_outcome(item.outcome, item.reason, words)
        for kind in Outcome
        for item in run.items
        if item.outcome is kind
    )
    return words("run.counts_sep").join(
        words("run.count", count=count, outcome=words(f"outcome.{outcome}"))
        for outcome, count in told.items()
    )


def heading(run: RunView, words: Words | None = None) -> Text:
    """Write which run this is."""
    words = words or operator_words()
    return Text(f"{run.id}  {words.name('robot', run.robot)} · {run.shop}", "bold")


def closing_lines(run: RunView, words: Words | None = None) -> Text:
    """Write how a run ended, what to do about it, and what to open."""
    words = (words or operator_words()).about(run.robot)
    ended = words("run.ended", state=words(f"state.{run.state}"), counts=counted(run, words))
    lines = Text(ended)
    if run.reason:
        lines.append(f"\n{reason_words(run.reason, words)}", "yellow")
    if run.waiting:
        lines.append(f"\n{words('run.waits_for_yes', run=run.evidence.name)}", "bold yellow")
    for number, todo in _todos(run, words):
        lines.append(f"\n{words('run.todo')}  {number} × {todo}")
    if command := carry_out_command(run):
        lines.append(f"\n{words('run.carry_out')}  {command}", "bold")
    lines.append(f"\n{words('run.report')}  {shown_path(run.evidence / 'report.html')}", "bold")
    return lines


def _todos(run: RunView, words: Words) -> list[tuple[int, str]]:
    """Give each next step once, with how many items wait for it."""
    causes = (
        left_to_person(item.outcome, item.reason, words) for item in run.items if item.outcome
    )
    steps = [cause.todo for cause in causes if cause]
    return [(steps.count(todo), todo) for todo in dict.fromkeys(steps)]


def runs_table(runs: Sequence[RunView], zone: ZoneInfo, words: Words | None = None) -> Table:
    """Write runs as a table that fits 80 columns, newest first."""
    words = words or operator_words()
    table = Table(box=None, pad_edge=False)
    table.add_column(words("run.column_started"), no_wrap=True)
    # ``show`` takes the folder's name as well as the id, which is half as long again.
    table.add_column(words("run.column_run"), overflow="fold", min_width=30)
    table.add_column(words("run.column_state"), no_wrap=True)
    table.add_column(words("run.column_items"), overflow="fold")
    for run in runs:
        waiting = words("run.waiting_items", count=len(run.items))
        table.add_row(
            _moment(run.started_at or run.created_at, zone),
            run.evidence.name,
            words(f"state.{run.state}"),
            counted(run, words) or waiting,
        )
    return table


def happening_line(one: Happening, zone: ZoneInfo, words: Words | None = None) -> Text:
    """Write what one run did to a key: when, which run, what, the outcome, why, the evidence."""
    words = (words or operator_words()).about(one.robot)
    sign, colour = STYLES.get(one.outcome, (" ", "dim"))
    name = words.name("outcome", told_outcome(one.outcome, one.reason, words))
    verb = words.name("verb", one.verb)
    line = Text.assemble((f"{_moment(one.at, zone)}  {one.run_id}\n", "bold"))
    if one.kind == "write":
        line.append(f"  {words('find.write')}  {verb}  {words.name('ledger', one.outcome)}")
    else:
        line.append(f"  {sign} {name}  {words.name('robot', one.verb)}", colour)
    line.append(f"  {one.key}")
    if one.site_id and not f"{one.key}#".startswith(f"{one.site_id}#"):
        line.append(f"  {words('report.site_id')} {one.site_id}", "cyan")
    if one.reason:
        line.append(f"\n  {reason_words(one.reason, words)}")
    if one.evidence:
        line.append(f"\n  {words('find.evidence')}  {shown_path(one.evidence)}", "dim")
    return line


def verdict_lines(verdicts: Sequence[Verdict], words: Words | None = None) -> Iterator[str]:
    """Write which evidence is no longer what it was, and how much is."""
    words = words or operator_words()
    if not verdicts:
        yield words("verify.none")
        return
    bad = [verdict for verdict in verdicts if not verdict.good]
    for verdict in bad:
        yield f"× {shown_path(verdict.folder)}"
        if verdict.trouble:
            yield f"    {words(f'verify.{verdict.trouble}')}"
        if verdict.chain:
            yield f"    {words(f'verify.{verdict.chain}', previous=verdict.previous)}"
        for kind in ("missing", "changed", "extra"):
            for name in getattr(verdict, kind):
                yield f"    {words(f'verify.{kind}')}  {name}"
    if bad:
        yield words("verify.some_bad", runs=len(verdicts), bad=len(bad))
    else:
        files = sum(verdict.files for verdict in verdicts)
        yield words("verify.all_good", runs=len(verdicts), files=files)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%m-%d %H:%M}"
