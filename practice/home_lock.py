"""One process at a time may serve or reset a home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from practice.card import read_card


class AlreadyServed(Exception):  # a plain sentence for the person at the keyboard
    """Another server has this world."""


@contextmanager
def alone(home: Path, patience: float = 0) -> Iterator[None]:
    """Be the only one that serves or resets this home; the lock dies with its process."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "serving.lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        card = read_card(home)
        where = f" at {card.url} (process {card.pid})" if card else ""
        raise AlreadyServed(f"The world in {home} is being served{where}.") from None
    try:
        yield
    finally:
        lock.release()
