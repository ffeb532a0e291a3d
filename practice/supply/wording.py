"""What factories write: addresses in many forms, rules, and small talk."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from practice.data import read_yaml
from practice.supply.tables import FactoryAddress, Supplier


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_yaml(Path(__file__).with_name("wording.yaml"))
    return words


def styles() -> set[str]:
    """The forms that an address can be written in."""
    return set(_words()["addresses"])


def lead_time(hours: int) -> str:
    """发货时效 as the platform writes it."""
    return f"{hours}小时" if hours <= 48 else f"{hours // 24}天"


def address_text(address: FactoryAddress, style: str, left_out: Collection[str] = ()) -> str:
    """The address in one of the forms, without what is left out."""
    form = _words()["addresses"][style]
    told = _fields(address, left_out, grouped=form.get("grouped", False))
    parts = [part for part in form["parts"] if not any(f"{{{one}}}" in part for one in left_out)]
    return str(form["between"].join(part.format(**told) for part in parts))


def missing_text(dice: Random, address: FactoryAddress, missing: Collection[str]) -> str:
    """Only what was left out before."""
    facts, told = _words()["facts"], _fields(address, ())
    return "，".join(dice.choice(facts[name]).format(**told) for name in missing)


def rules_text(dice: Random, supplier: Supplier) -> str:
    """The return rules in one sentence."""
    return "，".join(dice.choice(ways) for ways in _rules(supplier))


def rules_shown(supplier: Supplier) -> str:
    """The rules as the factory's own page writes them, always the same."""
    return "；".join(ways[0] for ways in _rules(supplier))


def _rules(supplier: Supplier) -> list[list[str]]:
    """The ways to say each of its rules."""
    words = _words()
    return [
        words["seven_days"][supplier.seven_days],
        words["freight"][supplier.freight],
        words["damage"][supplier.damage],
    ]


def says(dice: Random, what: str, **told: str) -> str:
    """One of the ways to say something."""
    ways = _words()["says"][what]
    return str(ways if isinstance(ways, str) else dice.choice(ways)).format(**told)


def region_text(address: FactoryAddress) -> str:
    """Province to street in one piece; a city that is its own province stands once."""
    parts = (address.province, address.city, address.district, address.street)
    return "".join(dict.fromkeys(parts))


def full_text(address: FactoryAddress) -> str:
    """All of the place in one line."""
    return region_text(address) + address.road + address.door


def _fields(
    address: FactoryAddress, left_out: Collection[str], *, grouped: bool = False
) -> dict[str, str]:
    phone, door = address.phone, "" if "door" in left_out else address.door
    if grouped and len(phone) == 11 and phone.isdigit():
        phone = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return {
        "where": region_text(address) + address.road + door,
        "near": address.district + address.street + address.road + door,
        "road": address.road,
        "door": door,
        "recipient": address.recipient,
        "phone": phone,
    }
