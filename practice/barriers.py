"""Barriers for kill tests: hold one request before its commit, after it, or before its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Name = Literal["hold_before_commit", "hold_after_commit", "hold_response"]
ANY = "*"
MAX_SECONDS = 60.0


@dataclass
class Barrier:
    """Holds the first request that fits at one point, then is used up."""

    name: Name
    merchant_code: str
    """Of the product that is written; of a reading request, what it searches for. ``*``: any."""
    seconds: float
    path: str
    """Which requests it is for: a part of their path, e.g. a verb. ``*``: any."""
    reached: bool = False
    lifted: asyncio.Event = field(default_factory=asyncio.Event)

    def fits(self, name: Name, path: str, merchant_code: str | None) -> bool:
        """Whether it is for this request and still free."""
        return (
            not self.reached
            and self.name == name
            and self.merchant_code in {ANY, merchant_code}
            and (self.path == ANY or self.path in path)
        )


@dataclass
class Barriers:
    """The barriers that stand now."""

    standing: list[Barrier] = field(default_factory=list)

    async def hold(self, name: Name, path: str, merchant_code: str | None) -> None:
        """Wait here if a barrier stands for this request."""
        barrier = next((b for b in self.standing if b.fits(name, path, merchant_code)), None)
        if barrier is None:
            return
        barrier.reached = True
        try:
            await asyncio.wait_for(barrier.lifted.wait(), barrier.seconds)
        except TimeoutError:
            pass  # its time is over: the request goes on, as a slow server's would
        finally:
            self.standing = [one for one in self.standing if one is not barrier]

    def lift_all(self) -> None:
        """Let every held request go on and forget the rest."""
        for barrier in self.standing:
            barrier.lifted.set()
        self.standing = []
