"""What an engine does around a page: it looks again when a look failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import OutcomeUnknown, TransientError

T = TypeVar("T")
P = ParamSpec("P")
TRIES = 4


def trying(look: Callable[P, T], *words: P.args, **named: P.kwargs) -> T:
    """Look up to four times, as the engine does; for what changes nothing."""
    for _ in range(TRIES - 1):
        try:
            return look(*words, **named)
        except (TransientError, OutcomeUnknown, TookTooLong):
            continue
    return look(*words, **named)
