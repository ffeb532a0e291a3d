"""The command line: what it says when there is nothing to do, or when it is asked wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import SAMPLE, Shopclerk

RUN = ("run", "upload-listings", "--shop", "demo", "--sheet", str(SAMPLE))


def said(shopclerk: Shopclerk, *arguments: str, code: int) -> str:
    """What a command tells a person beside its output."""
    process = shopclerk.start(*arguments)
    _, noted = process.communicate(timeout=60)
    assert process.returncode == code, noted
    return noted


def test_help_names_every_command(shopclerk: Shopclerk) -> None:
    page = shopclerk.run("--help")
    for command in ("demo", "run", "runs", "show", "resume", "practice", "template"):
        assert f"│ {command} " in page


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("demo", "nowhere", ("'nowhere'", "shops.yaml", "demo")),
        (str(SAMPLE), "missing.xlsx", ("missing.xlsx",)),
        ("upload-listings", "sell-everything", ("'sell-everything'", "upload-listings")),
    ],
)
def test_a_wrong_word_is_answered_with_one_line_that_says_what_to_do(
    shopclerk: Shopclerk, old: str, new: str, words: tuple[str, ...]
) -> None:
    arguments = [new if argument == old else argument for argument in RUN]
    noted = said(shopclerk, *arguments, code=2)
    assert "Traceback" not in noted
    assert len(noted.strip().splitlines()) == 1
    assert all(word in noted for word in words)


def test_without_runs_every_command_says_so(shopclerk: Shopclerk) -> None:
    assert "shopclerk demo" in said(shopclerk, "runs", code=0)
    assert "shopclerk demo" in said(shopclerk, "show", code=2)
    assert "Nothing to resume" in said(shopclerk, "resume", code=0)
    assert "20260101" in said(shopclerk, "show", "20260101", code=2)
    assert shopclerk.json("runs") == []


def test_a_template_is_made_once_and_never_overwritten(
    shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = tmp_path / "商品.xlsx"
    said(shopclerk, "template", "upload-listings", str(sheet), code=0)
    assert {"商品", "说明"} <= set(load_workbook(sheet).sheetnames)
    before = sheet.read_bytes()
    assert "exists already" in said(shopclerk, "template", "upload-listings", str(sheet), code=2)
    assert sheet.read_bytes() == before


def test_an_empty_sheet_is_no_run(shopclerk: Shopclerk, tmp_path: Path) -> None:
    sheet = tmp_path / "空.xlsx"
    said(shopclerk, "template", "upload-listings", str(sheet), code=0)
    noted = said(shopclerk, *RUN[:-1], str(sheet), code=2)
    assert "no products" in noted
    assert shopclerk.json("runs") == []
