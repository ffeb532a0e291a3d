"""Barriers for kill tests: hold one write before its commit, or its answer after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Name = Literal["hold_before_commit", "hold_after_commit"]
MAX_SECONDS = 60.0


@dataclass
class Barrier:
    """Holds the first write of one 商家编码 at one point, then is used up."""

    name: Name
    merchant_code: str
    seconds: float
    path: str
    """Which requests it is for: a part of their path."""
    reached: bool = False
    lifted: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Barriers:
    """The barriers that stand now."""

    standing: list[Barrier] = field(default_factory=list)

    async def hold(self, name: Name, path: str, merchant_code: str | None) -> None:
        """Wait here if a barrier stands for this write."""
        barrier = next((b for b in self.standing if _fits(b, name, path, merchant_code)), None)
        if barrier is None:
            return
        barrier.reached = True
        try:
            await asyncio.wait_for(barrier.lifted.wait(), barrier.seconds)
        except TimeoutError:
            pass  # its time is over: the write goes on, as a slow server's would
        finally:
            self.standing = [one for one in self.standing if one is not barrier]

    def lift_all(self) -> None:
        """Let every held write go on and forget the rest."""
        for barrier in self.standing:
            barrier.lifted.set()
        self.standing = []


def _fits(barrier: Barrier, name: Name, path: str, merchant_code: str | None) -> bool:
    return (
        not barrier.reached
        and barrier.name == name
        and barrier.merchant_code == merchant_code
        and barrier.path in path
    )
