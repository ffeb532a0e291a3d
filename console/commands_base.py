"""What every command shares: exit codes, the office, and one clear line for whatever goes wrong.

Nothing heavy is imported before a command runs: ``--help`` must be quick.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
import typer.main
from typer.exceptions import Abort, TyperException

if TYPE_CHECKING:
    from console.office import Office
    from domain.errors import BusinessError, NeedsPerson, ShopclerkError
    from engine.words import Words

DEBUG = "SHOPCLERK_DEBUG"
STOPPED = 130


class Exit(IntEnum):
    """What the command's exit code tells; 130 is a person's Ctrl-C."""

    GOOD = 0
    DEFECT = 1
    BAD_INPUT = 2
    ATTENTION = 3
    NEEDS_PERSON = 4


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser while it works.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before it begins.")]


def note(line: str) -> None:
    """Tell a person something beside the output, which may be piped."""
    typer.echo(line, err=True)


def print_json(content: object) -> None:
    """Print one object for machines."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def operator_words() -> Words:
    """Give the table of the operator's language."""
    from engine.words import operator_words

    return operator_words()


def refusal(key: str, /, **facts: object) -> BusinessError:
    """Make the error of a wrong word: what is wrong, where, and what to do, in one sentence."""
    from domain.errors import BusinessError

    return BusinessError(operator_words()(f"error.{key}", **facts))


def free_place(path: Path, ending: str = "") -> None:
    """Make sure that a new file can be made there, before any work is done for it.

    Raises:
        BusinessError: its folder is missing, something is there, or its name says another kind.
    """
    if ending and path.suffix.lower() != ending:
        better = path.with_suffix(ending).name
        raise refusal("other_ending", path=path, ending=ending, better=better)
    if not path.absolute().parent.is_dir():
        raise refusal("no_folder", path=path.parent)
    if path.exists():
        raise refusal("file_exists", path=path)


def person_wanted(key: str, /, **facts: object) -> NeedsPerson:
    """Make the error of what only a person can settle, in one sentence."""
    from domain.errors import NeedsPerson

    return NeedsPerson(operator_words()(f"error.{key}", **facts))


def confirmed(question: str) -> bool:
    """Ask a person who sits here.

    Raises:
        NeedsPerson: nobody does, so the yes must stand in the command.
    """
    if not sys.stdin.isatty():
        raise person_wanted("needs_yes")
    return typer.confirm(question)


@contextmanager
def opened_office() -> Iterator[Office]:
    """Open the office for a command; what goes wrong ends as one clear line and an exit code."""
    from loguru import logger

    from console.office import open_office
    from engine.settings import Settings

    logger.remove()  # events belong in the run's folder, not between the lines people read
    with told_plainly(), open_office(Settings(), note) as office:
        yield office


@contextmanager
def told_plainly() -> Iterator[None]:
    """End what goes wrong as one clear line and the exit code that fits."""
    from domain.errors import BusinessError, NeedsPerson, ShopclerkError

    try:
        yield
    except ShopclerkError as error:
        note(_told(error))
        codes = {BusinessError: Exit.BAD_INPUT, NeedsPerson: Exit.NEEDS_PERSON}
        fitting = (code for kind, code in codes.items() if isinstance(error, kind))
        raise typer.Exit(next(fitting, Exit.DEFECT)) from None


def _told(error: ShopclerkError) -> str:
    """Tell one of our errors, in Chinese where its sentence is known."""
    from engine.causes import known_cause

    words = operator_words()
    cause = known_cause(str(error), words) if words.language == "zh" else None
    sentence = f"{cause.title}。{cause.todo}" if cause else str(error)
    return " ".join(sentence.split())


def carry_out(app: typer.Typer, arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; whatever happens ends as one line and a documented exit code."""
    try:
        code = _spoken(app)(args=arguments, prog_name="shopclerk", standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            note(_told_usage(error))
        sys.exit(error.exit_code)
    except (Abort, KeyboardInterrupt):
        sys.exit(STOPPED)
    except BrokenPipeError:
        # Who reads us, e.g. head, has had enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.GOOD)
    except Exception as error:  # noqa: BLE001  the last one who can tell it plainly
        sys.exit(_told_unforeseen(error))
    sys.exit(code if isinstance(code, int) else Exit.GOOD)


def _spoken(app: typer.Typer) -> Callable[..., object]:
    """Give the command line in the operator's language."""
    from engine.words import language

    command = typer.main.get_command(app)
    if language() == "zh":
        from console.chinese_help import speak_chinese

        speak_chinese(command)
    return command


def _told_usage(error: TyperException) -> str:
    """Say what is wrong with a command line, and where its help is."""
    words, what = operator_words(), error.format_message()
    if words.language == "zh":
        from console.chinese_help import usage_words

        what = usage_words(what)
    command = getattr(getattr(error, "ctx", None), "command_path", "shopclerk")
    return words("error.usage", what=what.rstrip("."), command=command)


def _told_unforeseen(error: Exception) -> Exit:
    """Tell an error nobody foresaw in one line; all of it only when asked."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
        return Exit.DEFECT
    from pydantic import ValidationError
    from sqlalchemy.exc import DatabaseError

    from domain.redact import redact
    from engine.causes import value_words

    words = operator_words()
    if isinstance(error, ValidationError):  # of our settings; what crosses a step is ours
        first = error.errors()[0]
        what = f"SHOPCLERK_{'.'.join(map(str, first['loc']))}".upper()
        note(words("error.setting", what=redact(f"{what}: {value_words(first['msg'], words)}")))
        return Exit.BAD_INPUT
    if isinstance(error, DatabaseError):
        note(words("error.database", what=redact(str(error.orig))))
    elif isinstance(error, OSError) and error.filename:
        what = error.strerror or type(error).__name__
        note(words("error.unreadable", path=error.filename, what=what))
    else:
        what = redact(" ".join(f"{type(error).__name__}: {error}".split()))[:300]
        note(words("error.defect", what=what, where=_where(error)))
    return Exit.DEFECT


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
