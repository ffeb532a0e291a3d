"""collect-return-addresses: each factory asked once; what is filed is what the factory holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.sheet_return_columns import Header
from tests.conftest import Shopclerk, Store
from tests.robots.orders import outcomes
from tests.robots.suppliers import (
    LEVELS,
    Suppliers,
    as_filed,
    first_of,
    products_of,
    returns_sheet,
    row_of,
)
from tests.robots.test_stop import await_held

SENT = "/send"
AT_ONCE = {"prompt", "prompt2", "piecemeal", "corrects", "decoy", "moves", "vague_rules"}
"""Who tells all within two hours of the first question."""
TWICE = {"no_phone", "no_door", "no_name", "never_whole", "asks_back"}
"""Whose first answer is not enough."""
FOR_A_PERSON = {"silent", "never_whole", "moves"}
Row = dict[Header, object]


@pytest.fixture
def suppliers(store: Store, home: Path) -> Suppliers:
    return Suppliers(store, home)


def run_of(sheet: str) -> tuple[str, ...]:
    return ("run", "collect-return-addresses", "--shop", "demo", "--sheet", sheet)


def reasons(run: dict[str, Any]) -> dict[str, str]:
    return {item["key"]: item["reason"] for item in run["items"]}


class Stock:
    """One product of a factory of each temper; of two of them a second one."""

    def __init__(self, suppliers: Suppliers) -> None:
        self.rows: list[Row] = []
        self.owner: dict[str, dict[str, Any]] = {}
        self.code: dict[str, str] = {}
        for factory in suppliers.all().values():
            products = products_of(factory)
            new = factory["temper"] not in self.code
            count = 2 if factory["temper"] in {"prompt", "asks_back"} else 1
            for at, code in enumerate(list(products)[: count * new]):
                self.rows.append(row_of(factory, code))
                self.owner[code] = {**factory, "warehouse": products[code]["warehouse"]}
                self.code.setdefault(factory["temper"] + "2" * at, code)

    def named(self, ends: dict[str, str]) -> dict[str, str]:
        """Give the outcomes by temper."""
        return {name: ends[code] for name, code in self.code.items()}

    def factory(self, name: str) -> dict[str, Any]:
        return self.owner[self.code[name]]


def assert_filed_right(suppliers: Suppliers, stock: Stock, *but: str) -> set[str]:
    """Every filed address is the factory's own for this product; give the products."""
    filed = suppliers.filed()
    for code in set(filed) - set(but):
        factory = suppliers.all()[filed[code]["supplier"]]
        assert factory["name"] == stock.owner[code]["name"]
        warehouse = stock.owner[code]["warehouse"]
        true = next(one for one in factory["returns"] if one["warehouse"] == warehouse)
        assert {name: filed[code][name] for name in LEVELS} == as_filed(true), factory["temper"]
    return set(filed)


def asked(suppliers: Suppliers, stock: Stock) -> dict[str, int]:
    """Count by temper how often each factory was asked."""
    names = (name for name in stock.code if not name.endswith("2"))
    return {name: len(suppliers.asked(stock.factory(name)["supplier_id"])) for name in names}


@pytest.mark.timeout(1800)
def test_each_factory_is_asked_once_and_its_address_filed_or_left_to_a_person(
    store: Store, shopclerk: Shopclerk, suppliers: Suppliers, tmp_path: Path
) -> None:
    stock = Stock(suppliers)
    run = run_of(returns_sheet(tmp_path / "退货地址.xlsx", *stock.rows))
    one = stock.code["silent"]
    assert outcomes(shopclerk.json(*run, "--dry-run", "--only", one)) == {one: "skipped"}
    assert (store.writes(SENT), suppliers.rows()) == ([], 0)

    first = shopclerk.json(*run, code=3)

    assert set(outcomes(first).values()) == {"skipped"}
    assert set(asked(suppliers, stock).values()) == {1}
    assert suppliers.filed() == {}

    suppliers.let_pass(2)
    ends = stock.named(outcomes(shopclerk.json(*run, code=3)))
    assert {name for name, outcome in ends.items() if outcome == "done"} == AT_ONCE
    assert {ends[name] for name in set(ends) - AT_ONCE} == {"skipped"}
    assert assert_filed_right(suppliers, stock) == {stock.code[name] for name in AT_ONCE}
    assert {name for name, times in asked(suppliers, stock).items() if times == 2} == TWICE
    assert "电话" in suppliers.asked(stock.factory("no_phone")["supplier_id"])[1]
    assert "门牌号" in suppliers.asked(stock.factory("no_door")["supplier_id"])[1]
    assert "7天" in suppliers.rules(stock.factory("prompt")["name"])
    moved = stock.code["moves"]
    before = suppliers.filed()[moved]

    suppliers.let_pass(49)
    third = shopclerk.json(*run, code=4)
    ends = stock.named(outcomes(third))
    assert {name for name, outcome in ends.items() if outcome == "needs_person"} == {
        "never_whole",
        "moves",
    }
    assert {ends[name] for name in ("slow", *TWICE - {"never_whole"})} == {"done"}
    assert {ends[name] for name in ("silent", "forgets", "asks_back2")} == {"skipped"}
    assert before["phone"][-4:] in reasons(third)[moved]

    suppliers.let_pass(49)
    ends = stock.named(outcomes(shopclerk.json(*run, code=4)))
    assert {name for name, outcome in ends.items() if outcome == "needs_person"} == FOR_A_PERSON
    assert {ends[name] for name in ("forgets", "asks_back2")} == {"done"}
    assert suppliers.filed()[moved]["seq"] == before["seq"]
    filed = assert_filed_right(suppliers, stock, moved)
    assert filed == {stock.code[name] for name in set(ends) - {"silent", "never_whole"}}

    sent, rows = len(store.writes(SENT)), suppliers.rows()
    last = stock.named(outcomes(shopclerk.json(*run, code=4)))
    assert {name for name, outcome in last.items() if outcome != "unchanged"} == FOR_A_PERSON
    assert (len(store.writes(SENT)), suppliers.rows()) == (sent, rows)
    assert max(asked(suppliers, stock).values()) == asked(suppliers, stock)["asks_back"] == 3


