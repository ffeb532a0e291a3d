"""`shop list|add|mode`, in a configuration of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console.sheet_choices import keep_read, load_choices
from domain.outcome import Outcome, Receipt
from domain.shop import Mode
from engine.clock import SystemClock
from engine.runs import ItemResult
from engine.settings import CHECKOUT, load_shop
from robots.read_shop import CATEGORIES, FREIGHT
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
    modes = {shop["name"]: shop["mode"] for shop in listed}
    assert modes == dict.fromkeys(("demo", "demo-erp", "demo-supply", "main"), "live")
    assert "青禾家居" in installation("shop", "list").printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mode", "demo", "on"), "plan"),
        (("mode", "dmeo", "live"), "demo"),
        (("add", "demo", "--shop-name", "x", "--account", "y"), "demo"),
        (("add", "main", "--shop-name", "x", "--account", "13812345678"), "no phone number"),
        (("add", "main", "--shop-name", "x", "--account", "../../x"), "names a folder"),
        (("add", "main", "--shop-name", "x", "--account", ""), "names a folder"),
        (("add", "main", "--shop-name", " ", "--account", "y"), "exactly as"),
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


def read_of(what: str, *texts: str) -> ItemResult:
    facts = Receipt(wanted={what: list(texts)}, found={what: list(texts)})
    return ItemResult(outcome=Outcome.UNCHANGED, receipt=facts)


def test_what_was_read_is_kept_until_it_is_read_anew(installation: Installation) -> None:
    state, now = installation.settings.state, SystemClock().now()
    both = {FREIGHT: read_of(FREIGHT, "包邮"), CATEGORIES: read_of(CATEGORIES, "家居 > 杯")}
    keep_read(state, "demo", installation.run(**both).items, now)
    lost = ItemResult(outcome=Outcome.FAILED, reason="the page did not get there")
    part = {FREIGHT: read_of(FREIGHT, "包邮", "江浙沪"), CATEGORIES: lost}
    keep_read(state, "demo", installation.run(**part).items, now)
    kept = load_choices(state, "demo")
    assert kept is not None
    assert kept.freight_templates == ("包邮", "江浙沪")
    assert kept.categories == ("家居 > 杯",)


def test_a_reading_of_a_part_replaces_that_part_only(installation: Installation) -> None:
    state, now = installation.settings.state, SystemClock().now()

    def keep(*categories: str, below: tuple[str, ...] = ()) -> tuple[tuple[str, ...], bool]:
        items = installation.run(**{CATEGORIES: read_of(CATEGORIES, *categories)}).items
        known = keep_read(state, "demo", items, now, below)
        assert known == load_choices(state, "demo")
        return known.categories, known.whole

    assert keep("家居 > 杯", below=("家居",)) == (("家居 > 杯",), False)
    assert keep("家居 > 杯", "女装 > 裙") == (("家居 > 杯", "女装 > 裙"), True)
    assert keep("家居 > 碗", below=("家居",)) == (("女装 > 裙", "家居 > 碗"), True)
    assert keep("家居 > 碗") == (("家居 > 碗",), True)


def test_a_template_holds_the_lists_of_its_shop_or_says_that_there_are_none(
    installation: Installation, tmp_path: Path
) -> None:
    bare, full = tmp_path / "bare.xlsx", tmp_path / "full.xlsx"
    told = installation("template", "upload-listings", bare, "--shop", "demo")
    assert told.code == 0
    assert "`shopclerk shop read demo`" in told.noted
    assert "选项" not in load_workbook(bare).sheetnames
    items = installation.run(**{CATEGORIES: read_of(CATEGORIES, "家居 > 杯", "家居 > 碗")}).items
    keep_read(installation.settings.state, "demo", items, SystemClock().now())
    told = installation("template", "upload-listings", full, "--shop", "demo")
    assert "商品类目 2" in told.noted
    column = [cell.value for cell in load_workbook(full)["选项"]["A"]]
    assert column == ["商品类目", "家居 > 杯", "家居 > 碗"]
    assert installation("template", "upload-listings", "x.xlsx", "--shop", "dmeo").code == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("shops:\n\tdemo: x\n", "is not valid YAML"),
        ("", "must hold names and values"),
        ("- demo\n", "must hold names and values"),
        (
            "shops: {demo: {site: doudian, account: a, shop_name: b, password: hunter22}}",
            "`password`: Extra inputs are not permitted",
        ),
        (None, "does not exist"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("list",), ("add", "main", "--shop-name", "x", "--account", "y"), ("mode", "demo", "live")],
)
def test_a_file_that_can_t_be_read_is_told_in_one_line(
    installation: Installation,
    config: Path,
    content: str | None,
    words: str,
    command: tuple[str, ...],
) -> None:
    file = config / "shops.yaml"
    file.write_text(content or "", encoding="utf-8")
    if content is None:
        file.unlink()
    said = installation("shop", *command)
    assert (said.code, words in said.noted, "hunter22" in said.noted) == (2, True, False)
    assert len(said.noted.strip().splitlines()) == 1


def test_two_words_that_don_t_go_together_are_told(installation: Installation) -> None:
    said = installation("stop", "--all", "--release")
    assert (said.code, said.noted) == (2, "choose one of a run, --all and --release\n")
