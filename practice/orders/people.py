"""Invented buyers on real divisions: nobody is called so, lives there, or has such a number."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from practice.data import read_yaml
from practice.seed_names import pick

HERE = Path(__file__).parent
SPREAD = 0.41421356237
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("练习", "示例", "演示", "样例", "虚构", "试用")
ROADS = ("练习路", "示例街", "演示大道", "样板路", "虚构巷")
ESTATES = ("演示花园", "样板小区", "练习公寓", "示例大厦", "虚构新村")
NICKNAMES = ("小练", "阿示", "样样", "虚虚", "试试看", "演演")


@dataclass(frozen=True)
class Home:
    """Where somebody lives."""

    place: tuple[str, ...]
    codes: tuple[str, ...]
    detail: str
    vague: str
    """The same without its door number."""


@dataclass(frozen=True)
class Temper:
    """What a buyer is like."""

    name: str
    share: int
    what: str
    minutes: Sequence[float] | None = None
    order: str = ""
    unclear: int = 0
    does: str = ""
    after: Sequence[float] = (0, 0)


@cache
def tempers() -> Mapping[str, Temper]:
    """Every temper of ``buyers.yaml`` by its name."""
    entries: dict[str, dict[str, Any]] = read_yaml(HERE / "buyers.yaml")
    return {name: Temper(name, **entry) for name, entry in entries.items()}


def temper_of(number: int) -> Temper:
    """That of the n-th buyer: spread by their shares also among few."""
    known = list(tempers().values())
    bounds = list(accumulate(one.share for one in known))
    return known[bisect(bounds, number * SPREAD % 1 * bounds[-1])]


@cache
def places() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Every place down to its street, with the codes of province, city and district."""
    entries = read_yaml(HERE / "places.yaml")
    return tuple(
        ((*entry["at"], street), tuple(entry["codes"]))
        for entry in entries
        for street in entry["streets"]
    )


HOMES = 600


@cache
def homes() -> tuple[Home, ...]:
    """Some hundreds of homes, the same in every world: to make one up takes long."""
    rng = Random("homes")  # noqa: S311  # nothing secret
    return tuple(_home(rng) for _ in range(HOMES))


def home(rng: Random) -> Home:
    """A home that nobody has."""
    return pick(rng, homes())


def _home(rng: Random) -> Home:
    place, codes = pick(rng, places())
    road, estate = pick(rng, ROADS), pick(rng, ESTATES)
    number, house = 1 + int(rng.random() * 300), 1 + int(rng.random() * 20)
    room = 101 + int(rng.random() * 1800)
    whole = f"{road}{number}号{estate}{house}栋{room}室"
    return Home(place, codes, whole, f"{road}{estate}")


def name(rng: Random) -> str:
    """A receiver's name that shows that it is none."""
    return pick(rng, SURNAMES) + pick(rng, GIVEN)


def mobile(rng: Random) -> str:
    """Eleven digits; no carrier uses 154."""
    return f"154{int(rng.random() * 10**8):08d}"


def virtual(rng: Random) -> str:
    """A virtual number with its extension (facts/doudian.md 4.3)."""
    return f"{mobile(rng)}-{1000 + int(rng.random() * 9000)}"
