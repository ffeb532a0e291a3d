"""One file that keeps what can't be made again: database, config, manifests, maybe all evidence.

Never in it: browser profiles (logins), locks, the practice store's world, and any config file in
which the redactor meets a secret or a phone number.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import sqlalchemy as sa

from domain.errors import BusinessError
from domain.model import Value
from domain.redact import redact
from engine.database import MIGRATIONS
from engine.private import private_file

FORMAT = 1
NOTE, DATABASE, CONFIG, RUNS = "shopclerk-backup.json", "database.sqlite3", "config", "runs"
ALWAYS = ("manifest.json", "run.json")
"""What is kept of every run, so that its evidence can be told from a changed one for ever."""
DAYS = "????-??-??"
"""Folders of evidence; beside them lie the database, its locks and the practice store."""


UNSETTLED = timedelta(minutes=3)
"""After so long no click takes effect any more, on any site (``settle_window``)."""


class NotABackup(BusinessError):
    """The file is none of ours, too new, or damaged: ``words`` and ``facts`` say which."""

    def __init__(self, words: str, **facts: str) -> None:
        super().__init__(words)
        self.words = words
        self.facts.update(facts)


class Place(NamedTuple):
    """Where an installation keeps what a backup holds."""

    database: Path
    config: Path
    runs: Path


class Contents(Value):
    """What a backup holds, as its note says and its report counts."""

    format: int = FORMAT
    made: datetime
    evidence: bool
    config: int
    runs: int
    files: int
    left_out: tuple[str, ...] = ()


class InTheWay(NamedTuple):
    """What a restore would replace."""

    runs: int
    files: tuple[str, ...]


def sqlite_file(url: str) -> Path | None:
    """Give the file of an SQLite database; ``None`` for any other kind."""
    parsed = sa.engine.make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(str(parsed.database)) if sqlite else None


def make_backup(place: Place, target: Path, *, made: datetime, evidence: bool) -> Contents:
    """Write a backup; a worker may go on meanwhile, for SQLite copies a moment as a whole.

    Raises:
        FileExistsError: something is there already.
    """
    config, left_out = _config_files(place.config)
    kept = list(_kept_of_runs(place.runs, evidence=evidence))
    contents = Contents(
        made=made,
        evidence=evidence,
        config=len(config),
        runs=len({file.relative_to(place.runs).parts[:2] for file in kept}),
        files=len(kept),
        left_out=tuple(left_out),
    )
    target.touch(mode=0o600, exist_ok=False)
    part = target.with_name(f"{target.name}.part")
    try:
        private_file(part)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(NOTE, contents.model_dump_json(indent=2))
            _add_database(archive, place.database)
            for file in config:
                archive.write(file, f"{CONFIG}/{file.relative_to(place.config).as_posix()}")
            for file in kept:
                archive.write(file, f"{RUNS}/{file.relative_to(place.runs).as_posix()}")
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise
    return contents


def _config_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Give the config files to keep, and those that look as if they held a secret."""
    kept: list[Path] = []
    left_out: list[str] = []
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8", errors="replace")
        if redact(text) == text:
            kept.append(file)
        else:
            left_out.append(file.relative_to(folder.parent).as_posix())
    return kept, left_out


def _kept_of_runs(runs: Path, *, evidence: bool) -> Iterator[Path]:
    for folder in sorted(run_folders(runs)):
        yield from (
            file
            for file in sorted(folder.rglob("*"))
            if file.is_file() and (evidence or (file.parent == folder and file.name in ALWAYS))
        )


