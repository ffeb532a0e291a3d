"""What the rules say about a sheet: refusals keep a product out, advice goes along with it.

Facts: operators 4.2.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.sheet_columns import Header
from console.sheet_notes import note_lines
from console.sheet_words import mend_words
from console.sheets import SheetReading, read_listings
from tests.console.products import FIRST, SECOND, Desk, codes, sound_rows

SAMPLE = Path(__file__).parents[2] / "config/samples/upload-listings/products.xlsx"
THREE = "images/main.jpg;images/main2.jpg;images/main3.jpg"


def spoiled(desk: Desk, row: int, header: Header, typed: object) -> SheetReading:
    """Read sheets without any advice but for one cell."""
    rows = sound_rows()
    for each in rows:
        if each.get(Header.MAIN_PICTURES):
            each[Header.MAIN_PICTURES] = THREE
    rows[row][header] = typed
    return desk.read(rows)


def test_sound_rows_have_no_note(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, "夏季透气情侣T恤 宽松显瘦")
    assert (reading.problems, reading.notes) == ((), ())


@pytest.mark.parametrize(
    ("row", "header", "typed", "told"),
    [
        (FIRST, Header.TITLE, "夏季透气情侣T恤 清仓价", ("R-price-word", "B3")),
        (FIRST, Header.TITLE, "夏季透气情侣T恤 宽松🔥", ("R-title-emoji", "B3")),
        (FIRST, Header.SHORT_TITLE, "最佳T恤", ("R-extreme-word", "C3")),
        (SECOND, Header.PRICE, 999999, ("R-price-placeholder", "P4")),
    ],
)
def test_a_refusal_is_a_problem_like_any_other(
    desk: Desk, row: int, header: Header, typed: object, told: tuple[str, str]
) -> None:
    reading = spoiled(desk, row, header, typed)
    (problem,) = reading.problems
    assert (problem.rule, problem.cell) == told
    assert problem.code == "P-1"
    assert problem.column == header
    assert codes(reading) == ["G-1", "G-2"]


def test_a_spec_that_is_no_variant_is_told_at_its_own_row(desk: Desk) -> None:
    rows = sound_rows()
    for each in rows[2:5]:
        if each[Header.SPEC_2_VALUE] == "M":
            each[Header.SPEC_2_VALUE] = "补运费"
    (problem,) = desk.read(rows).problems
    assert (problem.rule, problem.cell, problem.value) == ("R-bait-sku", "L4", "补运费")


@pytest.mark.parametrize(
    ("row", "header", "typed", "told"),
    [
        (FIRST, Header.TITLE, "夏季T恤", ("R-title-short", "B3")),
        (FIRST, Header.TITLE, "夏季透气情侣T恤 颜色随机", ("R-excluded-word", "B3")),
        (FIRST, Header.TITLE, "国家级非遗工艺 手工油纸伞", ("R-extreme-word", "B3")),
        (FIRST, Header.ATTRIBUTES, "材质成分=棉 95%、氨纶 15%", ("R-attribute-shares", "F3")),
        (FIRST, Header.MAIN_PICTURES, "images/main.jpg", ("R-pictures-few", "G3")),
        (SECOND, Header.PRICE, 1, ("R-price-spread", "P4")),
    ],
)
def test_advice_stops_nothing(
    desk: Desk, row: int, header: Header, typed: object, told: tuple[str, str]
) -> None:
    reading = spoiled(desk, row, header, typed)
    assert reading.problems == ()
    assert [(note.rule, note.cell) for note in reading.notes] == [told]
    assert not re.search("[a-z]{3,} [a-z]{2,}", mend_words(reading.notes[0], "zh"))
    assert reading.notes[0].code == "P-1"
    assert codes(reading) == ["G-1", "P-1", "G-2"]


def test_one_look_tells_the_rules_too_when_something_else_is_wrong(desk: Desk) -> None:
    rows = sound_rows()
    rows[FIRST][Header.TITLE] = "夏季透气情侣T恤 清仓价"
    rows[FIRST][Header.MAIN_PICTURES] = "images/none.jpg"
    rows[SECOND][Header.PRICE] = "面议"
    found = {(each.cell, each.rule) for each in desk.read(rows).problems}
    assert found == {
        ("B3", "R-price-word"),
        ("G3", "S-picture-missing"),
        ("P4", "S-price-not-money"),
    }


def test_a_column_that_was_not_read_gets_no_advice(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, None)
    assert [problem.rule for problem in reading.problems] == ["S-required"]
    assert reading.notes == ()


def test_every_refusal_of_a_cell_is_told_at_once(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, "最佳收纳盒 9块9 桌面整理置物盒🔥")
    assert [each.rule for each in reading.problems] == [
        "R-extreme-word",
        "R-price-word",
        "R-title-emoji",
    ]


@pytest.mark.parametrize(
    ("price", "word"),
    [
        ("39块9", "39块9"),
        ("¥39", "¥39"),
        ("￥1,299.00", "￥1,299.00"),
        ("$39", "$39"),
        ("9.9包邮", "9.9包邮"),
        ("三十九元", "三十九元"),
        ("全场五折", "全场五折"),
    ],
)
def test_a_price_in_a_title_is_named_whole(desk: Desk, price: str, word: str) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, f"夏季透气情侣T恤 {price}")
    (problem,) = reading.problems
    assert mend_words(problem, "zh").startswith(f"请去掉“{word}”（第 10 个字）")


def test_the_same_picture_three_times_is_one(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.MAIN_PICTURES, ";".join(["images/main.jpg"] * 3))
    (advice,) = reading.notes
    assert advice.rule == "R-pictures-few"
    told = "主图建议至少 3 张不同的商品实拍图，现在 3 张里只有 1 张不一样"
    assert mend_words(advice, "zh") == told


def test_the_rule_s_source_is_named(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, "夏季透气情侣T恤 清仓价")
    assert str(reading.problems[0]).endswith("[aJ2ymdS5jWGZ] (R-price-word)")


def test_advice_of_one_kind_is_told_once() -> None:
    lines = note_lines(read_listings(SAMPLE).notes, "en")
    assert len(lines) == 1
    assert "3 main pictures or more are advised" in lines[0]
    assert all(code in lines[0] for code in ("CG-1002", "CG-1003", "CG-1004", "CG-1005"))


def test_advice_about_one_cell_names_it(desk: Desk) -> None:
    reading = spoiled(desk, FIRST, Header.TITLE, "夏季透气情侣T恤 颜色随机")
    (line,) = note_lines(reading.notes, "zh")
    assert "商品标题（B3 格）" in line
    assert "建议去掉“随机”（第 12 个字）" in line
