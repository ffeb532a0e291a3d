"""An installation of one's own and its commands, in this process: quick, without a browser."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.cli import app
from console.commands_base import carry_out
from domain.outcome import Outcome, Receipt
from engine.chain import Chain
from engine.clock import SystemClock
from engine.database import migrate, open_database
from engine.evidence import file_name
from engine.report import write_report
from engine.runs import ItemResult, Runs, RunView, WorkItem
from engine.settings import CHECKOUT, Settings

SITE_ID = "3700000000000000001"
EQUAL = Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "无品牌"})
DONE = ItemResult(outcome=Outcome.DONE, site_id=SITE_ID, receipt=EQUAL)
REFUSED = ItemResult(outcome=Outcome.REJECTED, reason="the site said: 标题含有违禁词")


@dataclass(frozen=True)
class Said:
    """What a command printed, what it told beside that, and its exit code."""

    code: int
    printed: str
    noted: str

    @property
    def json(self) -> Any:
        return json.loads(self.printed)


@dataclass(frozen=True)
class Installation:
    """A home with a database, and the commands in it."""

    settings: Settings
    runs: Runs
    chain: Chain
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Said:
        """Carry out a command."""
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            carry_out(app, [str(argument) for argument in arguments])
        told = self.capture.readouterr()
        return Said(int(str(ended.value.code)), told.out, told.err)

    def run(self, **results: ItemResult) -> RunView:
        """Make a run that has ended, with its evidence; one item for each result."""
        work = [WorkItem(key, f"商品 {key}", {}) for key in results]
        run = self.runs.create(
            robot="upload-listings",
            shop="demo",
            snapshot={},
            work=work,
            local_time=SystemClock().now().astimezone(self.settings.zone),
        )
        self.runs.start(run)
        folder = self.runs.view(run).evidence
        for position, (key, result) in enumerate(results.items()):
            self.runs.step(run, position, "starting")
            self.runs.end_item(run, position, result)
            place = folder / "items" / file_name(key)
            place.mkdir(parents=True)
            (place / "receipt.json").write_text("{}", encoding="utf-8")
        self.runs.end(run, "finished")
        write_report(self.runs.view(run), self.settings.zone)
        self.chain.close(self.runs.view(run))
        return self.runs.view(run)


def installed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
) -> Installation:
    """Make an empty installation that speaks English."""
    config = home / "config"
    config.mkdir(parents=True)
    shutil.copytree(CHECKOUT / "config" / "sites", config / "sites", dirs_exist_ok=True)
    (config / "shops.yaml").write_text(
        "shops: {demo: {site: practice, account: demo, shop_name: 晨光家居小店}}", encoding="utf-8"
    )
    monkeypatch.setenv("SHOPCLERK_HOME", str(home))
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(config))
    monkeypatch.setenv("SHOPCLERK_LANG", "en")
    monkeypatch.setenv("PRACTICE_HOME", str(home / "practice"))
    monkeypatch.setenv("PRACTICE_LIBRARIES", str(home / "libraries"))
    monkeypatch.setenv("COLUMNS", "80")
    settings = Settings()
    database = open_database(settings.database)
    migrate(database)
    runs = Runs(database, SystemClock(), settings.runs)
    return Installation(settings, runs, Chain(database, settings.runs), capture)
