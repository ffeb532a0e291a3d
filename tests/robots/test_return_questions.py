"""collect-return-addresses on stand-in pages: what a browser is too slow to try in every way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.replies import ReturnTerms, parse_reply
from engine.causes import known_cause
from engine.words import load_words
from pages.supply.messages import Writer
from tests.domain.test_supplier_answers import RULES, WHOLE
from tests.robots.quiet_desk import desk_in
from tests.robots.quiet_platform import FACTORY_ID, Platform, platform_at

READ = parse_reply([WHOLE])
assert isinstance(READ, ReturnTerms)
WHOLE_ADDRESS = READ.address
MOVED = "亲，我们搬新厂了，电话１３８ ０００0 1234"
OTHER = "江苏省苏州市昆山市花桥镇绿湖路9号 收件人：王芳 电话：13800001234"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with desk_in(tmp_path) as desk, platform_at(desk) as platform:
        yield platform


@pytest.fixture
def aged(platform: Platform) -> Platform:
    """One whose factory has told its address, so long ago that it is asked for anew."""
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    platform.desk.clock.jump(RULES.fresh)
    return platform


def street(platform: Platform, code: str = "CG-1") -> str:
    return platform.street(code)


def test_until_when_an_answer_is_awaited_is_told_in_the_shops_own_time(platform: Platform) -> None:
    asked_at = platform.desk.clock.now()
    cause = known_cause(platform.run().reason, load_words("zh"))
    due = (asked_at + RULES.answer_within).astimezone(platform.desk.zone)
    assert due.utcoffset() == timedelta(hours=8)
    assert cause
    assert f"{due:%Y-%m-%d %H:%M}）" in cause.title


def test_an_answer_is_read_once_it_is_whole_and_holds_for_all_products(
    platform: Platform,
) -> None:
    assert platform.run(dry=True).outcome is Outcome.SKIPPED
    assert platform.asked == []
    assert platform.run().outcome is platform.run("CG-2").outcome is Outcome.SKIPPED
    assert platform.asked == [f"{FACTORY_ID}-1"]

    place, person = WHOLE.split(" ", 1)
    platform.tell(place, after=RULES.quiet / 2)
    assert platform.run().outcome is Outcome.SKIPPED
    platform.tell(person)
    assert platform.run(dry=True).outcome is Outcome.SKIPPED
    assert street(platform) == ""
    assert platform.run().outcome is platform.run("CG-2").outcome is Outcome.DONE
    assert street(platform) == street(platform, "CG-2") == "北苑街道启明路1288号5栋"
    assert platform.run().outcome is platform.run("CG-2", dry=True).outcome is Outcome.UNCHANGED
    assert len(platform.asked) == 1


def test_a_product_that_comes_later_has_its_own_address_without_a_question(
    platform: Platform,
) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    assert set(platform.own()) == {"CG-1"}

    platform.desk.clock.jump(RULES.fresh / 2)
    assert platform.run("CG-2").outcome is Outcome.DONE

    assert platform.own() == {"CG-1": WHOLE_ADDRESS, "CG-2": WHOLE_ADDRESS}
    assert len(platform.asked) == 1


@pytest.mark.parametrize("after", [3, 4, 6, 10, 13, 17])
def test_killed_anywhere_no_question_is_sent_twice_and_the_answer_is_filed(
    platform: Platform, after: int
) -> None:
    place, _, phone = WHOLE.rpartition(" ")
    platform.lives = after
    platform.run()
    platform.tell(place)
    second = platform.run()
    platform.tell(phone)
    last = platform.run()

    sent = [f"{FACTORY_ID}-1", f"{FACTORY_ID}-2"]
    if last.outcome is Outcome.UNKNOWN:  # cut off between the intent and the click
        assert platform.asked in (sent[:1], [])
        assert platform.run().outcome is Outcome.UNKNOWN
        assert platform.asked in (sent[:1], [])
        return
    assert platform.asked == (sent[:1] if second.outcome is Outcome.UNKNOWN else sent)
    assert last.outcome in {Outcome.DONE, Outcome.UNCHANGED}
    assert street(platform) == "北苑街道启明路1288号5栋"
    assert platform.run().outcome is Outcome.UNCHANGED
    assert len(platform.asked) <= 2


@pytest.mark.parametrize("after", [4, 7, 9, 18, 22])
def test_of_two_products_one_waits_for_the_other_wherever_a_run_is_killed(
    platform: Platform, after: int
) -> None:
    platform.run()
    platform.tell("亲，请问是哪一款？")
    platform.lives = after
    first = platform.run("CG-1")
    if first.outcome is Outcome.UNKNOWN:  # cut off between the intent and the click
        assert platform.asked[1:] == []
        return
    platform.run("CG-2")
    assert platform.asked[1:] == [f"{FACTORY_ID}/610001-1"]

    platform.tell(WHOLE)
    platform.run("CG-1")
    platform.run("CG-2")
    assert platform.asked[2:] == [f"{FACTORY_ID}/610002-1"]
    assert street(platform, "CG-2") == ""
    platform.tell(OTHER)
    platform.run("CG-2")

    assert platform.run("CG-1").outcome is platform.run("CG-2").outcome is Outcome.UNCHANGED
    assert street(platform, "CG-1") == "北苑街道启明路1288号5栋"
    assert street(platform, "CG-2") == "花桥镇绿湖路9号"
    assert len(platform.asked) == 3


def test_an_address_that_is_old_is_asked_for_anew_and_another_one_goes_to_a_person(
    aged: Platform,
) -> None:
    platform = aged
    assert platform.run().outcome is Outcome.SKIPPED
    platform.tell(WHOLE)
    assert platform.run().outcome is Outcome.UNCHANGED
    platform.desk.clock.jump(RULES.fresh - timedelta(hours=1))
    assert platform.run().outcome is Outcome.UNCHANGED
    assert len(platform.asked) == 2

    platform.desk.clock.jump(timedelta(hours=2))
    platform.run()
    platform.tell(OTHER)
    changed = platform.run()
    assert changed.outcome is Outcome.NEEDS_PERSON
    assert "绿湖路9号" in changed.reason
    assert "启明路1288号" in changed.reason
    assert street(platform) == "北苑街道启明路1288号5栋"

    assert platform.run(told=OTHER).outcome is Outcome.DONE
    assert street(platform) == "花桥镇绿湖路9号"
    assert platform.run().outcome is platform.run(told=OTHER).outcome is Outcome.UNCHANGED
    assert len(platform.asked) == 3


@pytest.mark.parametrize(
    ("news", "outcome"),
    [
        ("好的亲", Outcome.UNCHANGED),
        (WHOLE, Outcome.UNCHANGED),
        (OTHER, Outcome.NEEDS_PERSON),
        ("我们搬仓库了，新地址过几天发您", Outcome.NEEDS_PERSON),
    ],
)
def test_what_the_factory_writes_later_replaces_nothing(
    platform: Platform, news: str, outcome: Outcome
) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    platform.tell(news)
    assert platform.run().outcome is outcome
    assert street(platform) == "北苑街道启明路1288号5栋"


def entered(platform: Platform, code: str = "CG-1") -> str:
    """Give why a product's filed address is not entered in the ERP; nothing if it would be."""
    return platform.in_doubt(code)


