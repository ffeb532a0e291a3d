"""Return addresses that are known: who may use them, and what becomes of them when they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from books.entries import Storefront
from console.books_work import return_addresses
from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.return_address import ReturnAddress
from engine.causes import known_cause
from engine.words import load_words
from robots.collect_return_addresses import CollectReturnAddresses
from robots.enter_return_addresses import ProductReturns
from tests.domain.test_supplier_answers import RULES, WHOLE
from tests.engine.stand_ins import OWNER
from tests.robots.quiet_desk import books_of, desk_in
from tests.robots.quiet_platform import FACTORY, FACTORY_ID, Platform, platform_at
from tests.robots.test_return_questions import OTHER, WHOLE_ADDRESS


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


def test_another_factory_of_the_same_name_is_asked_itself(platform: Platform) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    platform.factory_id = "2400000999"

    assert platform.run("CG-2").outcome is Outcome.SKIPPED

    assert platform.asked == [f"{FACTORY_ID}-1", "2400000999-1"]
    assert set(platform.own()) == {"CG-1"}


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
    assert platform.own() == {}
    product = ProductReturns(
        code="CG-1", shop=OWNER.shop_name, supplier=FACTORY, address=WHOLE_ADDRESS, world=old.world
    )
    with pytest.raises(BusinessError, match="learnt in another world"):
        platform.enter(product)


def test_what_one_shop_s_product_has_is_not_the_same_code_s_of_another_shop(
    platform: Platform,
) -> None:
    platform.run(told=OTHER)
    other = platform.goods().model_copy(update={"shop": "别的小店"})
    assert books_of(platform.desk).return_address(other) is None


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
    moved = f"message {platform.messages[-1].message_id} of "
    for code in ("CG-2", "CG-1"):
        told = platform.run(code)
        assert (told.outcome, moved in told.reason) == (Outcome.NEEDS_PERSON, True)
        assert moved in platform.in_doubt(code)
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


def test_a_general_address_that_a_person_replaced_is_given_to_no_new_product(
    platform: Platform,
) -> None:
    platform.run()
    platform.tell(WHOLE)
    assert platform.run().outcome is platform.run("CG-2").outcome is Outcome.DONE
    platform.desk.clock.jump(timedelta(days=30))
    assert platform.run("CG-1", told=OTHER).outcome is Outcome.DONE  # as told on the phone

    left = platform.run("CG-3")

    assert left.outcome is platform.run("CG-3", dry=True).outcome is Outcome.NEEDS_PERSON
    assert set(platform.own()) == {"CG-1", "CG-2"}
    for language in ("zh", "en"):
        cause = known_cause(left.reason, load_words(language))
        assert cause
        assert cause.id == "address_replaced"
        for said in ("CG-1", "绿湖路9号 王** *******1234", WHOLE_ADDRESS.masked, "退货地址"):
            assert said in cause.title + cause.todo
    assert platform.run("CG-3", told=OTHER).outcome is Outcome.DONE  # as the words say
    assert platform.run("CG-3").outcome is platform.run("CG-2").outcome is Outcome.UNCHANGED
    assert (platform.street("CG-3"), platform.street("CG-2")) == (
        "花桥镇绿湖路9号",
        WHOLE_ADDRESS.street,
    )


def test_a_general_address_that_the_factory_said_again_holds_for_new_products(
    aged: Platform,
) -> None:
    platform = aged
    platform.desk.clock.jump(-timedelta(days=30))
    platform.run("CG-2", told=OTHER)
    platform.desk.clock.jump(timedelta(days=30))
    platform.run()
    platform.tell(WHOLE)
    assert platform.run().outcome is Outcome.UNCHANGED

    assert platform.run("CG-3").outcome is Outcome.DONE

    assert platform.street("CG-3") == WHOLE_ADDRESS.street


def test_a_run_that_does_not_say_whose_product_it_is_asks_nobody(platform: Platform) -> None:
    robot = CollectReturnAddresses(books_of(platform.desk), RULES)
    with pytest.raises(BusinessError, match="older version"):
        robot.work({"product_code": "CG-1", "offer_id": "610001"}, platform.desk)


def to_enter(platform: Platform) -> tuple[ReturnAddress | None, str]:
    """Give the address of CG-1 that would be entered now, or the cause why none is."""
    front = Storefront(world=platform.identity.realm, shop=OWNER.shop_name)
    (item,) = return_addresses(books_of(platform.desk), front, ["CG-1"])
    if item.payload:
        return ProductReturns.model_validate(item.payload).address, ""
    told = [known_cause(item.refusal, load_words(language)) for language in ("zh", "en")]
    causes = [cause for cause in told if cause]
    assert len(causes) == len(told)
    for cause in causes:
        assert "CG-1" in cause.title
        assert "collect-return-addresses" in cause.todo
        assert "13800001234" not in cause.title
    return None, causes[0].id


def test_a_product_that_changed_its_factory_gets_the_new_one_s_address_and_never_the_old_one_s(
    platform: Platform,
) -> None:
    platform.run()
    platform.tell(WHOLE)
    platform.run()
    assert to_enter(platform) == (WHOLE_ADDRESS, "")

    platform.factory_id = "2400000999"
    assert platform.run(dry=True).outcome is Outcome.SKIPPED
    assert to_enter(platform) == (WHOLE_ADDRESS, "")  # a dry run learns nothing
    assert platform.run().outcome is Outcome.SKIPPED
    assert to_enter(platform) == (None, "factory_not_told")
    platform.tell(OTHER)
    assert platform.run().outcome is Outcome.DONE
    address, _ = to_enter(platform)
    assert address == platform.filed() != WHOLE_ADDRESS

    platform.factory_id = FACTORY_ID
    assert platform.run().outcome is Outcome.UNCHANGED  # of an old sheet, or gone back to it?
    assert to_enter(platform) == (None, "addresses_differ")
    platform.run(told=WHOLE)  # as the words say
    assert platform.run().outcome is Outcome.UNCHANGED
    assert to_enter(platform) == (WHOLE_ADDRESS, "")


def test_what_speaks_against_the_old_factory_s_address_stops_the_new_one_s_no_more(
    platform: Platform,
) -> None:
    platform.run(told=WHOLE)
    platform.tell("亲，我们搬新厂了，新地址过几天发您")
    assert platform.run().outcome is Outcome.NEEDS_PERSON
    assert platform.in_doubt()

    platform.factory_id = "2400000999"
    platform.run(told=OTHER)

    assert platform.in_doubt() == ""
    assert to_enter(platform)[0] == platform.filed()
