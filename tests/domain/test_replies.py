"""Suppliers' replies: read right, or not read at all. Prints a table with ``-s``.

The aside half tells ids and kinds only: whoever mends the parser must not read its texts.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.phones import find_phones
from domain.regions import Region, all_regions
from domain.replies import Abstained, Reason, ReturnTerms, parse_reply
from tests.domain.replies.corpus import Abstention, Half, Reading, Reply, differences, replies

KINDS = ("read right", "abstained rightly", "abstained needlessly", "wrong")
NEEDLESS = 0.3
"""The share of readable replies that may be asked about a second time: also those beside whose
address stands something that could be said of a buyer's."""


class Verdict(NamedTuple):
    id: str
    kind: str
    of: str
    why: str
    """Only field names and reasons, never what was said."""


def verdict(reply: Reply) -> Verdict:
    said = [reply.said] if isinstance(reply.said, str) else reply.said
    found = parse_reply(said)
    wanted = reply.wanted
    if isinstance(found, Abstained):
        readable = isinstance(wanted, Reading)
        kind = KINDS[2] if readable else KINDS[1]
        return Verdict(reply.id, kind, reply.kind, found.reason.value)
    if isinstance(wanted, Abstention):
        return Verdict(reply.id, KINDS[3], reply.kind, f"not {wanted.abstain}")
    wrong = differences(wanted, as_reading(found))
    why = ", ".join(sorted({each.split(":")[0].split(" filed")[0] for each in wrong}))
    return Verdict(reply.id, KINDS[3] if wrong else KINDS[0], reply.kind, why)


def as_reading(terms: ReturnTerms) -> Reading:
    names = ("province", "city", "district", "town", "detail", "recipient", "phone")
    fields = {name: getattr(terms.address, name) for name in names}
    return Reading(**fields, rules=list(terms.rules))


def table(half: Half) -> list[Verdict]:
    """Judge a half and print what came of it."""
    verdicts = [verdict(reply) for reply in replies(half)]
    counts = Counter(each.kind for each in verdicts)
    line = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
    print(f"\n{half}: {len(verdicts)} replies: {line}")  # noqa: T201  (the table is the point)
    for each in verdicts:
        if each.kind in KINDS[2:]:
            print(f"  {each.kind}: {each.id} ({each.why})")  # noqa: T201
    return verdicts


@pytest.mark.parametrize("half", ["open", "aside"])
def test_no_reply_is_read_wrongly_and_few_are_asked_twice(half: Half) -> None:
    verdicts = table(half)
    assert [(each.id, each.why) for each in verdicts if each.kind == KINDS[3]] == []
    needless = sum(each.kind == KINDS[2] for each in verdicts)
    readable = sum(each.kind in (KINDS[0], KINDS[2]) for each in verdicts)
    assert needless <= NEEDLESS * readable


GOOD = "浙江省金华市义乌市北苑街道启明路1288号5栋 收件人：陈静 电话：13700004567"


def test_the_plain_case() -> None:
    terms = parse_reply([GOOD])
    assert isinstance(terms, ReturnTerms)
    assert str(terms.address.region) == "浙江省金华市义乌市"
    assert (terms.address.town, terms.address.detail) == ("北苑街道", "启明路1288号5栋")
    assert (terms.address.recipient, terms.address.phone) == ("陈静", "13700004567")
    assert terms.rules == ()


def test_an_answer_that_is_sent_again_is_read_once() -> None:
    said = "浙江省金华市永康市东城街道铭川路66号1号门，吴退货，13700004567"
    once, twice = parse_reply([said]), parse_reply([said, f"上面发过的哦：\n{said}"])
    assert isinstance(once, ReturnTerms)
    assert isinstance(twice, ReturnTerms)
    assert once.address == twice.address


def test_an_unusual_name_counts_where_it_stands_as_on_a_parcel() -> None:
    place = "安徽省安庆市桐城市范岗镇皖舟路17号，13700004567"
    terms = parse_reply([place, "舟仓管 收"])
    assert isinstance(terms, ReturnTerms)
    assert terms.address.recipient == "舟仓管"
    later = parse_reply([place, "运费客户出，收到有破损，联系我们", "舟仓管 收"])
    assert isinstance(later, ReturnTerms)
    assert later.address.recipient == "舟仓管"
    for words in ("舟仓管", "周末 收", "概不 收", "不拆包 收"):
        assert isinstance(parse_reply([place, words]), Abstained), words


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    assert isinstance(parse_reply([text]), Abstained)


