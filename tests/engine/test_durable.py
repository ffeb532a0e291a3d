"""What the engine adds to DBOS and what it relies on, with a stand-in browser and site.

The numbers in the comments are the pitfalls of facts/engine.md 4.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from dbos._migration import sqlite_migrations

from domain.outcome import Outcome
from domain.shop import Shop
from engine.database import open_database
from engine.durable import PlainJson, enqueue, worker
from engine.locks import try_lock
from engine.workplace import Workplace
from tests.engine.browsers import put_browser
from tests.engine.conftest import sqlite_url
from tests.engine.workers import (
    PATIENCE,
    SHOP,
    SiteFolder,
    apart,
    await_ended,
    await_true,
    equipped,
    new_run,
    outcomes,
    rows,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return SiteFolder(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, site: SiteFolder) -> Iterator[Workplace]:
    """A workplace with a worker, which is this process: all tests here hand their runs to it."""
    up, over = Event(), Event()

    def work(workplace: Workplace) -> None:
        with worker(workplace) as ours:
            assert ours
            up.set()
            over.wait()

    with (
        pytest.MonkeyPatch.context() as patch,
        ThreadPoolExecutor(1) as pool,
        equipped(tmp_path_factory.mktemp("home"), site) as workplace,
    ):
        put_browser(patch)
        working = pool.submit(work, workplace)
        try:
            assert up.wait(PATIENCE)
            yield workplace
        finally:
            over.set()
        working.result()


@pytest.fixture
def shop(request: pytest.FixtureRequest) -> Shop:
    """A shop of this test's own, with an account of its own."""
    name = request.node.name
    return SHOP.model_copy(update={"name": name, "account": name})


OVER = "it had ended already"


def carry_out(workplace: Workplace, *run_ids: str) -> None:
    """Hand runs to the worker and wait for their ends."""

    def work() -> None:
        for run_id in run_ids:
            assert enqueue(workplace, run_id) in {"", OVER}  # the same one again may be over by now
        await_ended(workplace, *run_ids)

    apart(work)


# 1, 2: SQLite


def test_an_old_sqlite_knows_the_time_that_dbos_asks_it_for(tmp_path: Path) -> None:
    with sqlite3.connect(":memory:") as plain:
        (known,) = plain.execute("SELECT unixepoch('subsec')").fetchone()
    assert (known is None) == (sqlite3.sqlite_version_info < (3, 42))

    database = open_database(sqlite_url(tmp_path / "shopclerk.sqlite3"))
    with database.begin() as connection:
        for statement in sqlite_migrations[0].replace("strftime('%s','now')", ASKED).split(";"):
            connection.execute(sa.text(statement))
        connection.execute(sa.text("INSERT INTO workflow_status (workflow_uuid) VALUES ('run')"))
        age = connection.execute(
            sa.text("SELECT strftime('%s', 'now') * 1000 - created_at FROM workflow_status")
        ).scalar_one()
    database.dispose()

    assert -1000 <= age < 60_000


ASKED = "unixepoch('subsec')"
"""How DBOS asks for the time on Python 3.12; a database that it made goes on asking on 3.11."""


def test_dbos_works_on_our_wal_database(workplace: Workplace) -> None:
    file = open_database(workplace.settings.database).url.database
    plain = sqlite3.connect(str(file))
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert plain.execute("SELECT count(*) FROM dbos_migrations").fetchone() == (1,)
    plain.close()


# 6, 8, 9, 11: queues, lanes and rows


def test_a_run_handed_over_twice_is_one_run(
    workplace: Workplace, site: SiteFolder, shop: Shop
) -> None:
    run_id = new_run(workplace, "TWICE", shop=shop)

    carry_out(workplace, run_id, run_id)

    assert site.products().count("TWICE") == 1
    # A run is over for people a moment before its workflow is.
    deadline = time.monotonic() + 60
    while apart(lambda: enqueue(workplace, run_id)) != OVER:
        assert time.monotonic() < deadline
    assert site.happened().count("TWICE begun") == 1


def test_a_session_stands_in_its_accounts_own_lane(workplace: Workplace, shop: Shop) -> None:
    run_id = new_run(workplace, "LANE", shop=shop)

    carry_out(workplace, run_id)

    columns = "workflow_uuid, queue_name, queue_partition_key"
    assert workflow_rows(workplace, run_id, columns) == [
        (run_id, "runs", None),
        (f"{run_id}:session", "sessions", shop.lane),
    ]