def _add_database(archive: zipfile.ZipFile, database: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        _copy_database(database, copy)
        with closing(sqlite3.connect(copy)) as single:  # one file, without a WAL beside it
            single.execute("PRAGMA journal_mode=DELETE")
        archive.write(copy, DATABASE)


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database by SQLite's own backup: a consistent moment, with what its WAL holds."""
    with (
        closing(sqlite3.connect(source, timeout=30)) as old,
        closing(sqlite3.connect(target, timeout=30)) as new,
    ):
        old.backup(new)


def read_backup(file: Path) -> Contents:
    """Read what a backup holds, and make sure that it is whole.

    Raises:
        NotABackup: it can't be restored.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            note = json.loads(archive.read(NOTE))
            if note["format"] > FORMAT:
                raise NotABackup("error.newer_backup", path=str(file), version=str(note["format"]))
            damaged = archive.testzip() or _stranger(archive)
            contents = Contents.model_validate(note)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise NotABackup("error.no_backup", path=str(file)) from None
    if damaged:
        raise NotABackup("error.broken_backup", path=str(file), what=damaged)
    return contents


def _stranger(archive: zipfile.ZipFile) -> str:
    """Name a member that no backup of ours has: it might be written anywhere."""
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        ours = name in {NOTE, DATABASE} or parts[:1] in {(CONFIG,), (RUNS,)}
        if not ours or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            return name
    return "" if DATABASE in archive.namelist() else DATABASE


def in_the_way(file: Path, place: Place) -> InTheWay:
    """Tell what a restore would replace: runs in the database, files that differ."""
    with zipfile.ZipFile(file) as archive:
        targets = {name: _target(name, place) for name in archive.namelist() if name != DATABASE}
        files = tuple(
            target.relative_to(_root(target, place).parent).as_posix()
            for name, target in targets.items()
            if target and target.exists() and target.read_bytes() != archive.read(name)
        )
    return InTheWay(_run_count(place.database), files)


def _run_count(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        try:
            count: int = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
        except sqlite3.DatabaseError:
            return 0
    return count


def run_folders(runs: Path) -> set[Path]:
    """Give every folder of a run's evidence."""
    return {folder for folder in runs.glob(f"{DAYS}/*") if folder.is_dir()}


def clicked_lately(database: Path) -> bool:
    """Tell whether the ledger that would be replaced knows a write that may not be settled yet."""
    if not _run_count(database):
        return False
    since = (datetime.now(UTC) - UNSETTLED).replace(tzinfo=None)
    with closing(sqlite3.connect(database)) as connection:
        newest = "SELECT max(max(intended_at), coalesce(max(acted_at), '')) FROM ledger"
        at: str | None = connection.execute(newest).fetchone()[0]
    return at is not None and datetime.fromisoformat(at) > since


def _target(name: str, place: Place) -> Path | None:
    folder, _, rest = name.partition("/")
    roots = {CONFIG: place.config, RUNS: place.runs}
    return roots[folder] / rest if folder in roots and rest else None


def _root(file: Path, place: Place) -> Path:
    return place.config if file.is_relative_to(place.config) else place.runs


def restore(file: Path, place: Place, aside: Path) -> bool:
    """Put a backup's contents in their places; tell whether something was put aside for it.

    Raises:
        NotABackup: its database is damaged or newer than this program; nothing was touched.
    """
    with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
        copy = Path(archive.extract(DATABASE, folder))
        _check_database(copy, file)
        if _run_count(place.database):
            private_file(aside / DATABASE)
            _copy_database(place.database, aside / DATABASE)
        for name in archive.namelist():
            target = _target(name, place)
            if target:
                _put(archive.read(name), target, aside / name)
        private_file(place.database)
        _copy_database(copy, place.database)
    return aside.exists()


def _check_database(copy: Path, file: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            said, schema = str(error), ""
    if said != "ok":
        raise NotABackup("error.broken_backup", path=str(file), what=f"{DATABASE}: {said}")
    if schema not in {known.name[:4] for known in MIGRATIONS.glob("versions/*.py")}:
        raise NotABackup("error.newer_backup", path=str(file), version=schema)


def _put(content: bytes, target: Path, aside: Path) -> None:
    if target.exists():
        if target.read_bytes() == content:
            return
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(target, aside)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
