"""The words that a result sheet writes and that a fed back one is read by."""

from __future__ import annotations

from functools import cache

from domain.outcome import Outcome
from engine.words import LANGUAGES, load_words


def outcome_word(outcome: Outcome, language: str) -> str:
    """Name an outcome as an operator of this language reads it."""
    return load_words(language)(f"outcome.{outcome}")


@cache
def good_words() -> frozenset[str]:
    """Give every word, of any language, that says that nothing is left to do."""
    good = [outcome for outcome in Outcome if outcome.good]
    return frozenset(outcome_word(each, language) for each in good for language in LANGUAGES)
