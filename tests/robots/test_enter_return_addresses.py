"""enter-return-addresses: each address once, to the letter, tied to the right product.

The truth is the ERP's own database, and what the factories' true addresses are.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import Shopclerk, Store
from tests.robots.erp import NOTE, SAVED, TIED, Erp, Sourced, assert_right, books_of, know
from tests.robots.orders import await_write, outcomes

RUN = ("run", "enter-return-addresses", "--shop", "demo")


@pytest.fixture
def erp(store: Store) -> Erp:
    return Erp(store)


def several(erp: Erp, count: int) -> list[Sourced]:
    """Give products of as many factories as there are, the first two of one and the same."""
    found = erp.sourced()
    by_factory: dict[int, list[Sourced]] = {}
    for one in found:
        by_factory.setdefault(one.true.id, []).append(one)
    pairs = sorted(by_factory.values(), key=len, reverse=True)
    assert len(pairs[0]) > 1
    chosen = [*pairs[0][:2], *(group[0] for group in pairs[1:])]
    assert len(chosen) >= count
    return chosen[:count]


def await_reached(store: Store, barrier: str, path: str) -> None:
    deadline = time.monotonic() + 300
    while True:
        standing = store.control("GET", "barriers")["barriers"]
        ours = [one for one in standing if (one["name"], one["path"]) == (barrier, path)]
        if any(one["reached"] for one in ours):
            return
        assert time.monotonic() < deadline, f"nothing came to {barrier} of {path}"
        time.sleep(0.1)


@pytest.mark.timeout(1800)
def test_each_address_is_entered_once_none_is_lost_and_a_second_run_changes_nothing(
    store: Store, shopclerk: Shopclerk, erp: Erp
) -> None:
    products = several(erp, 5)
    *mine, disputed, other = products
    know(erp, shopclerk, *products)
    with books_of(shopclerk) as books:
        books.note_dispute(erp.goods(disputed), "「我们搬了」", NOTE)
    taken = erp.tie(other.product_id)
    defaults = [one["address_id"] for one in erp.addresses(foreign=True) if one["is_default"]]

    planned = shopclerk.json(*RUN, "--dry-run", "--only", mine[0].code)

    assert outcomes(planned) == {mine[0].code: "skipped"}
    assert store.writes("/api/") == []

    first = shopclerk.json(*RUN, code=4)

    done = dict.fromkeys((one.code for one in mine), "done")
    left = dict.fromkeys((disputed.code, other.code), "needs_person")
    assert outcomes(first) == done | left
    assert_right(erp, mine)
    assert disputed.code not in erp.ties()
    assert erp.ties()[other.code]["phone"] == taken
    (reason,) = [item["reason"] for item in first["items"] if item["key"] == other.code]
    assert "another return address" in reason
    assert taken not in reason
    assert [
        one["address_id"] for one in erp.addresses(foreign=True) if one["is_default"]
    ] == defaults
    assert erp.entered() == {one.line for one in mine} - erp.seeded()
    events = (Path(first["evidence"]) / "events.jsonl").read_text(encoding="utf-8")
    assert not [one.code for one in mine if one.true.phone in events]
    written = len(store.writes("/api/"))
    assert len(store.writes(TIED)) == len(mine)

    second = shopclerk.json(*RUN, code=4)

    unchanged = dict.fromkeys((one.code for one in mine), "unchanged")
    assert outcomes(second) == unchanged | left
    assert len(store.writes("/api/")) == written
    asked = shopclerk.json(*RUN, "--only", "NO-1", code=3)
    assert outcomes(asked) == {"NO-1": "rejected"}
    assert "no return address of product NO-1" in asked["items"][0]["reason"]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("write", "loss"), [(SAVED, "answer_lost"), (TIED, "gateway_before_commit")]
)
def test_an_answer_that_was_lost_is_looked_up_and_not_repeated(
    store: Store, shopclerk: Shopclerk, erp: Erp, write: str, loss: str
) -> None:
    product = erp.sourced()[-1]
    know(erp, shopclerk, product)
    before = {one["address_id"] for one in erp.addresses(foreign=True)}
    if write == SAVED:
        store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    process = shopclerk.start(*RUN, "--json")
    if write == TIED:
        await_write(store, SAVED)
        store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    await_write(store, write)
    store.control("POST", "faults", profile="calm", rates={})
    printed, noted = process.communicate(timeout=300)

    assert process.returncode == 0, f"{printed}\n{noted}"
    assert_right(erp, [product])
    new = [one for one in erp.addresses(foreign=True) if one["address_id"] not in before]
    assert len(new) == 1
    assert len([one for one in store.writes(SAVED) if one["code"] == 0]) == 1
    assert len([one for one in store.writes(TIED) if one["code"] == 0]) == 1


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_killed_at_each_commit_nothing_is_twice_lost_or_wrong(
    store: Store, shopclerk: Shopclerk, erp: Erp
) -> None:
    seeded = erp.seeded()
    products = [one for one in several(erp, 7) if one.line not in seeded]
    assert len({one.line for one in products}) > 2
    know(erp, shopclerk, *products)
    command: tuple[str, ...] = RUN
    for path in (SAVED, TIED):
        for barrier in ("hold_before_commit", "hold_after_commit"):
            held = {"name": barrier, "merchant_code": "*", "path": path, "seconds": 6}
            store.control("POST", "barriers", **held)
            process = shopclerk.start(*command)
            await_reached(store, barrier, path)
            process.kill()  # the commit comes later, when its client is long dead
            process.communicate(timeout=60)
            command = ("resume",)
    shopclerk.run("resume")

    assert shopclerk.json("show")["counts"] == {"done": len(products)}
    assert_right(erp, products)
    assert erp.entered() == {one.line for one in products}
    for path, count in ((SAVED, len({one.line for one in products})), (TIED, len(products))):
        assert len([one for one in store.writes(path) if one["code"] == 0]) == count


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_in_a_storm_nothing_is_entered_twice_and_nothing_is_wrong(
    store: Store, shopclerk: Shopclerk, erp: Erp
) -> None:
    products = several(erp, 4)
    know(erp, shopclerk, *products)
    store.control("POST", "faults", profile="storm", rates={})
    for _ in range(3):
        process = shopclerk.start(*RUN, "--json")
        printed, noted = process.communicate(timeout=600)
        assert process.returncode in {0, 3, 4}, f"{printed}\n{noted}"
        if process.returncode == 0:
            break
    store.control("POST", "faults", profile="calm", rates={})

    assert process.returncode == 0, f"{printed}\n{noted}"
    assert_right(erp, products)
