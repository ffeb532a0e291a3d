"""Only its owner may read the database, the logins and the backups (facts/engine.md 4.11)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.database import migrate, open_database
from engine.private import private_file, private_folder
from tests.engine.conftest import sqlite_url

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps users apart itself")


def for_others(path: Path) -> int:
    return path.stat().st_mode & 0o077


@pytest.mark.parametrize("there", [False, True])
def test_the_database_and_what_sqlite_puts_beside_it(tmp_path: Path, *, there: bool) -> None:
    file = tmp_path / "state" / "shopclerk.sqlite3"
    if there:
        file.parent.mkdir()
        file.touch(mode=0o644)
    database = open_database(sqlite_url(file))
    migrate(database)
    with database.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        made = sorted(file.parent.iterdir())
        assert [one.name for one in made if one.suffix == ".sqlite3-wal"]
        assert [one.name for one in made if for_others(one)] == []
    database.dispose()


def test_what_is_there_and_open_to_others_is_closed_and_keeps_its_content(tmp_path: Path) -> None:
    folder, file = tmp_path / "profile", tmp_path / "kept"
    folder.mkdir(mode=0o755)
    file.write_text("kept", encoding="utf-8")
    file.chmod(0o644)

    private_folder(folder)
    private_file(file)

    assert (for_others(folder), for_others(file)) == (0, 0)
    assert file.read_text(encoding="utf-8") == "kept"
