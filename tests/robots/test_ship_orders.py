"""ship-orders: each parcel entered once; the truth is in the store's own database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from console.sheet_purchase_columns import Header
from engine.plan import read_plan
from practice.orders.tables import OrderLine
from tests.conftest import Shopclerk, Store
from tests.robots.orders import Orders, assert_nobody_is_named, await_write, outcomes, purchases

RUN = ("run", "ship-orders", "--shop", "demo", "--sheet")
WROTE = "logisticsAdd"
TO_SHIP, SHIPPED = 2, 3


@pytest.fixture
def orders(store: Store) -> Orders:
    return Orders(store)


def number(order_id: str) -> str:
    return f"YT{order_id[-12:]}7"


def sent(orders: Orders, order_id: str, **more: object) -> list[dict[Header, object]]:
    parcel = {"CARRIER": "圆通", "TRACKING": number(order_id)}
    return orders.bought(order_id, **parcel | more)


def parcels(orders: Orders, order_id: str) -> list[tuple[str, str]]:
    return [(one["company"], one["number"]) for one in orders[order_id]["packages"]]


def with_lines(orders: Orders, count: int) -> str:
    return next(one for one in orders.waiting(30) if len(orders[one]["lines"]) == count)


@pytest.mark.timeout(900)
def test_each_parcel_is_entered_once_and_a_second_run_changes_nothing(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    whole, several = with_lines(orders, 1), with_lines(orders, 2)
    rows = sent(orders, several)
    rows[1] |= {Header.CARRIER: "中通快递", Header.TRACKING: f"{number(several)}8"}
    sheet = purchases(tmp_path / "采购.xlsx", sent(orders, whole), rows)

    planned = shopclerk.json(*RUN, sheet, "--dry-run")

    assert set(outcomes(planned).values()) == {"skipped"}
    assert store.writes(WROTE) == []
    plan = read_plan(Path(planned["evidence"]) / "plan.json")
    assert [[write.key for write in one.writes] for one in plan.items] == [
        [f"{whole}#{number(whole)}"],
        [f"{several}#{number(several)}", f"{several}#{number(several)}8"],
    ]

    first = shopclerk.json(*RUN, sheet)

    assert outcomes(first) == {whole: "done", several: "done"}
    assert parcels(orders, whole) == [("yuantong", number(whole))]
    assert parcels(orders, several) == [
        ("yuantong", number(several)),
        ("zhongtong", f"{number(several)}8"),
    ]
    by_line = [line["line_id"] for line in orders[several]["lines"]]
    assert [one["lines"] for one in orders[several]["packages"]] == [by_line[:1], by_line[1:]]
    assert {orders[one]["status"] for one in (whole, several)} == {SHIPPED}
    assert len(store.writes(WROTE)) == 3
    assert_nobody_is_named(Path(first["evidence"]), orders.personal(whole))

    second = shopclerk.json(*RUN, sheet)

    assert outcomes(second) == {whole: "unchanged", several: "unchanged"}
    assert len(store.writes(WROTE)) == 3
    found = shopclerk.json("find", several)["found"]
    told = [(one["kind"], one["outcome"]) for one in found]
    assert told.count(("write", "done")) == 2
    assert [kind for kind, _ in told].count("item") == 3


def test_a_parcel_of_two_products_whose_specs_read_alike_is_shipped_whole(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    alike = with_lines(orders, 2)
    with orders.world() as world, world.transaction() as session:
        for line in session.scalars(select(OrderLine).filter_by(order_id=alike)):
            line.spec, line.quantity = "中号", 1
    run = shopclerk.json(*RUN, purchases(tmp_path / "采购.xlsx", sent(orders, alike)))
    assert outcomes(run) == {alike: "done"}
    both = [line["line_id"] for line in orders[alike]["lines"]]
    assert [one["lines"] for one in orders[alike]["packages"]] == [both]
    assert len(store.writes(WROTE)) == 1


@pytest.mark.timeout(900)
def test_what_a_guard_or_the_store_speaks_against_is_not_shipped(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    cases: dict[str, dict[str, object]] = {
        "S-no-number": {"TRACKING": None, "CARRIER": None},
        "P-unpaid": {"SUPPLIER_ORDER": None},
        "S-carrier": {"CARRIER": "无此快递"},
        "S-number-form": {"TRACKING": "见面单"},
        "P-refund": {},
        "S-move-asked": {},
        "S-review": {},
        "单号已被回收": {},
    }
    ids = dict(zip(cases, orders.waiting(len(cases)), strict=True))
    orders.change(ids["P-refund"], aftersale="refund")
    asked = {"place": ["浙江省", "杭州市", "余杭区", "仓前街道"], "region_codes": [], "detail": "x"}
    orders.change(ids["S-move-asked"], address_asked=asked)
    orders.change(ids["S-review"], abnormal=2)
    store.control("POST", "waybills", number=number(ids["单号已被回收"]), recalled=True)
    shared = orders.waiting(10)[8:]
    rows = [sent(orders, ids[case], **more) for case, more in cases.items()]
    rows += [sent(orders, one, TRACKING="YT7777777777777") for one in shared]

    run = shopclerk.json(*RUN, purchases(tmp_path / "采购.xlsx", *rows), code=3)

    reasons = {item["key"]: item["reason"] for item in run["items"]}
    assert {one: outcomes(run)[one] for one in ids.values()} == dict.fromkeys(
        ids.values(), "rejected"
    )
    for case, order_id in ids.items():
        assert case in reasons[order_id], case
    assert all("S-number-shared" in reasons[one] for one in shared)
    assert not any(parcels(orders, one) for one in (*ids.values(), *shared))


@pytest.mark.timeout(900)
def test_a_number_that_was_entered_belongs_to_its_order_for_ever(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path
) -> None:
    mine, other = orders.waiting(2)
    shopclerk.json(*RUN, purchases(tmp_path / "a.xlsx", sent(orders, mine)))

    taken = purchases(tmp_path / "b.xlsx", sent(orders, other, TRACKING=number(mine)))
    run = shopclerk.json(*RUN, taken, code=3)
    changed = purchases(tmp_path / "c.xlsx", sent(orders, mine, TRACKING=number(other)))
    again = shopclerk.json(*RUN, changed, code=3)

    assert "S-number-used" in run["items"][0]["reason"]
    assert "the order is 已发货" in again["items"][0]["reason"]
    assert parcels(orders, mine) == [("yuantong", number(mine))]
    assert parcels(orders, other) == []
    assert len(store.writes(WROTE)) == 1


@pytest.mark.timeout(900)
@pytest.mark.parametrize("loss", ["answer_lost", "gateway_before_commit"])
def test_an_answer_that_was_lost_is_looked_up_and_the_parcel_stands_once(
    store: Store, shopclerk: Shopclerk, orders: Orders, tmp_path: Path, loss: str
) -> None:
    (order_id,) = orders.waiting(1)
    sheet = purchases(tmp_path / "采购.xlsx", sent(orders, order_id))
    store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    process = shopclerk.start(*RUN, sheet, "--json")
    await_write(store, WROTE)
    store.control("POST", "faults", profile="calm", rates={})
    printed, noted = process.communicate(timeout=240)

    assert process.returncode == 0, f"{printed}\n{noted}"
    assert parcels(orders, order_id) == [("yuantong", number(order_id))]
    assert orders[order_id]["status"] == SHIPPED
    assert len([write for write in store.writes(WROTE) if write["code"] == 0]) == 1
