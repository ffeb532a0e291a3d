"""A new world is a copy of a template: the same goods, its own time, id and passwords."""

from __future__ import annotations

import importlib
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from practice.clock import Clock
from practice.templates import keep, template
from practice.world import DATABASE, World, make_world

HOUR = 3600.0

Rows = dict[str, list[dict[str, Any]]]


class StandingClock(Clock):
    """Always the same time."""

    def __init__(self, hour: float) -> None:
        self.seconds = 1_790_000_000.0 + hour * HOUR

    def now(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def _no_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_LIBRARIES", str(tmp_path / "libraries"))


def made(home: Path, hour: float = 0, seed: int = 11) -> Rows:
    """Every row of every table of a new world, but for what is its own."""
    make_world(home, seed=seed, clock=StandingClock(hour), products=60).close()
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.row_factory = sqlite3.Row
        return dict(_tables(database))


def _tables(database: sqlite3.Connection) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    names = [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    for name in sorted(names):
        secret = {"password"} | ({"id"} if name == "world" else set())
        rows = [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY 1")]  # noqa: S608
        yield name, [{k: v for k, v in row.items() if k not in secret} for row in rows]


def test_the_same_seed_gives_the_same_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(tmp_path / "one")
    monkeypatch.setenv("PRACTICE_LIBRARIES", str(tmp_path / "other libraries"))
    assert made(tmp_path / "two") == one
    assert made(tmp_path / "three", seed=12) != one


def test_a_copy_is_what_would_be_made_at_its_own_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path / "first")
    copy = made(tmp_path / "copy", hour=30)
    monkeypatch.setenv("PRACTICE_LIBRARIES", str(tmp_path / "other libraries"))
    assert copy == made(tmp_path / "fresh", hour=30)
    assert copy != first


def test_a_copy_has_an_id_and_passwords_of_its_own(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        world = make_world(tmp_path / name, products=20)
        told.append(_secrets(world))
        world.close()
    assert not told[0] & told[1]
    assert all(told[0] | told[1])


def _secrets(world: World) -> set[str]:
    people = [*world.accounts(), *world.buyers()]
    return {world.about().id, *(one["password"] for one in people)}


def test_templates_of_an_older_seeding_are_thrown_away(tmp_path: Path) -> None:
    kept = template(seed=11, products=60, orders=60)
    kept.parent.mkdir(parents=True)
    older = kept.with_name("0123456789ab-11-60-60.sqlite3")
    older.write_bytes(b"")
    made(tmp_path / "home")
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]


def test_a_template_that_is_thrown_away_while_it_is_looked_for_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As another version of this package does it, in a process of its own."""
    made(tmp_path / "first")
    kept = template(seed=11, products=60, orders=60)
    copy = shutil.copyfile

    def copy_too_late(source: Path, target: Path) -> Path:
        if source == kept and not gone:
            gone.append(kept)
            kept.unlink()
        return copy(source, target)

    gone: list[Path] = []
    monkeypatch.setattr(shutil, "copyfile", copy_too_late)
    assert made(tmp_path / "second")
    assert gone == [kept]
    assert kept.is_file()


def test_templates_may_be_kept_at_once(tmp_path: Path) -> None:
    database, kept = tmp_path / DATABASE, template(seed=11, products=60, orders=60)
    database.write_bytes(b"a world" * 100_000)
    with ThreadPoolExecutor(8) as pool:
        for one in [pool.submit(keep, database, kept) for _ in range(80)]:
            one.result()
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]
    assert kept.read_bytes() == database.read_bytes()


def test_a_site_whose_tables_come_with_its_first_visit_is_no_hindrance(tmp_path: Path) -> None:
    make_world(tmp_path / "before", products=20).close()
    importlib.import_module("practice.erp.tables")  # from here on its tables are known
    world = make_world(tmp_path / "after", products=20)
    assert world.about().id
    world.close()
