"""What the suites share: a real browser, a real practice store, an installation of one's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from console.machine import ready_browser
from engine.browser import VIEWPORT, Choice, launch_arguments, launch_options
from engine.settings import Settings
from practice.card import WorldCard, read_card
from practice.libraries import ensure_libraries
from practice.showing import shown_products, shown_writes
from practice.world import World, open_world

# A busy machine is no reason for a red test.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE = CHECKOUT / "config/samples/upload-listings/products.xlsx"


def say(line: str) -> None:
    """Tell the person who started the tests what is being installed."""
    sys.stderr.write(f"\n{line}\n")


@pytest.fixture(autouse=True)
def environment_kept() -> Iterator[None]:
    """No test leaves the next one another place for its world or its installation."""
    before = _places()
    yield
    assert _places() == before, "the test changed the environment: use monkeypatch"


def _places() -> dict[str, str]:
    ours = ("PRACTICE_", "SHOPCLERK_")
    return {name: value for name, value in os.environ.items() if name.startswith(ours)}


@pytest.fixture(scope="session")
def browser_choice(tmp_path_factory: pytest.TempPathFactory) -> Choice:
    """A browser that works here; found in a thread, because Playwright may run in this one."""
    settings = Settings(home=tmp_path_factory.mktemp("browser"))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ready_browser, settings, say).result()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_choice: Choice) -> dict[str, Any]:
    return {"args": launch_arguments(), **launch_options(browser_choice, headless=True)}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": VIEWPORT, "locale": "zh-CN"}


@pytest.fixture(scope="session")
def practice_libraries() -> Path:
    """The practice store's UI libraries: installed once a machine."""
    folder = Settings().cache / "practice-libraries"
    os.environ["PRACTICE_LIBRARIES"] = str(folder)
    ensure_libraries(say)
    return folder


@dataclass(frozen=True)
class Store:
    """A practice store that is open, and the truth of its own database."""

    card: WorldCard
    home: Path

    def products(self) -> list[dict[str, Any]]:
        """Give what stands in the store, without what it was seeded with."""
        return self._read(lambda world: shown_products(world, foreign=False))

    def writes(self, path: str = "") -> list[dict[str, Any]]:
        """Give the requests that asked for a change; only those of one path if given."""
        return [write for write in self._read(shown_writes) if path in write["path"]]

    def control(self, method: str, what: str, /, **body: Any) -> Any:
        """Ask the store's control side, which no robot uses."""
        request = urllib.request.Request(  # noqa: S310  our own address
            f"{self.card.url}/_practice/{what}",
            data=json.dumps(body).encode() if body else None,
            method=method,
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)

    def _read(self, show: Callable[[World], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        world = open_world(self.home)
        try:
            return show(world)
        finally:
            world.close()


@pytest.fixture
def home(tmp_path: Path, browser_choice: Choice) -> Path:
    """The home of an installation of its own, that knows its browser already."""
    state = tmp_path / "home" / "runs" / "state"
    state.mkdir(parents=True)
    known = {"preferred": "", **browser_choice._asdict()}
    (state / "browser.json").write_text(json.dumps(known), encoding="utf-8")
    return tmp_path / "home"


@contextmanager
def served(folder: Path, libraries: Path) -> Iterator[Store]:
    """Serve a practice store as ``shopclerk practice up`` does."""
    folder.mkdir(parents=True)
    environment = {
        **os.environ,
        "PRACTICE_HOME": str(folder),
        "PRACTICE_LIBRARIES": str(libraries),
    }
    with (folder / "practice.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "practice", "up"], env=environment, stdout=log, stderr=log
        )
    try:
        yield Store(_await_card(folder, process), folder)
        # A test may close it; one that died meanwhile was followed by another one, without faults.
        said = (folder / "practice.log").read_text(encoding="utf-8", errors="replace")
        assert process.poll() in (None, 0), f"the practice store died:\n{said}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def store(home: Path, practice_libraries: Path) -> Iterator[Store]:
    """A practice store of this test's own, where its installation looks for one."""
    with served(home / "runs" / "state" / "practice", practice_libraries) as store:
        yield store


def _await_card(folder: Path, process: subprocess.Popen[bytes]) -> WorldCard:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        card = read_card(folder)
        if card is not None:
            return card
        time.sleep(0.05)
    raise AssertionError((folder / "practice.log").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Shopclerk:
    """The command, in an installation of its own, as a user would start it."""

    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, terminal: bool = False) -> subprocess.Popen[str]:
        """Start a command and leave it running; in a terminal of its own if wanted."""
        process = subprocess.Popen(
            [sys.executable, "-m", "console", *arguments],
            env={
                **os.environ,
                "SHOPCLERK_HOME": str(self.home),
                "SHOPCLERK_LANG": "zh",
                "PYTHONUTF8": "1",
            },
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=terminal,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, code: int = 0) -> str:
        """Carry out a command to its end, check its exit code, give what it printed."""
        process = self.start(*arguments)
        printed, noted = process.communicate(timeout=900)
        assert process.returncode == code, f"{printed}\n{noted}"
        return printed

    def json(self, *arguments: str, code: int = 0) -> Any:
        """Carry out a command with ``--json`` and read its object."""
        return json.loads(self.run(*arguments, "--json", code=code))


@pytest.fixture
def shopclerk(home: Path) -> Iterator[Shopclerk]:
    command = Shopclerk(home)
    yield command
    for process in command.started:
        if process.poll() is None:
            process.kill()
        if process.stdout and not process.stdout.closed:
            process.communicate(timeout=20)  # closes its pipes too
