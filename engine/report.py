"""The report of a run: one HTML file that opens from disk and answers "what happened, where"."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.redact import redact, redact_all
from engine.causes import AWAITED, NOT_ENDED, PLANNED, explain
from engine.plan import FILE as PLAN
from engine.plan import Plan, read_plan
from engine.report_view import Line, cards_of, line_of, problems_of, seconds_of
from engine.runs import RunView
from engine.words import Words, operator_words

TEMPLATES = Path(__file__).with_name("templates")
KEPT = "sheet"
"""The folder in a run's evidence in which what it was made from is kept."""
SUFFIX = "-结果"
"""How the name of the sheet ends that is given back with the outcomes."""
READS = "read-shop"
"""The robot that only ever looks: its runs rehearse nothing."""
UNDOES = "take-down-listings"
"""The robot whose plan a person carries out by ``undo``, which asks first."""


def summary(view: RunView) -> dict[str, Any]:
    """Give the run as the one object that ``--json`` prints and ``run.json`` keeps."""
    return {
        "run_id": view.id,
        "robot": view.robot,
        "shop": view.shop,
        "state": view.state,
        "reason": view.reason,
        "counts": view.counts(),
        "items": [
            {
                "key": item.key,
                "outcome": item.outcome,
                "reason": item.reason,
                "site_id": item.site_id,
                "receipt": item.receipt.model_dump(mode="json") if item.receipt else None,
            }
            for item in view.items
        ],
        "evidence": shown_path(view.evidence),
    }


def shown_path(path: Path) -> str:
    """Write a path as short as it still works from where the person is."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _typed(path: Path) -> str:
    """Write a path as it can be typed in a command: in quotes where a shell would split it."""
    text = shown_path(path)
    return f'"{text}"' if re.search(r"[^\w./:~-]", text) else text


def _me() -> str:
    """Give how this command was started; what it prints is to be typed in the same way."""
    return "uv run shopclerk" if "UV" in os.environ else "shopclerk"


def plan_command(plan: Plan, file: Path) -> str:
    """Give the command that carries out a plan."""
    if plan.robot == UNDOES and plan.items:
        return f"{_me()} undo {plan.items[0].payload['run_id']}"
    return f"{_me()} run {plan.robot} --shop {plan.shop} --plan {_typed(file)}"


def carry_out_command(view: RunView) -> str:
    """Give the command that does what a dry run planned; empty where it planned no write."""
    file = view.evidence / PLAN
    if not view.dry:
        return ""
    try:
        plan = read_plan(file)
    except BusinessError:
        return ""
    return plan_command(plan, file) if plan.items else ""


def write_report(view: RunView, zone: ZoneInfo, words: Words | None = None) -> Path:
    """Write ``run.json`` and ``report.html`` into the run's folder; give the report's path."""
    _write_json(view, view.evidence / "run.json")
    report = view.evidence / "report.html"
    words = (words or operator_words()).about(view.robot)
    lines = [line_of(item, words) for item in view.items]
    sheet = _result_sheet(view.evidence)
    page = _template().stream(
        w=words,
        local=lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
        run=view,
        lines=lines,
        problems=problems_of(lines),
        sheet=sheet,
        again=sheet and f"{_me()} run {view.robot} --shop {view.shop} --sheet {_typed(sheet)}",
        carry_out=carry_out_command(view),
        stopped=explain("skipped", redact(view.reason), words) if view.reason else None,
        reason=redact(view.reason),
        counts=_counts(lines),
        rehearsed=view.dry and view.robot != READS,
        cards=cards_of(view, lines, words),
        took=seconds_of(view),
        style=_part("report.css"),
        script=_part("report.js"),
    )
    page.enable_buffering(50)
    with report.open("wb") as file:
        page.dump(file, encoding="utf-8")
    return report


def _write_json(view: RunView, file: Path) -> None:
    """Write the summary piece by piece: a thousand receipts as one text would be large."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        json.dump(redact_all(summary(view)), out, ensure_ascii=False, indent=2)
        out.write("\n")


def _result_sheet(evidence: Path) -> Path | None:
    """Give the sheet that lies beside the report, if it was made from one."""
    kept = next((evidence / KEPT).glob("*.xls*"), None)
    return evidence / result_name(kept) if kept else None


def result_name(sheet: Path) -> str:
    """Name the sheet that is given back; one that was given back before keeps its name."""
    stem, ending, rest = sheet.stem.rpartition(SUFFIX)
    again = ending and rest.strip("-0123456789") == ""
    return f"{stem if again else sheet.stem}{SUFFIX}.xlsx"


def _counts(lines: list[Line]) -> dict[str, int]:
    """Count the items by outcome as it is told, those without one too."""
    told = [line.outcome for line in lines]
    names = (*map(str, Outcome), PLANNED, AWAITED, NOT_ENDED)
    return {one: told.count(one) for one in names if one in told}


@cache
def _template() -> jinja2.Template:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    ).get_template("report.html")


def _part(name: str) -> Markup:
    """Give a file that is ours and goes into the page as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704  no input in it
