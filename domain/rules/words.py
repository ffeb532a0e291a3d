"""Words that a listing must not or should not hold, with what excuses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from pydantic import Field as Described
from pydantic import field_validator, model_validator

from domain.model import Value
from domain.rules.finding import Field, Finding, Severity
from domain.rules.matching import Span, find_closed, find_pattern, find_word, plain


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return pattern


class Term(Value):
    """One word, or one pattern of words, with an example of each kind."""

    word: str = ""
    pattern: str = ""
    """In place of ``word``: a regular expression over the text in plain forms."""
    also: tuple[str, ...] = ()
    """Other ways to write the word."""
    unless: tuple[str, ...] = ()
    """Longer innocent words: inside of them it is no finding."""
    unless_before: tuple[str, ...] = ()
    """What makes it innocent when it stands right behind: no 100元 in ``100元红包``."""
    though_before: tuple[str, ...] = ()
    """What begins like one of those and excuses nothing."""
    instead: tuple[str, ...] = ()
    """What may be written in its place."""
    severity: Severity | None = None
    """Empty: the list's."""
    source: str = ""
    """Empty: the list's."""
    categories: tuple[str, ...] = ()
    """Only in categories that have one of these in a name; empty: in all."""
    refused: str = Described(min_length=1)
    """A text in which it is found; the tests prove it."""
    allowed: str = Described(min_length=1)
    """A text that passes; the tests prove it."""

    _pattern = field_validator("pattern")(_compiles)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.word) == bool(self.pattern):
            raise ValueError("give either word or pattern")
        return self

    @property
    def name(self) -> str:
        """The word or pattern."""
        return self.word or self.pattern

    def concerns(self, category: Sequence[str]) -> bool:
        """Whether the term is about products of this category."""
        named = " ".join(category)
        return not self.categories or any(each in named for each in self.categories)

    def spans(self, text: str) -> Iterator[Span]:
        """Find it in a plain text, but where what follows makes it innocent."""
        return (span for span in self._places(text) if not self._excused_by(text[span.end :]))

    def _excused_by(self, rest: str) -> bool:
        rest = rest.casefold()
        return rest.startswith(self.unless_before) and not rest.startswith(self.though_before)

    def _places(self, text: str) -> Iterator[Span]:
        if self.pattern:
            yield from find_pattern(self.pattern, text)
            return
        for word in (self.word, *self.also):
            yield from find_word(word, text)


class Allowance(Value):
    """A known exception: words inside such a piece of text pass."""

    because: str
    source: str
    pattern: str
    """A regular expression over the text in plain forms."""
    refused: str = Described(min_length=1)
    allowed: str = Described(min_length=1)

    _pattern = field_validator("pattern")(_compiles)

    def covers(self, span: Span, text: str) -> bool:
        """Whether the exception holds for what stands at this place."""
        return any(span.within(each) for each in find_pattern(self.pattern, text))


class WordList(Value):
    """A rule of the platform or the law, as words."""

    rule: str
    source: str
    severity: Severity
    fields: tuple[Field, ...]
    advised_in: tuple[Field, ...] = ()
    """Fields in which none of it is more than advice."""
    suggestion: str
    terms: tuple[Term, ...]
    allowances: tuple[Allowance, ...] = ()

    def hits(self, text: str, category: Sequence[str]) -> list[Hit]:
        """Find its words in a plain text; inside an innocent longer word there is none."""
        hits = [
            Hit(self, term, span)
            for term in self.terms
            if term.concerns(category)
            for span in term.spans(text)
        ]
        innocent = self._innocent(text) if hits else []
        return [hit for hit in hits if not any(hit.span.within(each) for each in innocent)]

    def _innocent(self, text: str) -> list[Span]:
        words = (word for term in self.terms for word in term.unless)
        return [span for word in words for span in find_closed(word, text)]


class Text(NamedTuple):
    """One text of a listing: its field, its SKU if it is a SKU's, the text."""

    field: Field
    sku: str
    text: str


class Hit(NamedTuple):
    """A word that was found, and where in the plain text."""

    rules: WordList
    term: Term
    span: Span

    @property
    def severity(self) -> Severity:
        """What it costs."""
        return self.term.severity or self.rules.severity

    def severity_in(self, field: Field) -> Severity:
        """What it costs in this field."""
        return Severity.ADVISE if field in self.rules.advised_in else self.severity


def word_findings(lists: Sequence[WordList], text: Text, category: Sequence[str]) -> list[Finding]:
    """Find the words of all lists in one text, from left to right; of two at a place the longer."""
    spelt = plain(text.text)
    concerned = (rules for rules in lists if text.field in rules.fields)
    hits = [hit for rules in concerned for hit in rules.hits(spelt.text, category)]
    findings = []
    for hit in _longest(hits):
        place = spelt.original(hit.span)
        findings.append(
            Finding(
                rule=hit.rules.rule,
                source=hit.term.source or hit.rules.source,
                severity=hit.severity_in(text.field),
                field=text.field,
                sku=text.sku,
                word=text.text[place.start : place.end],
                start=place.start,
                end=place.end,
                suggestion=_suggestion(hit),
                allowed_because=_excuse(hit, spelt.text),
            )
        )
    return findings


def _longest(hits: list[Hit]) -> list[Hit]:
    """Keep the longest of hits that overlap; of equally long ones the one that refuses."""
    kept: list[Hit] = []
    strict = Severity.REFUSE
    for hit in sorted(hits, key=lambda h: (h.span.start - h.span.end, h.severity is not strict)):
        if not any(hit.span.overlaps(each.span) for each in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.span)


def _suggestion(hit: Hit) -> str:
    instead = f", or write {'、'.join(hit.term.instead)} instead" if hit.term.instead else ""
    return hit.rules.suggestion + instead


def _excuse(hit: Hit, text: str) -> str:
    excuses = (each for each in hit.rules.allowances if each.covers(hit.span, text))
    first = next(excuses, None)
    return f"{first.because} ({first.source})" if first else ""
