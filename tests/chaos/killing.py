"""Kill a worker from outside, at a chosen point of a chosen moment; carry on; keep the table."""

from __future__ import annotations

import math
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psutil

from tests.conftest import Shopclerk, Store

PATIENCE = 600
"""Seconds a busy machine may take to come to the point where the kill is to fall."""
REST = 3600
"""Seconds the run may take to its end after the last kill."""
HELD = 6
"""Seconds a barrier holds a request: the commit comes after its client is dead."""
HEAD = (
    f"{'killed at':42} | {'what':14} | {'item':19} | {'ledger at the kill':28} | "
    f"{'outcome':9} | on the site | proven after"
)


@dataclass
class Scene:
    """One installation and its store, while its run is killed again and again."""

    store: Store
    shopclerk: Shopclerk
    process: subprocess.Popen[str]

    def ledger(self) -> list[dict[str, Any]]:
        """Read the ledger's rows as they stand on disk."""
        return self._rows("SELECT seq, verb, key, state, acted_at FROM ledger ORDER BY seq")

    def in_hand(self) -> str:
        """The key of the item that is being worked on, or ``""`` between items."""
        query = "SELECT key FROM items WHERE step != '' AND outcome IS NULL"
        return next((row["key"] for row in self._rows(query)), "")

    def proven_at(self, key: str) -> datetime | None:
        """When an item came to its end."""
        query = f"SELECT ended_at FROM items WHERE key = '{key}' ORDER BY run_id DESC"  # noqa: S608
        ended = next((row["ended_at"] for row in self._rows(query)), None)
        return datetime.fromisoformat(f"{ended}+00:00") if ended else None

    def _rows(self, query: str) -> list[dict[str, Any]]:
        file = self.shopclerk.home / "runs/state/shopclerk.sqlite3"
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(file)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]
        return []  # the first run has not made its tables yet


class Point:
    """Where a kill falls: armed before, asked again and again whether it is reached."""

    name: str

    def arm(self, scene: Scene) -> None:
        """Get ready: from now on."""
        raise NotImplementedError

    def reached(self, scene: Scene) -> bool:
        """Whether it is time to kill."""
        raise NotImplementedError


@dataclass
class AtBarrier(Point):
    """The store holds a request: before its commit, after it, or on its answer."""

    barrier: str
    path: str
    verb: str

    def __post_init__(self) -> None:
        self.name = f"{self.barrier} of {self.verb}"

    def arm(self, scene: Scene) -> None:
        asked = {"name": self.barrier, "merchant_code": "*", "path": self.path, "seconds": HELD}
        scene.store.control("POST", "barriers", **asked)

    def reached(self, scene: Scene) -> bool:
        standing = scene.store.control("GET", "barriers")["barriers"]
        ours = (self.barrier, self.path)
        return any(one["reached"] and (one["name"], one["path"]) == ours for one in standing)


@dataclass
class AtLedger(Point):
    """A row of the ledger comes to a state: ``intent``, ``answered`` or ``done``."""

    verb: str
    state: str
    _before: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.name = f"ledger: {self.verb} {self.state}"

    def arm(self, scene: Scene) -> None:
        self._before = self._now(scene)

    def reached(self, scene: Scene) -> bool:
        return bool(self._now(scene) - self._before)

    def _now(self, scene: Scene) -> set[int]:
        rows = [row for row in scene.ledger() if row["verb"] == self.verb]
        return {row["seq"] for row in rows if state_of(row) == self.state}


@dataclass
class AfterSeconds(Point):
    """Some time after the start, wherever that is."""

    seconds: float
    _due: float = 0.0

    def __post_init__(self) -> None:
        self.name = f"{self.seconds:.1f} s after the start"

    def arm(self, scene: Scene) -> None:
        del scene
        self._due = time.monotonic() + self.seconds

    def reached(self, scene: Scene) -> bool:
        del scene
        return time.monotonic() >= self._due


@dataclass
class AfterIntent(Point):
    """Some time after a write was begun: before its click, after it, or while it is read back."""

    seconds: float
    _before: int = 0
    _due: float = math.inf

    def __post_init__(self) -> None:
        self.name = f"{self.seconds:.1f} s after an intent"

    def arm(self, scene: Scene) -> None:
        self._before = len(scene.ledger())

    def reached(self, scene: Scene) -> bool:
        now = time.monotonic()
        if self._due == math.inf and len(scene.ledger()) > self._before:
            self._due = now + self.seconds
        return now >= self._due


