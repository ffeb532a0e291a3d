"""What the commands say, in English, or in Chinese where ``PRACTICE_LANG`` is zh."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from practice.data import read_yaml

LANGUAGE = "PRACTICE_LANG"
_CHINESE = Path(__file__).with_name("words.zh.yaml")


def told(sentence: str, language: str = "") -> str:
    """Give a sentence in that language, else in the asker's; what nobody knows stays."""
    if not _chinese(language):
        return sentence
    for english, chinese in _table()["sentences"]:
        match = re.fullmatch(english, sentence, re.DOTALL)
        if match:
            return str(chinese).format(**match.groupdict())
    return sentence


def named(name: str) -> str:
    """Give the title or the column of a table."""
    return str(_table()["names"].get(name, name)) if _chinese() else name


def fault_told(name: str, what: str) -> str:
    """Say what goes wrong by a fault."""
    return str(_table()["faults"].get(name, what)) if _chinese() else what


def _chinese(language: str = "") -> bool:
    return (language or os.environ.get(LANGUAGE, "")) == "zh"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_yaml(_CHINESE)
    return table
