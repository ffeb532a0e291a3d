"""A run cut short by its own terminal, or by an update of the program: it goes on, once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.chaos.truth import CREATE
from tests.conftest import Shopclerk, Store
from tests.robots.test_stop import await_held, let_go_on
from tests.sheets import sheet_of

CUT_SHORT = 130
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends a Ctrl-C only from the console itself"
)


@contextmanager
def from_a_terminal() -> Iterator[None]:
    """What is started in here hears Ctrl-C, even where this process was started deaf to it."""
    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, deaf)


def ctrl_c(process: subprocess.Popen[str]) -> None:
    """As a terminal does it: to everything that was started in it."""
    os.killpg(process.pid, signal.SIGINT)


def started_and_held(
    store: Store, shopclerk: Shopclerk, code: str, *run: str
) -> subprocess.Popen[str]:
    """Start a run in a terminal; give it when the store keeps this product's answer back."""
    held = {"name": "hold_after_commit", "merchant_code": code, "path": CREATE, "seconds": 60}
    store.control("POST", "barriers", **held)
    with from_a_terminal():
        worker = shopclerk.start(*run, terminal=True)
    await_held(store)
    return worker


def grow_older(home: Path) -> None:
    """Let every run in the database be one that another version of the program began."""
    file = home / "runs/state/shopclerk.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE workflow_status SET application_version = 'runs-of-yesterday'")


def test_ctrl_c_once_ends_after_the_item_twice_at_once_and_another_version_goes_on(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1003", "CG-1004")
    run = ("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))

    worker = started_and_held(store, shopclerk, "CG-1002", *run)
    ctrl_c(worker)
    let_go_on(store, worker)

    first = shopclerk.json("show")
    assert [item["outcome"] for item in first["items"]] == ["done", "skipped", "skipped"]
    assert first["state"] == "stopped"

    worker = started_and_held(store, shopclerk, "CG-1003", *run)
    ctrl_c(worker)
    assert worker.stderr
    assert any("Ctrl-C" in line for line in worker.stderr), "it did not say what a second one does"
    ctrl_c(worker)
    assert worker.wait(timeout=120) == CUT_SHORT
    store.control("DELETE", "barriers")

    grow_older(shopclerk.home)
    shopclerk.run("resume")

    again, cut, _ = shopclerk.json("runs")
    assert (cut["state"], again["state"]) == ("stopped", "finished")
    assert again["run_id"] in cut["reason"]
    ends = {item["key"]: item["outcome"] for item in again["items"]}
    # The first was created by the run that was cut short; this one found that and put it on sale.
    assert ends == {"CG-1003": "done", "CG-1004": "done"}
    created = [write["merchant_code"] for write in store.writes(CREATE) if write["code"] == 0]
    assert created == ["CG-1002", "CG-1003", "CG-1004"]
