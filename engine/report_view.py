"""What a report shows, ready to be written: everything redacted, in the operator's words.

A run may have a thousand items, so cards are made one at a time while the page is written; of the
others only what the overview needs is kept.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue

from domain.outcome import Outcome, Receipt
from domain.redact import redact, redact_all
from engine.causes import (
    AWAITED,
    PLANNED,
    Cause,
    left_to_person,
    reason_words,
    step_words,
    told_outcome,
    would_be_new,
)
from engine.evidence import file_name
from engine.runs import ItemView, RunView
from engine.words import Words

URGENT_FIRST = (
    Outcome.MISMATCH,
    Outcome.UNKNOWN,
    Outcome.NEEDS_PERSON,
    Outcome.FAILED,
    Outcome.REJECTED,
    Outcome.SKIPPED,
)
PROOFS = 3
"""How many differing facts the overview shows of an item, and of how many items of one cause."""
_MISSING: Any = object()
_WORD = re.compile(r"[0-9A-Za-z.]")


class Marked(NamedTuple):
    """A text in three parts: the middle one is what differs from another text."""

    same: str
    differs: str
    end: str


class Fact(NamedTuple):
    """One fact as the sheet wants it and as the site shows it."""

    name: str
    wanted: Marked
    found: Marked
    differs: bool


class Picture(NamedTuple):
    """A picture of an item: what it shows, and where it is relative to the report."""

    caption: str
    file: str
    thumbnail: str


class Pair(NamedTuple):
    """Pictures that belong side by side: before and after one write."""

    title: str
    pictures: list[Picture]


class Step(NamedTuple):
    """One line of an item's timeline; start and length are shares of the whole, in percent."""

    at: str
    words: str
    seconds: float
    start: float
    length: float


class Event(NamedTuple):
    """A step as the event log has it."""

    at: float
    message: str


@dataclass(frozen=True)
class Line:
    """An item as the overview needs it."""

    position: int
    key: str
    label: str
    outcome: str
    good: bool
    site_id: str
    seconds: float | None
    facts: int
    new: bool
    """Whether a dry run planned what is not on the site yet: none of its facts differs."""
    differing: int
    cause: Cause | None
    reason: str
    proofs: list[Fact]
    """The first facts that differ, for the overview."""

    @property
    def rank(self) -> int:
        """How urgent it is; what is well comes last."""
        return rank(self.outcome)


@dataclass(frozen=True)
class Card:
    """An item with all that is known of it."""

    line: Line
    folder: str
    facts: list[Fact]
    steps: list[Step]
    pairs: list[Pair]
    exists: bool
    """Whether it has a folder; an item that was never begun has none."""

    @property
    def took(self) -> float:
        """How long its steps took together."""
        return sum(step.seconds for step in self.steps)


@dataclass(frozen=True)
class Problem:
    """Items that one cause keeps from being done."""

    outcome: str
    cause: Cause
    lines: list[Line]

    @property
    def count(self) -> int:
        """How many items it keeps from being done."""
        return len(self.lines)

    @property
    def examples(self) -> list[Line]:
        """The first items whose own words say more than the cause does."""
        known = self.cause.id == PLANNED or self.cause.id not in {"sheet", self.outcome}
        telling = (line for line in self.lines if line.proofs or (line.reason and not known))
        return list(telling)[:PROOFS]


def rank(outcome: str) -> int:
    """Give an outcome's place when the most urgent comes first."""
    return URGENT_FIRST.index(Outcome(outcome)) if outcome in URGENT_FIRST else len(URGENT_FIRST)


def line_of(item: ItemView, words: Words) -> Line:
    """Give an item as the overview needs it."""
    outcome = told_outcome(item.outcome, item.reason, words)
    good = bool(item.outcome and item.outcome.good) and outcome != AWAITED
    reason = redact(item.reason)
    new = would_be_new(item.outcome, item.receipt)
    facts = _facts(item.receipt, words) if item.receipt and not good and not new else []
    differing = [fact for fact in facts if fact.differs]
    cause = left_to_person(item.outcome, reason, words)
    return Line(
        position=item.position,
        key=redact(item.key),
        label=redact(item.label),
        outcome=sys.intern(outcome),
        good=good,
        site_id=redact(item.site_id),
        seconds=seconds_of(item),
        facts=len(item.receipt.wanted) if item.receipt else 0,
        new=new,
        differing=len(differing),
        cause=cause,
        reason=reason if cause else reason_words(reason, words),
        proofs=differing[:PROOFS],
    )


def problems_of(lines: list[Line]) -> list[Problem]:
    """Put together what is mended together, the most urgent first."""
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.cause:
            groups[line.outcome, line.cause.title].append(line)
    found = [
        Problem(outcome, same[0].cause, same)
        for (outcome, _), same in groups.items()
        if same[0].cause
    ]
    return sorted(found, key=lambda one: (rank(one.outcome), -one.count))


