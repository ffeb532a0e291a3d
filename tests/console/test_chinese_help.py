"""The command line speaks Chinese to whoever reads Chinese: its help, and its word on a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import typer
import typer.main

from console import chinese_help, cli
from practice.cli import app as practice
from tests.console.installation import Installation, installed

EXAMPLE = re.compile(r"\[bold\]((?:shopclerk|\{me\}) .*?)\[/bold\]")


@pytest.fixture
def here(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Installation:
    made = installed(tmp_path / "here", monkeypatch, capsys)
    monkeypatch.setenv("SHOPCLERK_LANG", "zh")
    return made


@pytest.fixture
def tree() -> dict[str, Any]:
    """Every command by its path, with the practice store's own."""
    command: Any = typer.main.get_command(cli.app)
    beside: Any = typer.Typer(add_completion=False)
    beside.add_typer(practice, name="practice")
    command.commands.update(typer.main.get_group(beside).commands)
    return dict(_walked(command, ""))


def _walked(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from _walked(each, f"{path} {name}".strip())


def parameters(command: Any) -> list[Any]:
    return list(command.get_params(typer.Context(command)))


def test_every_command_option_and_argument_has_its_chinese_text(tree: dict[str, Any]) -> None:
    assert {"", "run", "shop add", "practice show orders"} <= set(tree)
    bare = [path for path in tree if not chinese(chinese_help.command_text(path))]
    bare += [
        f"{path} {parameter.name}"
        for path, command in tree.items()
        for parameter in parameters(command)
        if not chinese(chinese_help.parameter_text(path, parameter.name))
    ]
    assert bare == []


def chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def test_no_text_is_left_over_in_the_table(tree: dict[str, Any]) -> None:
    table = chinese_help._table()
    assert {path or chinese_help.ROOT for path in tree} == set(table["commands"])
    for path, texts in table["commands"].items():
        command = tree["" if path == chinese_help.ROOT else path]
        assert set(texts) - {"text"} <= {one.name for one in parameters(command)}, path
    used = {
        f"{first}{one.name}"
        for path, command in tree.items()
        for one in parameters(command)
        if one.name not in table["commands"].get(path, {})
        for first in ("", f"{path.partition(' ')[0]} ")
    }
    assert set(table["any"]) <= used
    panels = {getattr(command, "rich_help_panel", None) for command in tree.values()}
    assert set(table["panels"]) <= panels


def test_the_examples_are_the_same_commands_in_both_languages(tree: dict[str, Any]) -> None:
    for path, command in tree.items():
        told = chinese_help.command_text(path)
        assert EXAMPLE.findall(told) == EXAMPLE.findall(command.help or ""), path


COMMANDS = ["run", "template", "verify", "stop", "shop", "shop add", "shop mode", "runs"]
PAGES = [(), *(tuple(command.split()) for command in COMMANDS)]


@pytest.mark.parametrize("words", PAGES)
def test_a_help_page_is_chinese_and_nothing_of_it_is_cut_off(
    here: Installation, words: tuple[str, ...]
) -> None:
    page = here(*words, "--help").printed
    assert page.lstrip().startswith(f"用法：{' '.join(['shopclerk', *words])}")
    english = (
        *("Usage", "OPTIONS", "Arguments", "Options", "Commands", "required", "default"),
        *("Show this message", "Your shops", "Look at", "Keep it", "Example", "<bool", "<str"),
    )
    assert [word for word in english if word in page] == []
    assert not re.search(r"[{}]|\[\[", page), "signs of a manual, and nothing to type"
    assert " … " not in page
    assert "…│" not in page.replace(" ", "")
    assert max(map(cells, page.splitlines())) <= 80


def cells(line: str) -> int:
    """How wide a line is on a console, where a Chinese character takes two places."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def test_a_page_after_a_chinese_one_is_english_again(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "选项" in here("runs", "--help").printed
    monkeypatch.setenv("SHOPCLERK_LANG", "en")
    page = here("runs", "--help").printed
    assert "Usage: shopclerk runs [OPTIONS]" in page
    assert "[default: 20]" in page
    assert not chinese(page)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "没有命令 nowhere。用法见 shopclerk --help"),
        (("shwo",), "没有命令 shwo（相近的有 'show', 'shop'）。用法见 shopclerk --help"),
        (("run", "upload-listings"), "少写了选项 '--shop'。用法见 shopclerk run --help"),
        (("find",), "少写了参数 'KEY'。用法见 shopclerk find --help"),
        (("runs", "--limit", "0"), "'--limit' 的值不对：不能小于 1。用法见 shopclerk runs --help"),
        (("runs", "--limit", "x"), "'--limit' 的值不对：要写整数。用法见 shopclerk runs --help"),
        (("runs", "--limit"), "选项 '--limit' 后面要写一个值。用法见 shopclerk --help"),
        (("runs", "--json=3"), "选项 '--json' 后面不能写值。用法见 shopclerk --help"),
        (("show", "--colour"), "没有选项 --colour。用法见 shopclerk show --help"),
        (("show", "--jsn"), "没有选项 --jsn（相近的有 --json）。用法见 shopclerk show --help"),
        (
            ("template", "upload-listings", "a.xlsx", "b.xlsx"),
            "多写了：b.xlsx。名字里有空格的，要用引号括起来。用法见 shopclerk template --help",
        ),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(
    here: Installation, arguments: tuple[str, ...], words: str
) -> None:
    told = here(*arguments)
    assert (told.code, told.printed, told.noted) == (2, "", f"{words}\n")


def test_a_wrong_choice_is_told_in_chinese() -> None:
    message = "Invalid value for '--faults': Value error, 'x' is not one of 'calm', 'storm'."
    told = chinese_help.usage_words(message)
    assert told == "'--faults' 的值不对：没有 'x'，可以写 'calm', 'storm'"


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert chinese_help.usage_words("Something new.") == "Something new."
