"""``python -m benchmarks.upload``: the robot and its peers list the same products, by turns.

One practice store, one browser program, each tool its own copies of the sample's products. In each
round every tool lists a few of them; the order moves on by one from round to round.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
from collections.abc import Iterator, Sequence

from benchmarks.ground import Ground, opened_ground
from benchmarks.racers import RACERS, ROBOT, SCRIPT, Failed, Racer, Taken, race

FEWEST = 10
Figures = dict[str, object]


def say(line: str) -> None:
    """Tell the person who waits."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Race, then print the figures."""
    given = _arguments()
    chosen = [racer for racer in RACERS if racer.name in given.tools]
    ready = [racer for racer in chosen if racer.installed]
    for racer in chosen:
        if racer not in ready:
            say(f"{racer.name} is skipped: not installed (`uv sync --group bench`)")
    with opened_ground(say) as ground:
        taken = race_all(ready, ground, given.products, given.rounds)
    figures = summary(taken)
    if given.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        print("\n".join(table(taken)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    names = [racer.name for racer in RACERS]
    parser.add_argument("--products", type=int, default=FEWEST, help="for each tool, 10 or more")
    parser.add_argument("--rounds", type=int, default=5, help="in which they are listed by turns")
    parser.add_argument("--tools", default=",".join(names), help="some of the default")
    parser.add_argument("--json", action="store_true", help="one object for machines")
    given = parser.parse_args()
    given.tools = given.tools.split(",")
    if unknown := set(given.tools) - set(names):
        parser.error(f"unknown tools {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return given


def race_all(
    racers: Sequence[Racer], ground: Ground, products: int, rounds: int
) -> dict[str, Taken]:
    """Let every tool list its products, a few in each round; a tool that fails is out."""
    taken = {racer.name: Taken() for racer in racers}
    for turn, numbers in enumerate(shares(products, rounds)):
        for racer in [*racers[turn % len(racers) :], *racers[: turn % len(racers)]]:
            if racer.name not in taken:
                continue
            say(f"round {turn + 1}: {racer.name} lists {len(numbers)}")
            sheet = ground.sheet(racer.prefix, numbers)
            try:
                race(racer, ground, sheet, len(numbers), taken[racer.name])
            except Failed as failure:
                say(f"{racer.name} is out: {failure}")
                del taken[racer.name]
    return taken


def shares(products: int, rounds: int) -> Iterator[list[int]]:
    """Deal the products' numbers out to the rounds."""
    size = math.ceil(products / rounds)
    for first in range(1, products + 1, size):
        yield list(range(first, min(first + size, products + 1)))


def summary(taken: dict[str, Taken]) -> Figures:
    """Give the one object that ``--json`` prints; what was not measured is null."""
    halves = {name: statistics.median(each.seconds) for name, each in taken.items()}
    peers = [value for name, value in halves.items() if name not in {ROBOT, SCRIPT}]
    robot = halves.get(ROBOT)
    kept = taken[ROBOT].bytes_kept if ROBOT in taken else []
    return {
        "robot_vs_script": _ratio(robot, halves.get(SCRIPT)),
        "robot_vs_best_peer": _ratio(robot, min(peers, default=None)),
        "evidence_bytes_per_item": round(statistics.mean(kept)) if kept else None,
        "seconds_per_item": {racer.name: _spread(taken.get(racer.name)) for racer in RACERS},
        "stages": {name: _stages(each) for name, each in taken.items() if each.stages},
        "items": {name: len(each.seconds) for name, each in taken.items()},
    }


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return round(ours / theirs, 2) if ours and theirs else None


def _spread(taken: Taken | None) -> dict[str, float] | None:
    if taken is None:
        return None
    ordered = sorted(taken.seconds)
    tenth = ordered[min(len(ordered) - 1, math.ceil(0.9 * len(ordered)) - 1)]
    return {"p50": round(statistics.median(ordered), 2), "p90": round(tenth, 2)}


def _stages(taken: Taken) -> dict[str, float]:
    names = taken.stages[0]
    return {
        name: round(statistics.median(each[name] for each in taken.stages), 2) for name in names
    }


def table(taken: dict[str, Taken]) -> list[str]:
    """Write the figures for a person: one row for each tool."""
    lines = [f"{'tool':16} {'p50 s':>7} {'p90 s':>7} {'times the script':>17}"]
    figures = summary(taken)
    script = _spread(taken.get(SCRIPT))
    for name, each in taken.items():
        spread = _spread(each) or {}
        times = _ratio(spread["p50"], script["p50"]) if script else None
        lines.append(f"{name:16} {spread['p50']:7.2f} {spread['p90']:7.2f} {times or '–':>17}")
    lines.append(f"evidence of an item: {figures['evidence_bytes_per_item']} bytes")
    return lines


if __name__ == "__main__":
    main()
