"""What a title should be beside its length: long enough, without emoji, not a heap of keywords."""

from __future__ import annotations

import re

from domain.model import Value
from domain.rules.finding import Field, Finding, Severity
from domain.rules.matching import Plain, Span, plain
from domain.titles import title_width

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U000e0020-\U000e007f\u20e3\ufe0f\u231a\u231b\u23e9-\u23f3\u25fd\u25fe"
    "\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4"
    "\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2764\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u200d]+"
)
"""What phones draw as a picture; signs that are plain text everywhere (★ ♥ ™) are none."""
_KEYWORD = re.compile(r"[一-鿿]")
_LONGEST_KEYWORD = 8


class TitleRules(Value):
    """Numbers about titles, each with the rule it comes from."""

    short_rule: str
    short_source: str
    advised_han: int
    """How many 汉字 a title should have at least; two letters count as one."""
    short_refused: str
    short_allowed: str
    emoji_rule: str
    emoji_source: str
    emoji_refused: str
    emoji_allowed: str
    stuffing_rule: str
    stuffing_source: str
    repeats: int
    """How often the same word makes a heap of keywords."""
    stuffing_refused: str
    stuffing_allowed: str


def title_findings(rules: TitleRules, field: Field, text: str) -> list[Finding]:
    """Find what a title lacks or has too much of; a 导购短标题 may be short."""
    findings = _emoji(rules, field, text) + _stuffing(rules, field, text)
    if field is Field.TITLE:
        findings += _shortness(rules, text)
    return findings


def _shortness(rules: TitleRules, text: str) -> list[Finding]:
    width = title_width(text)
    if width >= 2 * rules.advised_han:
        return []
    suggestion = (
        f"a title of {rules.advised_han} 汉字 or more is advised, with the product's name in it: "
        f"this one counts {width / 2:g}"
    )
    return [
        Finding(
            rule=rules.short_rule,
            source=rules.short_source,
            severity=Severity.ADVISE,
            field=Field.TITLE,
            suggestion=suggestion,
        )
    ]


def _emoji(rules: TitleRules, field: Field, text: str) -> list[Finding]:
    return [
        Finding(
            rule=rules.emoji_rule,
            source=rules.emoji_source,
            severity=Severity.REFUSE,
            field=field,
            word=match.group(),
            start=match.start(),
            end=match.end(),
            suggestion="take the emoji out",
        )
        for match in _EMOJI.finditer(text)
    ]


def _stuffing(rules: TitleRules, field: Field, text: str) -> list[Finding]:
    spelt = plain(text)
    keyword = _repeated(spelt, rules.repeats)
    if not keyword:
        return []
    first = spelt.text.index(keyword)
    place = spelt.original(Span(first, first + len(keyword)))
    return [
        Finding(
            rule=rules.stuffing_rule,
            source=rules.stuffing_source,
            severity=Severity.ADVISE,
            field=field,
            word=text[place.start : place.end],
            start=place.start,
            end=place.end,
            suggestion=f"say it once: it stands {spelt.text.count(keyword)} times, "
            "and a heap of keywords is shown to fewer people",
        )
    ]


def _repeated(spelt: Plain, repeats: int) -> str:
    """Give the longest word of two characters or more, one of them a 汉字, that stands so often."""
    text = spelt.text
    for length in range(_LONGEST_KEYWORD, 1, -1):
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if piece.isalnum() and _KEYWORD.search(piece) and text.count(piece) >= repeats:
                return piece
    return ""
