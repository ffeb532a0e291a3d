"""Ctrl-C while runs are carried out: once ends after the item in hand, twice at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

CUT_SHORT = 130
"""Exit code of a program that was ended by Ctrl-C, as shells have it."""


@contextmanager
def ctrl_c_asks(stop: Event, last_words: str) -> Iterator[None]:
    """Let the first Ctrl-C set ``stop`` and no more, wherever the program stands.

    The second one ends the program.
    Not by ``KeyboardInterrupt``: that may come up in the middle of anything.
    """

    def heard(number: int, frame: FrameType | None) -> None:
        del number, frame
        if stop.is_set():
            _end_now(last_words)
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_now(last_words: str) -> None:
    """Leave without any tidying: what was clicked, the ledger knows."""
    # Straight to the file: the streams may be in the middle of a line.
    words = f"\n{last_words}\n".encode(sys.stderr.encoding or "utf-8", errors="replace")
    os.write(2, words)
    os._exit(CUT_SHORT)
