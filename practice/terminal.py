"""What the commands share: the program's own name, notes, tables, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from practice import paths
from practice.words import named, told

FOLDED = {"商家编码", "fault", "path", "what", "退货地址", "text"}
# It runs as `python -m practice`, and as `shopclerk practice` too.
_NAME: ContextVar[str] = ContextVar("name", default="practice")
ME = "{me}"
"""Stands for the program's name in help texts."""

Home = Annotated[
    Path | None,
    typer.Option(envvar="PRACTICE_HOME", help="The world's folder.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON for machines instead of a table.")]


def called(words: str) -> str:
    """A command of ours as the person at the keyboard types it."""
    return f"{_NAME.get()} {words}"


class Named(TyperCommand):
    """A command whose help knows what the program is called."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        self.help = (self.help or "").replace(ME, _NAME.get())
        super().format_help(ctx, formatter)


class NamedGroup(TyperGroup):
    """All commands; learns from its context what the program is called."""

    def make_context(self, info_name: str | None, *rest: Any, **more: Any) -> Any:
        """Take over the words before ours."""
        parent = more.get("parent")
        _NAME.set(f"{parent.command_path} {info_name}" if parent else str(info_name))
        return super().make_context(info_name, *rest, **more)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        self.help = (self.help or "").replace(ME, _NAME.get())
        super().format_help(ctx, formatter)


def home_of(given: Path | None) -> Path:
    """The folder that was named, or the usual one."""
    return given or paths.home_folder()


def say(line: str) -> None:
    """Notes go beside the output, so that what is piped stays clean."""
    print(told(line), file=sys.stderr, flush=True)  # noqa: T201


def stop(error: Exception | str, hint: str = "") -> NoReturn:
    """End with a plain sentence and what to do."""
    say(" ".join(filter(None, (told(str(error)), told(hint)))))
    raise typer.Exit(1)


def print_json(rows: Any) -> None:
    """For machines."""
    print(json.dumps(rows, ensure_ascii=False, indent=2))  # noqa: T201


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """For people, in 80 columns: words are folded, ids never are."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=f"{named(title)} ({len(rows)})",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for name in columns:
        table.add_column(named(name), no_wrap=name not in FOLDED, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)
