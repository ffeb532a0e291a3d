"""Make this machine ready: a browser that works, and a font for Chinese."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from domain.errors import BusinessError, NeedsPerson
from engine.browser import Choice, Finding, find_browser
from engine.settings import Settings
from engine.words import operator_words

Say = Callable[[str], None]
APT_PACKAGES = ("chromium", "fonts-noto-cjk")


def ready_browser(settings: Settings, say: Say) -> Choice:
    """Give a browser that starts here; installs one, saying so, when there is none.

    Raises:
        BusinessError: the one that was asked for is not there.
        NeedsPerson: none works and none could be installed; names everything that was tried.
    """
    _look_for(settings.browser)
    note = settings.state / "browser.json"
    known = _remembered(note, settings.browser)
    if known:
        return known
    finding = find_browser(settings.browser)
    if finding.choice is None and not settings.browser:
        _install_browser(say)
        finding = find_browser()
    if finding.choice is None and settings.browser:
        raise NeedsPerson(
            "the browser of SHOPCLERK_BROWSER does not start: " + " | ".join(finding.tried),
            mend="Name another one, or remove SHOPCLERK_BROWSER, and one is looked for",
        )
    if finding.choice is None:
        raise NeedsPerson(
            "no browser works on this machine; tried " + " | ".join(finding.tried),
            mend="Install Chrome or Edge, or set SHOPCLERK_BROWSER to a browser's path",
        )
    if not finding.chinese:
        finding = _install_font(settings, finding, say)
    assert finding.choice is not None  # noqa: S101  for the type checker
    say(operator_words()("machine.browser", name=finding.choice.name))
    _remember(note, settings.browser, finding)
    return finding.choice


def _look_for(preferred: str) -> None:
    """Make sure that a browser named by its path is there; a channel has no path of its own."""
    if ("/" in preferred or "\\" in preferred) and not Path(preferred).is_file():
        raise BusinessError(
            f"SHOPCLERK_BROWSER points to {preferred}, which is not there",
            mend="Correct the path, or remove SHOPCLERK_BROWSER, and one is looked for",
        )


def _remembered(note: Path, preferred: str) -> Choice | None:
    """Give the browser that worked last time, while its program is still the same file."""
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
        program = known["options"].get("executable_path")
        if known["preferred"] != preferred or (program and not Path(program).exists()):
            return None
        return Choice(known["name"], known["options"])
    except (OSError, ValueError, KeyError):
        return None


def _remember(note: Path, preferred: str, finding: Finding) -> None:
    if finding.choice and finding.chinese:
        note.parent.mkdir(parents=True, exist_ok=True)
        known = {"preferred": preferred, **finding.choice._asdict()}
        note.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def _install_browser(say: Say) -> None:
    """Let Playwright fetch its Chromium; where it can't, Debian's, if we may."""
    say(operator_words()("machine.installing_browser"))
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0:
        return
    say(operator_words()("machine.no_download"))
    _apt_install(APT_PACKAGES, say)


def _install_font(settings: Settings, finding: Finding, say: Say) -> Finding:
    say(operator_words()("machine.no_font"))
    if _apt_install(APT_PACKAGES[1:], say):
        return find_browser(settings.browser)
    say(operator_words()("machine.install_font"))
    return finding


def _apt_install(packages: tuple[str, ...], say: Say) -> bool:
    """Install Debian packages, only where we are root already; tell whether it worked."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(operator_words()("machine.apt", packages=", ".join(packages)))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([apt, *arguments], check=False, env=environment, **quiet)  # type: ignore[call-overload]
        if done.returncode != 0:
            return False
    return True
