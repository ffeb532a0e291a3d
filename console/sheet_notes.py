"""Advice about a sheet as lines to print: what many products share is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from console.sheet_words import mend_words, remark_line, say
from domain.sheet_errors import SheetNote

_NAMED = 8  # products by name in one line; the result sheet has them all


def note_lines(notes: Sequence[SheetNote], language: str) -> list[str]:
    """Write the advice, one line a kind, in the sheet's order."""
    kinds: dict[tuple[str, str, str], list[SheetNote]] = defaultdict(list)
    for note in notes:
        kinds[note.rule, note.column, note.mend].append(note)
    return [say("note", language, mend=_line(same, language)) for same in kinds.values()]


def _line(same: list[SheetNote], language: str) -> str:
    first = same[0]
    if len(same) == 1:
        return remark_line(first, language)
    places = "、".join(f"{note.code} {note.cell}" for note in same[:_NAMED])
    return say(
        "more_notes",
        language,
        column=first.column,
        count=len(same),
        places=places + (" …" if len(same) > _NAMED else ""),
        mend=mend_words(first, language),
        rule=first.rule,
    )
