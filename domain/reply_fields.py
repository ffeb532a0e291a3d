"""What one piece of a supplier's reply gives: addresses, people, phones, and what is left."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from domain.address_text import fold
from domain.phones import PhoneSpan
from domain.regions import Region
from domain.reply_places import EDGES, Place, PlaceReader, Span
from domain.reply_text import (
    Kind,
    Label,
    clauses,
    is_desk,
    is_labelled_name,
    is_name,
    is_plain_name,
)
from domain.return_address import has_door_number

_SOMEBODY = re.compile(
    r"(?:我|业务员?|客服|老板|财务|厂长|招商|投诉|咨询|售前|微信|[vVqQ][xXqQ]|总机|快递员?|司机|跟单|销售|商务|对接人?|"
    r"办公室|公司|门卫|前台|发货人?|寄件人?|发件人?|不要打|别打|勿打)(?:的|部)?(?:联系)?(?:电话|手机|号码?)*[:是\s]*$"
)
_NUMBER = re.compile(r"(?<![\dA-Za-z*])[\d*][\d*xX -]{5,}[\d*xX](?![\d*])")
_BETWEEN = re.compile(
    r"(?:[\s/、,;()]|或者?|和|以及|备用号?|另外?|还有|也可以打?|联系|座机|手机|电话|固话|:|\d(?=:))*"
)
_GAP = re.compile(r"[\s,;。/|!、~()【】\[\]:收+_=-]*")
_WORD = re.compile(r"[^\n,;。/|!?、~ ():【】\[\]+_=-]+(?:\([^()\n]{1,10}\))?")


_ON_PARCEL = re.compile(r" 收[ ~!。]*(?:\n|$)")
_CALLED = re.compile(r"(?!.*[不拒别勿代签到付概都可给寄退])[一-鿿]{2,5}")


class Fields(NamedTuple):
    """What a piece of text gives; everything as it was typed."""

    regions: tuple[Region, ...] = ()
    towns: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Clauses that are none of these."""
    marked: str = ""
    """The text with ＠ for addresses, ☎ for numbers, ☺ for names: what the doubts look at."""
    troubles: tuple[str, ...] = ()
    """Reasons to abstain that the pieces themselves give."""

    @property
    def empty(self) -> bool:
        """Whether it gives neither address nor person nor phone."""
        return not (self.regions or self.names or self.phones)


def read_fields(raw: str) -> Fields:
    """Read one piece of text; nothing is guessed, what is doubtful becomes a trouble."""
    return _Reader(raw).fields()


def _with_door(street: str, clause: str) -> str:
    """Put a street and a later clause together; empty where the clause gives no door number."""
    said = re.sub(r"^亲+|[哈哦呢]+$", "", clause)
    number = re.fullmatch(r"门牌号?(?:是|为)?[:：]?\s*(.+)", said)
    whole = street + number.group(1) if number else said
    return whole if whole.startswith(street) and has_door_number(whole) else ""


