from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loguru import logger

from domain.outcome import Outcome, Receipt
from engine.evidence import RunEvidence, file_name, write_manifest
from engine.runs import ItemResult

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORBIDDEN_ON_WINDOWS = '<>:"/\\|?*\n\t\x00'
keys = st.text(min_size=1, max_size=255)
nasty_keys = st.text(alphabet=FORBIDDEN_ON_WINDOWS + " .-_aA1款", min_size=1, max_size=12)


# Names of folders and files


@pytest.mark.parametrize("key", ["CG-1001", "P.10", "情侣T恤 01", "(一)", "A" * 120, "款" * 40])
def test_a_plain_key_is_its_own_file_name(key: str) -> None:
    assert file_name(key) == key


@pytest.mark.parametrize("character", FORBIDDEN_ON_WINDOWS)
def test_characters_windows_forbids_are_replaced(character: str) -> None:
    assert file_name(f"a{character}b").startswith("a_b-")


@pytest.mark.parametrize(
    "name", ["CON", "con", "AUX.JPG", "Aux.jpg", "nul", "COM1", "COM¹", "lpt9.txt"]
)
def test_names_windows_reserves_are_changed(name: str) -> None:
    assert file_name(name) == f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@pytest.mark.parametrize("name", ["CONSOLE", "COM", "COMMA", "COM10", "NULLABLE"])
def test_names_that_only_begin_like_reserved_ones_stay(name: str) -> None:
    assert file_name(name) == name


@given(keys | nasty_keys)
def test_no_key_leaves_its_folder_or_breaks_windows(key: str) -> None:
    name = file_name(key)
    assert name not in {"", ".", ".."}
    assert not set(name) & set(FORBIDDEN_ON_WINDOWS)
    assert name[-1] not in ". "
    assert len(name.encode()) <= 129


@pytest.mark.parametrize("character", ["A", "a", "款", "𠮷"])
def test_the_longest_key_fits_every_file_system_in_whole_characters(character: str) -> None:
    name = file_name(character * 255)

    assert len(name.encode()) <= 129
    assert name.rpartition("-")[0].strip(character) == ""


@pytest.mark.parametrize(("one", "other"), [("cg-1001", "CG-1001"), ("É-1", "é-1"), ("p", "P")])
def test_keys_that_differ_in_case_only_stay_apart_where_case_is_folded(
    one: str, other: str
) -> None:
    assert file_name(one).casefold() != file_name(other).casefold()


@given(nasty_keys, nasty_keys)
def test_keys_that_differ_get_names_that_differ(one: str, other: str) -> None:
    names = (file_name(one), file_name(other))
    assert (names[0].casefold() == names[1].casefold()) == (one == other)


@given(keys, st.text(min_size=1, max_size=3), st.text(min_size=1, max_size=3))
def test_long_keys_that_differ_at_the_end_stay_apart(stem: str, one: str, other: str) -> None:
    long = stem + "款" * 80
    assert (file_name(long + one) == file_name(long + other)) == (one == other)


# The event log


