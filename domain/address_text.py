"""Addresses in running text: which division they begin with, and where their levels end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from domain.regions import Region, all_regions, forms

_GAP = re.compile(r"[\s,/|·.、+_-]*")
_FILLER = re.compile(r"市辖区|(?:省|自治区)直辖县级行政区划|直辖县")
_TOWN = re.compile(r"[一-鿿]{1,8}?(?:街道|镇|乡|苏木)(?:(?:街道|镇|乡)(?!政府))?")
_NO_TOWN = re.compile(
    r"..*[路号]|.大道|工业|园区|[开新]发?区.|高新区|市场|广场|大厦|小镇$|古镇$|[家故水梦老]乡$|街(?!道|镇|乡)"
)
_AFTER_TOWN = re.compile(
    r"[东西南北中]?(?:路|街|大道|大街|公路|巷|弄|道)|办|[江海宁平坪巴沅原远雄康安赉](?:路|街|大道|市|区|县)"
)
_ZONE = re.compile(r"[一-鿿]{0,12}?(?:开发区|高新区|经开区|新区|园区|工业区|度假区|保税区|示范区)")
_KINDS = ("区", "县", "市", "旗", "州")
_UNKNOWN = re.compile(r"[一-鿿]{1,5}?[区县市旗]")


class Clarity(StrEnum):
    """How far the divisions at the beginning of an address can be told."""

    CLEAR = "clear"
    MISSING = "missing"
    UNCLEAR = "unclear"


class RegionReading(NamedTuple):
    """A division read from a text, and where its last level ends."""

    clarity: Clarity
    end: int
    region: Region | None = None


class _Step(NamedTuple):
    regions: frozenset[Region]
    end: int
    full: int
    """How many levels were written in full."""
    levels: int
    deepest: int
    """0 province, 1 city, 2 district."""
    short: bool = False
    """Whether the last level was written short."""


def fold(text: str) -> str:
    """Write full-width letters, digits and punctuation as ASCII, character for character."""
    folded = (unicodedata.normalize("NFKC", sign) for sign in text)
    return "".join(new if len(new) == 1 else sign for new, sign in zip(folded, text, strict=True))


class _Name(NamedTuple):
    regions: frozenset[Region]
    full: bool


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, _Name], ...]:
    """Give for each level: name → regions that carry it, and whether it is the full name."""
    levels: tuple[dict[str, set[Region]], ...] = ({}, {}, {})
    fulls: tuple[set[str], ...] = (set(), set(), set())
    for region in all_regions():
        for level, names in enumerate(forms(region)):
            fulls[level].add((region.province, region.city, region.district)[level])
            for name in names:
                levels[level].setdefault(name, set()).add(region)
    return tuple(
        {name: _Name(frozenset(regions), name in full) for name, regions in known.items()}
        for known, full in zip(levels, fulls, strict=True)
    )


@lru_cache(maxsize=1)
def _everywhere() -> frozenset[Region]:
    return frozenset(all_regions())


@lru_cache(maxsize=1)
def _lengths() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sorted({len(name) for name in level}, reverse=True)) for level in _names())


def _matches(text: str, start: int, level: int) -> Iterator[tuple[str, _Name]]:
    for length in _lengths()[level]:
        found = _names()[level].get(text[start : start + length])
        if found is not None:
            yield text[start : start + length], found


def _skip(text: str, start: int) -> int:
    end = _GAP.match(text, start).end()  # type: ignore[union-attr]  # it matches nothing too
    filler = _FILLER.match(text, end)
    return _skip(text, filler.end()) if filler else end


@lru_cache(maxsize=256)  # one text is looked at from the same place several times
def read_region(text: str, start: int = 0) -> RegionReading | None:
    """Read the divisions that a folded text names at a place; None where it names none.

    A level above may be missing where the rest implies it. What several divisions could be, or
    contradicts itself, is unclear; what names no district although the city has some, is missing.
    """
    steps = _steps(text, start)
    leaves = [step for step in steps if _is_leaf(text, step)]
    if leaves:
        end = max(step.end for step in leaves)
        regions = frozenset().union(*(step.regions for step in leaves if step.end == end))
        if len(regions) == 1:
            return RegionReading(Clarity.CLEAR, end, next(iter(regions)))
        return RegionReading(Clarity.UNCLEAR, end)
    above = [step for step in steps if step.deepest < 2 and (step.deepest == 0 or step.full)]
    if not above:
        return None
    mended = {found for step in above if (found := _mended(text, step)) is not None}
    if len(mended) == 1:
        return mended.pop()
    end = max(step.end for step in above)
    return RegionReading(_what_lacks(text, end), end)


def _steps(text: str, start: int) -> list[_Step]:
    whole = _Step(_everywhere(), start, 0, 0, -1)
    steps = [whole]
    for level in range(3):
        steps += [more for step in steps for more in _further(text, step, level)]
    return [step for step in steps if step.levels]


def _further(text: str, step: _Step, level: int) -> Iterator[_Step]:
    start = _skip(text, step.end) if step.levels else step.end
    for name, found in _matches(text, start, level):
        regions = found.regions & step.regions
        if regions:
            yield _Step(
                regions,
                start + len(name),
                step.full + found.full,
                step.levels + 1,
                level,
                not found.full,
            )


def _is_leaf(text: str, step: _Step) -> bool:
    """Whether a step ends at a lowest division, told without doubt."""
    if step.deepest == 2:
        return _district_holds(text, step)
    without_districts = step.deepest == 1 and all(not each.district for each in step.regions)
    if not without_districts:
        return False
    return step.full > 0 or step.levels > 1 or town_at(text, step.end) is not None


def _district_holds(text: str, step: _Step) -> bool:
    if not step.short:
        return step.levels > 1 or len(_last_name(step)) > 2
    told = step.levels > 1 or len(step.regions) == 1
    if not told or text[step.end : step.end + 1] in _KINDS:  # 吴江 is no part of 吴江市
        return False
    return town_at(text, _skip(text, step.end)) is not None


def _last_name(step: _Step) -> str:
    return next(iter(step.regions)).district


def _mended(text: str, step: _Step) -> RegionReading | None:
    """Read on where a name is an old one of the same place, or the city's is mistyped by one."""
    start = _skip(text, step.end)
    token = _UNKNOWN.match(text, start)
    if token is None:
        return None
    return _raised(token, step) or (
        _mistyped_city(text, token, step) if step.deepest == 0 else None
    )


