"""The faults the store can have: by name, with a rate, counted each time one happens.

What is drawn follows the world's seed: the n-th chance of a fault has the same end in every run.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from practice.tables import FaultFired
from practice.world import World

Profile = Literal["calm", "rough", "storm"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
NEW_WORDS = {"发布商品": "提交审核", "查询": "搜索", "运费模板": "配送模板"}
CATALOGUE = Path(__file__).with_name("faults.yaml")


class NoSuchFault(ValueError):
    """A name that the catalogue does not know, or a rate that is none."""


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong."""

    name: str
    where: str
    """``page``: drawn when a page loads and counted when it shows; else the kind of request."""
    what: str
    page: str = ""
    """For a ``page`` fault: the address it is for, as a regular expression."""
    rough: float = 0.0
    """Its rate in this profile: how many of a hundred chances end badly, over a hundred."""
    storm: float = 0.0

    def rate(self, profile: Profile) -> float:
        """Its rate; nothing goes wrong in ``calm``."""
        return {"calm": 0.0, "rough": self.rough, "storm": self.storm}[profile]


@cache
def known_faults() -> Mapping[str, Fault]:
    """Every fault of ``faults.yaml`` by its name."""
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return {name: Fault(name, **entry) for name, entry in entries.items()}


@dataclass
class Faults:
    """The faults of one running store: their rates now, and how often each was drawn."""

    world: World
    seed: int
    profile: Profile = "calm"
    rates: dict[str, float] = field(default_factory=dict)
    drawn: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Start with the profile's rates; those that were given count before it."""
        given, self.rates = self.rates, {}
        self.set(self.profile, given)

    def set(self, profile: Profile | None, rates: Mapping[str, float]) -> None:
        """Take a profile's rates, if one is named, and single ones over them.

        Raises:
            NoSuchFault: an unknown name, or a rate outside 0 to 1; nothing was changed.
        """
        for name, rate in rates.items():
            if name not in known_faults():
                known = ", ".join(sorted(known_faults()))
                raise NoSuchFault(f"There is no fault {name}. Known: {known}.")
            if not 0 <= rate <= 1:
                raise NoSuchFault(f"The rate of {name} must be from 0 to 1, not {rate}.")
        if profile:
            self.profile = profile
            self.rates = {one.name: one.rate(profile) for one in known_faults().values()}
        self.rates |= rates

    def draws(self, name: str) -> bool:
        """Take one chance of a fault, without counting it as fired."""
        rate = self.rates[name]
        if rate <= 0:
            return False
        self.drawn[name] += 1
        return self.dice(name).random() < rate

    def drawn_for_page(self, address: str) -> list[str]:
        """Draw the faults of a page that is being loaded; it says itself when one shows."""
        fitting = (one for one in known_faults().values() if one.page)
        return [
            one.name for one in fitting if re.search(one.page, address) and self.draws(one.name)
        ]

    def renamed(self) -> dict[str, str]:
        """Other words for some labels, as after a redesign; nothing unless it was asked for."""
        return NEW_WORDS if self.rates["renamed_label"] else {}

    def dice(self, name: str) -> random.Random:
        """Dice of this very draw, e.g. for how long something takes."""
        return random.Random(f"{self.seed} {name} {self.drawn[name]}")  # noqa: S311

    def fires(
        self, name: str, path: str, merchant_code: str | None = None, product_id: str | None = None
    ) -> bool:
        """Take one chance, and keep it as fired if the fault happens."""
        happens = self.draws(name)
        if happens:
            self.happened(name, path, merchant_code, product_id)
        return happens

    def happened(
        self, name: str, path: str, merchant_code: str | None = None, product_id: str | None = None
    ) -> None:
        """Keep that a fault happened to somebody."""
        with self.world.transaction() as session:
            session.add(
                FaultFired(
                    at=self.world.clock.now(),
                    name=name,
                    path=path,
                    merchant_code=merchant_code,
                    product_id=product_id,
                )
            )