@pytest.fixture
def events(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Give a function that logs messages for a run and reads its event log."""

    def log(*messages: str, run: str = "run-1", logged_for: str = "run-1") -> list[dict[str, Any]]:
        evidence = RunEvidence(tmp_path / run, run, SHANGHAI)
        try:
            for position, message in enumerate(messages):
                logger.bind(run=logged_for, item=position).info("{}", message)
        finally:
            evidence.close()
        text = (tmp_path / run / "events.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    return log


def test_every_event_is_one_line_of_json(events: Callable[..., list[dict[str, Any]]]) -> None:
    hard = ["已填 {price}", 'says "no"\nat once', "<red>50%</red> \\n", "款\u2028式", ""]

    lines = events(*hard)

    assert [line["message"] for line in lines] == hard
    assert [line["item"] for line in lines] == [0, 1, 2, 3, 4]
    assert {line["level"] for line in lines} == {"INFO"}
    assert all("run" not in line for line in lines)


def test_an_event_says_its_time_in_the_shops_zone(
    events: Callable[..., list[dict[str, Any]]],
) -> None:
    assert events("looking")[0]["at"].endswith("+08:00")


def test_events_are_redacted(events: Callable[..., list[dict[str, Any]]], tmp_path: Path) -> None:
    events("收货人 13812345678", 'the form held {"password": "s3cret"}', "cookie=PHPSESSID-77")

    text = (tmp_path / "run-1" / "events.jsonl").read_text(encoding="utf-8")
    assert "138****5678" in text
    assert not [secret for secret in ("13812345678", "s3cret", "PHPSESSID") if secret in text]


def test_what_stands_beside_a_message_is_redacted_too(tmp_path: Path) -> None:
    evidence = RunEvidence(tmp_path, "run-1", SHANGHAI)
    logger.bind(run="run-1", item=0, buyer="13812345678", seen=["token=s3cret"]).info("looking")
    evidence.close()

    event = json.loads((tmp_path / "events.jsonl").read_text(encoding="utf-8"))
    assert (event["buyer"], event["seen"]) == ("138****5678", ["token=***"])


@pytest.mark.parametrize(
    "said", ['the form held password="s3cret"', '"密码：s3cret"', "Cookie: sid=s3cret"]
)
def test_redacting_an_event_breaks_no_json(
    events: Callable[..., list[dict[str, Any]]], said: str
) -> None:
    (line,) = events(said)

    assert line["message"] != said
    assert "s3cret" not in line["message"]


def test_another_runs_events_stay_out(events: Callable[..., list[dict[str, Any]]]) -> None:
    assert events("not ours", logged_for="run-2") == []


def test_a_resumed_runs_events_follow_those_from_before(
    events: Callable[..., list[dict[str, Any]]],
) -> None:
    events("before the kill")

    assert [line["message"] for line in events("after it")] == ["before the kill", "after it"]


# An item's receipt


def test_an_items_receipt_holds_its_outcome_and_its_proof(tmp_path: Path) -> None:
    evidence = RunEvidence(tmp_path / "run", "run-1", SHANGHAI)
    receipt = Receipt(wanted={"品牌": "无品牌"}, found={"品牌": "得力"})
    result = ItemResult(
        outcome=Outcome.MISMATCH, reason="ask 13812345678", site_id="39", receipt=receipt
    )

    evidence.item("CG/1001").receipt("CG/1001", result)
    evidence.close()

    file = tmp_path / "run" / "items" / file_name("CG/1001") / "receipt.json"
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "key": "CG/1001",
        "outcome": "mismatch",
        "reason": "ask 138****5678",
        "site_id": "39",
        "receipt": {"wanted": {"品牌": "无品牌"}, "found": {"品牌": "得力"}, "equal": False},
    }


@pytest.mark.parametrize(
    "reason", ['the store said password="s3cret"', '"密码：s3cret"', "cookie: sid=s3cret\n取消"]
)
def test_redacting_a_receipt_breaks_no_json(tmp_path: Path, reason: str) -> None:
    evidence = RunEvidence(tmp_path, "run-1", SHANGHAI)
    receipt = Receipt(wanted={"备注": ["无"]}, found={"备注": [reason]})

    item = evidence.item("CG-1001")
    item.receipt("CG-1001", ItemResult(outcome=Outcome.FAILED, reason=reason, receipt=receipt))
    evidence.close()

    text = (item.folder / "receipt.json").read_text(encoding="utf-8")
    assert "s3cret" not in text
    kept = json.loads(text)
    assert "***" in kept["reason"]
    assert kept["receipt"]["found"] == {"备注": [kept["reason"]]}


# The manifest


def test_the_manifest_holds_the_sha256_of_every_other_file(tmp_path: Path) -> None:
    (tmp_path / "items" / "CG-1001").mkdir(parents=True)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    (tmp_path / "items" / "CG-1001" / "01-前.webp").write_bytes(b"picture")

    write_manifest(tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {
        "sha256": {
            "items/CG-1001/01-前.webp": hashlib.sha256(b"picture").hexdigest(),
            "run.json": hashlib.sha256(b"{}").hexdigest(),
        }
    }


def test_a_manifest_written_again_does_not_hold_itself(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    write_manifest(tmp_path)
    first = (tmp_path / "manifest.json").read_bytes()

    write_manifest(tmp_path)

    assert (tmp_path / "manifest.json").read_bytes() == first
