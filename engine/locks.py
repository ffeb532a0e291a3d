"""Who may do what alone: one worker a database, one browser an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from domain.errors import NeedsPerson

GRACE = 5.0
"""Seconds an orphaned browser gets to close by itself, then to obey."""
NOTE = ".browser.json"


def try_lock(path: Path) -> FileLock | None:
    """Take a lock if it is free; the operating system frees it whenever its owner dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


class AccountLock:
    """The lock of one account's profile, with a note of the browser that uses it."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._wish = _wish(note.parent, note.name.removesuffix(NOTE))

    def window_wanted(self) -> bool:
        """Tell, once, that somebody asked to see the window."""
        wanted = self._wish.exists()
        self._wish.unlink(missing_ok=True)
        return wanted

    def write_browser(self, profile: Path) -> None:
        """Note the browser that this process just started on the profile."""
        sign = f"--user-data-dir={profile}"
        for child in psutil.Process().children(recursive=True):
            try:
                if sign in child.cmdline():
                    note = {"pid": child.pid, "started": child.create_time()}
                    self._note.write_text(json.dumps(note), encoding="utf-8")
                    return
            except psutil.Error:
                continue

    def end_orphan(self) -> None:
        """Make sure the browser of a dead worker is gone: what it was doing must not go on.

        The process is known by pid and start time, so no stranger is ever ended.
        """
        orphan = _noted_process(self._note)
        if orphan is not None:
            for urge in (None, orphan.terminate, orphan.kill):
                try:
                    if urge:
                        urge()
                    orphan.wait(GRACE)
                except psutil.TimeoutExpired:
                    continue
                except psutil.NoSuchProcess:
                    pass
                break
        self._note.unlink(missing_ok=True)


def _noted_process(note: Path) -> psutil.Process | None:
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
        process = psutil.Process(known["pid"])
        # Start times are counted from the boot, which a corrected clock moves a little.
        same = abs(process.create_time() - known["started"]) < 2.0
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same else None


def ask_for_window(folder: Path, account: str) -> None:
    """Ask whoever holds an account, if anybody does, to show its browser's window."""
    lock = try_lock(folder / f"{account}.lock")
    if lock is None:
        _wish(folder, account).touch()
    else:
        lock.release()


def _wish(folder: Path, account: str) -> Path:
    return folder / f"{account}.window"


@contextmanager
def account_lock(folder: Path, account: str, *, wait: float = 60.0) -> Iterator[AccountLock]:
    """Hold an account from before its browser opens until after it closed.

    Raises:
        NeedsPerson: somebody else kept it for ``wait`` seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{account}.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise NeedsPerson(
            f"the browser of account {account} is in use",
            mend="A robot that waits for you shows its window now: go on there. "
            "Else close the other Shopclerk window, or wait for its run to end",
        ) from None
    try:
        held = AccountLock(folder / f"{account}{NOTE}")
        held.window_wanted()  # who asked asked somebody else
        held.end_orphan()
        yield held
        held.end_orphan()
    finally:
        lock.release()
