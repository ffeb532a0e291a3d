"""The rules' files: what an operator may get wrong in them is said with file and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from domain.errors import BusinessError
from engine.rules_data import RULES, load_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def test_an_added_list_is_read(folder: Path) -> None:
    (folder / "words/ours.yaml").write_text(
        "rule: R-ours\nsource: us\nseverity: advise\nfields: [商品标题]\nsuggestion: drop it\n"
        "terms: [{word: 山寨, refused: 山寨手机, allowed: 手机}]\n",
        encoding="utf-8",
    )
    assert "R-ours" in {words.rule for words in load_rules(folder).words}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("words/bait-skus.yaml", "severity: refuse", "severity: forbid", "severity"),
        ("words/bait-skus.yaml", "  - word: 邮费", "  - wort: 邮费", "terms > 0 > wort"),
        ("words/bait-skus.yaml", "    refused: 定金\n", "", "terms > 1 > refused"),
        ("words/price-amounts.yaml", r"'[¥$€£] ?\d+([.,]\d+)*'", "'(¥'", "regular expression"),
        ("listing.yaml", "advised_han: 8", "advised_han: eight", "titles > advised_han"),
        ("attributes.yaml", "required: [材质成分]", "required: []", "categories > 0 > required"),
        ("attributes.yaml", "missing_rule:", "missing_rule: [", "not valid YAML"),
    ],
)
def test_a_slip_is_told_with_its_file_and_place(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BusinessError) as caught:
        load_rules(folder)
    assert Path(file).name in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "listing.yaml").unlink()
    with pytest.raises(BusinessError, match=r"listing\.yaml"):
        load_rules(folder)


def test_the_rules_of_ones_own_config_folder_count(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(tmp_path))
    listing = folder / "listing.yaml"
    text = listing.read_text(encoding="utf-8")
    listing.write_text(text.replace("advised_han: 8", "advised_han: 9"), encoding="utf-8")
    assert load_rules().titles.advised_han == 9
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(tmp_path / "only-shops"))
    assert load_rules().titles.advised_han == 8
