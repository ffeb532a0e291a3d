"""update-order-status: each order marked, each buyer told once, by the store's own database."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console.sheet_purchase_columns import Header
from engine.order_rules import load_order_rules
from tests.conftest import Shopclerk, Store
from tests.robots.orders import Orders, assert_nobody_is_named, await_write, outcomes, purchases

RUN = ("run", "update-order-status", "--shop", "demo", "--sheet")
WROTE, SENT = "addRemark", "/api/im/send"
MARK, GREEN, RED = "已付款-待发货", 3, 5
OVER = "会话超过7天不可回复"
WEEK = 7 * 24 * 3600


@pytest.fixture
def orders(store: Store) -> Orders:
    return Orders(store)


def stood(orders: Orders, *order_ids: str) -> list[tuple[str, int]]:
    return [(orders[one]["remark"], orders[one]["flag"]) for one in order_ids]


def told_buyers(orders: Orders) -> list[str]:
    """Give each order whose buyer was told that it is paid for, once for each message."""
    ours = (one for one in orders.chats() if one["sender"] == "seller")
    return [one["order_id"] for one in ours if one["text"].startswith(load_order_rules().confirmed)]


@pytest.mark.timeout(900)
def test_paid_orders_are_marked_once_and_a_second_run_changes_nothing(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    plain, told, flagged, full = orders.waiting(4)
    orders.change(told, remark="客人要快点")
    orders.change(flagged, remark="老客户", flag=RED, created_at=time.time() - 2 * WEEK)
    orders.change(flagged, buyer_id=flagged, paid_at=time.time() - 2 * WEEK)
    orders.change(full, remark="备" * 55)
    several = purchases(
        tmp_path / "采购.xlsx", *(orders.bought(one) for one in (plain, told, flagged, full))
    )
    before = stood(orders, plain, told, flagged, full)

    planned = shopclerk.json(*RUN, several, "--dry-run", code=3)

    assert outcomes(planned) == dict.fromkeys((plain, told, flagged), "skipped") | {
        full: "rejected"
    }
    assert stood(orders, plain, told, flagged, full) == before
    assert store.writes(WROTE) == store.writes(SENT) == []
    writes = json.loads((Path(planned["evidence"]) / "plan.json").read_text("utf-8"))["items"]
    assert [[write["verb"] for write in item["writes"]] for item in writes] == [
        ["order.mark-paid", "order.tell-paid"],
        ["order.mark-paid", "order.tell-paid"],
        ["order.mark-paid"],
    ]

    first = shopclerk.json(*RUN, several, code=3)

    good = dict.fromkeys((plain, told, flagged), "done")
    assert outcomes(first) == good | {full: "rejected"}
    assert "no room" in first["items"][3]["reason"]
    after = [(MARK, GREEN), (f"客人要快点；{MARK}", GREEN), (f"老客户；{MARK}", RED), before[3]]
    assert stood(orders, plain, told, flagged, full) == after
    assert [write["subject"] for write in store.writes(WROTE)] == [plain, told, flagged]
    assert told_buyers(orders) == [plain, told]
    assert [OVER in item["reason"] for item in first["items"]] == [False, False, True, False]
    assert_evidence(Path(first["evidence"]), orders, plain)
    for run in (planned, first):
        assert_nobody_is_named(Path(run["evidence"]), ["客人要快点", "老客户", "备备备"])
    with closing(sqlite3.connect(shopclerk.home / "runs/state/shopclerk.sqlite3")) as database:
        kept = "\n".join(database.iterdump())
    for words in ("客人要快点", "老客户", "备备备"):
        assert words not in kept
        assert json.dumps(words)[1:-1] not in kept

    second = shopclerk.json(*RUN, several, code=3)

    assert outcomes(second) == dict.fromkeys(good, "unchanged") | {full: "rejected"}
    assert stood(orders, plain, told, flagged, full) == after
    assert len(store.writes(WROTE)) == 3
    assert len(store.writes(SENT)) == 2
    found = shopclerk.json("find", plain)["found"]
    assert [(one["kind"], one["outcome"]) for one in found] == [
        ("item", "skipped"),
        ("write", "done"),
        ("write", "done"),
        ("item", "done"),
        ("item", "unchanged"),
    ]
    assert all(one["evidence"] for one in found if one["kind"] == "item")


def assert_evidence(folder: Path, orders: Orders, order_id: str) -> None:
    """Pictures before and after, a receipt, the sheet back with results; nobody's name anywhere."""
    item = folder / "items" / order_id
    assert sorted(file.name for file in item.glob("*.webp")) == [
        "01-order.mark-paid-before.webp",
        "02-order.mark-paid-after.webp",
        "03-order.tell-paid-before.webp",
        "04-order.tell-paid-after.webp",
    ]
    assert '"equal": true' in (item / "receipt.json").read_text(encoding="utf-8")
    assert "订单编号" in (folder / "report.html").read_text(encoding="utf-8")
    page = load_workbook(folder / "采购-结果.xlsx")["采购"]
    results = {str(row[0].value): str(row[8].value) for row in page.iter_rows(min_row=2)}
    assert results[order_id] == "已完成"
    assert sorted(set(results.values())) == ["已完成", "被拒绝"]
    notes = [str(row[9].value) for row in page.iter_rows(min_row=2) if OVER in str(row[9].value)]
    assert notes
    assert all("没能告诉买家" in note for note in notes)
    assert_nobody_is_named(folder, orders.personal(order_id))


@pytest.mark.timeout(900)
def test_what_is_not_paid_for_or_waits_for_nothing_is_refused(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    unpaid, early, other, refund, shipped = orders.waiting(5)
    orders.change(refund, aftersale="refund")
    orders.change(shipped, status=3)
    few = [row | {Header.QUANTITY: 77} for row in orders.bought(other)]
    sheet = purchases(
        tmp_path / "采购.xlsx",
        orders.bought(unpaid, VOUCHER=None),
        orders.bought(early, PAID_AT="2020-01-01 10:00"),
        few,
        orders.bought(refund),
        orders.bought(shipped),
        [row | {Header.ORDER: "6900000000000000000"} for row in orders.bought(unpaid)],
    )

    run = shopclerk.json(*RUN, sheet, code=3)

    assert set(outcomes(run).values()) == {"rejected"}
    reasons = [item["reason"] for item in run["items"]]
    for reason, words in zip(
        reasons,
        ("P-unpaid", "P-paid-early", "P-quantity", "P-refund", "the order is 已发货", "订单不存在"),
        strict=True,
    ):
        assert words in reason
    assert store.writes(WROTE) == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("loss", ["answer_lost", "gateway_after_commit", "gateway_before_commit"])
def test_an_answer_that_was_lost_is_looked_up_and_the_mark_stands_once(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path, loss: str
) -> None:
    (order_id,) = orders.waiting(1)
    orders.change(order_id, remark="客人要快点")
    sheet = purchases(tmp_path / "采购.xlsx", orders.bought(order_id))
    store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    process = shopclerk.start(*RUN, sheet, "--json")
    await_write(store, WROTE)
    store.control("POST", "faults", profile="calm", rates={})
    printed, noted = process.communicate(timeout=240)

    assert process.returncode == 0, f"{printed}\n{noted}"
    assert stood(orders, order_id) == [(f"客人要快点；{MARK}", GREEN)]
    committed = [write for write in store.writes(WROTE) if write["code"] == 0]
    assert len(committed) == 1
    assert told_buyers(orders) == [order_id]
