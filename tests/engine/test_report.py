from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from domain.outcome import Outcome, Receipt
from engine.evidence import file_name
from engine.report import summary, write_report
from engine.runs import ItemView
from engine.words import load_words
from tests.engine.reports import (
    ENGLISH,
    SHANGHAI,
    SITE_ID,
    html_of,
    item,
    report_of,
    run_of,
)


def test_wanted_and_found_stand_side_by_side(tmp_path: Path) -> None:
    report = report_of(run_of(tmp_path, item()))

    assert report.row("品牌") == ("", ["品牌", "无品牌", "无品牌"])
    _, (_, label, outcome, equal, site_id, _) = report.row("CG-1001")
    assert (label, outcome, site_id) == ("保温杯", "done", SITE_ID)
    assert equal == "1 facts equal"


def test_facts_that_differ_are_marked_and_the_others_are_not(tmp_path: Path) -> None:
    receipt = Receipt(
        wanted={"品牌": "无品牌", "主图": 3, "运费模板": "包邮"},
        found={"品牌": "得力", "主图": 3, "赠品": "杯套"},
    )
    mismatch = {"outcome": Outcome.MISMATCH, "receipt": receipt}

    report = report_of(run_of(tmp_path, item().model_copy(update=mismatch)))

    assert report.row("品牌") == ("differs", ["品牌", "无品牌", "得力"])
    assert report.row("主图") == ("", ["主图", "3", "3"])
    assert report.row("运费模板") == ("differs", ["运费模板", "包邮", "(nothing)"])
    assert report.row("赠品") == ("differs", ["赠品", "(nothing)", "杯套"])
    assert report.row("CG-1001")[1][3] == "3 differ"
    names = [cells[0] for _, cells in report.rows]
    assert max(map(names.index, ("品牌", "运费模板", "赠品"))) < names.index("主图")


def test_what_came_from_outside_is_shown_as_text_and_never_as_html(tmp_path: Path) -> None:
    evil = "<script>alert('店')</script>"
    receipt = Receipt(wanted={evil: evil}, found={evil: evil + "!"})
    poisoned = item(label=evil).model_copy(update={"receipt": receipt, "reason": evil})

    report = report_of(run_of(tmp_path, poisoned, reason=evil))

    assert report.tags["script"] == 2, "only our own two"
    assert report.row(evil) == ("differs", [evil, evil, f"{evil}!"])
    assert report.row("CG-1001")[1][1].startswith(evil)
    assert report.words.count(evil) >= 6


def test_run_json_is_the_summary(tmp_path: Path) -> None:
    refused = item(1, key="CG-1002").model_copy(
        update={"outcome": Outcome.REJECTED, "receipt": None, "reason": "标题含有违禁词"}
    )
    view = run_of(tmp_path, item(), refused)

    write_report(view, SHANGHAI, ENGLISH)

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
    assert "create product" in report.words


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

    assert report.steps == [("0.0", "looking", "2.5 s"), ("2.5", "preparing", "9.8 s")]
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

    assert report_of(run_of(tmp_path, item())).steps[0][1] == words


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

    assert report.steps == [("0.0", "looking", "5.0 s"), ("5.0", "looking again", "7.3 s")]


def test_times_are_the_shops_own(tmp_path: Path) -> None:
    report = report_of(run_of(tmp_path, item()))

    assert "2026-11-22 09:00" in report.words
    assert "75.0 s" in report.words
    assert report.row("CG-1001")[1][5] == "12.3 s"


def test_a_run_with_nothing_done_is_still_reported(tmp_path: Path) -> None:
    begun = item().model_copy(
        update={"outcome": None, "receipt": None, "ended_at": None, "started_at": None}
    )

    report = report_of(run_of(tmp_path, begun, reason="stopped by a person"))

    assert ENGLISH("cause.stopped_by_person.title") in report.words
    assert report.row("CG-1001")[1][3] == ""


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_explained_where_it_is_counted(tmp_path: Path, outcome: Outcome) -> None:
    report = report_of(run_of(tmp_path, item().model_copy(update={"outcome": outcome})))

    assert ENGLISH.about("upload-listings")(f"means.{outcome}") in report.words
    assert report.row("CG-1001")[1][2] == ENGLISH(f"outcome.{outcome}")


def refused(position: int, reason: str, outcome: Outcome = Outcome.REJECTED) -> ItemView:
    update = {"outcome": outcome, "reason": reason, "receipt": None}
    return item(position, key=f"CG-{position}").model_copy(update=update)


