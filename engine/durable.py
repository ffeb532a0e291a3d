"""Runs that outlive their process. The only module that knows DBOS.

Two levels: a *run* holds no browser and starts a *session*, which holds one account's browser and
works through the items, one durable step an item. After a kill only the steps that were not
recorded are carried out again; the ledger makes that safe.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
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
    error,
)
from loguru import logger

from domain.errors import ShopclerkError
from domain.outcome import Outcome
from domain.redact import redact
from domain.shop import Shop
from engine.approval import GOES_ON_AT, WAITING
from engine.database import open_database
from engine.evidence import RunEvidence, file_name, planned_writes
from engine.gathering import gather
from engine.locks import try_lock
from engine.plan import write_plan
from engine.report import write_report
from engine.robot import Gatherer
from engine.runs import ItemResult, RunView
from engine.session import (
    Session,
    as_result,
    carry_out,
    open_session,
)
from engine.stops import STOPPED
from engine.workplace import Workplace

VERSION = "runs-1"
"""Which runs this code can carry on; raise it when the steps of a session change."""
OTHER_VERSION = "made by another version"
"""So begins why a run of other steps is not replayed."""
_DEAD = {
    "ERROR": "it failed",
    "CANCELLED": "it was cancelled",
    "SUCCESS": "it had ended already",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "it was cut off too often",
}
_CUT_OFF = (
    f"it can't be carried on: {_DEAD['MAX_RECOVERY_ATTEMPTS_EXCEEDED']}; "
    "run its sheet again, nothing is done twice"
)
_FIRST_RUN = "the first live run of this shop"
_RAISED = "raised"
_GOING_ON = {"ENQUEUED", "DELAYED", "PENDING"}
RUNS, SESSIONS = "runs", "sessions"
WORKER = "worker"
RECOVERIES = 50
"""How often a session may be cut off: each time a person had to start the program again."""
CLOSING = 3600
"""Seconds a worker that closes waits for the items in hand; Python ends no sooner than they do."""
POLL = 0.25
"""Seconds between two looks at a queue or a session; each look is a transaction."""


class PlainJson(Serializer):
    """Readable rows instead of pickles, which could run code."""

    def serialize(self, data: Any) -> str:
        """Write data as JSON text."""
        return json.dumps(data, ensure_ascii=False, default=_as_data)

    def deserialize(cls, serialized_data: str) -> Any:  # noqa: N805  DBOS names it so
        """Read JSON text; an error comes back with its words, for DBOS raises it again."""
        data = json.loads(serialized_data)
        failed = isinstance(data, dict) and data.keys() == {_RAISED}
        return RuntimeError(data[_RAISED]) if failed else data

    def name(self) -> str:
        """Name the format in the database."""
        return "shopclerk_json"


def _as_data(value: object) -> object:
    return {_RAISED: redact(repr(value))} if isinstance(value, Exception) else str(value)


class _Live:
    """What this worker holds in memory while it carries out runs."""

    workplace: Workplace
    sessions: dict[str, Session]
    client: DBOSClient
    closing: Event
    """Set when this worker closes, and while this process is none: the next one carries on."""


_live = _Live()
_live.closing = Event()
_live.closing.set()


class _Closing(BaseException):
    """Leaves a workflow without an end, so that it stays to be carried on; DBOS keeps only ends."""


@DBOS.workflow(name="run", max_recovery_attempts=None)
def _run(run_id: str) -> None:
    """Start the session of a run, wait for it, close the evidence.

    Its session is counted, not the run: it has to outlive the session in order to say so.
    """
    runs = _live.workplace.runs
    runs.start(run_id)
    if not runs.view(run_id).open:
        return  # it was ended from outside, and must not be carried on
    shop = Shop.model_validate(runs.snapshot(run_id)["shop"])
    ours = f"{DBOS.workflow_id}:session"
    with SetWorkflowID(ours), SetEnqueueOptions(queue_partition_key=shop.lane):
        session = DBOS.enqueue_workflow(SESSIONS, _session, run_id)
    try:
        _await_end(ours)
        stopped = session.get_result(polling_interval_sec=POLL)
    except error.DBOSAwaitedWorkflowMaxRecoveryAttemptsExceeded:
        stopped = _end_rest(run_id, Outcome.SKIPPED, _CUT_OFF)
    except Exception as defect:  # noqa: BLE001  a run must end, whatever its session died of
        stopped = _end_rest(run_id, Outcome.FAILED, f"the session failed: {defect}")
    _close(run_id, stopped)


def _await_end(session_id: str) -> None:
    """Wait for a session; DBOS's own wait would outlast the worker and keep Python from ending."""
    session: WorkflowHandle[str] = _live.client.retrieve_workflow(session_id)
    while session.get_status().status in _GOING_ON:
        _leave_if_closing(within=POLL)


def _leave_if_closing(*, within: float = 0) -> None:
    if _live.closing.wait(within):
        raise _Closing


