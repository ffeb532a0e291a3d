"""Commands that keep what was done: ``verify``, ``backup``, ``restore``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands_base import (
    AsJson,
    Exit,
    confirmed,
    free_place,
    note,
    opened_office,
    operator_words,
    person_wanted,
    print_json,
    refusal,
    told_plainly,
)
from console.commands_looking import run_called

if TYPE_CHECKING:
    from console.office import Office
    from engine.backup import Contents, Place
    from engine.settings import Settings
    from engine.verify import Verdict


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="RUN", help="Ids, folders or latest. Default: every run."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no file of a run's evidence is missing, changed or new, and no run either.

    Every file is compared with the sha256 that manifest.json has had since the run ended, and every
    manifest with what the shop's next run noted of it. Exit code 3 when something differs.

    Examples: [bold]shopclerk verify[/bold]   [bold]shopclerk verify 7f3a --json[/bold]
    """
    from console.display import verdict_lines
    from engine.verify import verify_runs

    with opened_office() as office:
        verdicts = verify_runs(_folders(office, names or []))
        if as_json:
            print_json(
                {"good": all(one.good for one in verdicts), "runs": [_plain(x) for x in verdicts]}
            )
        else:
            for line in verdict_lines(verdicts):
                typer.echo(line)
        if not all(one.good for one in verdicts):
            raise typer.Exit(Exit.ATTENTION)


def backup(
    file: Annotated[Path, typer.Argument(help="The .zip to make; never overwritten.")],
    evidence: Annotated[
        bool, typer.Option("--evidence", help="With every picture and receipt, not only manifests.")
    ] = False,
) -> None:
    """Save the database, the config and every run's manifest in one file.

    Never in it: browser profiles and logins, or a config file that holds a secret. May be made
    while a run goes on.

    Examples: [bold]shopclerk backup 1.zip[/bold]   [bold]shopclerk backup a.zip --evidence[/bold]
    """
    from engine.backup import make_backup

    with opened_office() as office:
        place = _place(office.settings)
        free_place(file, ".zip")
        contents = make_backup(place, file, made=office.now(), evidence=evidence)
        words = operator_words()
        for left_out in contents.left_out:
            note(words("backup.left_out", path=left_out))
        note(_made(contents, file))


def restore(
    file: Annotated[Path, typer.Argument(help="What `shopclerk backup` made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is here, after asking.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --force: do not ask.")] = False,
) -> None:
    """Bring back what a backup holds, into a fresh installation.

    What it replaces is put aside, never lost. Nothing is restored while a run goes on.

    Examples: [bold]shopclerk restore 备份.zip[/bold]   [bold]shopclerk restore 1.zip --force[/bold]
    """
    from console.office import open_office
    from engine.backup import read_backup
    from engine.backup import restore as put_back
    from engine.settings import Settings

    with told_plainly(), _backup_told():
        settings = Settings()
        place = _place(settings)
        if not file.is_file():
            raise refusal("no_file", path=file)
        contents = read_backup(file)
        with _alone(settings):
            _refuse_after_a_click(place)
            _agree(file, place, contents, force=force, yes=yes)
            aside = settings.state / f"before-restore-{contents.made:%Y%m%d-%H%M%S}"
            while aside.exists():
                aside = aside.with_name(f"{aside.name}-again")
            kept = put_back(file, place, aside)
            with open_office(settings, note) as office:
                ended = office.end_restored()
                kept = _put_aside(office, aside) or kept
        words = operator_words()
        note(words("backup.restored", config=contents.config, files=contents.files))
        for run in ended:
            note(words("backup.was_open", run=run.evidence.name))
        if kept:
            note(words("backup.kept", path=aside))


def _folders(office: Office, names: list[str]) -> list[Path]:
    """Give the folders of the named runs; of all that have ended, known or not, when none is."""
    from engine.backup import run_folders

    if names:
        return [run_called(office, name).evidence for name in names]
    runs = office.runs.newest(1_000_000)
    waiting = {run.evidence for run in runs if run.open or run.waiting}
    known = {run.evidence for run in runs}
    on_disk = run_folders(office.settings.runs)
    return sorted((known | on_disk) - waiting)


def _plain(verdict: Verdict) -> dict[str, object]:
    from engine.report import shown_path

    content = verdict.model_dump(mode="json")
    return {**content, "folder": shown_path(verdict.folder), "good": verdict.good}


def _place(settings: Settings) -> Place:
    from engine.backup import Place, sqlite_file

    database = sqlite_file(settings.database)
    if database is None:
        raise refusal("not_sqlite")
    return Place(database, settings.config, settings.runs)


def _made(contents: Contents, file: Path) -> str:
    words = operator_words()
    what = words("backup.evidence" if contents.evidence else "backup.manifests")
    size = f"{file.stat().st_size / 1_000_000:.1f} MB"
    return words(
        "backup.made", path=file, config=contents.config, runs=contents.runs, what=what, size=size
    )


def _agree(file: Path, place: Place, contents: Contents, *, force: bool, yes: bool) -> None:
    """Make sure that a person means it when something would be replaced."""
    from engine.backup import in_the_way

    words = operator_words()
    there = in_the_way(file, place)
    named = [words("backup.some_runs", count=there.runs)] if there.runs else []
    named += [*there.files[:3], *(["…"] if len(there.files) > 3 else [])]
    if not named:
        return
    what = ", ".join(named)
    if not force:
        raise refusal("not_empty", what=what)
    if yes:
        return
    if not confirmed(words("backup.ask", made=f"{contents.made:%Y-%m-%d %H:%M}", what=what)):
        raise refusal("not_confirmed")


def _put_aside(office: Office, aside: Path) -> bool:
    """Put evidence of runs made after the backup aside; tell whether there was any.

    The next run takes the place of the first of them in its shop's chain.
    """
    from engine.backup import RUNS, run_folders

    known = {run.evidence for run in office.runs.newest(1_000_000)}
    later = [folder for folder in run_folders(office.settings.runs) if folder not in known]
    for folder in later:
        target = aside / RUNS / folder.relative_to(office.settings.runs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder, target)
    return bool(later)


def _refuse_after_a_click(place: Place) -> None:
    """Let no click be forgotten that may still take effect, or that a list does not show yet."""
    from engine.backup import clicked_lately

    if clicked_lately(place.database):
        raise person_wanted("just_clicked")


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keep every worker out for as long as the database is replaced."""
    from engine.locks import try_lock

    lock = try_lock(settings.state / "locks" / "worker.lock")
    if lock is None:
        raise person_wanted("worker_busy")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _backup_told() -> Iterator[None]:
    """Say in the operator's words why a file can't be restored."""
    from engine.backup import NotABackup

    try:
        yield
    except NotABackup as error:
        raise refusal(error.words.removeprefix("error."), **error.facts) from None
