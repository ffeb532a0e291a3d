"""Browsers and pages that die inside a session: opened again, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from domain.outcome import Outcome
from domain.shop import Identity
from engine.browser import Choice
from engine.runs import ItemResult
from engine.screen import Entrance
from engine.session import carry_out
from engine.workplace import Workplace
from tests.engine.browsers import Browser, Door, Tab, put_browser
from tests.engine.stand_ins import OWNER
from tests.engine.workers import SHOP, LineRobot, Stage, apart, equipped, opened

LOST = PlaywrightError("Page.click: Target page, context or browser has been closed")


@pytest.fixture
def site(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "site")


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> list[Browser]:
    return put_browser(monkeypatch)


@pytest.fixture
def workplace(tmp_path: Path, site: Stage) -> Iterator[Workplace]:
    with equipped(tmp_path / "home", site) as workplace:
        yield workplace


def die(browsers: list[Browser]) -> None:
    browsers[-1].pages[0].closed = True
    raise LOST


def crash(browsers: list[Browser]) -> None:
    browsers[-1].pages[0].crash()
    raise PlaywrightError("Page.click: Target crashed")


def test_a_browser_that_died_between_two_items_is_opened_again(
    workplace: Workplace, site: Stage, browsers: list[Browser]
) -> None:
    with opened(workplace, "CG-1", "CG-2") as session:
        first = carry_out(session, 0, "CG-1")
        browsers[0].pages[0].closed = True
        second = carry_out(session, 1, "CG-2")

    assert [first.outcome, second.outcome] == [Outcome.DONE] * 2
    assert (len(browsers), site.products()) == (2, ["CG-1", "CG-2"])


@pytest.mark.parametrize("point", ["begun", "committed"])
@pytest.mark.parametrize("death", [die, crash])
def test_a_browser_or_page_that_dies_within_an_item_is_opened_again_and_nothing_is_done_twice(
    workplace: Workplace,
    site: Stage,
    browsers: list[Browser],
    death: Callable[[list[Browser]], None],
    point: str,
) -> None:
    site.at[f"CG-1 {point}"] = lambda: death(browsers)

    with opened(workplace) as session:
        result = carry_out(session, 0, "CG-1")

    assert result.outcome is Outcome.DONE
    assert site.products() == ["CG-1"]
    assert len(browsers) == 2


class RealDoor(Door):
    """A door that a real page shows."""

    @property
    def content(self) -> Locator:
        return self.page.locator("body")

    def open(self) -> None:
        self.page.goto(f"data:text/html;charset=utf-8,<h1>{OWNER.shop_name}</h1>")

    def identity(self) -> Identity:
        return OWNER.model_copy(update={"shop_name": self.page.locator("h1").inner_text()})


def test_a_real_browser_that_is_killed_or_whose_page_crashes_is_opened_again(
    tmp_path: Path, browser_choice: Choice
) -> None:
    site = Stage(tmp_path / "site")
    doors: list[RealDoor] = []
    pids: list[int] = []

    def door(tab: Tab) -> Entrance:
        doors.append(RealDoor(tab))
        return doors[-1]

    def kill_browser() -> None:
        (browser,) = (one for one in psutil.Process().children(recursive=True) if is_ours(one))
        browser.kill()
        doors[-1].identity()

    def is_ours(process: psutil.Process) -> bool:
        line = process.cmdline()
        profile = f"--user-data-dir={tmp_path.resolve() / 'home/profiles' / SHOP.lane}"
        return profile in line and not any(part.startswith("--type=") for part in line)

    def crash_page() -> None:
        doors[-1].page.goto("chrome://crash")

    def note_browser() -> None:
        pids.extend(one.pid for one in psutil.Process().children(recursive=True) if is_ours(one))

    site.at.update({"CG-1 proven": note_browser, "CG-2 begun": kill_browser})
    site.at.update({"CG-3 begun": crash_page, "CG-4 proven": note_browser})
    keys = ("CG-1", "CG-2", "CG-3", "CG-4")

    def work() -> list[ItemResult]:
        with equipped(tmp_path / "home", site) as plain:
            workplace = replace(
                plain,
                robots={"put-lines": LineRobot(site, door=door)},
                browser=lambda: browser_choice,
            )
            with opened(workplace, *keys) as session:
                return [carry_out(session, n, key) for n, key in enumerate(keys)]

    results = apart(work)

    assert [result.outcome for result in results] == [Outcome.DONE] * 4
    assert site.products() == list(keys)
    assert len(set(pids)) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids)
