"""collect-return-addresses on stand-in pages: what a browser is too slow to try in every way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from books.entries import Storefront
from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.replies import ReturnTerms, parse_reply
from domain.return_address import ReturnAddress
from engine.causes import known_cause
from engine.runs import ItemResult
from engine.words import load_words
from pages.supply.messages import Writer
from robots.collect_return_addresses import CollectReturnAddresses
from robots.enter_return_addresses import EnterReturnAddresses, ProductReturns, work_item
from tests.domain.test_supplier_answers import RULES, WHOLE
from tests.engine.stand_ins import OWNER
from tests.robots.quiet_desk import books_of, desk_in
from tests.robots.quiet_platform import FACTORY, FACTORY_ID, Platform, platform_at

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
    known = platform.filed(code)
    return known.street if known else ""


def own(platform: Platform) -> dict[str, ReturnAddress]:
    """Give the products' own addresses, which are what is entered in the ERP."""
    front = Storefront(world=platform.identity.realm, shop=OWNER.shop_name)
    told = books_of(platform.desk).return_addresses(front)
    return {code: one.address for code, (one,) in told.items()}


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
    assert set(own(platform)) == {"CG-1"}

    platform.desk.clock.jump(RULES.fresh / 2)
    assert platform.run("CG-2").outcome is Outcome.DONE

    assert own(platform) == {"CG-1": WHOLE_ADDRESS, "CG-2": WHOLE_ADDRESS}
    assert len(platform.asked) == 1


def test_another_factory_of_the_same_name_is_asked_itself(platform: Platform) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    platform.factory_id = "2400000999"

    assert platform.run("CG-2").outcome is Outcome.SKIPPED

    assert platform.asked == [f"{FACTORY_ID}-1", "2400000999-1"]
    assert set(own(platform)) == {"CG-1"}


def test_what_an_older_practice_world_said_answers_nobody_in_a_new_one(platform: Platform) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    old = platform.goods()
    new = OWNER.model_copy(update={"world": "127.0.0.1/w2"})
    platform.identity, platform.messages = new, []
    platform.desk = replace(platform.desk, owner=new)

    assert platform.run().outcome is Outcome.SKIPPED

    assert platform.asked == [f"{FACTORY_ID}-1"]
    assert own(platform) == {}
    product = ProductReturns(
        code="CG-1", shop=OWNER.shop_name, supplier=FACTORY, address=WHOLE_ADDRESS, world=old.world
    )
    with pytest.raises(BusinessError, match="learnt in another world"):
        enter(platform, product)


def test_what_one_shop_s_product_has_is_not_the_same_code_s_of_another_shop(
    platform: Platform,
) -> None:
    platform.run(told=OTHER)
    other = platform.goods().model_copy(update={"shop": "别的小店"})
    assert books_of(platform.desk).return_address(other) is None


def test_a_run_that_does_not_say_whose_product_it_is_asks_nobody(platform: Platform) -> None:
    robot = CollectReturnAddresses(books_of(platform.desk), RULES)
    with pytest.raises(BusinessError, match="older version"):
        robot.work({"product_code": "CG-1", "offer_id": "610001"}, platform.desk)


@pytest.fixture
def asked_each(platform: Platform) -> Platform:
    """One whose factory told the addresses of two products, one by one, a month ago."""
    platform.run("CG-1")
    platform.tell("亲，请问是哪一款？")
    for code in ("CG-1", "CG-2"):
        platform.run(code)
        platform.tell(WHOLE)
        assert platform.run(code).outcome is Outcome.DONE
    platform.desk.clock.jump(timedelta(days=30))
    return platform


def test_a_move_that_is_told_after_another_product_was_asked_about_counts_for_both(
    asked_each: Platform,
) -> None:
    platform = asked_each
    assert platform.run("CG-1").outcome is platform.run("CG-2").outcome is Outcome.UNCHANGED
    platform.tell("亲，我们搬仓库了，所有退货以后都寄到 " + OTHER)
    for code in ("CG-2", "CG-1"):
        told = platform.run(code)
        assert (told.outcome, "绿湖路9号" in told.reason) == (Outcome.NEEDS_PERSON, True)
        assert "绿湖路9号" in entered(platform, code)
    assert len(platform.asked) == 3


def test_what_answers_a_question_about_another_product_is_no_news_of_this_one(
    asked_each: Platform,
) -> None:
    platform = asked_each
    platform.run("CG-3")
    assert platform.asked[3:] == [f"{FACTORY_ID}/610003-1"]
    for part in OTHER.split(" ", 1):
        platform.tell(part)
        assert platform.run("CG-1").outcome is Outcome.UNCHANGED
    assert platform.run("CG-3").outcome is Outcome.DONE
    platform.desk.clock.jump(timedelta(days=1))
    assert platform.run("CG-1").outcome is platform.run("CG-2").outcome is Outcome.UNCHANGED


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


def enter(platform: Platform, product: ProductReturns) -> ItemResult:
    robot = EnterReturnAddresses(books_of(platform.desk))
    return robot.work(product.model_dump(mode="json"), platform.desk)


def entered(platform: Platform, code: str = "CG-1") -> str:
    """Give why a product's filed address is not entered in the ERP; nothing if it would be."""
    goods, books = platform.goods(code), books_of(platform.desk)
    if not books.dispute(goods):
        return ""
    filed = books.return_address(goods)
    assert filed
    result = enter(platform, ProductReturns.model_validate(work_item(filed).payload))
    assert result.outcome is Outcome.NEEDS_PERSON
    return result.reason


@pytest.mark.parametrize(
    ("news", "cause", "said"),
    [
        (OTHER, "address_changed", "绿湖路9号 王** *******1234"),
        (MOVED, "address_doubted", "他说：「亲，我们搬新厂了，电话*** **** 1234」；"),
    ],
)
def test_an_address_in_dispute_is_not_entered_until_a_person_settled_it(
    platform: Platform, news: str, cause: str, said: str
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
    masked = said.strip("他说：；")
    for code in ("CG-1", "CG-2"):  # the other product has the same address of the same factory
        why = known_cause(entered(platform, code), load_words("zh"))
        assert why
        assert why.id == "address_in_doubt"
        assert masked in why.title
        assert WHOLE_ADDRESS.masked in why.title
    assert "13800001234" not in told.reason + entered(platform)

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
