"""How long a product's title may be."""

from __future__ import annotations

from domain.sheet_errors import Fault

WIDTH_MIN = 2
WIDTH_MAX = 60
SHORT_WIDTH_MAX = 24


def title_width(title: str) -> int:
    """Count a title as the store's counter does: a 汉字 is 2, a letter or digit 1.

    Whatever else is not ASCII also counts 2: a title may come out too long here, never there.
    """
    return sum(1 if character.isascii() else 2 for character in title)


def title_fault(title: str) -> Fault | None:
    """Say what is wrong with a title's length, if anything."""
    width = title_width(title)
    if width > WIDTH_MAX:
        return Fault(
            rule="S-title-too-long",
            mend=f"shorten the title by {width - WIDTH_MAX}: it counts {width}, the store takes "
            f"{WIDTH_MAX} (a 汉字 counts 2)",
        )
    if width < WIDTH_MIN:
        return Fault(
            rule="S-title-too-short", mend=f"write a title that counts {WIDTH_MIN} or more"
        )
    return None


def short_title_fault(title: str) -> Fault | None:
    """Say what is wrong with the length of a 导购短标题, if anything; it may be empty."""
    width = title_width(title)
    if width <= SHORT_WIDTH_MAX:
        return None
    return Fault(
        rule="S-short-title-too-long",
        mend=f"shorten it by {width - SHORT_WIDTH_MAX}: it counts {width}, the store takes "
        f"{SHORT_WIDTH_MAX} (a 汉字 counts 2)",
    )
