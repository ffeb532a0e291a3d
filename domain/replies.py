"""A supplier's reply, read into a return address and the rules that come with it, or not at all.

A wrong address costs more than a second question (facts/operators.md 4.4), so whatever is not
proven abstains: two addresses, a condition, a correction that gives no whole value, words that
speak of moving, a division that could be another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from pydantic import ValidationError

from domain.address_text import fold
from domain.model import Value
from domain.reply_doubts import CORRECTS, DOUBTS, LATER
from domain.reply_fields import Fields, read_fields
from domain.reply_text import Kind, find_labels, is_plain_name, tidy
from domain.return_address import ReturnAddress
from domain.return_rules import is_of_a_parcel, is_order, is_place, is_rule, is_small_talk

_FOR_RETURNS = re.compile(r"[退返回]|售后")
_PATCHES = re.compile(
    r"不是.{1,14}是|补充|[少漏多][写打]?了|撤回|作数|第[一二三]个|[改换]成?一下|前面的?(?!.{0,6}错)|上面的?(?!.{0,6}错)"
)
_WHAT_WAS_WRONG = (
    ("address", re.compile(r"地址|门牌|路名|区|街道")),
    ("phone", re.compile(r"电话|手机|号码|联系方式")),
    ("name", re.compile(r"收件人|收货人|名字|姓名|联系人")),
)
_FROM_NOW_ON = re.compile(
    r"(?:新的?(?:退货|收货)?(?:仓库?)?地址[^,，。\n]{0,4}"
    r"|(?:以后|现在|今后)?(?:都|统一)?退货(?:地址)?(?:请|就)?(?:寄|退|改成|改为|换成|是|为)(?:到|至|这个)?)"
    r"[\s:：]*(?:(?:收件人|收货人|联系电话|电话|退货地址|地址)[\s:：]*)*$"
)
_NOT_YET = re.compile(r"下周|下个?月|月底|即将|准备|以后|到时|起|开始|不知|还没|等")
_LEAD = re.compile(
    r"(?:亲+|您好|你好|在的?|呢|哈|哦|这边|这里|我们|我|的话|的|请|麻烦|您|你|可以|就|直接|统一|全部|都|把|货|退换货|退|换货|寄|回|发|到|至|"
    r"给|往|地址|新|详细|具体|收货|收件|售后|仓库|仓|信息|如下|为|是|一?下|需要|(?:订单|单号|订单号|货号|款号|编号|尾号|邮编|邮政编码)|[\dA-Za-z-]+|这单|此单|现在|以后|改成|改为|收|人|姓名|联系|电话|手机|号码?|[☺☎＠】:：/\[\]【()（）])*"
)
"""What may stand right before an address without being a condition."""
_NAMED = re.compile(r"(?<![不款被])退(?:换?货)?的?(?:地址|信息|请?寄|到|\s*[:：])(?![没不有吗])")
_TO_SOMEBODY = re.compile(r"(?:发|寄|快递|补)给(?![您你我])")
_OF_RETURNS = re.compile(
    r"(?<!被)退(?!款|回[来了])|返[货件厂]|寄回|换货|(?<!客户)(?<!买家)(?<!顾客)地址|搬(?!运)|迁|[新老旧换][^,，。\n]{0,3}(?:厂|仓|地方)"
    r"|没人收|(?<![通达丰兔政])停收|收不到|不收了|关[门闭了]|倒闭|换号|停用|撤了|不在[这那]|我们(?:家|厂)?不做了|联系人|换成|更换|寄错"
    r"|(?:地方|[这那][边里]|点)[^,，。\n]{0,3}(?:不用|不收|没)|(?:收件人|收货人|电话|手机号?)[^,，。\n]{0,4}[换改]"
)
"""Words of news that may concern a return address, whatever else it tells."""


class Reason(StrEnum):
    """Why a reply is no answer; of several the first of this order."""

    REFUSED = "refused"
    ASKS_BACK = "asks_back"
    ELSEWHERE = "elsewhere"
    NO_ANSWER = "no_answer"
    SEVERAL_ADDRESSES = "several_addresses"
    OUTDATED = "outdated"
    REGION_MISSING = "region_missing"
    REGION_UNCLEAR = "region_unclear"
    NO_DOOR_NUMBER = "no_door_number"
    NO_RECIPIENT = "no_recipient"
    NO_PHONE = "no_phone"
    PHONE_UNCLEAR = "phone_unclear"
    NOT_UNDERSTOOD = "not_understood"
    """The address is whole, and what stands beside it is not known to be about returns."""


_ORDER = {reason: place for place, reason in enumerate(Reason)}


class ReturnTerms(Value):
    """A return address, and what the supplier said beside it, clause by clause and verbatim."""

    address: ReturnAddress
    rules: tuple[str, ...] = ()


class Abstained(Value):
    """The reply gives no address that can be trusted: ask again, or show it to a person."""

    reason: Reason


class _Unsure(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def parse_reply(messages: Sequence[str]) -> ReturnTerms | Abstained:
    """Read a supplier's messages, oldest first; a later one completes or corrects an earlier one.

    Never raises for what a message holds. Rules: facts/operators.md 4.4.
    """
    try:
        return _terms("\n".join(tidy(message) for message in messages))
    except _Unsure as unsure:
        return Abstained(reason=unsure.reason)


def is_of_returns(message: str) -> bool:
    """Tell whether a message may be about a return address, be it read or not.

    A place counts unless a parcel is spoken of: then it is where that goes.
    """
    found = read_fields(tidy(message))
    if _OF_RETURNS.search(found.marked):
        return True
    doubtful = any(trouble.startswith(("region", "no_door")) for trouble in found.troubles)
    place = bool(found.regions) or doubtful or re.search("(?<!清)仓", found.marked) is not None
    return place and not is_of_a_parcel(found.marked)


def is_of_goods(message: str) -> bool:
    """Tell whether a message speaks of parcels or goods only: no answer, and no piece of one."""
    found = read_fields(tidy(message))
    return found.empty and is_of_a_parcel(found.marked) and not is_of_returns(message)


def _terms(text: str) -> ReturnTerms:
    meant, aside = _for_returns(text)
    pieces = [read_fields(piece) for piece in _pieces(meant)]
    found = _joined(pieces)
    _doubts(found)
    _missing(found)
    named = _named(text)
    if not named and _TO_SOMEBODY.search(text):
        raise _Unsure(Reason.ELSEWHERE)
    rules = _rules((*aside, *found.left), named=named)
    return ReturnTerms(address=_address(found), rules=rules)


def _named(text: str) -> bool:
    """Tell whether an address is called one for returns, in the line that holds it."""
    lines = re.sub(r"[:：]\s*\n", ":", text).split("\n")
    return any(_NAMED.search(line) and read_fields(line).regions for line in lines)


def _rules(clauses: Sequence[str], *, named: bool) -> tuple[str, ...]:
    """Give what beside an address is a rule of returns; whatever is not known speaks against it.

    ``named``: it is called one for returns; then an order's number only tells whose.
    """
    rules = [
        clause
        for clause in dict.fromkeys(clauses)
        if not is_small_talk(clause) and not (named and is_order(clause))
    ]
    for clause in rules:
        if is_place(clause):
            raise _Unsure(Reason.REGION_UNCLEAR)
        if not is_rule(clause, named=named):
            parcel = is_of_a_parcel(clause)
            raise _Unsure(Reason.ELSEWHERE if parcel else Reason.NOT_UNDERSTOOD)
    return tuple(rules)


def _for_returns(text: str) -> tuple[str, tuple[str, ...]]:
    """Leave out an address that is called another's (发货地址); give its other clauses apart."""
    labels = find_labels(fold(text))
    others = [label for label in labels if label.kind is Kind.ELSEWHERE]
    if not others:
        return text, ()
    first = others[0]
    meant = [
        label
        for label in labels
        if label.kind is Kind.ADDRESS and _FOR_RETURNS.search(text[label.start : label.end])
    ]
    if len(others) > 1 or len(meant) != 1:
        raise _Unsure(Reason.ELSEWHERE)
    if meant[0].start < first.start:
        behind = read_fields(text[first.start :])
        doubtful = any(
            words.search(behind.marked) for reason, words in DOUBTS.items() if reason != "elsewhere"
        )
        if len(behind.regions) > 1 or doubtful or CORRECTS.search(behind.marked):
            raise _Unsure(Reason.ELSEWHERE)
        return text[: first.start], behind.left
    before = read_fields(text[: first.start])
    between = read_fields(text[first.start : meant[0].start])
    if not before.empty:
        raise _Unsure(Reason.ELSEWHERE)
    return text[meant[0].start :], (*before.left, *between.left)