class _Reader(PlaceReader):
    def fields(self) -> Fields:
        places = self.places()
        phones = self._phones()
        names = self._names()
        self._labels_used()
        self._odd_numbers()
        left = self._left()
        places, left = self._completed(places, left)
        if any(has_door_number(clause) for clause in left):
            street = any(re.search(r"[路街巷道村]", clause) for clause in left)
            told = places or any(trouble.startswith("region") for trouble in self.troubles)
            self.troubles.append("region_missing" if street and not told else "region_unclear")
        return Fields(
            regions=tuple(place.region for place in places),
            towns=tuple(place.town for place in places),
            details=tuple(place.detail for place in places),
            names=tuple(dict.fromkeys(names)),
            phones=tuple(dict.fromkeys(phones)),
            left=left,
            marked=self._marked(),
            troubles=tuple(self.troubles),
        )

    # ---- phones

    def _phones(self) -> list[str]:
        own = [number for number in self.numbers if not self._taken(number.start)]
        for number in own:
            self.spans.append(Span(number.start, number.end, "☎"))
        mine = [number for number in own if not self._of_another(number)]
        if any(number.virtual for number in mine):
            self.troubles.append("phone_unclear")
        strong = [number for number in mine if self._of_recipient(number)]
        chosen = strong or mine
        if not self._one_person(chosen):
            self.troubles.append("phone_unclear")
        chosen.sort(key=lambda number: not number.number.startswith("1"))
        return [number.number for number in chosen[:1]]

    def _taken(self, place: int) -> bool:
        return any(span.start <= place < span.end for span in self.spans)

    def _label_before(self, place: int) -> Label | None:
        found = [label for label in self.labels if label.end <= place]
        near = found[-1] if found else None
        return near if near and not self.text[near.end : place].strip() else None

    def _of_another(self, number: PhoneSpan) -> bool:
        label = self._label_before(number.start)
        if label and label.kind is Kind.OTHER:
            return True
        clause = re.split(r"[\n,;。]", self.text[: number.start])[-1]
        return _SOMEBODY.search(clause.rsplit("同号", 1)[-1]) is not None

    def _of_recipient(self, number: PhoneSpan) -> bool:
        label = self._label_before(number.start)
        said = self.text[label.start : label.end] if label else ""
        return bool(re.search(r"收件|收货|退货", said))

    def _one_person(self, chosen: list[PhoneSpan]) -> bool:
        return all(
            first.number == second.number
            or _BETWEEN.fullmatch(self.text[first.end : second.start]) is not None
            for first, second in pairwise(chosen)
        )

    def _odd_numbers(self) -> None:
        for match in _NUMBER.finditer(self.text):
            start = match.start()
            label = self._label_before(start)
            known = self._taken(start) or self._taken(match.end() - 1)
            other = label is not None and label.kind is Kind.OTHER
            if not known and not other and len(re.sub(r"[ -]", "", match.group())) >= 7:
                self.troubles.append("phone_unclear")

    # ---- names

    def _names(self) -> list[str]:
        return self._labelled_names() or self.stuck or self._plain_names()

    def _labelled_names(self) -> list[str]:
        names = []
        for label in self.labels:
            if label.kind is Kind.NAME and not self._taken(label.start):
                names += self._value(label)
        return names

    def _value(self, label: Label) -> list[str]:
        stops = [span.start for span in self.spans] + [each.start for each in self.labels]
        limit = min([stop for stop in stops if stop >= label.end], default=len(self.text))
        delimiter = re.compile(r"[\n,;。/|!?【、]").search(self.text, label.end)
        end = min(limit, delimiter.start() if delimiter else limit)
        parts = list(re.finditer(r"\S+", self.text[label.end : end]))
        for count in (2, 1):
            if len(parts) < count:
                continue
            until = label.end + parts[count - 1].end()
            typed = self.raw[label.end : until].strip(EDGES)
            name = re.sub(r"(?:收|就行|就可以|就好|即可|[哈哦呢呀啊吧嘛]+)$", "", typed)
            lead = re.match(r"(?:已?经?[改换变](?:成|为)|应该?是|应为)", name)
            name = name[lead.end() :] if lead else name
            whole = count == len(parts) == 1 and self._says(label)
            if is_name(fold(name)) or (whole and is_labelled_name(fold(name))):
                self._no_more(parts[count:])
                self.spans.append(Span(label.end, until, "☺"))
                return [name]
        if parts and self._says(label):
            self.troubles.append("no_recipient")
        return []

    def _says(self, label: Label) -> bool:
        """Whether a label plainly announces a value, with a colon or a verb."""
        return re.search(r"[:为是写填]\s*$", self.text[label.start : label.end]) is not None

    def _no_more(self, parts: list[re.Match[str]]) -> None:
        """Doubt a name behind which more stands that may belong to it."""
        if any(is_name(part.group()) or len(part.group()) < 3 for part in parts):
            self.troubles.append("no_recipient")

    def _plain_names(self) -> list[str]:
        names = []
        for piece in _WORD.finditer(self.text):
            start, end = piece.span()
            alone = self._is_line_of_parcel(start, end)
            if self._taken(start) or not (alone or self._beside_field(start, end)):
                continue
            ahead = [taken.start for taken in self.spans if start < taken.start < end]
            end = min([*ahead, *self._label_starts(start, end), end])
            lead = re.match(r"(?:就?是|找|叫|给)(?=[一-鿿]{2})", self.text[start:end])
            start += lead.end() if lead else 0
            typed = re.sub(r"签?收$", "", self.raw[start:end])
            if not is_plain_name(fold(typed)):
                typed = typed.split("(")[0].split("（")[0]
            if is_plain_name(fold(typed)) or self._received_by(typed, end):
                names.append(typed)
                self.spans.append(Span(start, start + len(typed), "☺"))
        if len(names) == 2 and names[0] != names[1] and is_desk(names[0]):
            names = [f"{names[0]} {names[1]}"]
        if len(set(names)) > 1:
            self.troubles.append("no_recipient")
        return names

    def _received_by(self, typed: str, end: int) -> bool:
        """Whether 收 stands behind it, as on a parcel: then it may be any name (舟仓管 收)."""
        called = _ON_PARCEL.match(self.text, end) and _CALLED.fullmatch(typed)
        return bool(called) and is_labelled_name(fold(typed))

    def _is_line_of_parcel(self, start: int, end: int) -> bool:
        """Whether a line holds nothing but a name and 收: it tells who receives, wherever it is."""
        begins = start == 0 or self.text[start - 1] == "\n"
        return begins and self._received_by(self.raw[start:end], end)

    def _label_starts(self, start: int, end: int) -> list[int]:
        return [label.start for label in self.labels if start < label.start < end]

    def _beside_field(self, start: int, end: int) -> bool:
        fields = [span for span in self.spans if span.sign in "＠☎"]
        behind = [span.start for span in fields]
        behind += [label.start for label in self.labels if label.kind is Kind.PHONE]
        return any(
            span.end <= start and _GAP.fullmatch(self.text, span.end, start) for span in fields
        ) or any(
            start < place and _GAP.fullmatch(self.text, min(end, place), place) for place in behind
        )

    # ---- what is left

    def _completed(
        self, places: list[Place], left: tuple[str, ...]
    ) -> tuple[list[Place], tuple[str, ...]]:
        """Take a door number that was handed in later, where the one street lacked it."""
        if len(places) != 1 or not places[0].detail or has_door_number(places[0].detail):
            return places, left
        street = places[0].detail
        found = {clause: detail for clause in left if (detail := _with_door(street, clause))}
        if len(found) != 1:
            return places, left
        self.troubles.remove("no_door_number")
        (clause, detail), *_ = found.items()
        self._check(detail)
        rest = tuple(each for each in left if each != clause)
        return [places[0]._replace(detail=detail)], rest

    def _labels_used(self) -> None:
        values = {span.start for span in self.spans}
        for label in self.labels:
            following = re.compile(r"\s*").match(self.text, label.end)
            at = following.end() if following else label.end
            if at in values or label.end in values or at == len(self.text):
                self.spans.append(Span(label.start, label.end, "="))

    def _marked(self) -> str:
        return self._replaced("=")

    def _left(self) -> tuple[str, ...]:
        text = self._replaced("")
        return tuple(clauses(re.sub("[＠☎☺=]", "\n", text)))

    def _replaced(self, kept: str) -> str:
        pieces, at = [], 0
        for span in sorted(self.spans):
            if span.sign == kept or span.start < at:
                continue
            pieces += [self.raw[at : span.start], span.sign]
            at = span.end
        return "".join([*pieces, self.raw[at:]])
