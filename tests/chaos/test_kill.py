"""Kill -9 in the middle of a product: after ``resume`` each stands in the store exactly once."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

CREATE, ON_SALE = "addWithSchema", "online"
PATIENCE = 240
"""Seconds a busy machine may take to come to the point where the kill is to fall."""


def assert_each_once(store: Store, shopclerk: Shopclerk, codes: list[str]) -> None:
    """The store's own truth: every product on sale, created once and put on sale once."""
    assert [product["merchant_code"] for product in store.products()] == codes
    assert all(product["status"] == 0 for product in store.products())
    for path in (CREATE, ON_SALE):
        assert [write["merchant_code"] for write in store.writes(path)] == codes
    newest = shopclerk.json("show")
    assert newest["state"] == "finished"
    assert newest["counts"] == {"done": len(codes)}


def await_reached(store: Store, process: subprocess.Popen[str]) -> None:
    """Wait until the barrier holds the request, so that the kill falls where it is meant to."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "the run ended before the barrier was reached"
        if any(barrier["reached"] for barrier in store.control("GET", "barriers")["barriers"]):
            return
        time.sleep(0.05)
    raise AssertionError("the barrier was not reached")


def kill(process: subprocess.Popen[str]) -> None:
    """End our own process as a power cut would."""
    process.kill()
    process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("barrier", "path"),
    [
        pytest.param("hold_before_commit", CREATE, id="create-commits-after-its-client-died"),
        pytest.param("hold_after_commit", CREATE, id="create-committed-and-its-answer-lost"),
        pytest.param("hold_after_commit", ON_SALE, id="on-sale-committed-and-its-answer-lost"),
    ],
)
def test_killed_at_the_click_nothing_is_done_twice(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, barrier: str, path: str
) -> None:
    store.control("POST", "barriers", name=barrier, merchant_code="CG-1005", path=path, seconds=6)
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1005")
    worker = shopclerk.start("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))
    await_reached(store, worker)
    kill(worker)

    shopclerk.run("resume")

    assert_each_once(store, shopclerk, ["CG-1002", "CG-1005"])


@pytest.mark.timeout(600)
def test_the_demo_killed_in_product_3_ends_with_five_products_each_once(
    store: Store, shopclerk: Shopclerk
) -> None:
    worker = shopclerk.start("demo")
    deadline = time.monotonic() + PATIENCE
    while len(store.writes(ON_SALE)) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(2)
    assert worker.poll() is None
    kill(worker)

    shopclerk.run("resume")

    assert_each_once(store, shopclerk, [f"CG-100{n}" for n in range(1, 6)])