def _pieces(text: str) -> list[str]:
    """Split a text where it begins to correct itself."""
    starts = [
        clause.start()
        for clause in re.finditer(r"[^\n,，。;；!！]+", text)
        if CORRECTS.search(clause.group())
    ]
    edges = [0, *(start for start in starts if start), len(text)]
    return [text[a:b] for a, b in pairwise(edges) if text[a:b].strip()]


def _joined(pieces: list[Fields]) -> Fields:
    """Put what the pieces give together; what a correction gives replaces what was there."""
    whole = pieces[0] if pieces else Fields()
    cue, left = "", whole.left
    for piece in pieces[1:]:
        cue += piece.marked
        left += tuple(clause for clause in piece.left if not CORRECTS.search(clause))
        if not piece.empty:
            _check_correction(cue, piece, whole)
            whole, cue = _corrected(whole, piece, cue), ""
        elif piece.troubles:
            raise _Unsure(Reason(piece.troubles[0]))
    if cue:
        raise _Unsure(Reason.REGION_UNCLEAR)
    return whole._replace(left=left)


def _corrected(whole: Fields, piece: Fields, cue: str) -> Fields:
    """Put a correction in place; ``cue`` is all it says, from its first word on."""
    everything = whole.regions and piece.regions and piece.names and piece.phones
    said = re.sub("^[^＠☎☺]*", "", cue) if everything else cue
    place = piece if piece.regions else whole
    return Fields(
        regions=place.regions,
        towns=place.towns,
        details=place.details,
        names=piece.names or whole.names,
        phones=piece.phones or whole.phones,
        marked=f"{whole.marked}\n{said}",
        troubles=(*_still(whole, piece), *piece.troubles),
    )


