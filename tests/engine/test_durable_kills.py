"""Workers that are killed, doubled, cut off and closed: nothing twice, nothing lost, nothing hangs.

Each worker that is killed is a process of its own; the numbers are facts/engine.md 4's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import engine.durable
from domain.outcome import Outcome
from engine.durable import enqueue, worker
from engine.locks import try_lock
from engine.workplace import Workplace
from tests.engine.browsers import put_browser
from tests.engine.workers import (
    SHOP,
    Other,
    SiteFolder,
    T,
    apart,
    await_ended,
    equipped,
    limit_recoveries,
    new_run,
    other_worker,
    outcomes,
    rows,
)

pytestmark = pytest.mark.usefixtures("_browser")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path / "site")


@pytest.fixture
def workplace(tmp_path: Path, site: SiteFolder) -> Iterator[Workplace]:
    with equipped(tmp_path / "home", site) as workplace:
        yield workplace


@pytest.fixture
def _browser(monkeypatch: pytest.MonkeyPatch) -> None:
    put_browser(monkeypatch)


def carry_on(workplace: Workplace, *run_ids: str) -> None:
    """Be the worker until these runs have ended; nobody hands them over again."""

    def work() -> None:
        with worker(workplace) as ours:
            assert ours, "somebody else is the worker"
            await_ended(workplace, *run_ids)

    apart(work)


Ready = Callable[..., Other]


@pytest.fixture
def ready(workplace: Workplace, site: SiteFolder) -> Iterator[Ready]:
    """Let other workers stand ready; whoever is still there at the end is ended."""
    others: list[Other] = []

    def stand_ready(*run_ids: str, **how: object) -> Other:
        others.append(other_worker(workplace, site, *run_ids, **how))
        return others[-1]

    yield stand_ready
    for other in others:
        other.kill()


def kill_at(other: Other, site: SiteFolder, key: str, point: str) -> None:
    """Let a worker begin, come to a point, and be killed there."""
    before = site.happened().count(f"{key} {point}")
    site.shut(key, point)
    other.begin()
    site.await_at(key, point, times=before + 1)
    other.kill()
    site.open(key, point)


def workflows(workplace: Workplace, columns: str) -> list[tuple[object, ...]]:
    """Read DBOS's rows, a run before its session."""
    return rows(workplace, f"SELECT {columns} FROM workflow_status ORDER BY workflow_uuid")  # noqa: S608


# 5, 8: carried on after kill -9


def test_killed_before_the_effect_after_it_and_before_its_record_each_line_is_put_once(
    workplace: Workplace, site: SiteFolder, ready: Ready
) -> None:
    run_id = new_run(workplace, "CG-1", "CG-2", "CG-3", "CG-4")
    second = new_run(workplace, "CG-5")
    others = [ready(run_id) for _ in range(3)]
    points = (("CG-1", "begun"), ("CG-2", "committed"), ("CG-3", "proven"))
    for other, (key, point) in zip(others, points, strict=True):
        kill_at(other, site, key, point)
    apart(lambda: enqueue(workplace, second))

    carry_on(workplace, run_id, second)

    assert site.products() == ["CG-1", "CG-2", "CG-3", "CG-4", "CG-5"]
    assert outcomes(workplace.runs.view(run_id)) == [Outcome.DONE] * 4
    begun = site.happened("begun")
    assert [begun.count(f"CG-{n} begun") for n in (1, 2, 3, 4)] == [2, 2, 2, 1]
    columns = "workflow_uuid, queue_name, queue_partition_key, recovery_attempts"
    assert workflows(workplace, columns) == [
        (run_id, "runs", None, 4),
        (f"{run_id}:session", "sessions", SHOP.lane, 4),
        (second, "runs", None, 1),
        (f"{second}:session", "sessions", SHOP.lane, 1),
    ]
    states = rows(workplace, "SELECT key, state FROM ledger ORDER BY seq")
    assert states == [(f"CG-{n}", "done") for n in (1, 2, 3, 4, 5)]


def test_what_was_ended_from_outside_is_not_carried_on(
    workplace: Workplace, site: SiteFolder, ready: Ready
) -> None:
    """As a restored backup is, whose open runs may be weeks old."""
    cut_off, queued, later = (new_run(workplace, key) for key in ("CG-1", "CG-2", "CG-3"))
    kill_at(ready(cut_off), site, "CG-1", "begun")
    apart(lambda: [enqueue(workplace, run) for run in (queued, later)])
    for run in (cut_off, queued):
        workplace.runs.end(run, "stopped", "it was open when the backup was made")

    carry_on(workplace, cut_off, queued, later)

    assert site.products() == ["CG-3"]
    assert [workplace.runs.view(run).state for run in (cut_off, queued)] == ["stopped"] * 2


# 3: one worker


