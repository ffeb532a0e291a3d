"""How every command that makes or resumes a run carries it out, shows it, and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from console.commands_base import Exit, note, operator_words, print_json, refusal

if TYPE_CHECKING:
    from books.library import Books
    from console.office import Manner, Office
    from console.sheet_offered import Offered
    from domain.shop import Shop
    from engine.plan import Expected
    from engine.runs import RunView, WorkItem

_COMMAS = re.compile("[,，、;；]")


class Work(NamedTuple):
    """What a run is made of."""

    robot: str
    items: list[WorkItem]
    expected: Mapping[str, Expected]
    keep: Callable[[Path], None]
    """Keeps the sheet it came from in the run's evidence."""
    lines: Callable[[Collection[str]], Sequence[str]] = lambda _keys: ()
    """What a person should know of the items with these keys before they are begun."""
    learn: Callable[[Books, RunView], None] = lambda _books, _run: None
    """Writes into the books what the work says; not for a dry run."""
    finished: Collection[str] = ()
    """Keys that an earlier run of the same sheet brought to a good end."""
    nothing: str = ""
    """Why there is nothing to do, where all of it is finished: no run is made."""


def start(office: Office, shop_name: str, work: Work, manner: Manner, *, as_json: bool) -> None:
    """Make a run, carry it out, and end with the exit code that fits."""
    from engine.report import summary
    from engine.settings import load_shop

    shop = office.account(work.robot, load_shop(shop_name, office.settings.config))
    if work.nothing:
        note(work.nothing)
        if as_json:
            print_json(_no_run(work, shop))
        raise typer.Exit(Exit.GOOD)
    run_id = begin(office, shop, work, manner)
    (ended,) = carry_runs(office, [run_id], quiet=as_json)
    if as_json:
        print_json(summary(ended))
    raise typer.Exit(exit_code(ended))


def _no_run(work: Work, shop: Shop) -> dict[str, object]:
    """Give what ``--json`` prints where no run was made: the keys of one that was."""
    nothing = {"run_id": "", "counts": {}, "items": [], "evidence": ""}
    told = {"robot": work.robot, "shop": shop.name, "state": "finished", "reason": work.nothing}
    return {**told, **nothing}


def begin(office: Office, shop: Shop, work: Work, manner: Manner) -> str:
    """Make a run, and say what a person should know before it is carried out; give its id."""
    run_id = office.new_run(work.robot, shop, work.items, manner)
    view = office.runs.view(run_id)
    try:
        work.keep(view.evidence)
        if not manner.dry:
            work.learn(office.books, view)
    except BaseException:
        office.give_up(run_id)
        raise
    for line in work.lines({item.key for item in work.items}):
        note(line)
    return run_id


def sheet_work(sheet: Path, robot: str, offered: Offered | None = None) -> Work:
    """Read a sheet: good items to carry out, bad ones refused with every reason."""
    from console.sheet_runs import (
        AllFinished,
        keep_sheet,
        learn_of,
        read_sheet,
        reading_lines,
        work_of,
    )

    try:
        reading = read_sheet(sheet, robot, offered)
    except AllFinished as finished:
        return Work(robot, [], {}, keep=lambda _evidence: None, nothing=str(finished))
    items = work_of(reading)
    keep = partial(keep_sheet, sheet=sheet, reading=reading)
    lines = partial(reading_lines, reading)
    learn = learn_of(robot, items, sheet)
    return Work(robot, items, {}, keep, lines, learn, finished=reading.finished)


def chosen(work: Work, only: Sequence[str], limit: int | None, *, plan: bool = False) -> Work:
    """Keep the items a person asked for; what is refused costs no time and is always told.

    Raises:
        BusinessError: the sheet, or the plan, has no such item.
    """
    if work.nothing:
        return work
    here = {item.key for item in work.items}
    only = keys_named(only, {*here, *work.finished})
    unknown = [key for key in only if key not in {*here, *work.finished}]
    if unknown:
        raise refusal("no_item_in_plan" if plan else "no_item", keys=", ".join(unknown))
    if finished := _told_finished([key for key in only if key not in here]):
        if here.isdisjoint(only):
            return work._replace(items=[], nothing=finished)
        note(finished)
    asked = [item for item in work.items if not only or item.key in only]
    good = [item for item in asked if item.payload is not None]
    refused = [item for item in asked if item.payload is None]
    return work._replace(items=[*good[:limit], *refused])


def keys_named(only: Sequence[str], known: Collection[str] = ()) -> list[str]:
    """Take apart keys that were written with commas; a known one may have commas of its own."""
    return [key for each in only for key in ([each] if each in known else _parts(each))]


def _parts(keys: str) -> list[str]:
    """Give the keys; of nothing but commas itself, for no key at all would mean every item."""
    return [key.strip() for key in _COMMAS.split(keys) if key.strip()] or [keys]


def _told_finished(keys: Sequence[str]) -> str:
    """Say that items a person asked for are finished; nothing if none is."""
    from console.sheet_words import say

    language = operator_words().language
    return say("asked_finished", language, keys="、".join(keys)) if keys else ""


def offered_in(office: Office, shop: Shop) -> Offered | None:
    """Give what the shop's form offered when ``shop read`` read it last, if ever."""
    from console.sheet_choices import load_choices
    from console.sheet_offered import Offered

    known = load_choices(office.settings.state, shop.name)
    return Offered(known, office.settings.zone) if known else None


def carry_runs(office: Office, run_ids: list[str], *, quiet: bool) -> list[RunView]:
    """Carry out runs and show them going on; ``quiet`` keeps the output free for JSON."""
    from rich.console import Console

    from console.display import closing_lines, watching

    notes = Console(stderr=True)
    lines = notes if quiet else Console(soft_wrap=True)
    with watching(lines=lines, notes=notes) as watch:
        carried_out = office.carry_out(run_ids, watch)
    ended = [office.runs.view(run_id) for run_id in carried_out]
    for run in ended:
        if not quiet:
            lines.print(closing_lines(run))
        if not run.waiting:
            _give_back(office, run)
    return ended


def _give_back(office: Office, run: RunView) -> None:
    """Write the run's result sheet; without one the run is no worse."""
    from console.sheet_runs import give_back
    from console.sheet_words import unreadable_words
    from domain.sheet_errors import SheetUnreadable

    try:
        line = give_back(run.evidence, run.items, office.settings.zone, robot=run.robot)
    except SheetUnreadable as error:
        line = unreadable_words(error, operator_words().language)
    except OSError as error:
        what = error.strerror or type(error).__name__
        line = operator_words()("error.unreadable", path=error.filename, what=what)
    if line:
        note(line)


def exit_code(run: RunView) -> Exit:
    """Give the exit code that fits how a run ended."""
    from domain.outcome import Outcome

    ends = {item.outcome for item in run.items}
    if run.state == "stopped" and not ends:
        return Exit.ATTENTION  # it never came to its items
    if run.waiting or Outcome.NEEDS_PERSON in ends:
        return Exit.NEEDS_PERSON
    fine = {Outcome.DONE, Outcome.UNCHANGED} | ({Outcome.SKIPPED} if run.dry else set())
    return Exit.GOOD if ends <= fine else Exit.ATTENTION
