"""The conformance table: each statement of the facts, and the tests that hold the twin to it.

``python -m tests.practice.facts_table`` prints it; with ``--write`` it goes into the document.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
FOLDER = HERE / "conformance"
FOLDERS = (FOLDER, HERE / "erp")
"""Each has statements of its own and a place in the document that is named after it."""
DOCUMENT = HERE.parents[1] / "docs" / "practice-twin.md"


@dataclass(frozen=True)
class Fact:
    """One statement of the facts."""

    id: str
    conf: str
    fact: str
    left_out: str = ""

    @property
    def section(self) -> str:
        """The section of the facts that says so."""
        return self.id.partition("-")[0]


def facts(folder: Path = FOLDER) -> dict[str, Fact]:
    """Every statement by its id, in the facts' order."""
    entries = yaml.safe_load((folder / "facts.yaml").read_text(encoding="utf-8"))
    found = [Fact(**entry) for entry in entries]
    by_id = {fact.id: fact for fact in found}
    if len(by_id) != len(found):
        raise ValueError("An id stands twice in facts.yaml.")
    return by_id


def checks(folder: Path = FOLDER) -> dict[str, list[str]]:
    """The tests that name each fact, as ``module: test``."""
    named: dict[str, list[str]] = {}
    for path in sorted(folder.glob("test_*.py")):
        for name, fact_id in _claims(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.stem.removeprefix('test_')}: {name.removeprefix('test_')}"
            if where not in named.setdefault(fact_id, []):
                named[fact_id].append(where)
    return named


def _claims(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Name and fact of each ``pytest.mark.facts(…)``, beside a test or beside one of its cases."""
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            calls = (node for one in function.decorator_list for node in ast.walk(one))
            for call in calls:
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.facts":
                    yield from ((function.name, fact_id) for fact_id in _texts(call))


def _texts(call: ast.Call) -> Iterator[str]:
    for one in call.args:
        if isinstance(one, ast.Starred):  # a long list, wrapped
            yield from ast.literal_eval(one.value)
        else:
            yield ast.literal_eval(one)


def table(folder: Path = FOLDER) -> str:
    """The whole table in Markdown."""
    checked = checks(folder)
    lines = ["| § | What the facts say | Conf. | How it is checked |", "|---|---|---|---|"]
    for fact in facts(folder).values():
        how = f"left out: {fact.left_out}" if fact.left_out else "; ".join(checked.get(fact.id, []))
        said = fact.fact.replace("|", "\\|")
        lines.append(f"| {fact.section} | {said} | {fact.conf} | {how.replace('_', ' ')} |")
    return "\n".join(lines)


def summary(folder: Path = FOLDER) -> str:
    """How many statements there are, checked and left out."""
    known = facts(folder)
    left_out = sum(bool(fact.left_out) for fact in known.values())
    return f"{len(known)} statements, {len(known) - left_out} checked, {left_out} left out."


def documented(folder: Path = FOLDER) -> str:
    """What stands between the document's markers now."""
    return _parts(folder)[1]


def between_markers(folder: Path = FOLDER) -> str:
    """What should stand there."""
    return f"\n{summary(folder)}\n\n{table(folder)}\n"


def write(folder: Path = FOLDER) -> None:
    """Bring the document up to date."""
    before, _, after = _parts(folder)
    DOCUMENT.write_text(before + between_markers(folder) + after, encoding="utf-8")


def _parts(folder: Path) -> tuple[str, str, str]:
    """Up to the first marker, between them, and from the last on."""
    text, name = DOCUMENT.read_text(encoding="utf-8"), re.escape(folder.name)
    found = re.search(f"(.*<!-- {name} -->)(.*)(<!-- /{name} -->.*)", text, re.DOTALL)
    if found is None:
        raise ValueError(f"{DOCUMENT.name} has no place for the table of {folder.name}.")
    return found[1], found[2], found[3]


if __name__ == "__main__":
    for one in FOLDERS:
        if "--write" in sys.argv:
            write(one)
        else:
            sys.stdout.write(between_markers(one))
