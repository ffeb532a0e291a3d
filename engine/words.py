"""The words an operator reads, one table per language: ``words/zh.yaml``, ``words/en.yaml``.

Both hold the same keys. What the code itself says (errors, steps) is told in these words by
``words/patterns.yaml``; see ``engine/causes.py``.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("words")
LANGUAGES = ("zh", "en")
DEFAULT = "zh"
"""A 抖店 operator reads Chinese, whatever the machine was set up in."""


class Words:
    """One language's table; ``words("run.none")`` gives a text."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, key: str, /, **facts: object) -> str:
        """Give a text, its ``{facts}`` filled in."""
        text = self.texts[key]
        return text.format(**facts) if facts else text

    def name(self, group: str, word: str) -> str:
        """Give the name of one of our own words, e.g. of a verb; an unnamed one stays as it is."""
        return self.texts.get(f"{group}.{word}", word)

    def about(self, robot: str) -> Words:
        """Give the words for what a robot works on: its group's own texts before the general ones.

        An order is no product: ``of_orders`` says ``订单编号`` where the rest says ``商家编码``.
        """
        group = read_table("patterns")["about"].get(robot)
        if group is None:
            return self
        own = f"{group}."
        texts = {key[len(own) :]: text for key, text in self.texts.items() if key.startswith(own)}
        return Words(self.language, {**self.texts, **texts})

    def lasted(self, seconds: float | None) -> str:
        """Write a duration: ``12.3 s``, ``4 min 05 s``, ``1 h 02 min``; nothing for none."""
        if seconds is None:
            return ""
        if seconds < 100:
            return self("time.seconds", seconds=f"{seconds:.1f}")
        minutes, rest = divmod(round(seconds), 60)
        if minutes < 60:
            return self("time.minutes", minutes=minutes, seconds=f"{rest:02}")
        return self("time.hours", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Give the operator's language: ``SHOPCLERK_LANG``, else the system's, else Chinese."""
    chosen = environment.get("SHOPCLERK_LANG") or _system_language(environment)
    short = chosen.strip().lower()[:2]
    return short if short in LANGUAGES else DEFAULT


def _system_language(environment: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return environment[variable]
    # Windows sets none of them; it says "Chinese (Simplified)_China" or "English_…".
    named = (locale.getlocale()[0] or "").lower()
    return "zh" if named.startswith("chinese") else named


def operator_words() -> Words:
    """Give the table of the operator's language."""
    return load_words(language())


@cache
def load_words(name: str) -> Words:
    """Read one language's table."""
    return Words(name, dict(_flat(read_table(name))))


def read_table(name: str) -> dict[str, Any]:
    """Read one file of the words as it stands."""
    import yaml  # here, for --help asks only which language it is

    # The C parser, where there is one, is ten times as quick.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  a safe loader, both
    return content


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
