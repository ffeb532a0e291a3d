"""Barriers: a request held before or after its commit, with its client gone."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from practice.showing import shown_products
from practice.world import World
from tests.practice.store_client import StoreClient


def put(client: StoreClient, name: str, code: str, seconds: float) -> None:
    asked = {"name": name, "merchant_code": code, "seconds": seconds}
    assert client.post("/_practice/barriers", asked)["barriers"]


def until(true: Callable[[], Any], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def reached(client: StoreClient) -> list[str]:
    standing = client.get("/_practice/barriers")["barriers"]
    return [one["merchant_code"] for one in standing if one["reached"]]


def in_shop(world: World, code: str) -> bool:
    return any(r["merchant_code"] == code for r in shown_products(world, foreign=False))


def test_held_before_the_commit_it_commits_though_its_client_is_gone(
    client: StoreClient, truth: World
) -> None:
    put(client, "hold_before_commit", "HELD-1", 1.5)
    with pytest.raises(TimeoutError):
        client.add(client.form("HELD-1"), timeout=0.5)
    assert reached(client) == ["HELD-1"]
    assert not in_shop(truth, "HELD-1")
    until(lambda: in_shop(truth, "HELD-1"))
    assert reached(client) == []


def test_held_after_the_commit_the_answer_waits(client: StoreClient, truth: World) -> None:
    put(client, "hold_after_commit", "HELD-2", 30)
    form = client.form("HELD-2")
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(client.add, form, 20)
        until(lambda: reached(client) == ["HELD-2"])
        assert in_shop(truth, "HELD-2")
        assert not answer.done()
        client.delete("/_practice/barriers")
        assert answer.result()["code"] == 0


def test_a_barrier_holds_its_own_code_only_and_once(client: StoreClient) -> None:
    put(client, "hold_before_commit", "HELD-3", 0.6)
    started = time.monotonic()
    client.add(client.form("HELD-30"))
    assert time.monotonic() - started < 0.5
    client.add(client.form("HELD-3"))
    assert time.monotonic() - started > 0.6
    assert client.get("/_practice/barriers")["barriers"] == []


def test_an_answer_is_held_of_reads_too(client: StoreClient) -> None:
    asked = {
        "name": "hold_response",
        "merchant_code": "HELD-4",
        "seconds": 30,
        "path": "tproduct/list",
    }
    client.post("/_practice/barriers", asked)
    with ThreadPoolExecutor() as pool:
        assert client.listed("HELD-40")["code"] == 0
        answer = pool.submit(client.listed, "HELD-4")
        until(lambda: reached(client) == ["HELD-4"])
        assert not answer.done()
        client.delete("/_practice/barriers")
        assert answer.result()["code"] == 0


def test_a_held_answer_was_carried_out_and_a_star_fits_all(
    client: StoreClient, truth: World
) -> None:
    asked = {"name": "hold_response", "merchant_code": "*", "seconds": 30, "path": "addWithSchema"}
    client.post("/_practice/barriers", asked)
    with pytest.raises(TimeoutError):
        client.add(client.form("HELD-5"), timeout=0.5)
    assert in_shop(truth, "HELD-5")
    assert reached(client) == ["*"]
    client.delete("/_practice/barriers")


def test_a_star_for_the_path_fits_every_request(client: StoreClient) -> None:
    asked = {"name": "hold_response", "merchant_code": "*", "seconds": 0.4, "path": "*"}
    client.post("/_practice/barriers", asked)
    started = time.monotonic()
    assert client.get("/common/index/index")["code"] == 0
    assert time.monotonic() - started > 0.4
