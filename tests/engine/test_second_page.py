"""The second page: watched like the first one, left when an attempt fails, lost alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.shop import Identity
from domain.site import SiteMap
from engine.robot import Desk
from engine.runs import ItemResult
from engine.screen import Entrance
from engine.session import carry_out
from engine.workplace import Workplace
from tests.engine.browsers import Browser, Door, Tab, put_browser
from tests.engine.stand_ins import OWNER, HandClock
from tests.engine.workers import SITE, PutLine, Stage, equipped, opened

LOST = PlaywrightError("Page.click: Target page, context or browser has been closed")
CAPTCHA = "请完成安全验证"


@dataclass
class WatchedDoor(Door):
    """A door that shows on each page what that page shows."""

    asks: dict[Tab, str]
    shows: dict[Tab, Identity]

    def identity(self) -> Identity:
        return self.shows.get(self.tab, OWNER)

    def person_needed(self) -> str:
        return self.asks.get(self.tab, "")


@dataclass
class SecondPageRobot:
    """Puts its lines on the second page."""

    site: Stage
    name: str = "put-lines"
    asks: dict[Tab, str] = field(default_factory=dict)
    shows: dict[Tab, Identity] = field(default_factory=dict)

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        del site
        return WatchedDoor(cast("Tab", page), self.asks, self.shows)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        write = PutLine(self.site, payload["code"], self.entrance(desk.second_page, desk.site))
        self.site.note(payload["code"], "begun")
        return desk.ensure(write)


class AnsweringClock(HandClock):
    """A clock where a person answers whatever is asked while somebody waits."""

    def __init__(self, robot: SecondPageRobot) -> None:
        super().__init__()
        self._robot = robot

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._robot.asks.clear()


@pytest.fixture
def site(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "site")


@pytest.fixture
def robot(site: Stage) -> SecondPageRobot:
    return SecondPageRobot(site)


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> list[Browser]:
    return put_browser(monkeypatch)


@pytest.fixture
def workplace(tmp_path: Path, site: Stage, robot: SecondPageRobot) -> Iterator[Workplace]:
    patient = SITE.model_copy(update={"person_wait": timedelta(minutes=2)})
    with equipped(tmp_path / "home", site) as plain:
        yield replace(
            plain,
            robots={robot.name: robot},
            clock=AnsweringClock(robot),
            site_of=lambda _shop: patient,
        )


def close(tab: Tab) -> None:
    tab.closed = True


@pytest.mark.parametrize("point", ["begun", "committed"])
@pytest.mark.parametrize("death", [close, Tab.crash])
def test_a_second_page_that_dies_is_opened_again_in_the_same_browser(
    workplace: Workplace,
    site: Stage,
    browsers: list[Browser],
    death: Callable[[Tab], None],
    point: str,
) -> None:
    def die() -> None:
        death(browsers[0].pages[1])
        raise LOST

    site.at[f"CG-1 {point}"] = die
    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, site.products()) == (Outcome.DONE, ["CG-1"])
    assert (len(browsers), len(browsers[0].pages)) == (1, 3)


def test_all_items_share_the_second_page(
    workplace: Workplace, site: Stage, browsers: list[Browser]
) -> None:
    with opened(workplace, "CG-1", "CG-2") as session:
        carry_out(session, 0, "CG-1")
        carry_out(session, 1, "CG-2")

    assert site.products() == ["CG-1", "CG-2"]
    assert len(browsers[0].pages) == 2


def test_what_the_second_page_asks_of_a_person_is_waited_for_before_it_is_left(
    workplace: Workplace, site: Stage, browsers: list[Browser], robot: SecondPageRobot
) -> None:
    def ask() -> None:
        robot.asks[browsers[0].pages[1]] = CAPTCHA
        raise LOST

    site.at["CG-1 begun"] = ask
    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    first, second, fresh = browsers[0].pages
    assert (result.outcome, site.products()) == (Outcome.DONE, ["CG-1"])
    assert (second.brought_to_front, second.closed) == (1, True)
    assert first.brought_to_front == 2, "after each second page that was opened"
    assert fresh is not second


def test_a_failure_is_pictured_on_both_pages(
    workplace: Workplace, site: Stage, browsers: list[Browser]
) -> None:
    def refuse() -> None:
        assert len(browsers[0].pages) == 2
        raise BusinessError("标题含有违禁词")

    site.at["CG-1 begun"] = refuse
    with opened(workplace) as session:
        carry_out(session, 0, "CG-1")
        pictures = sorted(path.name for path in session.evidence.folder.glob("items/CG-1/*.webp"))

    assert pictures == ["01-failure.webp", "02-failure.webp"]


def test_another_shop_on_the_second_page_is_not_written_to(
    workplace: Workplace, site: Stage, browsers: list[Browser], robot: SecondPageRobot
) -> None:
    def change_hands() -> None:
        other = Identity(world=OWNER.world, shop_id="7002", shop_name="别家小店")
        robot.shows[browsers[0].pages[1]] = other

    site.at["CG-1 begun"] = change_hands
    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert (result.outcome, site.products()) == (Outcome.FAILED, [])
    assert "别家小店" in result.reason
