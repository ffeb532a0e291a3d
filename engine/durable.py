"""Runs that outlive their process. The only module that knows DBOS.

Two levels: a *run* holds no browser and starts a *session*, which holds one account's browser and
works through the items, one durable step an item. After a kill only the steps that were not
recorded are carried out again; the ledger makes that safe.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    Serializer,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowHandle,
    WorkflowStatus,
)
from loguru import logger

from domain.errors import ShopclerkError
from domain.outcome import Outcome
from domain.shop import Shop
from engine.approval import GOES_ON_AT, WAITING
from engine.database import open_database
from engine.evidence import RunEvidence, file_name, planned_writes
from engine.locks import try_lock
from engine.plan import write_plan
from engine.report import write_report
from engine.runs import ItemResult, RunView
from engine.session import STOPPED, Session, Workplace, as_result, carry_out, open_session

VERSION = "runs-1"
"""Which runs this code can carry on; raise it when the steps of a session change."""
_DEAD = {
    "ERROR": "it failed",
    "CANCELLED": "it was cancelled",
    "SUCCESS": "it had ended already",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "it was cut off too often",
}
_FIRST_RUN = "the first live run of this shop"
RUNS, SESSIONS = "runs", "sessions"
WORKER = "worker"
RECOVERIES = 50
"""How often a run may be cut off: each time a person had to start the program again."""
POLL = 0.25
"""Seconds between two looks at a queue or a session; each look is a transaction."""


class PlainJson(Serializer):
    """Readable rows instead of pickles, which could run code."""

    def serialize(self, data: Any) -> str:
        """Write data as JSON text."""
        return json.dumps(data, ensure_ascii=False, default=str)

    def deserialize(cls, serialized_data: str) -> Any:  # noqa: N805  DBOS names it so
        """Read JSON text."""
        return json.loads(serialized_data)

    def name(self) -> str:
        """Name the format in the database."""
        return "shopclerk_json"


class _Live:
    """What this worker holds in memory while it carries out runs."""

    workplace: Workplace
    sessions: dict[str, Session]


_live = _Live()


@DBOS.workflow(name="run", max_recovery_attempts=RECOVERIES)
def _run(run_id: str) -> None:
    """Start the session of a run, wait for it, close the evidence."""
    runs = _live.workplace.runs
    runs.start(run_id)
    shop = Shop.model_validate(runs.snapshot(run_id)["shop"])
    ours = f"{DBOS.workflow_id}:session"
    with SetWorkflowID(ours), SetEnqueueOptions(queue_partition_key=shop.lane):
        session = DBOS.enqueue_workflow(SESSIONS, _session, run_id)
    try:
        stopped = session.get_result(polling_interval_sec=POLL)
    except Exception as defect:  # noqa: BLE001  a run must end, whatever its session died of
        stopped = _end_rest(run_id, Outcome.FAILED, f"the session failed: {defect}")
    _close(run_id, stopped)


@DBOS.workflow(name="session", max_recovery_attempts=RECOVERIES)
def _session(run_id: str) -> str:
    """Hold the account's browser and work through the items; say why it stopped, if it did."""
    workplace = _live.workplace
    view = workplace.runs.view(run_id)
    evidence = RunEvidence(view.evidence, run_id, workplace.settings.zone)
    try:
        with open_session(workplace, run_id, evidence) as session:
            _live.sessions[run_id] = session
            on_trial = session.on_trial()
            for item in view.items[session.goes_on_at :]:
                if session.items[item.position] is None:
                    continue  # refused before the run began
                if workplace.stopping(run_id):
                    return _end_rest(run_id, Outcome.SKIPPED, STOPPED)
                result = _item(run_id, item.position, item.key)
                if result["stops_shop"]:
                    return _end_rest(run_id, Outcome.SKIPPED, f"{item.key} must be looked at first")
                left = sum(payload is not None for payload in session.items[item.position + 1 :])
                if on_trial and left:
                    return f"{_FIRST_RUN}: {item.key} is carried out, {left} more wait for a yes"
            return ""
    except ShopclerkError as error:
        logger.bind(run=run_id).error("{}", error)
        return _end_rest(run_id, as_result(error).outcome, str(error))
    finally:
        _live.sessions.pop(run_id, None)
        evidence.close()