def test_a_second_worker_is_refused_and_leaves_the_live_run_alone(
    workplace: Workplace, site: SiteFolder, ready: Ready
) -> None:
    run_id = new_run(workplace, "CG-1", "CG-2")
    site.shut("CG-1", "begun")
    first, second = ready(run_id), ready(run_id)
    first.begin()
    site.await_at("CG-1", "begun")
    columns = "workflow_uuid, status, recovery_attempts, started_at_epoch_ms"
    before = workflows(workplace, columns)

    second.begin()

    assert second.end() == ("busy\n", "")
    assert workflows(workplace, columns) == before
    assert {row[1:3] for row in before} == {("PENDING", 1)}
    site.open("CG-1", "begun")
    assert first.end() == ("worker\n", "")
    assert site.happened("begun") == ["CG-1 begun", "CG-2 begun"]


# 4: another version


def test_runs_of_another_version_are_named_and_never_replayed(
    workplace: Workplace, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued, cut_off, of_today = (new_run(workplace, key) for key in ("CG-1", "CG-2", "CG-3"))
    apart(with_worker(workplace, lambda: None))  # makes the tables
    apart(lambda: [enqueue(workplace, queued), enqueue(workplace, cut_off)])
    pending = "UPDATE workflow_status SET status = 'PENDING', executor_id = 'worker'"
    rows(workplace, f"{pending} WHERE workflow_uuid = '{cut_off}'")
    yesterday, today = engine.durable.VERSION, "runs-of-today"
    monkeypatch.setattr(engine.durable, "VERSION", today)

    def both() -> list[str]:
        return [enqueue(workplace, queued), enqueue(workplace, cut_off)]

    named = [f"made by another version ({yesterday})"] * 2
    assert apart(both) == named
    assert workflows(workplace, "status") == [("ENQUEUED",), ("PENDING",)], "its worker ends it"

    assert apart(with_worker(workplace, both)) == named

    assert workflows(workplace, "status") == [("CANCELLED",), ("CANCELLED",)]
    monkeypatch.setattr(engine.durable, "VERSION", yesterday)
    apart(with_worker(workplace, lambda: hand_over(workplace, of_today)))
    assert site.happened("begun") == ["CG-3 begun"]


def with_worker(workplace: Workplace, work: Callable[[], T]) -> Callable[[], T]:
    """Do something while this process is the worker."""

    def work_as_worker() -> T:
        with worker(workplace) as ours:
            assert ours, "somebody else is the worker"
            return work()

    return work_as_worker


def hand_over(workplace: Workplace, run_id: str) -> str:
    """Hand a run over and wait for its end."""
    answer = enqueue(workplace, run_id)
    await_ended(workplace, run_id)
    return answer


# 13: a run that takes its worker down again and again


def test_a_run_that_was_cut_off_too_often_ends_and_says_so(
    workplace: Workplace, site: SiteFolder, ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = new_run(workplace, "CG-1", "CG-2")
    kill_at(ready(run_id), site, "CG-1", "begun")
    limit_recoveries(monkeypatch, 0)
    next_run = new_run(workplace, "CG-3")

    apart(with_worker(workplace, lambda: hand_over(workplace, next_run)))
    carry_on(workplace, run_id)

    run = workplace.runs.view(run_id)
    assert (run.state, outcomes(run)) == ("stopped", [Outcome.SKIPPED] * 2)
    assert run.reason.startswith("it can't be carried on: it was cut off too often")
    assert (run.evidence / "report.html").is_file()
    assert site.products() == ["CG-3"]


# 14: launching and closing


def test_a_failed_launch_poisons_nothing(workplace: Workplace, site: SiteFolder) -> None:
    rows(workplace, "CREATE TABLE dbos_migrations (version TEXT)")
    rows(workplace, "INSERT INTO dbos_migrations VALUES ('broken')")
    run_id = new_run(workplace, "CG-1")
    with pytest.raises(TypeError):
        carry_on(workplace, run_id)
    lock = try_lock(workplace.settings.state / "locks" / "worker.lock")
    assert lock is not None
    lock.release()
    rows(workplace, "DROP TABLE dbos_migrations")

    apart(with_worker(workplace, lambda: hand_over(workplace, run_id)))

    assert site.products() == ["CG-1"]


def test_closing_in_the_middle_of_a_run_is_quiet_and_it_goes_on_later(
    workplace: Workplace, site: SiteFolder, ready: Ready
) -> None:
    run_id = new_run(workplace, "CG-1", "CG-2")
    site.shut("CG-1", "begun")
    other = ready(run_id, closes_at=["CG-1", "begun"])
    other.begin()

    assert other.end() == ("worker\n", "")

    run = workplace.runs.view(run_id)
    assert (run.open, outcomes(run)) == (True, [Outcome.DONE, None])
    carry_on(workplace, run_id)
    assert outcomes(workplace.runs.view(run_id)) == [Outcome.DONE] * 2
    assert site.happened("begun") == ["CG-1 begun", "CG-2 begun"]
