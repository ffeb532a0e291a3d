"""Commands that only look: ``runs``, ``show``, ``find``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.commands_base import (
    AsJson,
    note,
    opened_office,
    operator_words,
    print_json,
    refusal,
)

if TYPE_CHECKING:
    from console.office import Office
    from engine.runs import RunView
    from engine.search import Happening, History


Name = Annotated[
    str,
    typer.Argument(metavar="RUN", help="A run's id, its folder, or the last four signs of either."),
]

LATEST = "latest"
"""The newest run, by a name that can be said."""


def runs(
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """List the runs, newest first.

    Examples: [bold]shopclerk runs[/bold]   [bold]shopclerk runs --limit 3 --json[/bold]
    """
    from rich.console import Console

    from console.display import runs_table
    from engine.report import summary

    with opened_office() as office:
        found = office.runs.newest(limit)
        if as_json:
            print_json([summary(run) for run in found])
        elif found:
            Console().print(runs_table(found, office.settings.zone))
        else:
            note(operator_words()("run.no_runs"))


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="A run's id, its folder, the last four signs of either, or latest (the default).",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show a run: every item, what became of it, and where its evidence is.

    Examples: [bold]shopclerk show[/bold]   [bold]shopclerk show 7f3a --json[/bold]
    """
    from rich.console import Console

    from console.display import closing_lines, heading, item_line
    from engine.report import summary

    with opened_office() as office:
        found = run_called(office, name)
        if as_json:
            print_json(summary(found))
            return
        lines = Console(soft_wrap=True)
        lines.print(heading(found))
        for item in found.items:
            lines.print(item_line(item))
        lines.print(closing_lines(found))


def find(
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="A 商家编码, a SKU, a 商品ID or an 订单编号.")
    ],
    as_json: AsJson = False,
) -> None:
    """Find everything that every run did to one product or order, oldest first, with its evidence.

    Examples: [bold]shopclerk find CG-1001[/bold]   [bold]shopclerk find 3886423818315406445[/bold]
    """
    from rich.console import Console

    from console.display import happening_line

    with opened_office() as office:
        key = key.strip()
        history = history_of(office)
        found = history.of_key(key)
        if not found:
            raise _nothing_of(key, history)
        if as_json:
            print_json({"key": key, "found": [_plain(one) for one in found]})
            return
        lines = Console(soft_wrap=True)
        lines.print(operator_words()("find.heading", key=key, count=len(found)), style="bold")
        for happening in found:
            lines.print(happening_line(happening, office.settings.zone))


def history_of(office: Office) -> History:
    """Open the history of an office's database."""
    from engine.database import open_database
    from engine.search import History

    return History(open_database(office.settings.database), office.settings.runs)


def run_called(office: Office, name: str) -> RunView:
    """Give the run of an id or folder, the newest when nothing or ``latest`` is named.

    Raises:
        BusinessError: none is called so, or several are.
    """
    if name in ("", LATEST):
        newest = office.runs.newest(1)
        if not newest:
            raise refusal("no_runs")
        return newest[0]
    ids = history_of(office).runs_called(name)
    if len(ids) > 1:
        folders = [office.runs.view(run).evidence for run in ids[:5]]
        shown = ", ".join(f"{folder.parent.name}/{folder.name}" for folder in folders)
        raise refusal("many_runs", name=name, runs=shown)
    if not ids:
        raise refusal("no_run", name=name)
    return office.runs.view(ids[0])


def run_told(office: Office, name: str) -> RunView:
    """Give the run that a person names outright: one that came since must not be meant by chance.

    Raises:
        BusinessError: it is not named, or as in ``run_called``.
    """
    if name in ("", LATEST):
        raise refusal("which_run")
    return run_called(office, name)


def _nothing_of(key: str, history: History) -> Exception:
    similar = history.keys_like(key)
    if similar:
        return refusal("no_key_like", key=key, similar=", ".join(similar))
    return refusal("no_key", key=key)


def _plain(one: Happening) -> dict[str, object]:
    from engine.report import shown_path

    evidence = shown_path(one.evidence) if one.evidence else None
    return {**one.model_dump(mode="json"), "evidence": evidence}
