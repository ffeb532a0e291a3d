"""Titles and codes of the foreign products: ordinary ones, and families of near twins."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TypeVar

from practice.catalogue import Category

WORDS = (
    "加厚", "简约", "日系", "大容量", "便携", "纯棉", "防滑", "北欧风", "可爱", "耐用", "轻便",
    "复古", "ins风", "百搭", "透气", "防水", "一次性", "可折叠", "高颜值", "新款", "冬季", "夏天",
)  # fmt: skip
WORD_PAIRS = tuple(f"{one}{other}" for one, other in permutations(WORDS, 2))
CROWDS = ("学生宿舍", "办公室", "家用", "户外", "送礼", "女生", "男士", "儿童", "车载", "旅行")
CODE_SHAPES = ("KD{:05d}", "2026-{:05d}", "CG-{:d}-B", "HM{:06d}", "sx_{:05d}", "货号{:05d}")
FAMILY_LETTERS = ("QN", "XB", "WL", "JC", "ZY", "MK", "RV", "YH")
NO_CODE = 0.25
"""So many of a hundred products never got a code, over a hundred."""


Thing = TypeVar("Thing")


def pick(rng: random.Random, things: Sequence[Thing]) -> Thing:
    """One of them; three times as quick as ``rng.choice``."""
    return things[int(rng.random() * len(things))]


@dataclass(frozen=True)
class Name:
    """What a product is, and what buyers and its merchant call it."""

    category: Category
    title: str
    code: str | None


def _wide(text: str) -> str:
    """The same in full-width signs."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


# What a hasty hand makes of P-1.
CODE_TWINS: tuple[Callable[[str], str], ...] = (
    lambda code: code,
    lambda code: code + "0",
    lambda code: code + "00",
    lambda code: code + "A",
    str.lower,
    lambda code: code.replace("-", ""),
    _wide,
    lambda code: code.replace("-", "_"),
    lambda code: code,
)
# One sign more, less or other: what an eye passes over.
TITLE_TWINS: tuple[Callable[[str], str], ...] = (
    lambda title: title,
    lambda title: title + "款",
    lambda title: title.replace("款", "版", 1),
    lambda title: title.replace("大", "太", 1),
    lambda title: title[:2] + " " + title[2:],
    lambda title: title.replace("可", "司", 1) + "2",
    lambda title: title + "２",
    lambda title: title + "。",
    lambda title: title,
)


def names(rng: random.Random, leaves: list[Category], count: int) -> list[Name]:
    """So many names: first P-1 and its near twins, about a tenth in such families, then others."""
    found = _family(pick(rng, leaves), "P-1", rng)
    for number in range(21, 21 + count // 90):
        found += _family(pick(rng, leaves), f"{pick(rng, FAMILY_LETTERS)}-{number}", rng)
    found += [_ordinary(rng, pick(rng, leaves), at) for at in range(count - len(found))]
    return found[:count]


def _family(category: Category, code: str, rng: random.Random) -> list[Name]:
    """Nearly the same code, nearly the same title, and once both the same."""
    title = _title(rng, category)
    pairs = zip(CODE_TWINS, TITLE_TWINS, strict=True)
    return [Name(category, of_title(title), of_code(code)) for of_code, of_title in pairs]


def _ordinary(rng: random.Random, category: Category, at: int) -> Name:
    code = pick(rng, CODE_SHAPES).format(1000 + at * 7 + int(rng.random() * 7))
    return Name(category, _title(rng, category), code if rng.random() > NO_CODE else None)


def _title(rng: random.Random, category: Category) -> str:
    return f"{pick(rng, WORD_PAIRS)}{category.name}{pick(rng, CROWDS)}款"
