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

from practice.data import read_yaml
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
    """``page``: drawn when a page loads and counted when it shows; else the kind of request.
    ``session``: drawn when a page loads, and stays until a person has done something."""
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
    entries = read_yaml(CATALOGUE)
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
        return self._dice(name).random() < rate

    def drawn_for_page(self, address: str) -> list[str]:
        """Draw the faults of a page that is being loaded; it says itself when one shows."""
        return [one for one in _for_page("page", address) if self.draws(one)]

    def hurdle_for_page(self, address: str) -> str:
        """Draw what a person must do before this page can be used; mostly nothing."""
        return next((one for one in _for_page("session", address) if self.draws(one)), "")

    def renamed(self, path: str) -> dict[str, str]:
        """Other words for some labels of a page, as after a redesign; mostly none."""
        return NEW_WORDS if self.fires("renamed_label", path) else {}

    def seconds(self, name: str, shortest: float, longest: float) -> float:
        """How long the last draw of a fault makes things take."""
        return self._dice(name, "seconds").uniform(shortest, longest)

    def luck(self) -> int:
        """A number for a page that is being loaded, for all that it does at random."""
        self.drawn["luck"] += 1
        return self._dice("luck").randrange(2**31)

    def _dice(self, name: str, *what: str) -> random.Random:
        """Dice of the last draw, the same in every run."""
        return random.Random(" ".join([str(self.seed), name, str(self.drawn[name]), *what]))  # noqa: S311

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
            session.add(self.record(name, path, merchant_code, product_id))

    def record(
        self, name: str, path: str, merchant_code: str | None = None, product_id: str | None = None
    ) -> FaultFired:
        """The row that says so, for a transaction that is under way."""
        return FaultFired(
            at=self.world.clock.now(),
            name=name,
            path=path,
            merchant_code=merchant_code,
            product_id=product_id,
        )


def _for_page(where: str, address: str) -> list[str]:
    fitting = (one for one in known_faults().values() if one.where == where and one.page)
    return [one.name for one in fitting if re.search(one.page, address)]
