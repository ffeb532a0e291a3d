"""The command line in Chinese: ``--help``, and what is said of a wrong command line.

The texts stand in ``help.zh.toml``, which the standard library reads: ``--help`` must be quick.
They are put over the commands only when a help page is asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import typer

_FILE = Path(__file__).with_name("help.zh.toml")
ROOT = "shopclerk"
"""What the table calls the command line itself."""


class ChineseContext(typer.Context):
    """A command's context whose help page is Chinese."""

    def get_help(self) -> str:
        """Write the help page."""
        translate(self.command, " ".join(self.command_path.split()[1:]))
        with _chinese_titles():
            return super().get_help()

    def make_formatter(self) -> Any:
        """Give what writes the line of the usage."""
        formatter: Any = super().make_formatter()
        formatter.write_usage = partial(_write_usage, formatter.write_usage)
        return formatter


def speak_chinese(command: Any) -> None:
    """Let a command and all below it give their help in Chinese."""
    command.context_class = ChineseContext
    for each in getattr(command, "commands", {}).values():
        speak_chinese(each)


def translate(command: Any, path: str) -> None:
    """Put the Chinese texts over a command, its parameters and the names of what is below it."""
    context, usage = typer.Context(command), _table()["usage"]
    command.help = command_text(path)
    command.options_metavar = usage["options"]
    for parameter in command.get_params(context):
        parameter.help = parameter_text(path, parameter.name)
        kind = parameter.display_type_rich(context)
        parameter.display_type_rich = partial(_given, _table()["types"].get(kind, kind))
    for name, each in getattr(command, "commands", {}).items():
        command.subcommand_metavar = usage["command"]
        each.help = command_text(f"{path} {name}".strip())
        panel = each.rich_help_panel
        each.rich_help_panel = _table()["panels"].get(panel, panel)


def command_text(path: str) -> str:
    """Give a command's own text; one that the table lacks shows at once that it does."""
    return str(_table()["commands"].get(path or ROOT, {}).get("text", "")).strip()


def parameter_text(path: str, name: str) -> str:
    """Give a parameter's text: the command's own, else what several commands share."""
    own, shared = _table()["commands"].get(path, {}), _table()["any"]
    general = shared.get(f"{path.partition(' ')[0]} {name}", shared.get(name, ""))
    return str(own.get(name, general))


def usage_words(message: str) -> str:
    """Say in Chinese what is wrong with a command line; the unknown stays as it is."""
    for english, chinese in _table()["said"]["errors"]:
        match = re.fullmatch(english, message, re.DOTALL)
        if match:
            facts = match.groupdict()
            if "why" in facts:
                facts["why"] = _value_words(facts["why"].removeprefix("Value error, "))
            return str(chinese).format(**facts)
    return message


def _value_words(why: str) -> str:
    from engine.causes import value_words
    from engine.words import load_words

    return value_words(why, load_words("zh"))


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _write_usage(write: Any, program: str, arguments: str = "", prefix: object = None) -> None:
    """Write the line of the usage; braces around what must be given are typed by who sees them."""
    del prefix
    write(program, re.sub(r"[{}]", "", arguments), prefix=_table()["usage"]["prefix"])


def _given(value: object, **_context: object) -> object:
    return value


@contextmanager
def _chinese_titles() -> Iterator[None]:
    """Lend typer's own few words their Chinese; its help page has no other place for them."""
    from rich.columns import Columns
    from typer import rich_utils

    def folded(texts: list[Any]) -> Columns:
        for text in texts:
            text.overflow = "fold"  # Chinese has no blanks to break a line at: it would be cut off
        return Columns(texts)

    lent = {**_table()["titles"], "Columns": folded}
    english = {name: getattr(rich_utils, name) for name in lent}
    vars(rich_utils).update(lent)
    try:
        yield
    finally:
        vars(rich_utils).update(english)
