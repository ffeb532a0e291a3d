"""How a factory's contact answers: the closed set of ``tempers.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from practice.data import read_yaml


@dataclass(frozen=True)
class Temper:
    """One way of answering."""

    name: str
    what: str
    """In a sentence, for the docs."""
    minutes: tuple[float, float] = (0, 0)
    """How long an answer takes."""
    leaves_out: tuple[str, ...] = ()
    gives_in: bool = True
    """Whether what was left out comes when it is asked for again."""
    parts: bool = False
    asks_back: bool = False
    ignores: int = 0
    """So many of the first messages stay without an answer."""
    always: bool = False
    """All of them do."""
    first: str = ""
    """``wrong``: another address comes first; ``decoy``: it stands in the same message."""
    moves: tuple[float, float] | None = None
    """So many minutes after its first answer it writes its new address."""
    vague: bool = False


@cache
def tempers() -> Mapping[str, Temper]:
    """All of them by name."""
    entries = read_yaml(Path(__file__).with_name("tempers.yaml"))
    return {name: Temper(name, **_frozen(entry)) for name, entry in entries.items()}


def tempers_as_markdown() -> str:
    """The table of the docs."""
    rows = [f"| `{one.name}` | {one.what} |" for one in tempers().values()]
    return "\n".join(["| temper | how it answers |", "|---|---|", *rows])


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