@given(st.lists(st.sampled_from(GOOD), max_size=80).map("".join))
def test_a_shuffled_answer_is_never_an_answer_of_another_phone(text: str) -> None:
    terms = parse_reply([text])
    if isinstance(terms, ReturnTerms):
        assert terms.address.phone in {each.number for each in find_phones(text)}


@given(st.sampled_from([each for each in all_regions() if each.city]))
def test_every_division_is_read_back(region: Region) -> None:
    above = "".join(dict.fromkeys((region.province, region.city, region.district)))
    terms = parse_reply([f"{above}启明路8号，王芳，13800001234"])
    assert isinstance(terms, ReturnTerms)
    assert terms.address.region == region
    assert terms.address.detail == "启明路8号"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("我们下周搬仓", Reason.OUTDATED),
        ("江浙沪退这里", Reason.SEVERAL_ADDRESSES),
        ("您看一下这个是您的地址吗", Reason.ASKS_BACK),
        ("不退不换", Reason.REFUSED),
        ("跟上次一样", Reason.ELSEWHERE),
        ("好像是这个", Reason.REGION_UNCLEAR),
        ("电话打不通的", Reason.PHONE_UNCLEAR),
        ("门牌写错了", Reason.REGION_UNCLEAR),
        ("补充：3栋2楼", Reason.REGION_UNCLEAR),
        ("江苏省苏州市昆山市花桥镇绿湖路9号", Reason.SEVERAL_ADDRESSES),
    ],
)
def test_one_doubtful_word_is_enough(more: str, reason: Reason) -> None:
    assert parse_reply([GOOD, more]) == Abstained(reason=reason)


@pytest.mark.parametrize(
    "more",
    [
        "到付拒收",
        "七天无理由，运费买家出",
        "请附纸条写明订单号",
        "质量问题我们承担运费",
        "有事随时找我哦",
    ],
)
def test_what_else_was_said_is_kept_word_for_word(more: str) -> None:
    terms = parse_reply([GOOD, more])
    assert isinstance(terms, ReturnTerms)
    assert "，".join(terms.rules) == more


PLAIN = "浙江省杭州市余杭区仓前街道云帆路188号 王芳 13800001234"


@pytest.mark.parametrize(
    "said",
    [
        [PLAIN, "190号"],
        [PLAIN, "哦不，是190号"],
        [PLAIN, "说错了是临平区"],
        [PLAIN, "王芳休产假了，李四收"],
        [PLAIN, "收件人写李四"],
        [PLAIN, "算了你别退了，我们补发"],
        [PLAIN.replace("188号", "188号或190号")],
        [PLAIN.replace("王芳", "收件人：王芳、李四")],
        [PLAIN.replace("王芳", "收件人：王芳或李四")],
        [PLAIN.replace("王芳", "快递放门卫")],
        [f"大件寄{PLAIN}"],
        [f"这个款退{PLAIN} 其他款退别处"],
        [f"{PLAIN} 超过5件寄总仓"],
        [f"{PLAIN} 李四 13900001234"],
        [f"{PLAIN}\n收件人：李四\n电话：13900001234"],
    ],
)
def test_what_two_people_could_read_differently_is_not_read(said: list[str]) -> None:
    assert isinstance(parse_reply(said), Abstained)


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (["浙江省杭州市余杭区仓前街道云帆路，王芳，13800001234", "门牌号是188号"], "云帆路188号"),
        (["浙江省杭州市余杭区仓前街道云帆路，王芳，13800001234", "云帆路190号哈"], "云帆路190号"),
        (["我们仓库搬了，之前的地址不用了，以后退货请寄：", PLAIN], "云帆路188号"),
        ([f"【退货地址】{PLAIN}"], "云帆路188号"),
        (
            ["江苏省苏州市昆山市花桥镇绿湖路9号，李四，13900001234", f"发错了，是{PLAIN}"],
            "云帆路188号",
        ),
    ],
)
def test_a_later_message_completes_or_replaces(said: list[str], detail: str) -> None:
    terms = parse_reply(said)
    assert isinstance(terms, ReturnTerms)
    assert (terms.address.detail, terms.address.recipient) == (detail, "王芳")
