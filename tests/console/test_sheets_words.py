"""What is said about a sheet is said in Chinese too, all of it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from console.sheet_words import WORDS, mend_words, remark_line
from domain.sheet_errors import SheetProblem
from engine.rules_data import RULES, load_rules

ROOT = Path(__file__).parents[2]
SOURCES = [
    *(ROOT / "console").glob("sheet*.py"),
    *(x for x in (ROOT / "domain").glob("*.py") if "Fault(" in x.read_text(encoding="utf-8")),
    *RULES.glob("**/*.yaml"),
]
TABLE = yaml.safe_load((ROOT / "console/sheet_words.zh.yaml").read_text(encoding="utf-8"))


def problem(rule: str, mend: str, value: str = "x") -> SheetProblem:
    return SheetProblem(
        file=Path("a.xlsx"),
        sheet="商品",
        row=3,
        column="商品标题",
        cell="B3",
        value=value,
        rule=rule,
        mend=mend,
        code="A",
    )


def test_every_rule_has_its_chinese_sentence() -> None:
    known = {
        rule
        for source in SOURCES
        for rule in re.findall(r"\b[SR]-[a-z][a-z0-9-]+", source.read_text(encoding="utf-8"))
    }
    assert known == set(TABLE) - {"any", "file"}


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS["zh"]) == set(WORDS["en"])


def test_every_known_exception_is_told_in_chinese() -> None:
    for words in load_rules().words:
        for each in words.allowances:
            mend = f"最佳 (character 3) is allowed because {each.because} ({each.source}) [x]"
            told = mend_words(problem(words.rule, mend), "zh")
            assert told.startswith("“最佳”（第 3 个字）可以用：")
            assert not re.search(r"[a-z]{3}", told)


def test_a_list_of_one_s_own_speaks_as_it_was_written() -> None:
    mend = "山寨 (character 1): 换个说法 [本店]"
    assert mend_words(problem("R-ours", mend), "zh") == "“山寨”（第 1 个字）：换个说法 [本店]"


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert mend_words(problem("S-new", "do it"), "zh") == "do it"


def test_a_remark_is_one_line_with_its_place() -> None:
    empty = problem("S-title-too-short", "write a title that counts 2 or more", " ")
    told = "标题至少 2 个字符，请写完整（S-title-too-short）"
    assert (
        remark_line(empty, "zh")
        == f"a.xlsx「商品」工作表 第 3 行 商品标题（B3 格）：（空）：{told}"
    )
    assert remark_line(empty, "en") == str(empty)
