"""Kill -9 in the middle of product 3: after ``resume`` each product stands there exactly once."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.conftest import Shopclerk, Store

CODES = ["CG-1001", "CG-1002", "CG-1003", "CG-1004", "CG-1005"]
CREATE, ON_SALE = "addWithSchema", "online"


def assert_each_once(store: Store, shopclerk: Shopclerk) -> None:
    """The store's own truth: five products on sale, each created once and put on sale once."""
    assert [product["merchant_code"] for product in store.products()] == CODES
    assert all(product["status"] == 0 for product in store.products())
    for path in (CREATE, ON_SALE):
        assert [write["merchant_code"] for write in store.writes(path)] == CODES
    newest = shopclerk.json("show")
    assert newest["state"] == "finished"
    assert newest["counts"] == {"done": 5}


def await_reached(store: Store, process: subprocess.Popen[str]) -> None:
    """Wait until the barrier holds the request, so that the kill falls where it is meant to."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the run ended before the barrier was reached"
        if any(barrier["reached"] for barrier in store.control("GET", "barriers")["barriers"]):
            return
        time.sleep(0.05)
    raise AssertionError("the barrier was not reached in two minutes")


def kill(process: subprocess.Popen[str]) -> None:
    """End our own process as a power cut would."""
    process.kill()
    process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("barrier", "path"),
    [
        pytest.param("hold_before_commit", CREATE, id="create-sent-commits-after-its-client-died"),
        pytest.param("hold_after_commit", CREATE, id="create-committed-answer-lost"),
        pytest.param("hold_after_commit", ON_SALE, id="on-sale-committed-answer-lost"),
    ],
)
def test_killed_at_the_click_nothing_is_done_twice(
    store: Store, shopclerk: Shopclerk, barrier: str, path: str
) -> None:
    store.control("POST", "barriers", name=barrier, merchant_code="CG-1003", path=path, seconds=6)
    worker = shopclerk.start("demo")
    await_reached(store, worker)
    kill(worker)

    shopclerk.run("resume")

    assert_each_once(store, shopclerk)


def test_killed_while_the_form_is_filled_nothing_is_lost(
    store: Store, shopclerk: Shopclerk
) -> None:
    worker = shopclerk.start("demo")
    deadline = time.monotonic() + 120
    while len(store.writes(ON_SALE)) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(2)
    assert worker.poll() is None
    kill(worker)

    shopclerk.run("resume")

    assert_each_once(store, shopclerk)
