"""``world.json``: the card that tells others where a world is being served."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

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


def _answers(card: WorldCard) -> bool:
    # No proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{card.url}/_practice/ping", timeout=3) as answer:
            return bool(json.load(answer)["world"] == card.world)
    except (OSError, ValueError, KeyError):
        return False
