"""The watcher of a session: logins, questions only a person can answer, wrong shops.

The door of the site is a stand-in, and so is the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError

from domain.errors import Defect, NeedsPerson, TransientError
from domain.outcome import Outcome, Receipt
from domain.shop import Identity, Mode
from engine.durable import enqueue, worker
from engine.ledger import WriteKey
from engine.locks import ask_for_window, try_lock
from engine.robot import Desk
from engine.runs import ItemResult
from engine.session import carry_out
from engine.workplace import Login, Workplace
from tests.engine.browsers import Browser, Gate, GatedDoor, put_browser
from tests.engine.stand_ins import OWNER, HandClock
from tests.engine.workers import (
    SHOP,
    SITE,
    LineRobot,
    Stage,
    apart,
    await_ended,
    equipped,
    new_run,
    opened,
    outcomes,
)

CAPTCHA = "请完成安全验证"
OTHER_SHOP = Identity(world=OWNER.world, shop_id="7002", shop_name="别家小店")
SAME_NAME = OWNER.model_copy(update={"shop_id": "7002"})
LOST = PlaywrightError("Page.click: Target page, context or browser has been closed")


class PersonsClock(HandClock):
    """A clock where a person does something after so many seconds of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.then: dict[int, Callable[[], None]] = {}
        self.waited = 0

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.waited += round(seconds)
        self.then.pop(self.waited, lambda: None)()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def site(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "site")


@pytest.fixture
def clock() -> PersonsClock:
    return PersonsClock()


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> list[Browser]:
    return put_browser(monkeypatch)


@pytest.fixture
def workplace(
    tmp_path: Path, site: Stage, gate: Gate, clock: PersonsClock, browsers: list[Browser]
) -> Iterator[Workplace]:
    """A workplace whose clock moves only while somebody waits; a person has two minutes."""
    del browsers
    patient = SITE.model_copy(update={"person_wait": timedelta(minutes=2)})
    robot = LineRobot(site, door=lambda tab: GatedDoor(tab, gate))
    with equipped(tmp_path / "home", site) as plain:
        yield replace(plain, clock=clock, robots={robot.name: robot}, site_of=lambda _shop: patient)


def lane_is_free(workplace: Workplace) -> bool:
    lock = try_lock(workplace.settings.state / "locks" / f"{SHOP.lane}.lock")
    if lock:
        lock.release()
    return lock is not None


# What only a person can do


def test_a_session_waits_for_a_person_keeps_browser_and_lane_and_goes_on(
    workplace: Workplace, gate: Gate, clock: PersonsClock, browsers: list[Browser]
) -> None:
    gate.asks = CAPTCHA
    lane: list[bool] = []
    clock.then[30] = lambda: lane.append(lane_is_free(workplace))
    clock.then[60] = lambda: setattr(gate, "asks", "")

    with opened(workplace) as session:
        assert session.enter() == OWNER
        assert (clock.waited, lane) == (60, [False])
        assert [tab.brought_to_front for tab in browsers[0].pages] == [1]
        assert len(browsers) == 1

    assert lane_is_free(workplace)


def test_a_login_asks_the_session_that_waits_to_show_its_window(
    workplace: Workplace, gate: Gate, clock: PersonsClock, browsers: list[Browser]
) -> None:
    gate.asks = CAPTCHA
    locks = workplace.settings.state / "locks"
    clock.then[30] = lambda: ask_for_window(locks, SHOP.lane)
    clock.then[60] = lambda: setattr(gate, "asks", "")

    with opened(workplace) as session:
        session.enter()
        assert [tab.brought_to_front for tab in browsers[0].pages] == [2]

    ask_for_window(locks, SHOP.lane)
    assert not (locks / f"{SHOP.lane}.window").exists(), "nobody is there who could show it"


def test_after_the_limit_the_browser_is_closed_and_the_lane_is_free(
    workplace: Workplace, gate: Gate, clock: PersonsClock, browsers: list[Browser]
) -> None:
    gate.asks = CAPTCHA

    with pytest.raises(NeedsPerson, match=f"asks for a person: {CAPTCHA}"), opened(workplace):
        raise AssertionError("nobody was there")

    assert clock.waited == 2 * 60
    assert browsers[0].pages[0].is_closed()
    assert lane_is_free(workplace)