@pytest.mark.timeout(900)
def test_what_a_person_found_out_is_filed_and_nobody_is_asked(
    store: Store, shopclerk: Shopclerk, suppliers: Suppliers, tmp_path: Path
) -> None:
    silent, code = suppliers.of_temper("silent"), first_of(suppliers.of_temper("silent"))
    told = "重庆市璧山区青杠街道山履大道21号 收件人：石履 电话：15401230016"
    by_hand = row_of(silent, code, told)
    by_mistake = row_of(suppliers.of_temper("slow"), first_of(suppliers.of_temper("slow")))
    by_mistake[Header.SUPPLIER] = silent["name"]
    sheet = returns_sheet(tmp_path / "退货地址.xlsx", by_hand, by_mistake)

    run = shopclerk.json(*run_of(sheet), code=3)

    wrong = str(by_mistake[Header.PRODUCT])
    assert outcomes(run) == {code: "done", wrong: "rejected"}
    (address,) = silent["returns"]
    assert {name: suppliers.filed()[code][name] for name in LEVELS} == as_filed(address)
    without = returns_sheet(tmp_path / "没有.xlsx", row_of(silent, code))
    assert outcomes(shopclerk.json(*run_of(without))) == {code: "unchanged"}
    assert store.writes(SENT) == []


def kill(process: subprocess.Popen[str]) -> None:
    """Kill the worker, its browser and all."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="kills as only POSIX can")
def test_a_question_that_was_cut_off_is_never_sent_twice(
    store: Store, shopclerk: Shopclerk, suppliers: Suppliers, tmp_path: Path
) -> None:
    factories = [suppliers.of_temper(name) for name in ("silent", "slow")]
    rows = [row_of(one, first_of(one)) for one in factories]
    run = run_of(returns_sheet(tmp_path / "退货地址.xlsx", *rows))
    for factory, barrier in zip(
        factories, ("hold_after_commit", "hold_before_commit"), strict=True
    ):
        held = {"name": barrier, "merchant_code": factory["supplier_id"], "path": SENT}
        store.control("POST", "barriers", **held)
        worker = shopclerk.start(*run)
        await_held(store)
        kill(worker)
        store.control("DELETE", "barriers")

    ended = shopclerk.json(*run, code=3)

    assert set(outcomes(ended).values()) == {"skipped"}
    assert [len(suppliers.asked(one["supplier_id"])) for one in factories] == [1, 1]
    assert len([one for one in store.writes(SENT) if one["site"] == "supply"]) == 2


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("profile", ["rough", "storm"])
def test_in_bad_weather_nobody_is_asked_twice_and_nothing_wrong_is_filed(
    store: Store, shopclerk: Shopclerk, suppliers: Suppliers, tmp_path: Path, profile: str
) -> None:
    stock = Stock(suppliers)
    run = run_of(returns_sheet(tmp_path / "退货地址.xlsx", *stock.rows))
    store.control("POST", "faults", profile=profile, rates={})
    for hours in (0, 2, 49, 49):
        suppliers.let_pass(hours)
        ended = json.loads(printed_by(shopclerk.start(*run, "--json")))
        print(profile, hours, ended["counts"], asked(suppliers, stock))  # noqa: T201
    print(store.control("GET", "faults")["fired"])  # noqa: T201

    assert_filed_right(suppliers, stock, stock.code["moves"])
    ends = stock.named(outcomes(ended))
    times = asked(suppliers, stock)
    assert {name for name, count in times.items() if not count} <= {
        name for name, outcome in ends.items() if outcome == "unknown"
    }
    for name, count in times.items():
        texts = suppliers.asked(stock.factory(name)["supplier_id"])
        assert len({text.rpartition("询问单号")[2] for text in texts}) == count, name
        assert count <= (3 if name == "asks_back" else 2), name


def printed_by(process: subprocess.Popen[str]) -> str:
    """Wait for a command, whatever its exit code; give what it printed."""
    return process.communicate(timeout=1800)[0]
