"""A report as its reader meets it, and runs to be reported."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.outcome import Outcome, Receipt
from engine.report import write_report
from engine.runs import ItemView, RunView
from engine.words import load_words

ENGLISH = load_words("en")
SHANGHAI = ZoneInfo("Asia/Shanghai")
SITE_ID = "3900000000000000001"
BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class Reading(HTMLParser):
    """A report as a browser would understand it: its tags, its words, its table rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.rows: list[tuple[str, list[str]]] = []
        """Of each table row its class and the words of its cells."""
        self.words = ""
        self.steps: list[tuple[str, str, str]] = []
        """Of each step when it began, its words, how long it took."""
        self._in_cell = False
        self._in_step = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        given = dict(attrs)
        self.links += [link for link in (given.get("href"), given.get("src")) if link]
        if tag == "tr":
            self.rows.append((given.get("class") or "", []))
        if tag == "li" and "data-at" in given:
            self.steps.append((given["data-at"] or "", "", given["data-took"] or ""))
            self._in_step = True
        if tag in {"td", "th"}:
            self._in_cell = True
            self.rows[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False
        if tag == "li":
            self._in_step = False

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._in_cell:
            self.rows[-1][1][-1] += data
        if self._in_step:
            at, words, took = self.steps[-1]
            self.steps[-1] = (at, words + data, took)

    def row(self, first: str) -> tuple[str, list[str]]:
        """Find the one row that begins with these words."""
        (found,) = [row for row in self.rows if row[1][0] == first]
        return found


def item(position: int = 0, *, key: str = "CG-1001", label: str = "保温杯") -> ItemView:
    return ItemView(
        position=position,
        key=key,
        label=label,
        step="",
        outcome=Outcome.DONE,
        reason="",
        site_id=SITE_ID,
        receipt=Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "无品牌"}),
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(seconds=12.34),
    )


def run_of(folder: Path, *items: ItemView, reason: str = "") -> RunView:
    return RunView(
        id="20261122-090000-upload-listings-demo-7f3a",
        robot="upload-listings",
        shop="demo",
        state="finished",
        reason=reason,
        evidence=folder,
        created_at=BEGAN,
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(seconds=75),
        items=items,
    )


def report_of(view: RunView) -> Reading:
    return Reading(html_of(view))


def html_of(view: RunView) -> str:
    return write_report(view, SHANGHAI, ENGLISH).read_text(encoding="utf-8")
