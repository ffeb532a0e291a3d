"""check-orders: each doubtful order's buyer asked once; the truth is in the store's database."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Shopclerk, Store
from tests.robots.orders import Orders, assert_nobody_is_named, await_write, outcomes

RUN = ("run", "check-orders", "--shop", "demo")
OPENED, WROTE = "/api/im/open", "/api/im/send"
IN_TIME = 40 * 3600
"""Seconds until an order must be shipped, so that its buyer has time to answer."""


@pytest.fixture
def orders(store: Store) -> Orders:
    return Orders(store)


def only(*order_ids: str) -> list[str]:
    return [word for order_id in order_ids for word in ("--only", order_id)]


def asked(orders: Orders, order_id: str) -> list[str]:
    """Give what the shop wrote about an order."""
    mine = (one for one in orders.chats() if one["sender"] == "seller")
    return [one["text"] for one in mine if order_id in one["text"]]


def reasons(run: dict[str, Any]) -> dict[str, str]:
    return {item["key"]: item["reason"] for item in run["items"]}


def kinds(orders: Orders) -> dict[str, str]:
    """Make an order of each kind; they wait to be shipped, and their buyers never answer."""
    names = ("fine", "vague", "phone", "hidden", "refund", "moves")
    ids = dict(zip(names, orders.waiting(len(names), temper="plain"), strict=True))
    for one in ids.values():
        orders.change(one, temper="silent", ship_by=time.time() + IN_TIME)
    orders.change(ids["vague"], detail="幸福小区")
    orders.change(ids["phone"], phone="")
    orders.change(ids["hidden"], hidden=True)
    orders.change(ids["refund"], aftersale="refund")
    place = {"place": ["浙江省", "杭州市", "余杭区", "仓前街道"], "region_codes": [], "detail": "x"}
    orders.change(ids["moves"], address_asked=place)
    return ids


@pytest.mark.timeout(900)
def test_buyers_are_asked_once_and_the_rest_is_fine_or_a_person_s(
    store: Store, shopclerk: Shopclerk, orders: Orders, home: Path
) -> None:
    ids = kinds(orders)

    planned = shopclerk.json(*RUN, "--dry-run", *only(*ids.values()), code=4)
    assert outcomes(planned)[ids["vague"]] == "skipped"
    assert store.writes(WROTE) == []
    assert [cases(home, one) for one in ids.values()] == [[]] * len(ids)

    first = shopclerk.json(*RUN, *only(*ids.values()), code=4)

    assert {name: outcomes(first)[one] for name, one in ids.items()} == {
        "fine": "unchanged",
        "vague": "done",
        "phone": "done",
        "hidden": "needs_person",
        "refund": "rejected",
        "moves": "needs_person",
    }
    assert "O-refund-requested" in reasons(first)[ids["refund"]]
    assert "O-receiver-hidden" in reasons(first)[ids["hidden"]]
    assert [len(asked(orders, one)) for one in ids.values()] == [0, 1, 1, 0, 0, 0]
    assert "门牌号" in asked(orders, ids["vague"])[0]
    names = [orders[one]["receiver"] for one in ids.values()]
    assert_nobody_is_named(Path(first["evidence"]), [*names, *orders.personal(ids["fine"])])
    assert cases(home, ids["vague"]) == [("O-address-vague", "")]
    assert cases(home, ids["fine"]) == [("", "fine")]

    second = shopclerk.json(*RUN, *only(*ids.values()), code=4)

    assert outcomes(second)[ids["vague"]] == "skipped"
    assert "O-address-vague" in reasons(second)[ids["vague"]]
    assert ids["fine"] not in outcomes(second)
    assert len(store.writes(WROTE)) == 2
    found = shopclerk.json("find", ids["vague"])["found"]
    assert [one["kind"] for one in found].count("write") == 1


def cases(home: Path, order_id: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(home / "runs/state/shopclerk.sqlite3")) as database:
        asking = "SELECT about, outcome FROM book_cases WHERE key = ? ORDER BY round"
        return database.execute(asking, (order_id,)).fetchall()


def backdate(home: Path, order_id: str) -> None:
    """Let the time for an answer be over."""
    with closing(sqlite3.connect(home / "runs/state/shopclerk.sqlite3")) as database, database:
        gone = "UPDATE book_cases SET due_at = '2020-01-01 00:00:00.000000' WHERE key = ?"
        database.execute(gone, (order_id,))


@pytest.mark.timeout(900)
def test_an_answer_or_its_lack_goes_to_a_person_and_a_mended_address_goes_on(
    shopclerk: Shopclerk, orders: Orders, home: Path
) -> None:
    answers, silent, mended = orders.waiting(3)
    for one, temper in ((answers, "vague"), (silent, "silent"), (mended, "silent")):
        orders.change(one, detail="幸福小区", temper=temper)
    asks = shopclerk.json(*RUN, *only(answers, silent, mended))
    assert set(outcomes(asks).values()) == {"done"}
    orders.answer_now(answers)
    backdate(home, silent)
    orders.change(mended, detail="演示路8号幸福小区3栋201室")

    run = shopclerk.json(*RUN, *only(answers, silent, mended), code=4)

    assert outcomes(run) == {answers: "needs_person", silent: "needs_person", mended: "unchanged"}
    assert "answered, but" in reasons(run)[answers]
    assert "not answered" in reasons(run)[silent]
    assert [len(asked(orders, one)) for one in (answers, silent, mended)] == [1, 1, 1]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("loss", "outcome"),
    [("answer_lost", "done"), ("gateway_before_commit", "unknown")],
)
def test_a_message_whose_answer_was_lost_is_never_sent_again(
    store: Store, shopclerk: Shopclerk, orders: Orders, loss: str, outcome: str
) -> None:
    (order_id,), sent = orders.waiting(1), 1 if outcome == "done" else 0
    orders.change(order_id, detail="幸福小区", temper="silent", ship_by=time.time() + IN_TIME)
    process = shopclerk.start(*RUN, *only(order_id))
    await_write(store, OPENED)
    store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    await_write(store, WROTE)
    store.control("POST", "faults", profile="calm", rates={})
    process.communicate(timeout=240)

    assert len(asked(orders, order_id)) == sent
    assert shopclerk.json("show")["items"][0]["outcome"] == outcome

    again = shopclerk.json(*RUN, *only(order_id), code=3)

    assert outcomes(again) == {order_id: {"done": "skipped", "unknown": "unknown"}[outcome]}
    assert len(asked(orders, order_id)) == sent
    assert len(store.writes(WROTE)) == 1
