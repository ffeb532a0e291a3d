from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from domain.outcome import Outcome, Receipt
from engine.evidence import file_name
from engine.report import EXPLANATIONS, summary, write_report
from engine.runs import ItemView, RunView

SHANGHAI = ZoneInfo("Asia/Shanghai")
SITE_ID = "3900000000000000001"
BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class Reading(HTMLParser):
    """A report as a browser would understand it: its tags, its words, its table rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.rows: list[tuple[str, list[str]]] = []
        """Of each table row its class and the words of its cells."""
        self.words = ""
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.links += [link for link in (given.get("href"), given.get("src")) if link]
        if tag == "tr":
            self.rows.append((given.get("class") or "", []))
        if tag in {"td", "th"}:
            self._in_cell = True
            self.rows[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._in_cell:
            self.rows[-1][1][-1] += data

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
    return Reading(write_report(view, SHANGHAI).read_text(encoding="utf-8"))


def test_wanted_and_found_stand_side_by_side(tmp_path: Path) -> None:
    report = report_of(run_of(tmp_path, item()))

    assert report.row("品牌") == ("", ["品牌", "无品牌", "无品牌"])
    _, (_, label, outcome, equal, site_id, _) = report.row("CG-1001")
    assert (label, outcome, site_id) == ("保温杯", "done", SITE_ID)
    assert equal.split() == ["yes,", "1", "facts"]


def test_facts_that_differ_are_marked_and_the_others_are_not(tmp_path: Path) -> None:
    receipt = Receipt(
        wanted={"品牌": "无品牌", "主图": 3, "运费模板": "包邮"},
        found={"品牌": "得力", "主图": 3, "赠品": "杯套"},
    )
    mismatch = {"outcome": Outcome.MISMATCH, "receipt": receipt}

    report = report_of(run_of(tmp_path, item().model_copy(update=mismatch)))

    assert report.row("品牌") == ("differs", ["品牌", "无品牌", "得力"])
    assert report.row("主图") == ("", ["主图", "3", "3"])
    assert report.row("运费模板") == ("differs", ["运费模板", "包邮", "—"])
    assert report.row("赠品") == ("differs", ["赠品", "—", "杯套"])
    assert report.row("CG-1001")[1][3].startswith("no")


def test_what_came_from_outside_is_shown_as_text_and_never_as_html(tmp_path: Path) -> None:
    evil = "<script>alert('店')</script>"
    receipt = Receipt(wanted={evil: evil}, found={evil: evil + "!"})
    poisoned = item(label=evil).model_copy(update={"receipt": receipt, "reason": evil})

    report = report_of(run_of(tmp_path, poisoned, reason=evil))

    assert "script" not in report.tags
    assert report.row(evil) == ("differs", [evil, evil, f"{evil}!"])
    assert report.row("CG-1001")[1][1] == evil
    assert report.words.count(evil) >= 6


def test_run_json_is_the_summary(tmp_path: Path) -> None:
    refused = item(1, key="CG-1002").model_copy(
        update={"outcome": Outcome.REJECTED, "receipt": None, "reason": "标题含有违禁词"}
    )
    view = run_of(tmp_path, item(), refused)

    write_report(view, SHANGHAI)

    kept = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert kept == summary(view)
    assert kept["counts"] == {"done": 1, "rejected": 1}
    assert kept["items"][0]["receipt"]["equal"] is True
    assert kept["items"][1] == {
        "key": "CG-1002",
        "outcome": "rejected",
        "reason": "标题含有违禁词",
        "site_id": SITE_ID,
        "receipt": None,
    }


def test_pictures_are_found_by_relative_links(tmp_path: Path) -> None:
    folder = tmp_path / "items" / "CG-1001"
    (folder / "thumbnails").mkdir(parents=True)
    for name in ("01-product.create-before.webp", "02-product.create-after.webp"):
        for file in (folder / name, folder / "thumbnails" / name):
            Image.new("RGB", (48, 30), "#8fb39a").save(file, "WEBP")

    report = report_of(run_of(tmp_path, item(), item(1, key="CG-1002")))

    pictures = [link for link in report.links if link.endswith(".webp")]
    assert len(pictures) == 4
    assert all((tmp_path / link).is_file() for link in pictures)
    assert "product.create, before" in report.words


@pytest.mark.parametrize("key", ["A#1", "A%20B", "A%231", "款 式"])
def test_pictures_of_keys_that_mean_something_in_an_address_are_found_too(
    tmp_path: Path, key: str
) -> None:
    folder = tmp_path / "items" / file_name(key)
    (folder / "thumbnails").mkdir(parents=True)
    for file in (folder / "01-a.webp", folder / "thumbnails" / "01-a.webp"):
        Image.new("RGB", (48, 30), "#8fb39a").save(file, "WEBP")

    report = report_of(run_of(tmp_path, item(key=key)))

    pictures = [urlsplit(link) for link in report.links if link.endswith(".webp")]
    assert len(pictures) == 2
    assert all((tmp_path / unquote(link.path)).is_file() for link in pictures)


def test_a_step_lasts_until_the_next_one_of_its_item(tmp_path: Path) -> None:
    events = [
        {"at": "2026-11-22T09:00:00.000+08:00", "item": 0, "message": "looking"},
        {"at": "2026-11-22T09:00:01.000+08:00", "item": 1, "message": "another item's"},
        {"at": "2026-11-22T09:00:02.500+08:00", "item": 0, "message": "preparing"},
        {"at": "2026-11-22T09:00:03.000+08:00", "message": "of the run itself"},
    ]
    lines = "".join(json.dumps(event) + "\n" for event in events)
    (tmp_path / "events.jsonl").write_text(lines, encoding="utf-8")

    report = report_of(run_of(tmp_path, item()))

    assert report.row("09:00:00")[1][1:] == ["looking", "2.5 s"]
    assert report.row("09:00:02")[1][1:] == ["preparing", "0.0 s"]
    assert "another item's" not in report.words
    assert "of the run itself" not in report.words


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_title_may_hold_what_else_counts_as_the_end_of_a_line(
    tmp_path: Path, character: str
) -> None:
    words = f"商品标题: wanted 保温杯{character}500ml"
    event = {"at": "2026-11-22T09:00:00.000+08:00", "item": 0, "message": words}
    line = json.dumps(event, ensure_ascii=False) + "\n"
    (tmp_path / "events.jsonl").write_text(line, encoding="utf-8", newline="\n")

    assert report_of(run_of(tmp_path, item())).row("09:00:00")[1][1] == words


@pytest.mark.parametrize(
    "torn",
    [
        b'{"at": "2026-11-22T09:00:02.000+08:00", "item": 0, "mess',
        '{"at": "2026-11-22T09:00:02.000+08:00", "item": 0, "message": "款'.encode()[:-1],
        b"\0" * 40,
    ],
)
def test_a_line_that_a_power_cut_tore_costs_no_other(tmp_path: Path, torn: bytes) -> None:
    whole = [
        json.dumps({"at": f"2026-11-22T09:00:0{n}.000+08:00", "item": 0, "message": words})
        for n, words in ((0, "looking"), (5, "looking again"))
    ]
    lines = [whole[0].encode(), torn, whole[1].encode(), b""]
    (tmp_path / "events.jsonl").write_bytes(b"\n".join(lines))

    report = report_of(run_of(tmp_path, item()))

    assert report.row("09:00:00")[1][1:] == ["looking", "5.0 s"]
    assert report.row("09:00:05")[1][1:] == ["looking again", "0.0 s"]
    assert "09:00:02" not in report.words


def test_times_are_the_shops_own(tmp_path: Path) -> None:
    report = report_of(run_of(tmp_path, item()))

    assert "2026-11-22 09:00:00" in report.words
    assert "75.0 s" in report.words
    assert report.row("CG-1001")[1][5] == "12.3 s"


def test_a_run_with_nothing_done_is_still_reported(tmp_path: Path) -> None:
    begun = item().model_copy(
        update={"outcome": None, "receipt": None, "ended_at": None, "started_at": None}
    )

    report = report_of(run_of(tmp_path, begun, reason="stopped by a person"))

    assert "stopped by a person" in report.words
    assert report.row("CG-1001")[1][3] == ""


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_explained_where_it_is_counted(tmp_path: Path, outcome: Outcome) -> None:
    report = report_of(run_of(tmp_path, item().model_copy(update={"outcome": outcome})))

    assert EXPLANATIONS[outcome] in report.words
    assert report.row("CG-1001")[1][2] == outcome
