"""What is said about a sheet, in the operator's language; the result sheet's own few words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from domain.outcome import Outcome
from domain.sheet_errors import CellRemark, SheetUnreadable
from engine.words import LANGUAGES, load_words
from engine.words import language as operator_language

_CHINESE = Path(__file__).with_name("sheet_words.zh.yaml")

WORDS = {
    "zh": {
        "left_out": "表格有误",
        "elsewhere": "同一{things}的第 {rows} 行要改",
        "note": "提示（只是建议）：{mend}",
        "row": "第 {row} 行",
        "written": "结果表  {path}",
        "moved": "（{name} 正被别的程序打开，所以另存了一份）",
        "finished": "{count} 个{things}的「结果」已经是做好了的，这次不再跑",
        "all_finished": "{sheet} 里 {count} 个{things}的「结果」都已经是做好了的。"
        "想重跑其中一个，清空它的「结果」",
        "asked_finished": "{keys} 的「结果」已经是做好了的，不再跑。想重跑，清空它的「结果」",
        "more_notes": "{column}，{count} 处（{places}）：{mend}（{rule}）",
        "evidence": "查看",
        "no_header": "没有表头的一列",
        "header_at": "{header}（{letter} 列）",
        "headers_below": "表头在第 {row} 行：请删掉上面的 {above} 行，让表头成为第 1 行",
        "headers_unknown": "。第 1 行里有不认识的表头：{names}。是上面缺的列改了名，就把表头改回来",
        "headers_missing": "工作表「{sheet}」的第 1 行缺少列名：{missing}。请补上",
        "headers_renamed": "「{sheet}」第 1 行缺 {missing}，而 {names}。"
        "是它，就把表头改回原来的字；是您另加的列，就把缺的表头补在后面（整列可以空着）。"
        "不改的话，那里写的内容读不到，会当作没填",
        "header_like": "{header}像是 {ours}",
        "header_wanted": "。没有表头的一列是您另加的，也可以给它写上表头，例如 备注",
        "or": " 或 ",
        "unread_columns": "这些列不是模板里的，不会读取：{names}",
        "unread_sheets": "这些工作表的表头也一样，但是不会读取：{names}。"
        "要做里面的，把它们的行并到同一张表里",
        "feed_back": "改好标出来的行，把这张表直接再交给 shopclerk run：只跑没做好的。"
        "想重跑其中一个，清空它的「结果」。",
    },
    "en": {
        "left_out": "sheet to mend",
        "elsewhere": "mend row {rows}, which belongs to it",
        "note": "advice only: {mend}",
        "row": "row {row}",
        "written": "results  {path}",
        "moved": " ({name} is open elsewhere, so this is a copy beside it)",
        "finished": "{count} {things} are finished by their column 结果 and stay out of this run",
        "all_finished": "all {count} {things} of {sheet} are finished by their column 结果. "
        "Empty the 结果 of one to run it again",
        "asked_finished": "{keys}: finished by the column 结果, and not run again. Empty the 结果 "
        "to run it again",
        "more_notes": "{column}, {count} places ({places}): {mend} ({rule})",
        "evidence": "open",
        "no_header": "one without a header",
        "header_at": "{header} (column {letter})",
        "headers_below": "delete the {above} row(s) above the headers: they stand in row {row}, "
        "not in row 1",
        "headers_unknown": ". Row 1 has unknown headers: {names}. Where one of them is a missing "
        "column under another name, give it its own name back",
        "headers_missing": "add to row 1 of {sheet} the headers: {missing}",
        "headers_renamed": "row 1 of {sheet} lacks {missing}, but {names}. "
        "Where it is so, give the column its own header back; where a column is an extra one of "
        "yours, add the missing headers at the end (their columns may stay empty). Else what "
        "stands there is not read, and counts as empty",
        "header_like": "{header} may be {ours}",
        "header_wanted": ". Where a column without a header is your own, you may as well give it "
        "one, such as 备注",
        "or": " or ",
        "unread_columns": "these columns are none of the template's and are not read: {names}",
        "unread_sheets": "these sheets have our headers too and are not read: {names}. To have "
        "them carried out, put their rows into the one sheet",
        "feed_back": "Mend the marked rows and give this very sheet to shopclerk run: it runs what "
        "is left. To run one again, empty its 结果.",
    },
}


def say(key: str, language: str, **facts: object) -> str:
    """Give one of our own sentences."""
    return WORDS[language][key].format(**facts)


def row_key(row: int, language: str | None = None) -> str:
    """Name the item of a row that has no key of its own."""
    return say("row", language or operator_language(), row=row)


def mend_words(remark: CellRemark, language: str) -> str:
    """Say what to do about a cell, in the operator's language; the unknown stays English."""
    if language != "zh":
        return remark.mend
    return _told(remark.mend, remark.rule, "any")


def unreadable_words(error: SheetUnreadable, language: str) -> str:
    """Say why no row of a file can be read, in the operator's language."""
    return str(error) if language != "zh" else f"{error.path}：{_told(error.mend, 'file')}"


def _told(mend: str, *groups: str) -> str:
    for pattern, chinese in (pair for group in groups for pair in _sentences(group)):
        match = pattern.fullmatch(mend)
        if match:
            return chinese.format(**match.groupdict())
    return mend


def remark_line(remark: CellRemark, language: str) -> str:
    """Tell a remark with its place as one line."""
    if language != "zh":
        return str(remark)
    cell = f"（{remark.cell} 格）" if remark.cell else ""
    place = f"{remark.file.name}「{remark.sheet}」工作表 第 {remark.row} 行 {remark.column}{cell}"
    shown = remark.shown if remark.value.strip() else "（空）"
    return f"{place}：{shown}：{mend_words(remark, language)}（{remark.rule}）"


@cache
def _sentences(rule: str) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(english, re.DOTALL), chinese) for english, chinese in _table().get(rule, [])
    ]


@cache
def _table() -> dict[str, list[list[str]]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = _CHINESE.read_bytes()
    table: dict[str, list[list[str]]] = yaml.load(text, loader)  # noqa: S506  (a safe one, both)
    return table


def outcome_word(outcome: Outcome, language: str) -> str:
    """Name an outcome as an operator of this language reads it."""
    return load_words(language)(f"outcome.{outcome}")


@cache
def good_words() -> frozenset[str]:
    """Give every word, of any language, that says that nothing is left to do."""
    good = [outcome for outcome in Outcome if outcome.good]
    return frozenset(outcome_word(each, language) for each in good for language in LANGUAGES)
