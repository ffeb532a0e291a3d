"""Asking a factory where its returns go: what to ask, and what becomes of what it answered.

The words and times are data (``config/rules/return-addresses.yaml``); the time is handed in. A
wrong address costs more than a second question (facts/operators.md 4.4), and a second question is
the last one: then a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, Field

from domain.model import Value
from domain.replies import Abstained, Reason, ReturnTerms, is_of_goods, is_of_returns, parse_reply
from domain.return_address import ReturnAddress

_ASKED = re.compile(r"[^,，。;；!！?？\n]*(?:[?？]|[吗么呢](?=[\s,，。!！~～]|$))")

QUESTIONS = 2
"""So often one question is asked: once, and once more naming what is missing."""
SILENT = "silent"
"""Why a factory is asked again that did not answer."""
MARK = "询问单号"
"""What our questions are known by in a thread, with their number behind it."""


class AddressRules(Value):
    """How factories are asked, and how long an answer may take."""

    answer_within: timedelta
    quiet: timedelta
    """So long nothing more must have come before an answer counts as whole."""
    fresh: timedelta
    """How long an address that was learnt is not asked for anew."""
    question: str = Field(min_length=1)
    about_product: str = Field(min_length=1)
    again: str = Field(min_length=1)
    silent: str = Field(min_length=1)
    missing: Mapping[Reason, str] = Field(default_factory=dict)

    def hurried(self, factor: float) -> AddressRules:
        """Give the rules of a world where a minute lasts only so much of a real one."""
        times = {"answer_within": self.answer_within * factor, "quiet": self.quiet * factor}
        return self.model_copy(update=times)


class Told(Value):
    """One message of the factory."""

    text: str
    at: AwareDatetime
    number: str = ""
    """Its id on the platform, by which a person finds it."""


class Asked(Value):
    """A question as it stands, and what the factory wrote since."""

    times: int
    """How often it was asked."""
    due_at: AwareDatetime
    """Until when the newest question may be answered."""
    one_product: bool
    """Whether it names a product; else it is about all that the factory makes."""
    told: tuple[Told, ...]
    """Since it was asked first, oldest first."""
    told_last: tuple[Told, ...]
    """Since it was asked last."""


class Step(StrEnum):
    """What to do about a question."""

    WAIT = "wait"
    """For an answer, or for the rest of one."""
    FILE = "file"
    ASK_AGAIN = "ask_again"
    ASK_EACH = "ask_each"
    """The factory's addresses depend on the product: ask for one product at a time."""
    PERSON = "person"


class Verdict(Value):
    """What an answer came to."""

    step: Step
    terms: ReturnTerms | None = None
    """What was read; only to be filed."""
    why: str = ""
    """A reason of domain/replies.py, or ``silent``."""


def judge(asked: Asked, rules: AddressRules, now: datetime) -> Verdict:
    """Say what becomes of a question by what was answered so far; news of goods is no answer."""
    asked = _without_goods(asked, rules.quiet)
    if not asked.told_last:
        return Verdict(step=Step.WAIT) if now < asked.due_at else _unclear(asked, SILENT)
    if now - asked.told_last[-1].at < rules.quiet:
        return Verdict(step=Step.WAIT)
    read = _read(asked)
    if isinstance(read, ReturnTerms):
        return Verdict(step=Step.FILE, terms=read)
    if read.reason is Reason.ASKS_BACK and not asked.one_product:
        return Verdict(step=Step.ASK_EACH, why=read.reason)
    return _unclear(asked, read.reason)


def _without_goods(asked: Asked, quiet: timedelta) -> Asked:
    """Leave out news of goods that stands alone; beside an address it tells whose that is."""
    alone = {
        one
        for together in _bursts(asked.told, quiet)
        if all(is_of_goods(each.text) for each in together)
        for one in together
    }
    kept = {
        name: tuple(one for one in getattr(asked, name) if one not in alone)
        for name in ("told", "told_last")
    }
    return asked.model_copy(update=kept)


def _read(asked: Asked) -> ReturnTerms | Abstained:
    """Read all that was told; a question of theirs is left out once it was answered."""
    whole = parse_reply([one.text for one in asked.told])
    if isinstance(whole, Abstained) and whole.reason is Reason.ASKS_BACK and asked.times > 1:
        return parse_reply([one.text for one in asked.told_last])
    return whole


def _unclear(asked: Asked, why: str) -> Verdict:
    step = Step.ASK_AGAIN if asked.times < QUESTIONS else Step.PERSON
    return Verdict(step=step, why=why)


def question_text(rules: AddressRules, number: str, *, title: str = "", item_no: str = "") -> str:
    """Write the first question: about one product, or about all of the factory's."""
    words = rules.about_product if title else rules.question
    return _filled(words, number, title=title, item_no=item_no)


def second_text(rules: AddressRules, number: str, why: str) -> str:
    """Write the second question; it names what was missing."""
    if why == SILENT:
        return _filled(rules.silent, number)
    known = {str(reason): words for reason, words in rules.missing.items()}
    return _filled(rules.again, number, missing=known.get(why, "退货地址"))


def _filled(words: str, number: str, **facts: str) -> str:
    """Fill a question in and put our number behind it; YAML's blank for a new line is left out."""
    plain = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", " ".join(words.split()))
    return f"{plain.format(**facts)}（{MARK} {number}）"


def number_in(text: str) -> str:
    """Give the number of one of our questions; nothing where a person wrote."""
    found = re.search(rf"（{MARK} ([\w/-]+)）", text)
    return found[1] if found else ""


def is_question(text: str, number: str) -> bool:
    """Tell our question with this number from everything else."""
    return number_in(text) == number


class News(Value):
    """What a factory wrote that speaks against its filed address; never in its own words."""

    message: Told
    address: ReturnAddress | None = None
    """Another one; else ``why`` says what is doubtful."""
    why: str = ""
    """A reason of domain/replies.py."""


def news_against(
    filed: ReturnAddress | None, told: Sequence[Told], quiet: timedelta
) -> News | None:
    """Find the newest of what a factory wrote, oldest first, that speaks against an address.

    What was written without a pause counts together; what is of parcels and goods says nothing.
    """
    for together in reversed(_bursts(told, quiet)):
        about = [one for one in together if is_of_returns(one.text)]
        read = _told_in(together) if about else None
        if isinstance(read, ReturnTerms) and read.address != filed:
            return News(message=about[-1], address=read.address)
        if isinstance(read, Abstained) and read.reason is not Reason.NO_ANSWER:
            return News(message=about[-1], why=read.reason)
    return None


def _told_in(together: Sequence[Told]) -> ReturnTerms | Abstained:
    """Read messages; what they ask speaks against nothing, what they tell beside it may."""
    texts = [one.text for one in together]
    read = parse_reply(texts)
    if isinstance(read, Abstained) and read.reason is Reason.ASKS_BACK:
        rest = parse_reply([_ASKED.sub("", text) for text in texts])
        return rest if isinstance(rest, Abstained) else read
    return read


def _bursts(told: Sequence[Told], quiet: timedelta) -> list[list[Told]]:
    """Part messages where nothing was written for so long that an answer counts as whole."""
    parted: list[list[Told]] = []
    for one in told:
        if parted and one.at - parted[-1][-1].at < quiet:
            parted[-1].append(one)
        else:
            parted.append([one])
    return parted