def _still(whole: Fields, values: Fields) -> list[str]:
    """Give the troubles of before that a correction did not settle: those of its own kind."""
    settled: set[str] = set()
    if values.regions:
        settled |= {"region_missing", "region_unclear", "no_door_number"}
    if values.phones:
        settled.add("phone_unclear")
    if values.names:
        settled.add("no_recipient")
    return [trouble for trouble in whole.troubles if trouble not in settled]


def _check_correction(cue: str, piece: Fields, before: Fields) -> None:
    """Refuse a correction that gives less than it says was wrong."""
    if _PATCHES.search(cue):
        raise _Unsure(Reason.REGION_UNCLEAR)
    given = {
        "address": bool(piece.regions),
        "phone": bool(piece.phones),
        "name": bool(piece.names),
    }
    wrong = {name for name, form in _WHAT_WAS_WRONG if form.search(cue)}
    slip = not wrong and not piece.regions and not piece.names and _slip(before, piece)
    if not slip and not all(given[name] for name in wrong or given):
        raise _Unsure(Reason.REGION_UNCLEAR)


def _slip(before: Fields, piece: Fields) -> bool:
    """Whether a phone that is all a correction gives is the earlier one with a few other digits."""
    if len(before.phones) != 1 or len(piece.phones) != 1:
        return False
    old, new = before.phones[0], piece.phones[0]
    return len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) <= 3


def _doubts(found: Fields) -> None:
    """Refuse what its own words make doubtful, the first reason of the order first."""
    reasons = [Reason(trouble) for trouble in found.troubles]
    text = _present(found)
    reasons += [Reason(reason) for reason, words in DOUBTS.items() if words.search(text)]
    if len(found.regions) > 1:
        same = len({*zip(found.regions, found.towns, found.details, strict=True)}) == 1
        reasons += [] if same else [Reason.SEVERAL_ADDRESSES]
    if _conditional(text):
        reasons.append(Reason.SEVERAL_ADDRESSES)
    if any(is_plain_name(re.sub(r"[代签]?收$", "", fold(clause))) for clause in found.left):
        reasons.append(Reason.NO_RECIPIENT)
    if found.empty and not reasons:
        reasons.append(Reason.NO_ANSWER)
    if found.regions and LATER.search(text.rsplit("＠", 1)[-1]) and found.phones and found.names:
        reasons.append(Reason.OUTDATED)
    if reasons:
        raise _Unsure(min(reasons, key=_ORDER.__getitem__))


def _present(found: Fields) -> str:
    """Leave out that they moved, where a new address follows and no other came before."""
    text = re.sub("[＠☎☺]+(?=[＠☎☺])", "", found.marked)
    sign = re.search("[＠☎☺]", text)
    before = text[: sign.start()] if sign else ""
    lead = _FROM_NOW_ON.search(before)
    if sign and lead and not _NOT_YET.search(before[: lead.start()]):
        return text[sign.start() :]
    return text


def _conditional(text: str) -> bool:
    """Whether something stands right before an address that may be a condition (大件寄＠)."""
    leads = [re.split(r"[\s,，。;；!！~～?？…]", before)[-1] for before in text.split("＠")[:-1]]
    return any(not _LEAD.fullmatch(lead) for lead in leads)


def _missing(found: Fields) -> None:
    if not found.regions:
        raise _Unsure(Reason.REGION_MISSING)
    if len(found.names) != 1:
        raise _Unsure(Reason.NO_RECIPIENT)
    if not found.phones:
        raise _Unsure(Reason.NO_PHONE)


def _address(found: Fields) -> ReturnAddress:
    region = found.regions[0]
    try:
        return ReturnAddress(
            province=region.province,
            city=region.city,
            district=region.district,
            town=found.towns[0],
            detail=found.details[0],
            recipient=found.names[0],
            phone=found.phones[0],
        )
    except ValidationError:
        raise _Unsure(Reason.REGION_UNCLEAR) from None
