"""Stopping from another window: what was clicked is proven, what was not reached is skipped."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from tests.chaos.truth import CREATE, ON_SALE
from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

PATIENCE = 600


def await_held(store: Store) -> None:
    deadline = time.monotonic() + PATIENCE
    while not any(one["reached"] for one in store.control("GET", "barriers")["barriers"]):
        assert time.monotonic() < deadline, "no product was submitted"
        time.sleep(0.1)


def started_and_held(store: Store, shopclerk: Shopclerk, *run: str) -> subprocess.Popen[str]:
    """Start a run; give it when the store has committed a product and keeps its answer back."""
    held = {"name": "hold_after_commit", "merchant_code": "*", "path": CREATE, "seconds": 25}
    store.control("POST", "barriers", **held)
    worker = shopclerk.start(*run)
    await_held(store)
    return worker


def let_go_on(store: Store, worker: subprocess.Popen[str]) -> None:
    store.control("DELETE", "barriers")
    worker.communicate(timeout=PATIENCE)


def test_a_run_stops_after_the_item_in_hand_and_the_kill_switch_before_the_next_click(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1004")
    run = ("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))

    worker = started_and_held(store, shopclerk, *run)
    shopclerk.run("stop")
    let_go_on(store, worker)

    stopped = shopclerk.json("show")
    assert [item["outcome"] for item in stopped["items"]] == ["done", "skipped"]
    assert (stopped["state"], len(store.products())) == ("stopped", 1)

    worker = started_and_held(store, shopclerk, *run)
    shopclerk.run("stop", "--all")
    let_go_on(store, worker)

    assert [item["outcome"] for item in shopclerk.json("show")["items"]] == ["unchanged", "skipped"]
    assert [write["merchant_code"] for write in store.writes(ON_SALE)] == ["CG-1002"]
    shopclerk.run(*run, code=2)
    shopclerk.run("stop", "--release")
    again = shopclerk.json(*run)
    assert [item["outcome"] for item in again["items"]] == ["unchanged", "done"]
    assert [write["merchant_code"] for write in store.writes(CREATE)] == ["CG-1002", "CG-1004"]
