"""``world.json``: the card that tells others where a world is being served."""

from __future__ import annotations

import json
import time
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CARD = "world.json"


@dataclass(frozen=True)
class WorldCard:
    """Where a world answers and who may log in."""

    url: str
    world: str
    pid: int
    account: str
    password: str
    shop_name: str
    shop_id: str
    accounts: list[dict[str, Any]] = field(default_factory=list)
    """Everybody who may log in; see :meth:`practice.world.World.accounts`."""
    sites: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The world's other sites: ``supply`` to its ``url`` and ``accounts``."""


def write_card(home: Path, card: WorldCard) -> None:
    """All of it or nothing: a reader never meets half a card."""
    draft = home / f"{CARD}.new"
    draft.write_text(json.dumps(asdict(card), ensure_ascii=False, indent=2), encoding="utf-8")
    draft.replace(home / CARD)


def remove_card(home: Path) -> None:
    """The world is no longer served."""
    (home / CARD).unlink(missing_ok=True)


def read_card(home: Path) -> WorldCard | None:
    """The card of a world that really answers; a dead server's card counts for nothing."""
    try:
        card = WorldCard(**json.loads((home / CARD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return card if _answers(card) else None


def close_store(home: Path, patience: float = 15.0) -> bool:
    """Ask the store of this home to close and wait until it has; tell whether one was open."""
    card = read_card(home)
    if card is None:
        return False
    _ask(card, "close", data=b"")
    deadline = time.monotonic() + patience
    while (home / CARD).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return True


def _answers(card: WorldCard) -> bool:
    try:
        return bool(_ask(card, "ping")["world"] == card.world)
    except (OSError, ValueError, KeyError):
        return False


def _ask(card: WorldCard, what: str, data: bytes | None = None) -> dict[str, Any]:
    # No proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{card.url}/_practice/{what}", data=data, timeout=3) as answer:
        told: dict[str, Any] = json.load(answer)
        return told
