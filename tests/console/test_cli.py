"""The command line: what it says when there is nothing to do, or when it is asked wrongly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console.cli import ROBOTS
from engine.plan import PlannedWrite, write_plan
from engine.words import load_words
from tests.conftest import CHECKOUT, SAMPLE, Shopclerk
from tests.console.installation import DONE, REFUSED, Installation, installed

RUN = ("run", "upload-listings", "--shop", "demo", "--sheet", str(SAMPLE))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_LANG", "en")


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "here", monkeypatch, capsys)


def said(shopclerk: Shopclerk, *arguments: str, code: int) -> str:
    """What a command tells a person beside its output."""
    process = shopclerk.start(*arguments)
    _, noted = process.communicate(timeout=60)
    assert process.returncode == code, noted
    return noted


def test_help_names_every_command(shopclerk: Shopclerk) -> None:
    page = shopclerk.run("--help")
    work = ("demo", "run", "resume", "template", "approve", "undo", "practice")
    for command in (*work, "runs", "show", "find", "verify", "backup", "restore"):
        assert f"│ {command} " in page
    assert "退出码：0 全部没问题，1 程序出错，2 命令或表格有误，3 有商品要处理" in page
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("demo", "nowhere", ("「nowhere」", "shops.yaml", "demo")),
        (str(SAMPLE), "missing.xlsx", ("missing.xlsx",)),
        ("upload-listings", "sell-everything", ("「sell-everything」", "upload-listings")),
    ],
)
def test_a_wrong_word_is_answered_with_one_line_that_says_what_to_do(
    shopclerk: Shopclerk, old: str, new: str, words: tuple[str, ...]
) -> None:
    arguments = [new if argument == old else argument for argument in RUN]
    noted = said(shopclerk, *arguments, code=2)
    assert "Traceback" not in noted
    assert len(noted.strip().splitlines()) == 1
    assert all(word in noted for word in words)


def test_without_runs_every_command_says_so(shopclerk: Shopclerk) -> None:
    assert "shopclerk demo" in said(shopclerk, "runs", code=0)
    assert "shopclerk demo" in said(shopclerk, "show", code=2)
    assert "没有要接着做的" in said(shopclerk, "resume", code=0)
    assert "20260101" in said(shopclerk, "show", "20260101", code=2)
    assert shopclerk.json("runs") == []
    assert shopclerk.json("resume") == {"runs": []}


def test_a_template_is_made_once_and_never_overwritten(
    shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = tmp_path / "商品.xlsx"
    said(shopclerk, "template", "upload-listings", str(sheet), code=0)
    assert {"商品", "说明"} <= set(load_workbook(sheet).sheetnames)
    before = sheet.read_bytes()
    assert "已经有了" in said(shopclerk, "template", "upload-listings", str(sheet), code=2)
    assert sheet.read_bytes() == before


def test_an_empty_sheet_is_no_run(shopclerk: Shopclerk, tmp_path: Path) -> None:
    sheet = tmp_path / "空.xlsx"
    said(shopclerk, "template", "upload-listings", str(sheet), code=0)
    noted = said(shopclerk, *RUN[:-1], str(sheet), code=2)
    assert "里没有商品" in noted
    assert shopclerk.json("runs") == []


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        (("template", "upload-listings"), "none/商品.xlsx", "there is no folder"),
        (("template", "upload-listings"), "商品.xls", "end in .xlsx, such as 商品.xlsx"),
        (("template", "upload-listings"), "商品", "end in .xlsx, such as 商品.xlsx"),
        (("backup",), "none/x.zip", "there is no folder"),
        (("backup",), "x.rar", "end in .zip, such as x.zip"),
        (("backup",), "x", "end in .zip, such as x.zip"),
    ],
)
def test_a_place_for_a_new_file_is_looked_at_first(
    here: Installation, tmp_path: Path, command: tuple[str, ...], name: str, words: str
) -> None:
    told = here(*command, tmp_path / name)
    assert (told.code, told.printed) == (2, "")
    assert words in told.noted
    assert len(told.noted.strip().splitlines()) == 1
    assert not (tmp_path / name).exists()


COMMANDS = ("demo", "run", "resume", "template", "approve", "undo", "runs", "show", "find")


@pytest.mark.parametrize("command", [*COMMANDS, "verify", "backup", "restore"])
def test_the_help_of_a_command_teaches_by_an_example(here: Installation, command: str) -> None:
    page = " ".join(here(command, "--help").printed.split())
    assert f"shopclerk {command}" in page.partition("Example")[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "No such command 'nowhere'"),
        (("run", "upload-listings"), "Missing option '--shop'"),
        (("runs", "--limit", "0"), "'--limit'"),
        (("find",), "Missing argument 'KEY'"),
        (("show", "--colour"), "No such option"),
        (("template", "sell-everything"), "There is: upload-listings"),
        (("run", "upload-listings", "--shop", "demo"), "either --sheet or --plan"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_ends_with_two(
    here: Installation, arguments: tuple[str, ...], words: str
) -> None:
    told = here(*arguments)
    assert (told.code, told.printed) == (2, "")
    assert words in told.noted
    assert len(told.noted.strip().splitlines()) == 1


def test_without_a_command_the_help_is_shown(here: Installation) -> None:
    assert "Usage: shopclerk" in here().printed


def test_what_nobody_foresaw_is_one_line_and_a_defect(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("password=hunter22")

    monkeypatch.setattr("engine.runs.Runs.newest", broken)
    told = here("runs")
    assert told.code == 1
    assert "ZeroDivisionError" in told.noted
    assert "test_cli.py:" in told.noted
    assert "hunter22" not in told.noted
    assert len(told.noted.strip().splitlines()) == 1
    monkeypatch.setenv("SHOPCLERK_DEBUG", "1")
    assert "Traceback" in here("runs").noted


def test_a_wrong_setting_is_named(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_MOTION", "maybe")
    told = here("runs")
    assert told.code == 2
    assert "SHOPCLERK_MOTION" in told.noted


def test_a_database_that_is_none_is_one_line(
    here: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "none.sqlite3").write_bytes(b"no database" * 500)
    url = f"sqlite:///{(tmp_path / 'none.sqlite3').as_posix()}"
    monkeypatch.setenv("SHOPCLERK_DATABASE_URL", url)
    told = here("runs")
    assert told.code == 1
    assert len(told.noted.strip().splitlines()) == 1
    assert "Traceback" not in told.noted


@pytest.mark.parametrize("arguments", [("show",), ("runs",), ("find", "CG-1"), ("--help",)])
def test_a_chinese_console_shows_a_question_mark_rather_than_crash(
    here: Installation, arguments: tuple[str, ...]
) -> None:
    """Facts/operators 7: the operators' consoles are cp936, which has no emoji."""
    emoji = REFUSED.model_copy(update={"reason": "the site said: 标题含\N{PARTY POPPER}表情"})
    here.run(**{"CG-1": emoji, "CG-2": DONE})
    process = subprocess.run(
        [sys.executable, "-m", "console", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "cp936", "SHOPCLERK_LANG": "zh"},
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert process.returncode == 0, process.stderr.decode("cp936")
    printed = process.stdout.decode("cp936")
    assert "Traceback" not in printed + process.stderr.decode("cp936")
    if arguments[0] in {"show", "find"}:
        assert "标题含?表情" in printed


def test_what_is_piped_is_utf_8_unless_a_person_said_otherwise(here: Installation) -> None:
    here.run(**{"CG-1": DONE})
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONIOENCODING"}
    printed = subprocess.run(
        [sys.executable, "-m", "console", "show"],
        env={**environment, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
    assert "商品 CG-1" in printed.decode("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_loads_nothing_that_only_work_needs(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issue 5, item 4: --help within 0.4 s; what would cost it is seen here, on any machine."""
    monkeypatch.setenv("SHOPCLERK_LANG", language)
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "console", "--help"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    ).stderr
    modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    heavy = {"pydantic", "sqlalchemy", "playwright", "dbos", "openpyxl", "PIL", "jinja2", "yaml"}
    assert "typer" in modules
    assert modules & heavy == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_robot_has_a_name_for_people(language: str) -> None:
    words = load_words(language)
    assert [robot for robot in ROBOTS if words.name("robot", robot) == robot] == []


def test_a_plan_for_another_robot_is_answered_with_the_command_that_fits(
    here: Installation,
) -> None:
    write = PlannedWrite(verb="v", key="CG-1", clicks="上架", old=None, wanted={})
    view = here.run(**{"CG-1": DONE}).model_copy(update={"robot": "update-listings"})
    plan = write_plan(view, [{}], {"CG-1": [write]}, view.created_at)
    told = here("run", "upload-listings", "--shop", "demo", "--plan", plan)
    assert told.code == 2
    assert f"shopclerk run update-listings --shop demo --plan {plan.as_posix()}`" in told.noted


@pytest.mark.parametrize(
    ("browser", "code", "words"),
    [
        ("/nonexistent/chrome", 2, {"en": "is not there", "zh": "不在那里"}),
        ("netscape", 4, {"en": "does not start", "zh": "启动不了"}),
    ],
)
def test_a_browser_that_was_asked_for_is_not_said_to_be_no_browser_at_all(
    here: Installation,
    monkeypatch: pytest.MonkeyPatch,
    browser: str,
    code: int,
    words: dict[str, str],
) -> None:
    monkeypatch.setenv("SHOPCLERK_BROWSER", browser)
    for language, said_so in words.items():
        monkeypatch.setenv("SHOPCLERK_LANG", language)
        told = here("login", "demo")
        assert told.code == code
        assert browser in told.noted
        assert said_so in told.noted
