"""A served practice world for the whole test run, a client for its XHRs, a logged-in page."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from practice import libraries
from practice.card import WorldCard, read_card
from practice.world import World, make_world, open_world
from tests.practice.quick_store import QuickStore, quick_store
from tests.practice.store_client import StoreClient

CHROMIUMS = (
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/lib/chromium/chromium",
    "/usr/bin/chromium",
)
# Motion is no fact: a click into a list that is still closing opens and closes it again.
STILL = """
addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '*, *::before, *::after { animation-duration: 1ms !important; ' +
    'animation-delay: 0s !important; }';
  document.head.append(style);
});
"""
AUDIT_SECONDS = 0.2
PAGE_TIMEOUT = 20_000

expect.set_options(timeout=PAGE_TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bare clicks at a page that moves may miss once; what deviates from a fact does so twice.

    Only here, where the practice store is tested: our own widgets and robots get no second try.
    """
    too_slow = pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError", "Locator expected"])
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(too_slow)


@pytest.fixture(scope="session")
def ui_libraries() -> Path:
    return libraries.ensure_libraries(print)


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served-world")


@pytest.fixture(scope="session")
def card(ui_libraries: Path, served_home: Path) -> Iterator[WorldCard]:
    """One world, served as a person would serve it; tests keep apart by their 商家编码."""
    command = [sys.executable, "-m", "practice", "up", "--home", str(served_home)]
    command += ["--save-seconds", "0", "--audit-seconds", str(AUDIT_SECONDS), "--idle-exit", "900"]
    environment = os.environ | {"PRACTICE_LIBRARIES": str(ui_libraries.parent)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            yield wait_for_card(served_home)
        finally:
            server.terminate()


def wait_for_card(home: Path, seconds: float = 60) -> WorldCard:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        card = read_card(home)
        if card:
            return card
        time.sleep(0.05)
    raise TimeoutError(f"No world answered from {home}.")


@pytest.fixture
def truth(card: WorldCard, served_home: Path) -> Iterator[World]:
    """The served world's own database."""
    assert card
    world = open_world(served_home)
    yield world
    world.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A small world of its own, served by nobody."""
    world = make_world(tmp_path / "home", products=60)
    yield world
    world.close()


@pytest.fixture(scope="session")
def quick(ui_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuickStore]:
    """A second world, served in this process: for faults and what they leave behind."""
    with quick_store(tmp_path_factory.mktemp("quick-world"), ui_libraries) as store:
        yield store


@pytest.fixture
def stranger(card: WorldCard) -> StoreClient:
    return StoreClient(card.url)


@pytest.fixture
def client(card: WorldCard) -> StoreClient:
    client = StoreClient(card.url)
    client.login(card.account, card.password)
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next((path for path in CHROMIUMS if Path(path).exists()), None)
    args = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    return browser_type_launch_args | {"executable_path": found, "args": args}


@pytest.fixture(scope="session")
def logged_in(browser: Browser, card: WorldCard) -> Iterator[BrowserContext]:
    """One profile for all pages, as a robot has: the UI libraries are loaded once."""
    size = ViewportSize(width=1366, height=768)
    with browser.new_context(base_url=card.url, viewport=size) as context:
        context.set_default_timeout(PAGE_TIMEOUT)
        context.add_init_script(STILL)
        login = {"account": card.account, "password": card.password}
        context.request.post("/ecomauth/loginv1/login", data=login)
        yield context


@pytest.fixture
def page(logged_in: BrowserContext) -> Iterator[Page]:
    """A logged-in page of the served world."""
    with logged_in.new_page() as page:
        yield page


@pytest.fixture
def stranger_page(browser: Browser, card: WorldCard) -> Iterator[Page]:
    """A page nobody logged in on."""
    with browser.new_context(base_url=card.url) as context:
        context.set_default_timeout(PAGE_TIMEOUT)
        yield context.new_page()