@pytest.mark.parametrize(
    ("news", "cause", "there", "said"),
    [
        (OTHER, "address_changed", "address_in_doubt", "绿湖路9号 王** *******1234"),
        (MOVED, "address_doubted", "address_in_doubt_there", "编号 3；"),
    ],
)
def test_an_address_in_dispute_is_not_entered_until_a_person_settled_it(
    platform: Platform, news: str, cause: str, there: str, said: str
) -> None:
    platform.run()
    platform.tell(WHOLE)
    assert platform.run().outcome is platform.run("CG-2").outcome is Outcome.DONE
    assert entered(platform) == entered(platform, "CG-2") == ""
    platform.tell(news)

    assert platform.run(dry=True).outcome is Outcome.NEEDS_PERSON
    assert entered(platform) == ""  # a dry run learns nothing
    told = platform.run()

    cause_of = known_cause(told.reason, load_words("zh"))
    assert cause_of
    assert cause_of.id == cause
    assert said in cause_of.title
    assert told.site_id == "3"
    for code in ("CG-1", "CG-2"):  # the other product has the same address of the same factory
        why = known_cause(entered(platform, code), load_words("zh"))
        assert why
        assert why.id == there
        assert said in why.title
        assert WHOLE_ADDRESS.masked in why.title
    heard = f"{told.reason}{entered(platform)}{entered(platform, 'CG-2')}"
    assert not any(words in heard for words in ("13800001234", "搬新厂", "王芳"))

    assert platform.run(told=WHOLE).outcome is Outcome.UNCHANGED  # the filed one still holds
    assert platform.run("CG-2").outcome is Outcome.NEEDS_PERSON
    assert (entered(platform), entered(platform, "CG-2") != "") == ("", True)
    assert platform.run().outcome is Outcome.UNCHANGED
    assert platform.run("CG-2", told=OTHER).outcome is Outcome.DONE
    assert entered(platform, "CG-2") == ""
    assert len(platform.asked) == 1


def test_another_answer_than_the_filed_one_is_in_dispute_until_the_factory_says_it_again(
    aged: Platform,
) -> None:
    platform = aged
    platform.run()
    platform.page_says = OTHER
    platform.tell(WHOLE)
    assert platform.run().outcome is Outcome.NEEDS_PERSON
    assert "绿湖路9号" in entered(platform)

    platform.page_says = ""
    assert platform.run().outcome is Outcome.UNCHANGED
    assert entered(platform) == ""


def test_a_page_that_says_something_else_than_the_contact_is_for_a_person(
    platform: Platform,
) -> None:
    platform.page_says = OTHER
    platform.run()
    platform.tell(WHOLE)
    assert platform.run().outcome is Outcome.NEEDS_PERSON
    assert street(platform) == ""


def test_a_person_s_address_must_be_whole_too(platform: Platform) -> None:
    with pytest.raises(BusinessError, match="no_phone"):
        platform.run(told=WHOLE.rpartition(" ")[0])
    assert platform.asked == []


def test_what_a_person_found_out_lets_the_next_product_be_asked_about(platform: Platform) -> None:
    platform.run()
    platform.tell("亲，请问是哪一款？")
    platform.run("CG-1")
    assert platform.run("CG-2").outcome is Outcome.SKIPPED
    platform.desk.clock.jump(RULES.answer_within)
    platform.run("CG-1")
    platform.desk.clock.jump(RULES.answer_within)
    assert platform.run("CG-1").outcome is Outcome.NEEDS_PERSON
    assert platform.run("CG-2").outcome is Outcome.NEEDS_PERSON

    assert platform.run("CG-1", told=WHOLE).outcome is Outcome.DONE
    platform.say(Writer.SUPPLIER, "好的")
    platform.run("CG-2")

    assert platform.asked[-1] == f"{FACTORY_ID}/610002-1"
    assert street(platform, "CG-2") == ""
