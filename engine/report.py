"""The report of a run: one HTML file that opens from disk and answers "what happened, where"."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from domain.outcome import Outcome
from domain.redact import redact_all
from engine.evidence import file_name
from engine.runs import ItemView, RunView

EXPLANATIONS = {
    Outcome.DONE: "done and read back from the site",
    Outcome.UNCHANGED: "was already as wanted",
    Outcome.REJECTED: "refused by a rule or by the site",
    Outcome.MISMATCH: "saved with other values: look at it",
    Outcome.UNKNOWN: "the answer was lost: look at it",
    Outcome.NEEDS_PERSON: "waits for a person",
    Outcome.FAILED: "did not work, even after retries",
    Outcome.SKIPPED: "not begun, or not through the audit yet",
}


@dataclass(frozen=True)
class Picture:
    """A picture of an item: what it shows, and where it is relative to the report."""

    caption: str
    file: str
    thumbnail: str


@dataclass(frozen=True)
class Step:
    """One line of an item's timeline."""

    at: str
    words: str
    seconds: float


def summary(view: RunView) -> dict[str, Any]:
    """Give the run as the one object that ``--json`` prints and ``run.json`` keeps."""
    return {
        "run_id": view.id,
        "robot": view.robot,
        "shop": view.shop,
        "state": view.state,
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


def write_report(view: RunView, zone: ZoneInfo) -> Path:
    """Write ``run.json`` and ``report.html`` into the run's folder; give the report's path."""
    folder = view.evidence
    content = json.dumps(redact_all(summary(view)), ensure_ascii=False, indent=2)
    (folder / "run.json").write_text(content + "\n", encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["local"] = lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    timelines = _timelines(folder / "events.jsonl")
    html = environment.get_template("report.html").render(
        run=view,
        explanations=EXPLANATIONS,
        cards=[(item, _pictures(folder, item), timelines[item.position]) for item in view.items],
        seconds=_seconds,
    )
    report = folder / "report.html"
    report.write_text(html, encoding="utf-8")
    return report


def _pictures(folder: Path, item: ItemView) -> list[Picture]:
    place = f"items/{file_name(item.key)}"
    return [
        Picture(
            caption=", ".join(file.stem.partition("-")[2].rsplit("-", 1)),
            file=f"{place}/{file.name}",
            thumbnail=f"{place}/thumbnails/{file.name}",
        )
        for file in sorted((folder / place).glob("*-*.webp"))
    ]


def _timelines(events: Path) -> dict[int, list[Step]]:
    """Read each item's steps; a step lasts until the item's next one."""
    by_item: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in _events(events):
        if "item" in event:
            by_item[event["item"]].append(event)
    timelines: dict[int, list[Step]] = defaultdict(list)
    for position, steps in by_item.items():
        for step, following in zip(steps, [*steps[1:], steps[-1]], strict=True):
            at = datetime.fromisoformat(step["at"])
            lasted = datetime.fromisoformat(following["at"]) - at
            words = Step(f"{at:%H:%M:%S}", step["message"], lasted.total_seconds())
            timelines[position].append(words)
    return timelines


def _events(file: Path) -> Iterator[dict[str, Any]]:
    """Read the event log; a power cut may have torn a line."""
    text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    # Not splitlines(): a title may hold other characters that count as line ends.
    for line in text.split("\n"):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        yield event


def _seconds(item: ItemView | RunView) -> str:
    if item.started_at is None or item.ended_at is None:
        return ""
    return f"{(item.ended_at - item.started_at).total_seconds():.1f} s"
