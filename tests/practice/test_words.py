"""The commands of the practice store speak Chinese to whoever reads Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from practice import words
from practice.cli import app
from practice.faults import known_faults


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(words.LANGUAGE, "zh")


def said(home: Path, *arguments: str) -> str:
    """Give what a command says, without paths and commands."""
    told = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert "Traceback" not in told.output
    return re.sub(r"`.+?`|/\S+", "", told.output).strip()


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (("down",), "没有开着的练习店铺。"),
        (("show", "products"), "里还没有练习店铺。 先开店："),
        (("up", "--fault", "answer_lost"), "--fault answer_lost：要写成 名字=概率"),
        (("up", "--fault", "no_such=1"), "没有叫 no_such 的故障"),
        (("up", "--fault", "answer_lost=7"), "answer_lost 的概率要在 0 到 1 之间"),
        (("reset", "--products", "1"), "新的练习店铺"),
    ],
)
def test_what_a_command_says_is_chinese(
    tmp_path: Path, arguments: tuple[str, ...], chinese: str
) -> None:
    told = said(tmp_path, *arguments)
    assert chinese in told
    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", told)


def test_titles_and_columns_of_a_table_are_chinese(tmp_path: Path) -> None:
    said(tmp_path, "reset", "--products", "1")
    assert re.search("提交过的请求.*时间.*故障", said(tmp_path, "show", "writes"), re.DOTALL)
    faults = said(tmp_path, "faults")
    assert "已发生" in faults
    assert "502" in faults
    assert not re.search("[a-z]{3,} [a-z]{3,}", faults)


def test_every_fault_has_its_chinese() -> None:
    assert set(words._table()["faults"]) == set(known_faults())


def test_every_sentence_is_still_said_by_the_code() -> None:
    folder = Path(words.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    for english, _ in words._table()["sentences"]:
        pieces = re.split(r"\(\?P<\w+>[^)]*\)|\\.|\.[+*]|\.", english)
        assert max(pieces, key=len).strip() in code, english


def test_without_a_language_it_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(words.LANGUAGE)
    assert words.told("The practice store is closed.") == "The practice store is closed."
    assert words.told("The practice store is closed.", "zh") == "练习店铺已关闭。"
