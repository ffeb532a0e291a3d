"""The command ``approve``: a person's yes or no to a run that waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.carrying import carry_runs, exit_code
from console.commands_base import (
    AsJson,
    Exit,
    Yes,
    confirmed,
    note,
    opened_office,
    operator_words,
    print_json,
    refusal,
)
from console.commands_looking import Name, run_told

if TYPE_CHECKING:
    from console.office import Office
    from engine.runs import RunView


def approve(
    name: Name,
    decline: Annotated[
        bool, typer.Option("--decline", help="Say no: the rest is not carried out.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let a run go on that waits for your yes: a shop's first live run stops after one item.

    Look at that item first: in the run's report, and in the store.

    Examples: [bold]shopclerk approve 7f3a[/bold]   [bold]shopclerk approve 7f3a --decline[/bold]
    """
    from engine.report import summary

    words = operator_words()
    with opened_office() as office:
        run = run_told(office, name)
        if not run.waiting:
            state = words(f"state.{run.state}")
            raise refusal("not_waiting", run=run.evidence.name, state=state)
        _tell(run)
        left = sum(item.outcome is None for item in run.items)
        key = "approve.ask_decline" if decline else "approve.ask"
        if not (yes or confirmed(words(key, count=left, shop=run.shop))):
            raise refusal("not_decided")
        ended = _decline(office, run) if decline else _go_on(office, run, quiet=as_json)
        if as_json:
            print_json(summary(ended))
        raise typer.Exit(Exit.GOOD if decline else exit_code(ended))


def _tell(run: RunView) -> None:
    """Show what was carried out so far."""
    from console.display import item_line
    from engine.report import shown_path

    words = operator_words()
    for item in run.items:
        if item.outcome:
            note(item_line(item, words).plain)
    note(f"{words('run.report')}  {shown_path(run.evidence / 'report.html')}")


def _go_on(office: Office, run: RunView, *, quiet: bool) -> RunView:
    if not office.approve(run):
        raise refusal("decided_already", run=run.evidence.name)
    (ended,) = carry_runs(office, [run.id], quiet=quiet)
    return ended


def _decline(office: Office, run: RunView) -> RunView:
    if not office.decline(run):
        raise refusal("decided_already", run=run.evidence.name)
    note(operator_words()("approve.declined", run=run.evidence.name))
    return office.runs.view(run.id)