def _raised(token: re.Match[str], step: _Step) -> RegionReading | None:
    """Know a county that became a city or a district, a city that became one, by its old name."""
    name, kind = token.group()[:-1], token.group()[-1]
    heirs = {"县": ("区", "市"), "市": ("区",)}.get(kind, ())
    found = [
        region for region in step.regions if region.district in {name + heir for heir in heirs}
    ]
    if len(found) != 1 or len(name) < 2:
        return None
    return RegionReading(Clarity.CLEAR, token.end(), found[0])


def _mistyped_city(text: str, token: re.Match[str], step: _Step) -> RegionReading | None:
    """Take a city with one wrong character, where province and district are right around it."""
    start = _skip(text, token.end())
    for name, found in _matches(text, start, 2):
        regions = [
            region
            for region in found.regions & step.regions
            if found.full and _one_off(region.city, token.group())
        ]
        if len(regions) == 1 == len(found.regions & step.regions):
            return RegionReading(Clarity.CLEAR, start + len(name), regions[0])
    return None


def _one_off(right: str, typed: str) -> bool:
    return len(right) == len(typed) and sum(a != b for a, b in zip(right, typed, strict=True)) == 1


def _what_lacks(text: str, end: int) -> Clarity:
    start = _skip(text, end)
    if _ZONE.match(text, start):
        return Clarity.MISSING
    return Clarity.UNCLEAR if _UNKNOWN.match(text, start) else Clarity.MISSING


def town_at(text: str, start: int) -> re.Match[str] | None:
    """Find 街道, 镇 or 乡 right at a place; None where it may be something else."""
    town = _TOWN.match(text, start)
    if town is None or _NO_TOWN.search(town.group()) or _AFTER_TOWN.match(text, town.end()):
        return None
    return town


def repeated_levels(text: str, start: int, region: Region) -> int:
    """Give where a text goes on behind levels of the same region that it names once more."""
    end = start
    for name in (region.province, region.city, region.district):
        at = _skip(text, end)
        if name and text.startswith(name, at):
            end = at + len(name)
    return end


def town_is_doubtful(text: str, start: int) -> bool:
    """Whether something like a town stands there that may be none (古镇镇南路)."""
    town = _TOWN.match(text, start)
    return town is not None and town_at(text, start) is None and not _NO_TOWN.search(town.group())
