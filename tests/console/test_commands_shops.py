"""`shop list|add|mode`, in a configuration of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from domain.shop import Mode
from engine.settings import CHECKOUT, load_shop
from tests.console.installation import Installation, installed


@pytest.fixture
def installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def config(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(CHECKOUT / "config", installation.settings.runs / "config"))
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(folder))
    return folder


def test_a_shop_is_added_in_mode_plan_and_made_live_on_purpose(
    installation: Installation, config: Path
) -> None:
    options = ("--shop-name", "青禾家居", "--account", "boss")
    assert installation("shop", "add", "main", *options).code == 0
    added = load_shop("main", config)
    assert (added.shop_name, added.site, added.mode) == ("青禾家居", "doudian", Mode.PLAN)
    assert installation("shop", "mode", "main", "live").code == 0
    assert load_shop("main", config).mode is Mode.LIVE
    listed = installation("shop", "list", "--json").json
    assert [(shop["name"], shop["mode"]) for shop in listed] == [("demo", "live"), ("main", "live")]
    assert "青禾家居" in installation("shop", "list").printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mode", "demo", "on"), "plan"),
        (("mode", "dmeo", "live"), "demo"),
        (("add", "demo", "--shop-name", "x", "--account", "y"), "demo"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    installation: Installation, config: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = (config / "shops.yaml").read_bytes()
    said = installation("shop", *arguments)
    assert said.code == 2
    assert words in said.noted
    assert len(said.noted.strip().splitlines()) == 1
    assert (config / "shops.yaml").read_bytes() == before