@DBOS.step(name="item")
def _item(run_id: str, position: int, key: str) -> dict[str, Any]:
    """Carry out one item; once it is recorded, never again."""
    result = carry_out(_live.sessions[run_id], position, key)
    _live.workplace.runs.end_item(run_id, position, result)
    return result.model_dump(mode="json")


@DBOS.step(name="close")
def _close(run_id: str, stopped: str) -> None:
    """Write what people open first, then end the run."""
    workplace = _live.workplace
    view = workplace.runs.view(run_id)
    waits = any(item.outcome is None for item in view.items)
    state = WAITING if waits else "stopped" if stopped else "finished"
    ended = {"state": state, "reason": stopped, "ended_at": workplace.clock.now()}
    view = view.model_copy(update=ended)
    try:
        _keep_plan(view)
        write_report(view, workplace.settings.zone)
        if not waits:
            workplace.chain.close(view)
    except Exception as error:  # noqa: BLE001  a full disk must not keep the run open for ever
        stopped = f"{stopped}; the report could not be written: {error}".lstrip("; ")
    finally:
        workplace.runs.end(run_id, state, stopped)


def _keep_plan(view: RunView) -> None:
    """Put what a dry run planned into one file, which ``run --plan`` takes back."""
    snapshot = _live.workplace.runs.snapshot(view.id)
    if snapshot.get("dry"):
        folders = {item.key: view.evidence / "items" / file_name(item.key) for item in view.items}
        writes = {key: planned_writes(folder) for key, folder in folders.items()}
        write_plan(view, snapshot["items"], writes, _live.workplace.clock.now())


def _end_rest(run_id: str, outcome: Outcome, reason: str) -> str:
    """End what was not reached; give the reason if there was anything."""
    result = ItemResult(outcome=outcome, reason=reason)
    return reason if _live.workplace.runs.end_rest(run_id, result) else ""


@contextmanager
def worker(workplace: Workplace) -> Iterator[bool]:
    """Be the worker of this database, if nobody is yet; interrupted runs are carried on at once.

    Yields whether this process is the worker.
    """
    lock = try_lock(workplace.settings.state / "locks" / f"{WORKER}.lock")
    if lock is None:
        yield False
        return
    try:
        _launch(workplace)
        yield True
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=30)
        lock.release()


def _launch(workplace: Workplace) -> None:
    _live.workplace = workplace
    _live.sessions = {}
    url = workplace.settings.database
    config = DBOSConfig(
        name="shopclerk",
        system_database_url=url,
        application_version=VERSION,
        executor_id=WORKER,
        serializer=PlainJson(),
        log_level="ERROR",
        notification_listener_polling_interval_sec=1.0,
    )
    if url.startswith("sqlite"):
        config["system_database_engine"] = open_database(url)
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(RUNS, worker_concurrency=50, polling_interval_sec=POLL)
    DBOS.register_queue(
        SESSIONS,
        partition_concurrency=1,
        global_concurrency=100,
        worker_concurrency=4,
        polling_interval_sec=POLL,
    )


def _workflow_id(workplace: Workplace, run_id: str) -> str:
    """A run that got its yes goes on in a second workflow: the first one has ended."""
    approved = GOES_ON_AT in workplace.runs.snapshot(run_id)
    return f"{run_id}:approved" if approved else run_id


def enqueue(workplace: Workplace, run_id: str) -> str:
    """Hand a run to whichever worker is up, this process or another; again is no harm.

    Gives why it can never be carried on, ``""`` when it can.
    """
    url = workplace.settings.database
    options: dict[str, Any] = {"system_database_url": url}
    if url.startswith("sqlite"):
        options["system_database_engine"] = open_database(url)
    client = DBOSClient(serializer=PlainJson(), application_name="shopclerk", **options)
    try:
        handle: WorkflowHandle[None] = client.enqueue(
            {
                "workflow_name": "run",
                "queue_name": RUNS,
                "workflow_id": _workflow_id(workplace, run_id),
                "app_version": VERSION,
            },
            run_id,
        )
        status: WorkflowStatus = handle.get_status()
    finally:
        client.destroy()
    if status.app_version not in {None, VERSION}:
        return f"made by another version ({status.app_version})"
    return _DEAD.get(status.status, "")
