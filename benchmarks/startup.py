"""``python -m benchmarks.startup``: how long ``shopclerk --help`` takes, beside a bare Python."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

from engine.settings import CHECKOUT

TIMES = 11
HELP = ("-m", "console", "--help")
BARE = ("-c", "pass")


def main() -> None:
    """Start each by turns and print the medians."""
    took: dict[tuple[str, ...], list[float]] = {HELP: [], BARE: []}
    for _ in range(TIMES):
        for arguments, seconds in took.items():
            seconds.append(_seconds(arguments))
    halves = {name: statistics.median(seconds) for name, seconds in took.items()}
    figures = {
        "help_seconds": round(halves[HELP], 3),
        "bare_python_seconds": round(halves[BARE], 3),
        "help_vs_bare_python": round(halves[HELP] / halves[BARE], 1),
    }
    print(json.dumps(figures))


def _seconds(arguments: tuple[str, ...]) -> float:
    began = time.perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
