"""Backups: what is kept, what never is, and that nothing is lost by restoring."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.backup import (
    DATABASE,
    NOTE,
    NotABackup,
    Place,
    in_the_way,
    make_backup,
    read_backup,
    restore,
    sqlite_file,
)
from engine.database import open_database
from engine.runs import Runs, WorkItem
from tests.engine.stand_ins import HandClock

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RUN = "2026-11-22/0900-upload-listings-demo-7f3a"


@pytest.fixture
def place(database: sa.Engine, clock: HandClock, tmp_path: Path) -> Place:
    """An installation with one run, its evidence, a profile and the practice store's world."""
    home = tmp_path / "home"
    make_run(database, clock)
    for name, text in {
        "config/shops.yaml": "shops: {demo: {site: practice}}",
        "config/sites/doudian.yaml": "base_url: https://example.invalid",
        "config/secret.yaml": "password: hunter22",
        "config/samples/products.xlsx": "no config",
        f"runs/{RUN}/manifest.json": '{"sha256": {}}',
        f"runs/{RUN}/run.json": "{}",
        f"runs/{RUN}/items/CG-1/receipt.json": "{}",
        "runs/state/practice/card.json": "hunter22",
        "profiles/demo/Cookies": "hunter22",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return Place(Path(str(database.url.database)), home / "config", home / "runs")


def make_run(database: sa.Engine, clock: HandClock) -> str:
    work = [WorkItem("CG-1", "杯", {})]
    return Runs(database, clock, Path()).create(
        robot="upload-listings", shop="demo", snapshot={}, work=work, local_time=MADE
    )


def fresh(tmp_path: Path) -> Place:
    new = tmp_path / "new"
    return Place(new / "runs/state/shopclerk.sqlite3", new / "config", new / "runs")


def runs_in(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM runs")]


def backup(place: Place, file: Path, *, evidence: bool = False) -> Path:
    make_backup(place, file, made=MADE, evidence=evidence)
    return file


def test_a_backup_holds_the_database_the_config_and_the_manifests(
    place: Place, tmp_path: Path
) -> None:
    contents = make_backup(place, tmp_path / "b.zip", made=MADE, evidence=False)

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        names = set(archive.namelist())
    assert names == {
        NOTE,
        DATABASE,
        "config/shops.yaml",
        "config/sites/doudian.yaml",
        f"runs/{RUN}/manifest.json",
        f"runs/{RUN}/run.json",
    }
    assert (contents.config, contents.runs, contents.files) == (2, 1, 2)
    assert contents.left_out == ("config/secret.yaml",)


@pytest.mark.parametrize("evidence", [False, True])
def test_nothing_secret_is_ever_in_it(place: Place, tmp_path: Path, *, evidence: bool) -> None:
    file = backup(place, tmp_path / "b.zip", evidence=evidence)
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            assert b"hunter22" not in archive.read(name), name
            assert "profiles" not in name
            assert "state" not in name
        assert (f"runs/{RUN}/items/CG-1/receipt.json" in archive.namelist()) is evidence


def test_what_only_the_wal_holds_is_in_it_too(
    place: Place, database: sa.Engine, clock: HandClock, tmp_path: Path
) -> None:
    with database.connect():  # as long as somebody is connected, nothing leaves the WAL by itself
        late = make_run(database, clock)
        assert Path(f"{place.database}-wal").stat().st_size
        restored = fresh(tmp_path)
        restore(backup(place, tmp_path / "b.zip"), restored, tmp_path / "aside")
    assert late in runs_in(restored.database)


def test_a_backup_overwrites_nothing(place: Place, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        backup(place, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text(encoding="utf-8") == "mine"


def test_a_backup_that_could_not_be_finished_leaves_no_file(place: Place, tmp_path: Path) -> None:
    place.database.write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        backup(place, tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip*"))


def test_a_fresh_installation_gets_everything_back(place: Place, tmp_path: Path) -> None:
    file = backup(place, tmp_path / "b.zip", evidence=True)
    new = fresh(tmp_path)

    assert in_the_way(file, new) == (0, ())
    assert restore(file, new, tmp_path / "aside") is False

    assert runs_in(new.database) == runs_in(place.database)
    for name in ("shops.yaml", "sites/doudian.yaml"):
        assert (new.config / name).read_bytes() == (place.config / name).read_bytes()
    assert (new.runs / RUN / "items/CG-1/receipt.json").is_file()
    engine = open_database(f"sqlite:///{new.database.as_posix()}")
    assert Runs(engine, HandClock(), Path()).newest(1)[0].items[0].label == "杯"
    engine.dispose()


def test_what_a_restore_replaces_is_named_before_and_kept_aside(
    place: Place, database: sa.Engine, clock: HandClock, tmp_path: Path
) -> None:
    file = backup(place, tmp_path / "b.zip")
    before = runs_in(place.database)
    later = make_run(database, clock)
    (place.config / "shops.yaml").write_text("shops: {}", encoding="utf-8")

    assert in_the_way(file, place) == (2, ("config/shops.yaml",))
    assert restore(file, place, tmp_path / "aside") is True

    assert runs_in(place.database) == before
    assert later in runs_in(tmp_path / "aside" / DATABASE)
    kept = tmp_path / "aside/config/shops.yaml"
    assert kept.read_text(encoding="utf-8") == "shops: {}"
    assert "demo" in (place.config / "shops.yaml").read_text(encoding="utf-8")


def altered(file: Path, target: Path, **changes: bytes | None) -> Path:
    """Copy a backup with some members replaced or left out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return target


def test_what_is_no_backup_is_refused(place: Place, tmp_path: Path) -> None:
    good = backup(place, tmp_path / "b.zip")
    (tmp_path / "text.zip").write_text("hello", encoding="utf-8")
    with zipfile.ZipFile(good) as archive:
        note = json.loads(archive.read(NOTE))
    newer = json.dumps({**note, "format": 99}).encode()
    cases = {
        tmp_path / "text.zip": "error.no_backup",
        altered(good, tmp_path / "1.zip", **{NOTE: None}): "error.no_backup",
        altered(good, tmp_path / "2.zip", **{NOTE: b"[]"}): "error.no_backup",
        altered(good, tmp_path / "3.zip", **{NOTE: newer}): "error.newer_backup",
        altered(good, tmp_path / "4.zip", **{DATABASE: None}): "error.broken_backup",
    }
    for name in ("../evil", "/etc/evil", "runs/../../evil", "profiles/x", "config\\x", "C:/x"):
        strange = altered(good, tmp_path / f"s{len(cases)}.zip", **{name: b"x"})
        cases[strange] = "error.broken_backup"
    for file, words in cases.items():
        with pytest.raises(NotABackup) as refused:
            read_backup(file)
        assert refused.value.words == words, file
    assert read_backup(good).runs == 1


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "error.newer_backup"),
        ("DROP TABLE alembic_version", "error.broken_backup"),
    ],
)
def test_a_database_this_program_can_t_read_touches_nothing(
    place: Place, tmp_path: Path, statement: str, words: str
) -> None:
    with closing(sqlite3.connect(place.database)) as connection, connection:
        connection.execute(statement)
    file = backup(place, tmp_path / "b.zip")
    new = fresh(tmp_path)
    with pytest.raises(NotABackup) as refused:
        restore(file, new, tmp_path / "aside")
    assert refused.value.words == words
    assert not new.database.exists()
    assert not new.config.exists()


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////data/a.sqlite3", Path("/data/a.sqlite3")),
        ("sqlite://", None),
        ("postgresql+psycopg://u:p@h/d", None),
    ],
)
def test_only_an_sqlite_file_can_be_backed_up(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps users apart itself")
def test_only_its_owner_may_read_a_backup_and_what_is_restored(
    place: Place, tmp_path: Path
) -> None:
    file, new = backup(place, tmp_path / "b.zip"), fresh(tmp_path)
    restore(file, new, tmp_path / "aside")
    assert [oct(one.stat().st_mode & 0o077) for one in (file, new.database)] == ["0o0"] * 2
