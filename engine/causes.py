"""Why an item is not done, in the operator's words, and what to do about it.

The engine's reasons are sentences for the log. ``words/patterns.yaml`` knows them again; each
language tells them with a title that may repeat their facts, and with the next step.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from domain.outcome import Outcome, Receipt
from engine.words import Words, read_table

_FACTS = re.compile(r" \(step .*?\)(?=$|[.;)])", re.DOTALL)
"""What the engine adds to a sentence: it says where, and nothing of what is wrong."""
NOT_ENDED = "waiting"
"""Stands for the outcome of an item that has none yet."""
PLANNED = "planned"
"""The cause of an item that a dry run would do, and what its outcome is called."""


AWAITED = "awaited"
"""What the outcome of an item is called whose question to a buyer or factory has no answer yet."""
_TOLD = {PLANNED: PLANNED, "waits_answer": AWAITED, "waits_factory": AWAITED}


class Cause(NamedTuple):
    """One cause: items that share it are mended together."""

    id: str
    title: str
    todo: str


def explain(outcome: str, reason: str, words: Words) -> Cause:
    """Tell a reason in the operator's words; one nobody knows is told by its outcome."""
    return known_cause(reason, words) or Cause(
        outcome, words(f"means.{outcome}"), words(f"todo.{outcome}")
    )


def left_to_person(outcome: Outcome | None, reason: str, words: Words) -> Cause | None:
    """Tell what an item leaves to somebody; one that went well only if its note says so."""
    if outcome is not None and outcome.good:
        return known_cause(reason, words)
    return explain(str(outcome or NOT_ENDED), reason, words)


def told_outcome(outcome: Outcome | str | None, reason: str, words: Words) -> str:
    """Name an outcome as people are told it: what was planned or asked was not left undone."""
    if reason and outcome in (Outcome.SKIPPED, Outcome.DONE):
        cause = known_cause(reason, words)
        return _TOLD.get(cause.id, str(outcome)) if cause else str(outcome)
    return str(outcome or NOT_ENDED)


def would_be_new(outcome: Outcome | None, receipt: Receipt | None) -> bool:
    """Tell whether a dry run planned what is not on the site yet: nothing there is amiss."""
    return outcome is Outcome.SKIPPED and receipt is not None and not receipt.found


def known_cause(reason: str, words: Words) -> Cause | None:
    """Tell a reason in the operator's words, if it is one of those we know."""
    said = _FACTS.sub("", reason)
    for name, pattern in _patterns("causes"):
        match = pattern.search(said)
        if match:
            facts = match.groupdict()
            if "why" in facts:
                facts["why"] = value_words(words.name("why", facts["why"]), words)
            title, todo = words(f"cause.{name}.title"), words(f"cause.{name}.todo")
            return Cause(name, _filled(title, facts), _filled(todo, facts))
    return None


def reason_words(reason: str, words: Words) -> str:
    """Give a reason's title in the operator's language where it is known, else the reason."""
    if words.language != "zh":
        return reason
    for name, pattern in _patterns("notes"):
        match = pattern.match(reason)
        if match:
            return _filled(words(f"note.{name}"), match.groupdict())
    cause = known_cause(reason, words)
    return cause.title if cause else reason


def value_words(message: str, words: Words) -> str:
    """Say how a value breaks its rule, where the sentence is known."""
    for name, pattern in _patterns("values"):
        match = pattern.fullmatch(message)
        if match:
            return _filled(words(f"value.{name}"), match.groupdict())
    return message


def step_words(message: str, words: Words) -> str:
    """Tell a step of an item in the operator's words; an unknown one stays as it is."""
    for name, pattern in _patterns("steps"):
        match = pattern.fullmatch(message)
        if match:
            facts = match.groupdict()
            if "verb" in facts:
                facts["verb"] = words.name("verb", facts["verb"])
            if "why" in facts:
                facts["why"] = reason_words(facts["why"], words)
            return _filled(words(f"step.{name}"), facts)
    return message


def _filled(text: str, facts: dict[str, str]) -> str:
    return text.format(**facts) if facts else text


@cache
def _patterns(group: str) -> list[tuple[str, re.Pattern[str]]]:
    table: dict[str, str] = read_table("patterns")[group]
    return [(name, re.compile(pattern, re.DOTALL)) for name, pattern in table.items()]
