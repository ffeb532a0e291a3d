"""物流公司 that the ship form knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from practice.data import read_yaml


@cache
def carriers() -> list[dict[str, Any]]:
    """All of them with code and name, also those that are refused."""
    known: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("carriers.yaml"))
    return known


def carrier_name(code: str) -> str:
    """Its name; of an unknown one its code."""
    return next((str(one["name"]) for one in carriers() if one["code"] == code), code)
