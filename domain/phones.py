"""Phone numbers of China: their kinds, one way to write them, and how logs show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from domain.address_text import fold

_GAP = r"[- ]?"
_EXTENSION = r"(?:[ ,(]{{0,2}}(?:转分机|转|分机号?|ext\\.?|-)[ :]?(?P<{name}>\d{{1,6}})(?!\d)\)?)?"
_NUMBER = re.compile(
    r"(?<![\dA-Za-z*])(?:"
    rf"(?:(?:\+|00)?86{_GAP})?(?P<mobile>1[- .]?[3-9](?:[- .]?\d){{9}})"
    + _EXTENSION.format(name="virtual")
    + rf"|(?:(?:\+|00)86{_GAP})?\(?(?P<area>010|02\d|0[3-9]\d\d)\)?{_GAP}"
    rf"(?P<line>\d{{3,4}}{_GAP}\d{{4}})"
    + _EXTENSION.format(name="extension")
    + rf"|(?P<company>[48]00{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}})"
    r"|[48]00\d-\d{3}-\d{3})"
    r")(?![\d*])"
)
_WRITTEN = {
    "手机": re.compile(r"1[3-9]\d{9}"),
    "普通座机": re.compile(r"(?:010|02\d|0[3-9]\d\d)-\d{7,8}(?:-\d{1,6})?"),
    "企业座机": re.compile(r"[48]00\d{7}"),
}
_SEPARATORS = re.compile(r"[- .]")
_VIRTUAL = re.compile(r"1[3-9]\d{9}-\d{1,6}")


class PhoneKind(StrEnum):
    """The kinds of the platform's address book, ``link_type`` 0, 1, 2 (facts/doudian.md 5.5).

    That numbers of 400 and 800 are the third kind is our reading: the source does not say.
    """

    MOBILE = "手机"
    LANDLINE = "普通座机"
    COMPANY = "企业座机"


class PhoneSpan(NamedTuple):
    """A number in a text: as we write it, and where it stands."""

    number: str
    start: int
    end: int
    virtual: bool = False
    """A mobile with an extension: it forwards for a while and is nobody's own."""


def phone_kind(number: str) -> PhoneKind | None:
    """Tell the kind of ``13800001234``, ``0571-80001234-801`` or ``4000001234``; else none."""
    kinds = (kind for kind, form in _WRITTEN.items() if form.fullmatch(number))
    return next((PhoneKind(kind) for kind in kinds), None)


def is_virtual(number: str) -> bool:
    """Whether it is a mobile with an extension, such as 18400008965-7576 (facts/doudian.md 4.3)."""
    return _VIRTUAL.fullmatch(number) is not None


def find_phones(text: str) -> Iterator[PhoneSpan]:
    """Find whole numbers in a text of ASCII digits, spaces and hyphens inside allowed."""
    for match in _NUMBER.finditer(text):
        yield PhoneSpan(_written(match), *match.span(), virtual=bool(match.group("virtual")))


def _written(match: re.Match[str]) -> str:
    if match.group("area"):
        line = _SEPARATORS.sub("", match.group("line"))
        parts = (match.group("area"), line, match.group("extension"))
        return "-".join(part for part in parts if part)
    number = _SEPARATORS.sub("", match.group("mobile") or match.group("company"))
    return "-".join(part for part in (number, match.group("virtual")) if part)


def masked_phone(number: str) -> str:
    """Leave the last four digits: ``*******1234``, ``****-****1234``."""
    return "".join("*" if sign.isdigit() else sign for sign in number[:-4]) + number[-4:]


def hide_phones(text: str) -> str:
    """Leave of every phone number in a text its last four digits; full-width digits count too."""
    for span in reversed(list(find_phones(fold(text)))):
        text = text[: span.start] + masked_phone(text[span.start : span.end]) + text[span.end :]
    return text
