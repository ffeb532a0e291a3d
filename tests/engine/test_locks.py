"""Locks and orphans, with real processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from domain.errors import NeedsPerson
from engine.locks import AccountLock, account_lock, try_lock

ASKS_FOR_THE_LOCK = """
import sys
from pathlib import Path
from engine.locks import try_lock
print("taken" if try_lock(Path(sys.argv[1])) else "busy")
"""
HOLDS_THE_LOCK = """
import sys, time
from pathlib import Path
from engine.locks import try_lock
lock = try_lock(Path(sys.argv[1]))
print("taken" if lock else "busy", flush=True)
time.sleep(60)
"""
CHECKOUT = Path(__file__).resolve().parents[2]

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Give a function that starts Python processes; whichever still run at the end are ended."""
    processes: list[subprocess.Popen[str]] = []

    def start_python(code: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *arguments]
        process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        return process

    yield start_python
    for process in processes:
        process.kill()
        process.communicate(timeout=20)


@pytest.fixture
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shorter wait for browsers that are asked to go."""
    monkeypatch.setattr("engine.locks.GRACE", 0.3)


def asked_by_another_process(path: Path) -> str:
    command = [sys.executable, "-c", ASKS_FOR_THE_LOCK, str(path)]
    return subprocess.run(
        command, cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout.strip()


# The worker's lock


def test_a_lock_is_free_for_others_only_when_its_owner_let_it_go(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "worker.lock"
    lock = try_lock(path)
    assert lock is not None
    assert asked_by_another_process(path) == "busy"

    lock.release()

    assert asked_by_another_process(path) == "taken"


def test_a_lock_whose_owner_was_killed_is_free(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "worker.lock"
    owner = start(HOLDS_THE_LOCK, str(path))
    assert owner.stdout is not None
    assert owner.stdout.readline().strip() == "taken"
    assert try_lock(path) is None

    owner.kill()
    owner.wait(timeout=20)

    lock = try_lock(path)
    assert lock is not None
    lock.release()


# The browser that a dead worker left


def sleeper(start: Start, *arguments: str, stubborn: bool = False) -> subprocess.Popen[str]:
    """A process that waits, as a browser would that nobody closed."""
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN);" if stubborn else ""
    process = start(
        f"import signal, time; {deaf} print('up', flush=True); time.sleep(60)", *arguments
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "up"
    return process


def note_of(pid: int, *, started: float | None = None) -> str:
    return json.dumps({"pid": pid, "started": started or psutil.Process(pid).create_time()})


@pytest.mark.usefixtures("no_grace")
@pytest.mark.parametrize("stubborn", [False, True])
def test_the_noted_orphan_is_ended_and_nobody_else(
    tmp_path: Path, start: Start, stubborn: bool
) -> None:
    orphan, stranger = sleeper(start, stubborn=stubborn), sleeper(start)
    note = tmp_path / "demo.browser.json"
    note.write_text(note_of(orphan.pid), encoding="utf-8")

    AccountLock(note).end_orphan()

    assert not psutil.pid_exists(orphan.pid)
    assert stranger.poll() is None
    assert not note.exists()


@pytest.mark.usefixtures("no_grace")
def test_a_stranger_that_got_the_orphans_number_is_left_alone(tmp_path: Path, start: Start) -> None:
    stranger = sleeper(start)
    note = tmp_path / "demo.browser.json"
    older = psutil.Process(stranger.pid).create_time() - 60
    note.write_text(note_of(stranger.pid, started=older), encoding="utf-8")

    AccountLock(note).end_orphan()

    time.sleep(0.1)
    assert stranger.poll() is None
    assert not note.exists()


@pytest.mark.usefixtures("no_grace")
def test_a_corrected_clock_hides_no_orphan(tmp_path: Path, start: Start) -> None:
    orphan = sleeper(start)
    note = tmp_path / "demo.browser.json"
    moved = psutil.Process(orphan.pid).create_time() + 1
    note.write_text(note_of(orphan.pid, started=moved), encoding="utf-8")

    AccountLock(note).end_orphan()

    assert not psutil.pid_exists(orphan.pid)
    assert not note.exists()


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "{}",
        "[]",
        "7",
        "null",
        '{"pid": 99999999, "started": 1}',
        '{"pid": "x", "started": 1}',
        '{"pid": 1, "started": "x"}',
        '{"pid": -1, "started": 1}',
        '{"pid": null, "started": 1}',
    ],
)
def test_a_note_that_says_nothing_harms_nobody(tmp_path: Path, content: str | None) -> None:
    note = tmp_path / "demo.browser.json"
    if content is not None:
        note.write_text(content, encoding="utf-8")

    AccountLock(note).end_orphan()

    assert not note.exists()


def test_the_browser_is_known_by_its_profile(tmp_path: Path, start: Start) -> None:
    profile = tmp_path / "profiles" / "practice-demo"
    sleeper(start, f"--user-data-dir={profile}-2")
    browser = sleeper(start, f"--user-data-dir={profile}")
    note = tmp_path / "demo.browser.json"

    AccountLock(note).write_browser(profile)

    assert note.read_text(encoding="utf-8") == note_of(browser.pid)


@pytest.mark.usefixtures("no_grace")
def test_taking_an_account_first_ends_what_its_dead_worker_left(
    tmp_path: Path, start: Start
) -> None:
    orphan = sleeper(start)
    (tmp_path / "practice-demo.browser.json").write_text(note_of(orphan.pid), encoding="utf-8")

    with account_lock(tmp_path, "practice-demo"):
        assert not psutil.pid_exists(orphan.pid)


def test_an_account_in_use_asks_a_person(tmp_path: Path) -> None:
    with (
        account_lock(tmp_path, "practice-demo"),
        pytest.raises(NeedsPerson, match="practice-demo is in use"),
        account_lock(tmp_path, "practice-demo", wait=0.05),
    ):
        raise AssertionError("two hold one account")


def test_accounts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with (
        account_lock(tmp_path, "practice-demo"),
        account_lock(tmp_path, "practice-second", wait=0) as held,
    ):
        assert isinstance(held, AccountLock)


def test_an_account_is_free_again_after_trouble(tmp_path: Path) -> None:
    with pytest.raises(KeyError), account_lock(tmp_path, "practice-demo"):
        raise KeyError

    assert asked_by_another_process(tmp_path / "practice-demo.lock") == "taken"