def test_a_stop_ends_the_wait_at_once(
    workplace: Workplace, gate: Gate, clock: PersonsClock
) -> None:
    gate.asks = CAPTCHA
    clock.then[5] = lambda: workplace.stops.ask([workplace.runs.newest(1)[0].id])

    with pytest.raises(NeedsPerson), opened(workplace):
        raise AssertionError("it went on")

    assert clock.waited == 5


def test_the_items_of_a_run_nobody_came_for_need_a_person_and_the_next_run_goes_on(
    workplace: Workplace, gate: Gate, site: Stage
) -> None:
    gate.asks = "店铺存在违规风险"
    asked, later = new_run(workplace, "CG-1", "CG-2"), new_run(workplace, "CG-3")

    def one_after_the_other() -> None:
        with worker(workplace):
            enqueue(workplace, asked)
            await_ended(workplace, asked)
            gate.asks = ""
            enqueue(workplace, later)
            await_ended(workplace, later)

    apart(one_after_the_other)

    parked = workplace.runs.view(asked)
    assert (parked.state, outcomes(parked)) == ("stopped", [Outcome.NEEDS_PERSON] * 2)
    assert "店铺存在违规风险" in parked.items[1].reason
    assert outcomes(workplace.runs.view(later)) == [Outcome.DONE]
    assert site.products() == ["CG-3"]


def test_a_captcha_in_the_middle_of_an_item_is_waited_for_and_the_item_is_done(
    workplace: Workplace, gate: Gate, site: Stage, clock: PersonsClock
) -> None:
    def ask() -> None:
        gate.asks = CAPTCHA
        raise TransientError("the page is covered")

    site.at["CG-1 begun"] = ask
    clock.then[40] = lambda: setattr(gate, "asks", "")

    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, clock.waited) == (Outcome.DONE, 40)
    assert site.products() == ["CG-1"]


# Logins


def test_a_login_that_is_known_is_typed_once(workplace: Workplace, gate: Gate) -> None:
    gate.inside = False

    with opened(replace(workplace, login_of=lambda _shop: Login("boss", "secret"))) as session:
        session.enter()

    assert gate.logins == [("boss", "secret")]


def test_a_login_that_is_refused_needs_a_person(workplace: Workplace, gate: Gate) -> None:
    gate.inside, gate.accepts = False, False
    knowing = replace(workplace, login_of=lambda _shop: Login("boss", "old"))

    with pytest.raises(NeedsPerson, match="did not accept the login of boss"), opened(knowing):
        raise AssertionError("it went on")

    assert len(gate.logins) == 1


def test_a_login_nobody_told_us_is_left_to_a_person(
    workplace: Workplace, gate: Gate, clock: PersonsClock
) -> None:
    gate.inside = False
    clock.then[90] = lambda: setattr(gate, "inside", True)

    with opened(workplace) as session:
        assert session.enter() == OWNER

    assert (clock.waited, gate.logins) == (90, [])


def test_a_session_that_expired_is_entered_again_before_the_item_goes_on(
    workplace: Workplace, gate: Gate, site: Stage
) -> None:
    def expire() -> None:
        gate.inside = False
        raise TransientError("the login page came instead")

    site.at["CG-2 begun"] = expire
    knowing = replace(workplace, login_of=lambda _shop: Login("boss", "secret"))

    with opened(knowing, "CG-1", "CG-2") as session:
        results = [carry_out(session, n, f"CG-{n + 1}") for n in range(2)]

    assert [result.outcome for result in results] == [Outcome.DONE] * 2
    assert gate.logins == [("boss", "secret")]


# The right shop


def test_another_shop_is_left_before_anything_is_begun(
    workplace: Workplace, gate: Gate, site: Stage, browsers: list[Browser]
) -> None:
    gate.shows = OTHER_SHOP

    with pytest.raises(Defect, match=r"别家小店's \(7002\), not 晨光家居小店's"), opened(workplace):
        raise AssertionError("it went on")

    assert site.happened() == []
    assert browsers[0].pages[0].is_closed()


def test_the_accounts_other_shop_is_left_for_the_right_one(
    workplace: Workplace, gate: Gate, site: Stage
) -> None:
    gate.shows, gate.own_shops = OTHER_SHOP, [OTHER_SHOP, OWNER]

    with opened(workplace) as session:
        assert carry_out(session, 0, "CG-1").outcome is Outcome.DONE

    assert (gate.shows, site.products()) == (OWNER, ["CG-1"])


