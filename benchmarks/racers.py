"""Who takes part: the robot as its users run it, and the peers, each a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.ground import Ground
from console.office import open_office
from engine.settings import CHECKOUT, Settings

ROBOT = "robot"
SCRIPT = "playwright"
ITEM_LIMIT = 300
"""Seconds after which a tool counts as stuck, for each of its items."""


class Racer(NamedTuple):
    """One tool: its module under ``benchmarks.peers`` and the package it needs."""

    name: str
    prefix: str
    """How the codes of its products begin; none begins like another."""
    module: str = ""
    needs: str = "playwright"

    @property
    def installed(self) -> bool:
        """Whether it can take part on this machine."""
        return find_spec(self.needs) is not None


RACERS = (
    Racer(ROBOT, "RB"),
    Racer(SCRIPT, "PW", "playwright_script"),
    Racer("selenium", "SE", "selenium_script", "selenium"),
    Racer("robotframework", "RF", "robotframework_script", "Browser"),
)


@dataclass
class Taken:
    """What a tool's items took so far."""

    seconds: list[float] = field(default_factory=list)
    bytes_kept: list[int] = field(default_factory=list)
    """Evidence of each item; only the robot keeps any."""
    stages: list[dict[str, float]] = field(default_factory=list)


class Failed(Exception):
    """A tool did not bring every product to 售卖中; its seconds mean nothing."""


def race(racer: Racer, ground: Ground, sheet: Path, count: int, taken: Taken) -> None:
    """Let one tool list the products of a sheet.

    Raises:
        Failed: it did not list every one; says how it ended.
    """
    run = _run_robot if racer.name == ROBOT else _run_peer
    before = len(taken.seconds)
    run(racer, ground, sheet, taken, ITEM_LIMIT * count)
    if len(taken.seconds) - before != count:
        raise Failed(f"{racer.name} listed {len(taken.seconds) - before} of {count} products")


def _run_peer(racer: Racer, ground: Ground, sheet: Path, taken: Taken, limit: float) -> None:
    card = ground.card
    command = [sys.executable, "-m", f"benchmarks.peers.{racer.module}", "--sheet", str(sheet)]
    command += ["--url", card.url, "--account", card.account, "--password", card.password]
    command += ["--browser", ground.browser]
    command += [f"--browser-argument={each}" for each in ground.browser_arguments]
    for line in _output(racer, command, {}, limit).splitlines():
        item = json.loads(line)
        taken.seconds.append(item["seconds"])
        taken.stages.append(item["stages"])


def _run_robot(racer: Racer, ground: Ground, sheet: Path, taken: Taken, limit: float) -> None:
    """Run the command as a user does; the seconds of its items stand in its own record."""
    command = [sys.executable, "-m", "console", "run", "upload-listings", "--shop", "demo"]
    command += ["--sheet", str(sheet), "--json"]
    home = {"SHOPCLERK_HOME": str(ground.home), "SHOPCLERK_BROWSER": ground.browser}
    ended = json.loads(_output(racer, command, home, limit))
    with open_office(Settings(home=ground.home), _ignore) as office:
        view = office.runs.view(ended["run_id"])
    for item in view.items:
        if item.outcome != "done" or not item.started_at or not item.ended_at:
            raise Failed(f"{racer.name}: {item.key} ended as {item.outcome}: {item.reason}")
        taken.seconds.append((item.ended_at - item.started_at).total_seconds())
    files = [file for file in view.evidence.rglob("*") if file.is_file()]
    share = sum(file.stat().st_size for file in files) // len(view.items)
    taken.bytes_kept += [share] * len(view.items)


def _output(racer: Racer, command: list[str], environment: dict[str, str], limit: float) -> str:
    try:
        ended = subprocess.run(
            command,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{racer.name} took more than {limit:.0f} s") from None
    if ended.returncode != 0:
        raise Failed(f"{racer.name} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    return ended.stdout


def _ignore(_line: str) -> None:
    """Nobody needs to know."""


Say = Callable[[str], None]