def test_two_runs_of_one_account_take_turns_and_other_accounts_do_not_wait(
    workplace: Workplace, site: SiteFolder, shop: Shop
) -> None:
    other = shop.model_copy(update={"account": "elsewhere"})
    first, second = (new_run(workplace, key, shop=shop) for key in ("TURN-1", "TURN-2"))
    elsewhere = new_run(workplace, "TURN-3", shop=other)
    site.shut("TURN-1", "begun")

    def all_three() -> None:
        enqueue(workplace, first)
        site.await_at("TURN-1", "begun")
        enqueue(workplace, second)
        enqueue(workplace, elsewhere)
        await_ended(workplace, elsewhere)
        await_true(lambda: len(workflow_rows(workplace, second, "status")) == 2, "its session")
        assert workflow_rows(workplace, second, "status") == [("PENDING",), ("ENQUEUED",)]
        site.open("TURN-1", "begun")
        await_ended(workplace, first, second)

    apart(all_three)

    turns = [code for code in site.products() if code.startswith("TURN")]
    assert turns == ["TURN-3", "TURN-1", "TURN-2"]


def test_the_account_is_locked_from_before_its_browser_opens_until_after_it_closed(
    workplace: Workplace, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []

    def look() -> None:
        lock = try_lock(workplace.settings.state / "locks" / f"{shop.lane}.lock")
        held.append(lock is None)
        if lock:
            lock.release()

    put_browser(monkeypatch, at_open=look, at_close=look)

    carry_out(workplace, new_run(workplace, "LOCKED", shop=shop))

    assert held == [True, True]
    look()
    assert held[-1] is False


# 11, 12: rows that people can read, and trouble as data


def workflow_rows(workplace: Workplace, run_id: str, columns: str) -> list[tuple[object, ...]]:
    """Give DBOS's rows of a run and its session."""
    query = f"SELECT {columns} FROM workflow_status WHERE workflow_uuid LIKE '{run_id}%'"  # noqa: S608
    return rows(workplace, f"{query} ORDER BY workflow_uuid")


def step_rows(workplace: Workplace, run_id: str, columns: str) -> list[tuple[object, ...]]:
    """Give DBOS's rows of what a run and its session did."""
    query = f"SELECT {columns} FROM operation_outputs WHERE workflow_uuid LIKE '{run_id}%'"  # noqa: S608
    return rows(workplace, f"{query} ORDER BY workflow_uuid, function_id")


def test_what_dbos_keeps_is_readable_and_no_pickle(workplace: Workplace, shop: Shop) -> None:
    run_id = new_run(workplace, "保温杯-1", "保温杯-2", shop=shop)

    carry_out(workplace, run_id)

    kept = workflow_rows(workplace, run_id, "serialization, inputs, output, error")
    kept += step_rows(workplace, run_id, "serialization, output, error")
    with_text = [row for row in kept if any(row[1:])]
    assert {row[0] for row in with_text} == {"shopclerk_json"}
    texts = [str(text) for row in with_text for text in row[1:] if text is not None]
    assert [json.loads(text)["receipt"]["wanted"] for text in texts if "保温杯" in text] == [
        {"商家编码": "保温杯-1"},
        {"商家编码": "保温杯-2"},
    ]


def test_an_error_comes_back_from_a_row_as_an_error_without_personal_data() -> None:
    kept = PlainJson().serialize(KeyError("收件人 13812345678"))

    again = PlainJson().deserialize(kept)

    assert isinstance(again, RuntimeError)
    assert "KeyError('收件人" in str(again)
    assert "13812345678" not in kept
    assert PlainJson().deserialize(PlainJson().serialize({"raised": 1, "more": 2}))["more"] == 2


@pytest.mark.parametrize(
    ("raised", "ends", "state"),
    [
        ("BusinessError", [Outcome.REJECTED] * 2, "finished"),
        ("NeedsPerson", [Outcome.NEEDS_PERSON, Outcome.SKIPPED], "stopped"),
        ("KeyError", [Outcome.FAILED, Outcome.SKIPPED], "stopped"),
    ],
)
def test_whatever_happens_in_an_item_comes_back_as_data(
    workplace: Workplace, shop: Shop, raised: str, ends: list[Outcome], state: str
) -> None:
    run_id = new_run(workplace, "CG-1", "CG-2", shop=shop, more={"raises": raised})

    carry_out(workplace, run_id)

    run = workplace.runs.view(run_id)
    assert (outcomes(run), run.state) == (ends, state)
    assert "标题含有违禁词" in run.items[0].reason
    steps = step_rows(workplace, run_id, "error, output, function_name")
    assert {error for error, _, _ in steps} == {None}
    items = [json.loads(str(output)) for _, output, name in steps if name == "item"]
    assert [item["outcome"] for item in items] == [end for end in ends if end != "skipped"]


def test_a_session_that_fails_as_nobody_foresaw_ends_its_run_and_says_of_what(
    workplace: Workplace,
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_session: object) -> None:
        raise KeyError("模板")

    monkeypatch.setattr("engine.session.Session.on_trial", broken)
    run_id = new_run(workplace, "CG-1", shop=shop)

    carry_out(workplace, run_id)

    run = workplace.runs.view(run_id)
    assert (run.state, outcomes(run)) == ("stopped", [Outcome.FAILED])
    assert run.reason == "the session failed: KeyError('模板')"
    assert caplog.records == []