@dataclass(frozen=True)
class Fire:
    """A command that is killed again and again."""

    run: Sequence[str]
    points: Sequence[Point]
    on_site: Callable[[], Mapping[str, object]]
    """Counts each item on the site, by its key."""
    codes: frozenset[int] = frozenset({0, 3})
    """How it may end at last."""


@dataclass
class Killed:
    """One kill and what became of the item that was in hand."""

    point: str
    what: str
    key: str
    ledger: str
    at: datetime
    outcome: str = ""
    times: str = "0"
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.point:42} | {self.what:14} | {self.key or '-':19} | {self.ledger:28} | "
            f"{self.outcome or '-':9} | {self.times:>11} | {self.seconds:6.1f} s"
        )


def item_of(row: dict[str, Any]) -> str:
    """The work item of a ledger row: an order's parcel is kept under ``order#number``."""
    return str(row["key"]).partition("#")[0]


def state_of(row: dict[str, Any]) -> str:
    """A ledger row's state, an answered intent apart from one without an answer."""
    return "answered" if row["state"] == "intent" and row["acted_at"] else str(row["state"])


def every_point(verbs: Mapping[str, str]) -> list[Point]:
    """Every barrier of these requests and every transition of the ledger; path → verb."""
    barriers = [
        AtBarrier(name, path, verb)
        for path, verb in verbs.items()
        for name in ("hold_before_commit", "hold_after_commit")
    ]
    states = [
        AtLedger(verb, state) for verb in verbs.values() for state in ("intent", "answered", "done")
    ]
    return [*barriers, *states]


def random_points(count: int, seed: int, longest: float = 25.0) -> Iterator[Point]:
    """Kills at random times: one in three anywhere after the start, the others about a write."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        if number % 3:
            yield AfterIntent(round(dice.uniform(0.0, 8.0), 1))
        else:
            yield AfterSeconds(round(dice.uniform(2.0, longest), 1))


def carry_out_under_fire(store: Store, shopclerk: Shopclerk, fire: Fire) -> list[Killed]:
    """Run a command, kill it at each point in turn, carry on after each; give what became of all.

    Every second kill takes the browser along; otherwise it is left behind as an orphan.
    """
    scene = Scene(store, shopclerk, shopclerk.start(*fire.run))
    kills = []
    for number, point in enumerate(fire.points):
        point.arm(scene)
        if not await_reached(scene, point.reached):
            break  # the run came to its end before this point
        kills.append(_kill(scene, point, whole=number % 2 == 0))
        print(kills[-1], flush=True)  # noqa: T201
        scene.process = shopclerk.start("resume")
    printed, noted = scene.process.communicate(timeout=REST)
    assert scene.process.returncode in fire.codes, f"{printed}\n{noted}"
    _look_back(scene, kills, fire.on_site())
    return kills


def await_reached(scene: Scene, reached: Callable[[Scene], bool]) -> bool:
    """Wait for the point; tell whether the run was still going when it came."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if scene.process.poll() is not None:
            return False
        if reached(scene):
            return True
        time.sleep(0.01)
    raise AssertionError("the point was not reached")


def _kill(scene: Scene, point: Point, *, whole: bool) -> Killed:
    """End our own worker as a power cut would, with its browser or without."""
    family = psutil.Process(scene.process.pid).children(recursive=True) if whole else []
    scene.process.kill()
    for child in family:
        if "practice" not in " ".join(_command(child)):
            with suppress(psutil.NoSuchProcess):
                child.kill()
    scene.process.communicate(timeout=20)
    key = scene.in_hand()
    rows = [row for row in scene.ledger() if item_of(row) == key]
    shown = [row for row in rows if row["state"] == "intent"] or rows[-1:]
    ledger = ", ".join(f"{row['verb']} {state_of(row)}" for row in shown) or "nothing"
    what = "worker+browser" if whole else "worker"
    return Killed(point.name, what, key, ledger, datetime.now().astimezone())


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _look_back(scene: Scene, kills: list[Killed], on_site: Mapping[str, object]) -> None:
    ends = {item["key"]: item["outcome"] for item in scene.shopclerk.json("show")["items"]}
    for kill in kills:
        proven = scene.proven_at(kill.key) if kill.key else None
        kill.outcome = ends.get(kill.key, "")
        kill.times = str(on_site.get(kill.key, 0))
        kill.seconds = (proven - kill.at).total_seconds() if proven else 0.0


def print_table(kills: list[Killed], verdict: object) -> None:
    """Print what became of every kill, now that it is known."""
    print("", HEAD, *kills, f"{len(kills)} kills: {verdict}", sep="\n")  # noqa: T201
