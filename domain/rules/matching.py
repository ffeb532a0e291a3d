"""Find words however they are written: full-width, with blanks or signs put in between.

A sign that has no business inside a word (``最*佳``) hides nothing. A blank or comma may just as
well stand between two words (``珍藏集 合金车模`` is no 集合), so over such a gap a word counts only
where it begins or ends like a word: ``最 佳保温杯``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_GAP = r"[\W_]{0,3}"
_SOFT_GAP = re.compile(r"[\s,，、。;；:：/|+&()（）\[\]【】「」《》!！?？]")
_IN_WORD = re.compile(r"[^\W_]")


class Span(NamedTuple):
    """A piece of a text: its first character and the one behind its last."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether all of it lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


class Plain(NamedTuple):
    """A text in plain forms (NFKC, nothing invisible), and where each character came from."""

    text: str
    places: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """Give a span's place in the text as it was written."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


def plain(text: str) -> Plain:
    """Bring a text into plain forms: ``ＮＯ．１`` → ``NO.1``."""
    pieces = [
        (form, place)
        for place, character in enumerate(text)
        if not _INVISIBLE.match(character)
        for form in unicodedata.normalize("NFKC", character)
    ]
    return Plain("".join(form for form, _ in pieces), tuple(place for _, place in pieces))


def find_word(word: str, text: str) -> Iterator[Span]:
    """Find a word in a plain text, signs put between its characters or not."""
    if word[0] not in text and not word[0].isascii():
        return  # most words are in no title: this is ten times as quick as looking for all
    for match in _spread(word).finditer(text):
        span = Span(*match.span())
        if not _SOFT_GAP.search(match.group()) or _stands_alone(text, span):
            yield span


def find_closed(word: str, text: str) -> Iterator[Span]:
    """Find a word that nothing was put into: an innocent one must not reach over a gap."""
    return (Span(*each.span()) for each in re.finditer(re.escape(word), text, re.IGNORECASE))


def find_pattern(pattern: str, text: str) -> Iterator[Span]:
    """Find what a regular expression says, in a plain text."""
    return (Span(*each.span()) for each in re.finditer(pattern, text, re.IGNORECASE))


@lru_cache(maxsize=1024)
def _spread(word: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(re.escape(character) for character in word), re.IGNORECASE)


def _stands_alone(text: str, span: Span) -> bool:
    """Whether a word's first or last character is the edge of what stands between two gaps."""
    before, after = text[: span.start][-1:], text[span.end :][:1]
    return not (_IN_WORD.match(before) and _IN_WORD.match(after))
