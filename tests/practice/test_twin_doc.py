"""docs/practice-twin.md tells what the code does."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from practice.barriers import Name
from practice.control import ROUTES
from practice.orders.codes import OrderAnswer
from practice.orders.control import ROUTES as ORDER_ROUTES
from practice.orders.people import tempers
from practice.showing import faults_as_markdown
from practice.store.codes import Answer
from practice.world import ACCOUNTS, SHOPS

DOC = Path(__file__).parents[2] / "docs" / "practice-twin.md"


def test_the_table_of_faults_is_the_one_that_is_printed() -> None:
    told = DOC.read_text(encoding="utf-8").split("<!-- python -m practice faults --markdown -->")[1]
    assert told.split("<!-- end of the table -->")[0].strip() == faults_as_markdown()


def test_every_temper_of_buyers_is_told() -> None:
    told = DOC.read_text(encoding="utf-8").split("<!-- buyers -->")[1]
    lines = [f"| `{one.name}` | {one.share} | {one.what} |" for one in tempers().values()]
    assert told.split("<!-- end of the buyers -->")[0].strip().splitlines()[2:] == lines


def test_every_code_barrier_account_and_route_is_named() -> None:
    told = DOC.read_text(encoding="utf-8")
    codes = told.split("## Codes")[1].split("## Control")[0]
    for code in Answer:
        assert f"| {code.value} |" in codes or f'| `"{code.value}"` |' in codes
    for one in OrderAnswer:
        assert str(one.value) in codes or 70018 < one.value < 70022
    names = [
        *get_args(Name),
        *(one.path for one in (*ROUTES, *ORDER_ROUTES)),
        *(one[0] for one in ACCOUNTS),
    ]
    for name in [*names, *(shop for shop, _ in SHOPS)]:
        assert name in told or name == "/_practice/faults/fired"  # that one is the pages' own
