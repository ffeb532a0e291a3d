"""Find a browser that really works here, and open it the same way everywhere."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from domain.errors import NeedsPerson
from engine.private import private_folder

HEADLESS_SHELL = "chromium-headless-shell"
CHANNELS = ("chrome", "msedge")
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge-stable",
    HEADLESS_SHELL,
)
VIEWPORT = {"width": 1366, "height": 768}
PATIENCE = 15.0
"""Seconds a page may take over one action or answer before the look counts as failed."""
# Motion off: opening and closing is half the time of a select, cascader or modal. Not zero, so
# that the widgets still hear their animations end. Transitions are left alone: a duration set on
# every element would make every change of place a transition, and popups measure wrong places.
STILL = """
addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '*, *::before, *::after { animation-duration: 1ms !important; ' +
    'animation-delay: 0s !important; scroll-behavior: auto !important; }';
  document.head.append(style);
});
"""


class Choice(NamedTuple):
    """One way to start a browser: its name for people, and Playwright's launch options."""

    name: str
    options: dict[str, Any]


class Finding(NamedTuple):
    """What the search for a browser came to."""

    choice: Choice | None
    chinese: bool
    """Whether Chinese text shows as characters and not as boxes."""
    tried: tuple[str, ...]


def candidates(preferred: str = "") -> Iterator[Choice]:
    """List the browsers to try, best first; ``preferred`` is a path or a channel."""
    if preferred:
        key = "executable_path" if Path(preferred).exists() else "channel"
        yield Choice(preferred, {key: preferred})
        return
    yield Choice("Playwright's own Chromium", {})
    for channel in CHANNELS:
        yield Choice(channel, {"channel": channel})
    # The binary itself starts sooner than Debian's wrapper script and says nothing on stderr.
    paths = ["/usr/lib/chromium/chromium", *(shutil.which(command) for command in COMMANDS)]
    for path in dict.fromkeys(path for path in paths if path and Path(path).exists()):
        yield Choice(path, {"executable_path": path})


def launch_arguments() -> list[str]:
    """Arguments every browser of ours starts with."""
    arguments = ["--disable-quic"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to run as root inside its own sandbox (containers, CI).
        arguments.append("--no-sandbox")
    if sys.platform == "linux":
        arguments.append("--disable-gpu")
    return arguments


@contextmanager
def started_playwright() -> Iterator[Playwright]:
    """The one place Playwright is started: always in a with block, so that no thread keeps it."""
    with sync_playwright() as playwright:
        yield playwright


def find_browser(preferred: str = "") -> Finding:
    """Try each candidate by starting it and drawing Chinese text; the first that works wins."""
    tried = []
    with started_playwright() as playwright:
        for choice in candidates(preferred):
            try:
                browser = launch(playwright, choice, headless=True)
            except PlaywrightError as error:
                tried.append(f"{choice.name}: {_first_line(error)}")
                continue
            try:
                return Finding(choice, _draws_chinese(browser), tuple(tried))
            finally:
                browser.close()
    return Finding(None, chinese=False, tried=tuple(tried))


def launch(playwright: Playwright, choice: Choice, *, headless: bool) -> Browser:
    """Start a browser without a profile."""
    return playwright.chromium.launch(
        headless=headless, args=launch_arguments(), **_handled_by_us(choice, headless)
    )


def open_profile(
    playwright: Playwright, choice: Choice, profile: Path, *, headless: bool, motion: bool
) -> BrowserContext:
    """Open an account's own browser on its profile, which only its owner may read.

    Raises:
        NeedsPerson: no window can be shown, or the browser did not start; says what it answered.
    """
    if not (headless or _shows_windows()):
        raise NeedsPerson(
            "no window can be shown here: neither DISPLAY nor WAYLAND_DISPLAY is set",
            mend="Run it on a machine with a desktop, where a person can sign in",
        )
    private_folder(profile)
    try:
        context = playwright.chromium.launch_persistent_context(
            profile,
            headless=headless,
            args=launch_arguments(),
            viewport=VIEWPORT,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **_handled_by_us(choice, headless),
        )
    except PlaywrightError as error:
        raise NeedsPerson(
            f"{choice.name} did not start: {_first_line(error)}",
            mend="Close windows that use this profile, or set SHOPCLERK_BROWSER to another browser",
        ) from None
    context.set_default_timeout(PATIENCE * 1000)
    if not motion:
        context.add_init_script(STILL)
    return context


def _shows_windows() -> bool:
    """Tell whether this machine has a desktop; only on Linux it may have none."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def launch_options(choice: Choice, *, headless: bool) -> dict[str, Any]:
    """Give Playwright's options for this browser, with a window or without.

    Without one Playwright's own Chromium is a headless shell; Debian keeps the same program
    beside its chromium. It needs less than half the processor time.
    """
    program = Path(choice.options.get("executable_path", ""))
    shell = program.with_name(HEADLESS_SHELL) if program.name else program
    if headless and program.name == "chromium" and shell.exists():
        return {**choice.options, "executable_path": str(shell)}
    return dict(choice.options)


def _handled_by_us(choice: Choice, headless: bool) -> dict[str, Any]:
    # Ctrl-C means "after this item" here; Playwright's own handlers would kill the browser.
    signals = {"handle_sigint": False, "handle_sigterm": False, "handle_sighup": False}
    return {**launch_options(choice, headless=headless), **signals}


def _draws_chinese(browser: Browser) -> bool:
    """Two different characters drawn alike are two boxes: no font for them."""
    page = browser.new_page()
    page.set_content("<p style='font-size:40px'><span>店</span><br><span>铺</span></p>")
    shots = [page.locator("span").nth(i).screenshot() for i in range(2)]
    return len({hashlib.sha256(shot).digest() for shot in shots}) == 2


def _first_line(error: PlaywrightError) -> str:
    lines = [line.strip("╔═║╗╚╝ ") for line in error.message.splitlines()]
    return next((line for line in lines if line), "no answer")[:160]