@pytest.mark.parametrize("shown", [OTHER_SHOP, SAME_NAME], ids=["other name", "other id"])
def test_a_page_that_changed_hands_is_not_written_to(
    workplace: Workplace, gate: Gate, site: Stage, shown: Identity
) -> None:
    site.at["CG-1 begun"] = lambda: setattr(gate, "shows", shown)

    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, result.stops_shop) == (Outcome.FAILED, True)
    assert "(7002), not 晨光家居小店's" in result.reason
    assert site.products() == []
    assert workplace.ledger.rejections_since(OWNER, workplace.clock.now(), "line") == 0


@pytest.mark.parametrize(
    ("refused", "outcome"), [("order.ship", Outcome.DONE), ("line.other", Outcome.NEEDS_PERSON)]
)
def test_two_refusals_a_day_stop_more_of_the_same_kind_only(
    workplace: Workplace, refused: str, outcome: Outcome
) -> None:
    ledger = workplace.ledger
    for key in ("1", "2"):
        ledger.close(ledger.intend(WriteKey(OWNER, refused, key), "earlier", {}), "rejected")

    with opened(workplace) as session:
        assert carry_out(session, 0, "CG-1").outcome is outcome


def test_a_shop_that_is_in_mode_plan_by_now_is_not_written_to(
    workplace: Workplace, site: Stage
) -> None:
    """The run was made while it was live, and goes on later: after a crash, a yes, a long wait."""
    by_now = replace(workplace, shop_now=lambda shop: shop.model_copy(update={"mode": Mode.PLAN}))

    with opened(by_now) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, result.stops_shop) == (Outcome.NEEDS_PERSON, True)
    assert "shop demo is in mode plan" in result.reason
    assert site.products() == []


def test_what_a_person_holds_is_left_alone_and_the_others_go_on(
    workplace: Workplace, site: Stage
) -> None:
    held = replace(workplace, shop_now=lambda shop: shop.model_copy(update={"hold": ("CG-1",)}))

    with opened(held, "CG-1", "CG-2") as session:
        results = [carry_out(session, n, f"CG-{n + 1}") for n in range(2)]

    assert [result.outcome for result in results] == [Outcome.REJECTED, Outcome.DONE]
    assert "CG-1 is on hold in shop demo" in results[0].reason
    assert (site.products(), results[0].stops_shop) == (["CG-2"], False)


def test_a_day_takes_no_more_new_listings_than_its_number(
    workplace: Workplace, site: Stage
) -> None:
    """What was listed today counts, whichever run listed it; what is there is not new."""
    capped = replace(workplace, shop_now=lambda shop: shop.model_copy(update={"daily_listings": 2}))

    with opened(capped, "CG-1", "CG-2", "CG-3") as session:
        first = [carry_out(session, n, f"CG-{n + 1}") for n in range(3)]
    with opened(capped, "CG-2", "CG-3") as session:
        second = [carry_out(session, n, f"CG-{n + 2}") for n in range(2)]

    assert [one.outcome for one in first] == [Outcome.DONE, Outcome.DONE, Outcome.REJECTED]
    assert "has its 2 new listings of today" in first[2].reason
    assert [one.outcome for one in second] == [Outcome.UNCHANGED, Outcome.REJECTED]
    assert site.products() == ["CG-1", "CG-2"]


def test_the_kill_switch_stops_before_the_click(workplace: Workplace, site: Stage) -> None:
    site.at["CG-1 begun"] = lambda: workplace.stops.ask([""])

    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, result.stops_shop) == (Outcome.SKIPPED, True)
    assert site.products() == []


class FailsAtItsSecond(LineRobot):
    """Puts a line, and then can't see the next one, however often it is tried."""

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        super().work(payload, desk)
        raise TransientError("the list did not load")


def test_what_was_proven_is_told_though_a_later_write_of_the_item_fails(
    workplace: Workplace, site: Stage, gate: Gate
) -> None:
    robot = FailsAtItsSecond(site, door=lambda tab: GatedDoor(tab, gate))

    with opened(replace(workplace, robots={robot.name: robot})) as session:
        result = carry_out(session, 0, "CG-1")
        receipt = session.evidence.folder / "items" / "CG-1" / "receipt.json"

    assert (result.outcome, site.products()) == (Outcome.FAILED, ["CG-1"])
    assert result.receipt == Receipt(wanted={"商家编码": "CG-1"}, found={"商家编码": "CG-1"})
    assert json.loads(receipt.read_text(encoding="utf-8"))["receipt"]["equal"]
