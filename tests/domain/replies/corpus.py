"""The replies of suppliers, what they should become, and when two readings are the same.

README.md beside this file says in words what the checks here say in code.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Half = Literal["open", "aside"]
Reason = Literal[
    "refused",
    "asks_back",
    "elsewhere",
    "no_answer",
    "several_addresses",
    "outdated",
    "region_missing",
    "region_unclear",
    "no_door_number",
    "no_recipient",
    "no_phone",
    "phone_unclear",
]


class _Entry(BaseModel):
    """Frozen and strict: YAML must not turn a phone into a number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Reading(_Entry):
    """A return address as a parser should hand it over; no district and no town are ``""``."""

    province: str
    city: str
    district: str
    town: str = ""
    detail: str
    recipient: str
    phone: str
    rules: list[str] = []


class Abstention(_Entry):
    """The reply is not enough; the first reason that holds, in the order of ``Reason``."""

    abstain: Reason


class Reply(_Entry):
    """What a supplier wrote, in one message or several, oldest first."""

    id: str
    kind: str
    said: str | list[str]
    wanted: Reading | Abstention

    @property
    def text(self) -> str:
        """All messages, one a line."""
        return self.said if isinstance(self.said, str) else "\n".join(self.said)


def replies(half: Half) -> list[Reply]:
    """One half of the corpus."""
    file = Path(__file__).with_name(f"{half}.yaml")
    return [Reply.model_validate(each) for each in yaml.safe_load(file.read_text("utf-8"))]


def compact(text: str) -> str:
    """The text without any white space; nothing else is changed."""
    return "".join(text.split())


def letters(text: str) -> str:
    """Letters and digits only: rules are compared without their punctuation."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def differences(wanted: Reading, found: Reading) -> list[str]:
    """What makes ``found`` a wrong reading; empty when it is right."""
    wrong = [
        f"{name}: wanted {want}, found {got}"
        for name in ("province", "city", "district", "town", "detail", "recipient", "phone")
        if compact(want := getattr(wanted, name)) != compact(got := getattr(found, name))
    ]
    filed = letters("".join(found.rules))
    wrong += [f"rule lost: {rule}" for rule in wanted.rules if letters(rule) not in filed]
    for name in ("detail", "phone"):
        if letters(getattr(wanted, name)) in filed:
            wrong.append(f"{name} filed as a rule")
    return wrong
