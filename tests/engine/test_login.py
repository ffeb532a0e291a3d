"""Signing in by hand: the window waits for a person, and only the right shop counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError

from domain.errors import Defect, NeedsPerson
from domain.shop import Identity
from engine.browser import open_profile
from engine.locks import account_lock
from engine.login import PATIENCE, sign_in_by_hand
from engine.workplace import Workplace
from tests.engine.browsers import Browser, Gate, GatedDoor, Tab
from tests.engine.stand_ins import OWNER, HandClock, nothing
from tests.engine.workers import SHOP, Stage, equipped


class PersonAtTheWindow(HandClock):
    """A clock where a person does something after so many seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.then: dict[int, Callable[[], None]] = {}
        self.waited = 0

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.waited += round(seconds)
        self.then.pop(self.waited, nothing)()


@dataclass
class Window(GatedDoor):
    """A door whose page tells that it is gone only when it is asked, as a real one does."""

    def person_needed(self) -> str:
        self.tab.evaluate("1")
        return super().person_needed()


@dataclass
class Desk:
    workplace: Workplace
    clock: PersonAtTheWindow
    gate: Gate
    tabs: list[Tab]

    def sign_in(self) -> Identity:
        return sign_in_by_hand(self.workplace, SHOP, self.door, nothing)

    def door(self, page: Any, _site: object) -> Window:
        self.tabs.append(page)
        return Window(page, self.gate)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    browser = Browser(nothing, nothing)
    monkeypatch.setattr("engine.login.started_playwright", nullcontext)
    monkeypatch.setattr("engine.login.open_profile", lambda *_where, **_how: nullcontext(browser))
    clock = PersonAtTheWindow()
    with equipped(tmp_path / "home", Stage(tmp_path / "site")) as workplace:
        yield Desk(replace(workplace, clock=clock), clock, Gate(inside=False), [])


def test_it_waits_until_a_person_is_in(desk: Desk) -> None:
    desk.gate.asks = "captcha"
    desk.clock.then[40] = lambda: setattr(desk.gate, "asks", "")
    desk.clock.then[60] = lambda: setattr(desk.gate, "inside", True)

    assert desk.sign_in() == OWNER
    assert (desk.clock.waited, desk.gate.logins) == (60, []), "it types nothing by itself"


def test_a_window_that_is_closed_is_told_as_what_it_is(desk: Desk) -> None:
    desk.clock.then[5] = lambda: setattr(desk.tabs[0], "closed", True)

    with pytest.raises(NeedsPerson, match="window was closed before anybody") as told:
        desk.sign_in()

    assert "`shopclerk login demo`" in told.value.mend


def test_a_page_that_changes_while_it_is_read_is_read_again(desk: Desk) -> None:
    torn = iter([PlaywrightError("Page.evaluate: Execution context was destroyed")])
    plain = desk.door

    def tearing(page: Any, site: object) -> Window:
        door = plain(page, site)
        real = page.evaluate

        def evaluate(script: str) -> None:
            for error in torn:
                raise error
            real(script)

        page.evaluate = evaluate
        return door

    desk.gate.inside = True
    assert sign_in_by_hand(desk.workplace, SHOP, tearing, nothing) == OWNER


def test_nobody_comes(desk: Desk) -> None:
    with pytest.raises(NeedsPerson, match="nobody signed in"):
        desk.sign_in()
    assert timedelta(seconds=desk.clock.waited) == PATIENCE


def test_the_login_of_another_shop_is_refused(desk: Desk) -> None:
    desk.gate.inside, desk.gate.shows = True, OWNER.model_copy(update={"shop_name": "别家小店"})
    with pytest.raises(Defect, match="opened 别家小店"):
        desk.sign_in()


def test_a_browser_that_a_robot_uses_is_left_to_it(desk: Desk) -> None:
    locks = desk.workplace.settings.state / "locks"
    with account_lock(locks, SHOP.lane) as robot:
        with pytest.raises(NeedsPerson, match="is in use"):
            desk.sign_in()
        assert robot.window_wanted()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a desktop")
def test_a_machine_without_a_desktop_is_told_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    none: Any = None
    with pytest.raises(NeedsPerson, match="no window can be shown here"):
        open_profile(none, none, tmp_path / "profile", headless=False, motion=True)
    assert not (tmp_path / "profile").exists()