def cards_of(view: RunView, lines: list[Line], words: Words) -> Iterator[Card]:
    """Give the items' cards, one after the other."""
    timelines = _timelines(view.evidence / "events.jsonl")
    for item, line in zip(view.items, lines, strict=True):
        place = f"items/{file_name(item.key)}"
        yield Card(
            line=line,
            folder=place,
            facts=_facts(item.receipt, words, new=line.new) if item.receipt else [],
            steps=_steps(timelines.pop(item.position, []), item.ended_at, words),
            pairs=_pairs(_pictures(view.evidence, place, words, line.outcome), words),
            exists=(view.evidence / place).is_dir(),
        )


def seconds_of(one: ItemView | RunView) -> float | None:
    """Give how long an item or a run took."""
    if one.started_at is None or one.ended_at is None:
        return None
    return (one.ended_at - one.started_at).total_seconds()


def _facts(receipt: Receipt, words: Words, *, new: bool = False) -> list[Fact]:
    """Give the facts, those that differ first; of what is new none does."""
    wanted, found = _redacted(receipt.wanted), _redacted(receipt.found)
    facts = []
    for name in dict.fromkeys([*wanted, *found]):
        sides = [
            _shown(side[name]) if name in side else words("report.nothing_there")
            for side in (wanted, found)
        ]
        # Compared before anything was hidden in them.
        same = receipt.wanted.get(name, _MISSING) == receipt.found.get(name, _MISSING)
        differs = not (new or same)
        left, right = _compared(*sides) if differs else (Marked(x, "", "") for x in sides)
        facts.append(Fact(redact(name), left, right, differs))
    return sorted(facts, key=lambda fact: not fact.differs)


def _redacted(facts: dict[str, JsonValue]) -> dict[str, Any]:
    hidden: Any = redact_all(facts)
    return dict(hidden)


def _shown(value: JsonValue) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _compared(wanted: str, found: str) -> tuple[Marked, Marked]:
    """Find the middle part in which two texts differ."""
    start = _common(wanted, found)
    end = min(_common(wanted[::-1], found[::-1]), min(len(wanted), len(found)) - start)
    # A whole number or code is easier to read than the one digit that differs.
    while start and _WORD.match(wanted[start - 1]):
        start -= 1
    while end and _WORD.match(wanted[-end]):
        end -= 1
    return _split(wanted, start, end), _split(found, start, end)


def _common(left: str, right: str) -> int:
    """Count the characters with which both texts begin."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(left), len(right)))


def _split(text: str, start: int, end: int) -> Marked:
    until = len(text) - end
    return Marked(text[:start], text[start:until], text[until:])


def _pictures(
    folder: Path, place: str, words: Words, outcome: str
) -> list[tuple[str, str, Picture]]:
    """Give an item's pictures in their order, each with its verb and moment."""
    found = []
    for file in sorted((folder / place).glob("*-*.webp")):
        verb, _, moment = file.stem.partition("-")[2].rpartition("-")
        caption = words.name("moment", PLANNED if outcome == PLANNED else moment)
        thumbnail = f"{place}/thumbnails/{file.name}"
        found.append((verb, moment, Picture(caption, f"{place}/{file.name}", thumbnail)))
    return found


def _pairs(pictures: list[tuple[str, str, Picture]], words: Words) -> list[Pair]:
    """Put each picture of before beside the next one of after the same write."""
    pairs: list[tuple[str, Pair]] = []
    for verb, moment, picture in pictures:
        open_verb, last = pairs[-1] if pairs else ("", None)
        if moment == "after" and last and open_verb == verb and len(last.pictures) == 1:
            last.pictures.append(picture)
            pairs[-1] = ("", last)
            continue
        title = words.name("verb", verb) if verb else words.name("moment", moment)
        pairs.append((verb if moment == "before" else "", Pair(title, [picture])))
    return [pair for _, pair in pairs]


def _timelines(file: Path) -> dict[int, list[Event]]:
    by_item: dict[int, list[Event]] = defaultdict(list)
    for event in _events(file):
        if "item" in event:
            at = datetime.fromisoformat(event["at"]).timestamp()
            # Most items take the same steps: their words are kept once.
            by_item[event["item"]].append(Event(at, sys.intern(redact(event["message"]))))
    return by_item


def _events(file: Path) -> Iterator[dict[str, Any]]:
    """Read the event log; a power cut may have torn a line."""
    if not file.exists():
        return
    # A line ends at \n only: a title may hold other characters that count as line ends.
    with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def _steps(events: list[Event], ended: datetime | None, words: Words) -> list[Step]:
    """Make an item's timeline; a step lasts until the next one, the last until the item's end."""
    if not events:
        return []
    began, last = events[0].at, events[-1].at
    end = max(last, ended.timestamp()) if ended else last
    whole = (end - began) or 1.0
    following = [*(event.at for event in events[1:]), end]
    return [
        Step(
            at=f"{event.at - began:.1f}",
            words=step_words(event.message, words),
            seconds=until - event.at,
            start=round(100 * (event.at - began) / whole, 2),
            length=round(100 * (until - event.at) / whole, 2),
        )
        for event, until in zip(events, following, strict=True)
    ]