@DBOS.workflow(name="session", max_recovery_attempts=RECOVERIES)
def _session(run_id: str) -> str:
    """Hold the account's browser and work through the items; say why it stopped, if it did."""
    view = _live.workplace.runs.view(run_id)
    return _work_through(run_id, view) if view.open else ""  # ended from outside meanwhile


def _work_through(run_id: str, view: RunView) -> str:
    workplace = _live.workplace
    evidence = RunEvidence(view.evidence, run_id, workplace.settings.zone)
    try:
        with open_session(workplace, run_id, evidence) as session:
            _live.sessions[run_id] = session
            if workplace.runs.snapshot(run_id).get("gather"):
                trouble = _gather(run_id)
                if trouble:
                    return trouble
                session.items = workplace.runs.snapshot(run_id)["items"]
                view = workplace.runs.view(run_id)
            on_trial = session.on_trial()
            for item in view.items[session.goes_on_at :]:
                if session.items[item.position] is None:
                    continue  # refused before the run began
                _leave_if_closing()
                if workplace.stopping(run_id):
                    return _end_rest(run_id, Outcome.SKIPPED, STOPPED)
                result = _item(run_id, item.position, item.key)
                if result["stops_shop"]:
                    return _end_rest(run_id, Outcome.SKIPPED, f"{item.key} must be looked at first")
                left = sum(payload is not None for payload in session.items[item.position + 1 :])
                if on_trial and left:
                    return f"{_FIRST_RUN}: {item.key} is carried out, {left} more wait for a yes"
            return ""
    except Exception as trouble:  # noqa: BLE001  nothing is raised through DBOS, which would print it
        foreseen = isinstance(trouble, ShopclerkError)
        reason = str(trouble) if foreseen else redact(f"the session failed: {trouble!r}")
        logger.bind(run=run_id).opt(exception=not foreseen).error("{}", reason)
        return _end_rest(run_id, as_result(trouble).outcome, reason)
    finally:
        _live.sessions.pop(run_id, None)
        evidence.close()


@DBOS.step(name="gather")
def _gather(run_id: str) -> str:
    """Let the robot find the run's items; say why it could not."""
    session = _live.sessions[run_id]
    assert isinstance(session.robot, Gatherer)  # noqa: S101  for the type checker
    if _live.workplace.runs.view(run_id).items:
        return ""  # found before: the run got its yes, or goes on in another's stead
    try:
        _live.workplace.runs.add_items(run_id, gather(session, session.robot))
    except ShopclerkError as trouble:
        return str(trouble)
    return ""


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
    except Exception as trouble:  # noqa: BLE001  a full disk must not keep the run open for ever
        stopped = f"{stopped}; the report could not be written: {trouble}".lstrip("; ")
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
    """End what was not reached; give the reason if there was anything, or nothing was found yet."""
    result, runs = ItemResult(outcome=outcome, reason=reason), _live.workplace.runs
    return reason if runs.end_rest(run_id, result) or not runs.view(run_id).items else ""


@contextmanager
def worker(workplace: Workplace, first: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Be the worker of this database, if nobody is yet; interrupted runs are carried on at once.

    ``first`` is called before, and may raise: nobody else can begin any of them by then.
    Yields whether this process is the worker.
    """
    lock = try_lock(workplace.settings.state / "locks" / f"{WORKER}.lock")
    if lock is None:
        yield False
        return
    with ExitStack() as closing:
        closing.callback(lock.release)
        first()
        address = closing.enter_context(_address(workplace))
        _live.client = closing.enter_context(_client(address))
        closing.callback(DBOS.destroy, workflow_completion_timeout_sec=CLOSING)
        _live.closing.clear()
        closing.callback(_live.closing.set)
        _launch(workplace, address)
        yield True


@contextmanager
def _address(workplace: Workplace) -> Iterator[dict[str, Any]]:
    """Tell DBOS where its tables are; SQLite needs what only our own engine brings along."""
    url = workplace.settings.database
    if not url.startswith("sqlite"):
        yield {"system_database_url": url}
        return
    database = open_database(url)
    try:
        yield {"system_database_url": url, "system_database_engine": database}
    finally:
        database.dispose()


@contextmanager
def _client(address: dict[str, Any]) -> Iterator[DBOSClient]:
    client = DBOSClient(serializer=PlainJson(), application_name="shopclerk", **address)
    try:
        yield client
    finally:
        client.destroy()


def _launch(workplace: Workplace, address: dict[str, Any]) -> None:
    _live.workplace = workplace
    _live.sessions = {}
    config = DBOSConfig(
        name="shopclerk",
        application_version=VERSION,
        executor_id=WORKER,
        serializer=PlainJson(),
        log_level="ERROR",
        notification_listener_polling_interval_sec=1.0,
        **address,  # type: ignore[typeddict-item]
    )
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
    with _address(workplace) as address, _client(address) as client:
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
        if status.app_version not in {None, VERSION}:
            if not _live.closing.is_set():  # we are the worker, so that no other carries it out
                client.cancel_workflow(handle.workflow_id, cancel_children=True)
            return f"{OTHER_VERSION} ({status.app_version})"
    return _DEAD.get(status.status, "")
