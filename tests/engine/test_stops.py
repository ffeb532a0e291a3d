"""Stops: one run's own, everybody's, and taking them back."""

from __future__ import annotations

import sqlalchemy as sa

from engine.stops import EVERYTHING, Stops
from tests.engine.stand_ins import HandClock


def test_a_run_that_was_asked_stops_and_no_other(database: sa.Engine, clock: HandClock) -> None:
    stops = Stops(database, clock)

    stops.ask(["run-1", "run-2"])
    stops.ask(["run-2", "run-3"])

    assert [stops.asked(f"run-{n}") for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert not stops.asked()


def test_the_kill_switch_holds_for_every_run_until_it_is_released(
    database: sa.Engine, clock: HandClock
) -> None:
    stops, other_window = Stops(database, clock), Stops(database, clock)
    stops.ask(["run-1"])

    stops.ask([EVERYTHING])
    assert other_window.asked()
    assert other_window.asked("run-of-tomorrow")

    assert other_window.release()
    assert not stops.asked()
    assert not stops.asked("run-of-tomorrow")
    assert stops.asked("run-1")
    assert not stops.release()
