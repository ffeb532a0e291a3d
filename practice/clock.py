"""The world's time, as one object that is passed in: a test or a demo may hand in its own."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """Real time; every deadline of the world is a column compared with ``now``."""

    def now(self) -> float:
        """Seconds since 1970, as the store's own columns hold time."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Let that much of the world's time pass."""
        await asyncio.sleep(seconds)


def iso(seconds: float) -> str:
    """A moment as ISO 8601 text with its zone."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
