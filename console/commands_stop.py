"""The command ``stop``: no further click, in one run or everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

from console.commands_base import note, opened_office, operator_words, refusal
from console.commands_looking import run_called


def stop(
    name: Annotated[
        str, typer.Argument(metavar="RUN", help="An id or a folder. Default: every open run.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="The kill switch: nothing clicks until --release.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Take --all back; nothing starts by itself.")
    ] = False,
) -> None:
    """Stop runs after the item in hand, from any window. What was not reached is skipped.

    A click that was made is still read back. With --all every click of every run, now or later, is
    refused until --release.

    Examples: [bold]shopclerk stop[/bold]   [bold]shopclerk stop 7f3a[/bold]

    [bold]shopclerk stop --all[/bold]   [bold]shopclerk stop --release[/bold]
    """
    words = operator_words()
    with opened_office() as office:
        if (everything + release + bool(name)) > 1:
            raise refusal("stop_one_thing")
        if release:
            note(words("stop.released" if office.stops.release() else "stop.was_off"))
        elif everything:
            office.stops.ask([""])
            note(words("stop.everything"))
        else:
            asked = [run_called(office, name)] if name else office.interrupted()
            open_runs = [run for run in asked if run.open]
            office.stops.ask([run.id for run in open_runs])
            for run in open_runs:
                note(words("stop.asked", run=run.evidence.name))
            if not open_runs:
                note(words("stop.nothing"))