def test_items_with_one_cause_are_one_problem_and_the_most_urgent_comes_first(
    tmp_path: Path,
) -> None:
    same = [refused(n, "the site said: 标题含有违禁词") for n in range(14)]
    other = refused(14, "the site said: 价格过低")
    lost = refused(15, "could not look what became of it: slow", Outcome.UNKNOWN)

    html = html_of(run_of(tmp_path, *same, other, lost))

    problems = html.split('<section id="problems">')[1].split("</section>")[0]
    assert problems.count('class="problem ') == 3
    places = [
        problems.index(words) for words in ("what became of it", "标题含有违禁词", "价格过低")
    ]
    assert places == sorted(places)
    assert [f'href="#item-{n}"' in problems for n in range(16)] == [True] * 16
    assert "2 more" in problems
    assert "16 items: 0 good, 16 need attention" in html


def test_what_an_item_that_went_well_leaves_to_a_person_is_listed_and_nothing_else_it_says(
    tmp_path: Path,
) -> None:
    noted = item(0).model_copy(update={"reason": "the buyer was not told: 会话超过7天不可回复"})
    filed = item(1, key="CG-1002").model_copy(update={"reason": "filed: 浙江省义乌市练习路8号"})

    html = html_of(run_of(tmp_path, noted, filed))

    problems = html.split('<section id="problems">')[1].split("</section>")[0]
    assert problems.count('class="problem done"') == 1
    assert "the buyer was not told: 会话超过7天不可回复" in problems
    assert 'href="#item-1"' not in problems
    assert "2 items, all good" in html


def test_a_problem_says_what_differs_before_anybody_scrolls(tmp_path: Path) -> None:
    wanted, found = ({"SKU A": f"白 | ￥{price} | 库存 8"} for price in ("39.90", "39.00"))
    receipt = Receipt(wanted=dict(wanted), found=dict(found))
    update = {"outcome": Outcome.MISMATCH, "receipt": receipt, "reason": "?"}

    html = html_of(run_of(tmp_path, item().model_copy(update=update)))

    problems = html.split('<section id="problems">')[1].split("</section>")[0]
    assert "￥<mark>39.90</mark> | 库存 8" in problems
    assert "￥<mark>39.00</mark> | 库存 8" in problems


def test_secrets_and_phone_numbers_reach_neither_file(tmp_path: Path) -> None:
    receipt = Receipt(wanted={"电话": "13812345678"}, found={"password": "hunter22"})
    told = {"reason": "密码: hunter22, 13812345678", "receipt": receipt}
    leaky = item(key="K 13812345678", label="token=hunter22").model_copy(
        update={**told, "outcome": Outcome.FAILED}
    )
    event = {"at": "2026-11-22T09:00:00.000+08:00", "item": 0, "message": "typed 13812345678"}
    (tmp_path / "events.jsonl").write_text(json.dumps(event) + "\n", encoding="utf-8")

    html = html_of(run_of(tmp_path, leaky, reason="cookie: hunter22 13812345678"))

    assert "138****5678" in html
    for text in (html, (tmp_path / "run.json").read_text(encoding="utf-8")):
        assert "hunter22" not in text
        assert "13812345678" not in text


def test_pictures_of_one_write_stand_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "items" / "CG-1001"
    (folder / "thumbnails").mkdir(parents=True)
    for name in ("01-a-before", "02-a-before", "03-a-after", "04-b-after", "05-failure"):
        (folder / f"{name}.webp").write_bytes(b"")

    html = html_of(run_of(tmp_path, item()))

    pairs = [part.count("<figure>") for part in html.split('class="pair"')[1:]]
    assert pairs == [1, 2, 1, 1], "a second try begins a pair of its own"


def test_the_report_is_written_in_the_operators_language(tmp_path: Path) -> None:
    view = run_of(tmp_path, refused(0, "the audit refused it"))
    html = write_report(view, SHANGHAI, load_words("zh")).read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in html
    assert "铺货上架 · demo" in html
    assert "平台审核没通过" in html
    assert "What to do" not in html


def test_the_report_of_a_large_run_is_written_piece_by_piece(tmp_path: Path) -> None:
    """Facts/performance: memory must not grow with what one item leaves."""
    receipt = Receipt(wanted={f"项目{n}": "值" * 200 for n in range(20)}, found={})
    many = [item(n, key=f"CG-{n}").model_copy(update={"receipt": receipt}) for n in range(30)]
    view = run_of(tmp_path, *many)
    write_report(view, SHANGHAI, ENGLISH)  # what is loaded once does not count
    tracemalloc.start()
    try:
        report = write_report(view, SHANGHAI, ENGLISH)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.stat().st_size > 300_000
    # As one text the page would be held twice: in its pieces and joined.
    assert peak < 1.6 * report.stat().st_size
