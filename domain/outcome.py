"""What can become of one item, and the proof of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import JsonValue, computed_field

from domain.model import Value


class Outcome(StrEnum):
    """The end of an item; there is no other."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"
    NEEDS_PERSON = "needs_person"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def good(self) -> bool:
        """Whether the site now is as the sheet wants it."""
        return self in {Outcome.DONE, Outcome.UNCHANGED}


class Receipt(Value):
    """What was wanted, what the site showed afterwards, and whether they are equal."""

    wanted: dict[str, JsonValue]
    found: dict[str, JsonValue]

    @classmethod
    def joined(cls, receipts: Iterable[Receipt | None]) -> Receipt:
        """Make one of an item's several; what has none adds nothing."""
        there = [one for one in receipts if one]
        return cls(
            wanted={name: fact for one in there for name, fact in one.wanted.items()},
            found={name: fact for one in there for name, fact in one.found.items()},
        )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def equal(self) -> bool:
        """Whether every wanted fact was found, and nothing else beside them."""
        return self.wanted == self.found

    def differences(self) -> list[str]:
        """Name each fact that differs, e.g. ``品牌: wanted 无品牌, found (nothing)``."""
        return [
            f"{name}: wanted {wanted}, found {found}"
            for name, wanted, found in self.differing("(nothing)")
        ]

    def differing(self, nothing: str) -> list[tuple[str, JsonValue, JsonValue]]:
        """Give each fact that differs, wanted and found, with ``nothing`` for an absent one."""
        names = dict.fromkeys([*self.wanted, *self.found])
        sides = ((x, self.wanted.get(x, nothing), self.found.get(x, nothing)) for x in names)
        return [(name, wanted, found) for name, wanted, found in sides if wanted != found]
