"""What a sheet asks for, held against what the shop's form offered when it was last read.

A category that the form lacks costs the run minutes, so it is told before. The list may be old, or
of a part of the categories only: what it says is told with its time and how to read it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches

from console.sheet_choices import Choices, first_of
from domain.sheet_errors import Fault

_NAMED = 8  # templates in one message


@dataclass(frozen=True)
class Offered:
    """A shop's lists, and the zone in which people are told when they were read."""

    known: Choices
    zone: tzinfo

    def category_fault(self, path: Sequence[str]) -> Fault | None:
        """Say that a category was not among the shop's, with the nearest one.

        Of a first category below which nothing was read, only a reading of the whole tells.
        """
        asked = " > ".join(path)
        read = self.known.whole or self.knows_all_below(path[0])
        if not read or not self.known.categories or asked in self.known.categories:
            return None
        mend = f"choose a category of the shop: this one was not there when read at {self._when}"
        nearest = self._nearest(asked, path[-1])
        mend += f"; the nearest is {nearest}" if nearest else ""
        return Fault(rule="S-category-not-offered", mend=mend)

    def knows_all_below(self, first: str) -> bool:
        """Whether the categories below a first one were read: often only a part of them is."""
        return any(first_of(each) == first for each in self.known.categories)

    def freight_fault(self, template: str) -> Fault | None:
        """Say that a 运费模板 was not among the shop's."""
        there = self.known.freight_templates
        if not there or template in there:
            return None
        named = "、".join(there[:_NAMED]) + (" …" if len(there) > _NAMED else "")
        mend = f"choose a 运费模板 of the shop: {template} was not there when read at {self._when}"
        return Fault(rule="S-freight-not-offered", mend=f"{mend}, but {named}")

    @property
    def _when(self) -> str:
        return f"{self.known.read_at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def _nearest(self, asked: str, leaf: str) -> str:
        same_leaf = [x for x in self.known.categories if x.rpartition(" > ")[2] == leaf]
        likely = same_leaf or self.known.categories
        close = get_close_matches(asked, likely, n=1, cutoff=0.0 if same_leaf else 0.6)
        return close[0] if close else ""
