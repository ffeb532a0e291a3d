"""Addresses in a supplier's reply: where each begins and ends, and what is doubtful about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.address_text import (
    Clarity,
    RegionReading,
    fold,
    read_region,
    repeated_levels,
    town_at,
    town_is_doubtful,
)
from domain.phones import find_phones
from domain.regions import Region
from domain.reply_text import Kind, find_labels, is_plain_name, name_behind
from domain.return_address import has_door_number

_UNIT = re.compile(
    r"(?:[东西南北]?[A-Za-z]?[\d一二三四五六七八九十]+(?:[-—]\d+)*[A-Za-z]?"
    r"(?:号楼?|[栋幢座]|楼|层|室|单元|[库仓]|厂房|门|铺|档口?|商位|区|组|排)|[A-Z][栋座区])+[\dA-Z-]*"
)
_NO_DETAIL = re.compile(
    r"[寄退拒签请勿或]|到付|不要|不收|运费|小时|订单|谢谢|麻烦|收件|电话|客户|亲|附纸|地址|发货|仓库收|联系|不是"
)
_ENDS = re.compile(
    r"(?:[号栋幢座楼层室库仓房门组排铺档位户弄巷园院厂城店村\dA-Za-z#）)内里旁]|单元|大厦|广场|中心|市场|公司|小区|花园|"
    r"车间|对面|旁边|隔壁|后面|楼上|仓库|档口|一区|[A-Za-z\d一二三四五六七八九十]区|宿舍|商铺|超市|驿站|门面)$"
)
_BEHIND_DOOR = re.compile(r"[号栋幢座楼层室\d]|单元")
_WORDS = re.compile(
    r"[哈哦呢吧的了就这那是我你您行可好亲和或也都吗嘛呀啊先再给人名要收上下来去说有没]"
)
_POLITE = re.compile(r"(?:就可以|就行|就好|即可|[哈哦呢])+了?$")
_PLACE = re.compile(r"[旁内楼侧口园]|对面|附近|后面|隔壁|进来|大厦")
_LEAD_IN = re.compile(r"(?:^|[到寄至在是为址回给往:\W\d])$")
_DELIMITER = re.compile(
    r"[\n,;。!…|~/、? (【+_=]|(?<![\dA-Za-z号栋幢座楼])-|(?<![\dA-Za-z])-(?!\d)|-(?![\dA-Za-z])"
)
EDGES = " \t\n,，.。;；:：、/|~～!！-—·"
"""Punctuation that is no part of a value."""


class Place(NamedTuple):
    """An address in a text; town and detail as typed."""

    region: Region
    town: str
    detail: str
    start: int
    end: int


class Span(NamedTuple):
    """A piece of text that was understood."""

    start: int
    end: int
    sign: str
    """＠, ☎, ☺, or ``=`` for a label that led to one of them."""


class PlaceReader:
    """Finds the addresses of one text; what is doubtful becomes a trouble."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = fold(raw)
        self.labels = find_labels(self.text)
        self.numbers = list(find_phones(self.text))
        self.spans: list[Span] = []
        self.troubles: list[str] = []
        self.stuck: list[str] = []
        """Names that stick to a door number."""

    def places(self) -> list[Place]:
        """Find all addresses, from left to right."""
        places: list[Place] = []
        start = 0
        while start < len(self.text):
            reading = read_region(self.text, start) if self._may_begin(start) else None
            place = self._place(start, reading) if reading else None
            if place is not None:
                places.append(place)
                self.spans.append(Span(place.start, place.end, "＠"))
            start = max(start + 1, place.end if place else 0)
        return places

    def _may_begin(self, start: int) -> bool:
        if not "一" <= self.text[start] <= "鿿":
            return False
        behind_label = any(label.end == start for label in self.labels)
        return (
            behind_label
            or _LEAD_IN.search(self.text[:start][-1:]) is not None
            or (read_region(self.text, start) is not None and self._names_a_province(start))
        )

    def _names_a_province(self, start: int) -> bool:
        reading = read_region(self.text, start)
        region = reading.region if reading else None
        return region is not None and self.text.startswith(region.province[:2], start)

    def _place(self, start: int, reading: RegionReading) -> Place | None:
        if reading.region is None or reading.clarity is not Clarity.CLEAR:
            rest = re.split(r"[\n。;]", self.text[start:], maxsplit=1)[0][:60]
            if has_door_number(rest):
                self.troubles.append(f"region_{reading.clarity}")
            return None
        begin = self._after_gap(repeated_levels(self.text, reading.end, reading.region))
        town = town_at(self.text, begin)
        if town is None and town_is_doubtful(self.text, begin):
            self.troubles.append("region_unclear")
        street = self._after_gap(self._behind(town, reading.region)) if town else begin
        end = self._street_end(street)
        polite = _POLITE.search(self.text, street, end)
        end = polite.start() if polite else end
        detail = self.raw[street:end].strip(EDGES)
        self._check(detail)
        return Place(reading.region, town.group() if town else "", detail, start, max(end, begin))

    def _behind(self, town: re.Match[str], region: Region) -> int:
        """Give where a text goes on behind a town, also where it says region and town once more."""
        again = repeated_levels(self.text, town.end(), region)
        more = self.text.startswith(town.group(), self._after_gap(again))
        if again > town.end() and not more:
            self.troubles.append("region_unclear")
        return self._after_gap(again) + len(town.group()) if more else again

    def _after_gap(self, start: int) -> int:
        match = re.compile(r"[ ,/|·+_-]*\n?").match(self.text, start)
        return match.end() if match else start

    def _street_end(self, start: int) -> int:
        limit = self._limit(start)
        end = self._piece_end(start, limit)
        while end < limit:
            nearest = re.compile(r"[ ,、;-]*").match(self.text, end)
            after = nearest.end() if nearest else end
            if self.text[after : after + 1] == "(":
                end_of_bracket = self._bracket_end(after)
                if end_of_bracket < 0:
                    break
                end = end_of_bracket
                continue
            more = self._piece_end(after, limit)
            if after == end or not self._goes_on(self.text[start:end], self.text[after:more]):
                break
            end = more
        return self._without_name(start, end)

    def _limit(self, start: int) -> int:
        starts = [label.start for label in self.labels]
        starts += [number.start for number in self.numbers]
        return min([len(self.text), *(each for each in starts if each >= start)])

    def _piece_end(self, start: int, limit: int) -> int:
        delimiter = _DELIMITER.search(self.text, start)
        return min(limit, delimiter.start() if delimiter else limit)

    def _goes_on(self, before: str, piece: str) -> bool:
        if _UNIT.fullmatch(piece):
            return True
        fits = has_door_number(piece) and not _NO_DETAIL.search(piece)
        return (
            fits
            and not is_plain_name(piece)
            and read_region(piece) is None
            and (not has_door_number(before) or _UNIT.match(piece) is not None or len(piece) > 5)
        )

    def _bracket_end(self, start: int) -> int:
        close = self.text.find(")", start)
        inside = self.text[start + 1 : close]
        if close < 0 or _NO_DETAIL.search(inside) or not inside or find_labels(inside):
            return -1
        if _PLACE.search(inside) or has_door_number(inside):
            return close + 1
        if len(inside) > 3:
            self.troubles.append("region_unclear")
        return -1

    def _without_name(self, start: int, end: int) -> int:
        """Leave a name that sticks to the door number before a phone to the names."""
        behind = self.text[end:].lstrip(" ,/;、-+_")
        at = len(self.text) - len(behind)
        before_phone = any(number.start == at for number in self.numbers)
        labelled = any(label.kind is Kind.NAME for label in self.labels)
        street = self.text[start:end]
        taken = street.endswith("收")
        cut = name_behind(street.removesuffix("收"))
        if cut < 0 or labelled or not (before_phone or taken) or _ENDS.search(street):
            return end
        self.stuck.append(self.raw[start + cut : end].removesuffix("收"))
        self.spans.append(Span(start + cut, end, "☺"))
        return start + cut

    def _check(self, detail: str) -> None:
        plain = fold(detail)
        behind = "" if _ENDS.search(plain) else _BEHIND_DOOR.split(plain)[-1]
        if not has_door_number(detail):
            self.troubles.append("no_door_number")
        elif _NO_DETAIL.search(plain) or read_region(plain) or _WORDS.search(behind):
            self.troubles.append("region_unclear")
