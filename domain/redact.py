"""The one redactor every text passes before it is written anywhere."""

from __future__ import annotations

import re

from pydantic import JsonValue

_OPENS = re.compile(r"(?i)password|passwd|token|sessionid|密码|cookies?|authorization")
_NAMED = r"(?i)((?:password|passwd|token|sessionid|密码)[\"']?\s*[=:：]\s*)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # A mainland mobile number, not a part of a longer one (19-digit ids stay readable).
    (
        re.compile(r"(?<!\d)((?:\+?86[- ]?)?[1１][3-9３-９]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)"),
        r"\1****\2",
    ),
    # Headers whose whole value opens a door.
    (re.compile(r"(?im)(cookie|authorization)([\"']?\s*[=:：]).*$"), r"\1\2 ***"),
    # key=value and "key": "value" of a secret, in quotes of either kind or in none.
    (re.compile(rf'{_NAMED}"[^"]*"'), r'\1"***"'),
    (re.compile(rf"{_NAMED}'[^']*'"), r"\1'***'"),
    (re.compile(rf"{_NAMED}[^\s\"',;]+"), r"\1***"),
)


def redact(text: str) -> str:
    """Hide phone numbers and secrets in a text."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def redact_all(value: JsonValue) -> JsonValue:
    """Hide them in every text of a JSON value, before it becomes one line of JSON."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [redact_all(part) for part in value]
    if isinstance(value, dict):
        return {
            name: "***" if _OPENS.fullmatch(name) else redact_all(part)
            for name, part in value.items()
        }
    return value
