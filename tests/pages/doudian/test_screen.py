"""Which of a page's requests is meant: the site adds a query of its own to each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pages.doudian.screen import request_to
from pages.doudian.ship import SHIP_CALL

SIGNED = "?appid=1&__token=x&_lid=77&a_bogus=y%2Fz"


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        (f"https://fxg.test{SHIP_CALL}", True),
        (f"https://fxg.test{SHIP_CALL}{SIGNED}", True),
        (f"https://fxg.test/api/order/orderDetail?next={SHIP_CALL}", False),
        (f"https://fxg.test{SHIP_CALL}Batch{SIGNED}", False),
    ],
)
def test_a_request_is_told_by_its_path(address: str, ours: bool) -> None:
    request: Any = SimpleNamespace(url=address)
    assert request_to(SHIP_CALL)(request) is ours
