"""Whether evidence is still what it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.chain import MANIFEST
from engine.evidence import write_manifest
from engine.verify import Verdict, verify_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "0900-upload-listings-demo-7f3a"
    (folder / "items" / "款 1").mkdir(parents=True)
    (folder / "run.json").write_text("{}", encoding="utf-8")
    (folder / "items" / "款 1" / "receipt.json").write_text('{"好": 1}', encoding="utf-8")
    write_manifest(folder)
    return folder


def test_untouched_evidence_is_good(run: Path) -> None:
    assert verify_run(run) == Verdict(folder=run, files=2)
    assert verify_run(run).good


def change_one_byte(run: Path) -> None:
    (run / "items/款 1/receipt.json").write_text('{"好": 2}', encoding="utf-8")


def lose_one(run: Path) -> None:
    (run / "run.json").unlink()


def add_one(run: Path) -> None:
    (run / "items/later.webp").write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "kind", "name"),
    [
        (change_one_byte, "changed", "items/款 1/receipt.json"),
        (lose_one, "missing", "run.json"),
        (add_one, "extra", "items/later.webp"),
    ],
)
def test_what_differs_is_named(
    run: Path, harm: Callable[[Path], None], kind: str, name: str
) -> None:
    harm(run)
    assert verify_run(run) == Verdict(folder=run, files=2, **{kind: (name,)})
    assert not verify_run(run).good


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        (None, "no_manifest"),
        ("", "broken_manifest"),
        ("[]", "broken_manifest"),
        ('{"sha256": []}', "broken_manifest"),
        (json.dumps({"sha256": {"run.json": 1}}), "broken_manifest"),
    ],
)
def test_without_a_sound_manifest_nothing_is_called_good(
    run: Path, text: str | None, trouble: str
) -> None:
    (run / MANIFEST).unlink()
    if text is not None:
        (run / MANIFEST).write_text(text, encoding="utf-8")
    assert verify_run(run).trouble == trouble
    assert not verify_run(run).good


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    assert verify_run(tmp_path / "gone").trouble == "no_folder"
