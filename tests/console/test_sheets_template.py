from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from console.sheet_choices import Choices, choices_file, load_choices, save_choices
from console.sheet_columns import COLUMN_OF, COLUMNS, SHEET, Header
from console.sheet_form import SheetRow
from console.sheet_products import MUG_EXAMPLE, SHIRT_EXAMPLE
from console.sheet_template import READY_ROWS, template, write_template
from console.sheets import SheetReading, read_listings
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return load_workbook(path)


def test_it_reads_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    assert read_listings(path) == SheetReading(listings=(), problems=())


def test_it_never_overwrites_what_somebody_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    path.write_bytes(b"work of an hour")
    with pytest.raises(FileExistsError):
        write_template(path)
    assert path.read_bytes() == b"work of an hour"


def test_headers_are_frozen_explained_and_coloured_by_need(workbook: Workbook) -> None:
    sheet = workbook[SHEET]
    assert [cell.value for cell in sheet[1]] == [header.value for header in Header]
    assert sheet.freeze_panes == "B2"
    colours: dict[bool, set[str]] = {True: set(), False: set()}
    for cell, column in zip(sheet[1], COLUMNS, strict=True):
        assert cell.comment is not None
        assert column.help in cell.comment.text
        colours[column.required].add(str(cell.fill.fgColor.rgb))
    assert len(colours[True]) == len(colours[False]) == 1
    assert colours[True] != colours[False]


def test_the_sample_has_every_column_of_the_template(workbook: Workbook) -> None:
    sample = load_workbook(SAMPLE)
    for name in (SHEET, "说明"):
        ours, theirs = (list(book[name].iter_rows(values_only=True)) for book in (workbook, sample))
        assert theirs[:1] == ours[:1]
        assert len(theirs) == len(ours)


def test_the_columns_stand_in_the_order_of_the_headers() -> None:
    assert [column.header for column in COLUMNS] == list(Header)


@pytest.mark.parametrize("header", [Header.CODE, Header.SKU_CODE, Header.SPEC_1_VALUE])
def test_codes_are_text_down_to_the_last_ready_row(workbook: Workbook, header: Header) -> None:
    column = list(Header).index(header) + 1
    formats = {workbook[SHEET].cell(row, column).number_format for row in range(2, READY_ROWS + 2)}
    assert formats == {"@"}


def test_the_drop_downs_offer_what_the_reader_takes(workbook: Workbook) -> None:
    offered = {
        str(each.sqref): (each.formula1, each.showErrorMessage)
        for each in workbook[SHEET].data_validations.dataValidation
    }
    last = READY_ROWS + 1
    assert offered == {
        f"R2:R{last}": ('"包邮"', False),
        f"S2:S{last}": ('"当日发,次日发,48小时"', True),
        f"T2:T{last}": ('"支持7天无理由退货,不支持7天无理由退货,支持（拆封后不支持）"', True),
        f"V2:V{last}": ('"厂商建议零售价,吊牌价,定价,官网零售价"', True),
    }


OWN = Choices(
    read_at=datetime(2026, 11, 22, tzinfo=UTC),
    categories=tuple(f"服饰内衣 > 女装 > 第{number}类" for number in range(300)),
    freight_templates=("包邮", "偏远地区不包邮", "包邮"),
)


def test_a_shop_s_own_lists_are_offered_and_anything_else_may_be_written() -> None:
    book = template(OWN.by_column())
    lists = book["选项"]
    assert lists.sheet_state == "hidden"
    offered = {
        str(each.sqref): (each.formula1, each.showErrorMessage)
        for each in book[SHEET].data_validations.dataValidation
    }
    assert offered[f"D2:D{READY_ROWS + 1}"] == ("选项!$A$2:$A$301", False)
    assert offered[f"R2:R{READY_ROWS + 1}"] == ("选项!$B$2:$B$3", False)
    assert [cell.value for cell in lists["A"][:2]] == ["商品类目", "服饰内衣 > 女装 > 第0类"]
    assert [cell.value for cell in lists["B"][:3]] == ["运费模板", "包邮", "偏远地区不包邮"]


def test_a_template_with_lists_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, OWN.by_column())
    assert read_listings(path) == SheetReading(listings=(), problems=())


def test_lists_are_kept_by_shop_and_the_newest_count(tmp_path: Path) -> None:
    assert load_choices(tmp_path, "demo") is None
    save_choices(tmp_path, "demo", OWN)
    save_choices(tmp_path, "demo", OWN.model_copy(update={"categories": ()}))
    kept = load_choices(tmp_path, "demo")
    assert kept is not None
    assert list(kept.by_column()) == [Header.FREIGHT]
    assert load_choices(tmp_path, "other") is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"read_at": "yesterday"}'])
def test_a_broken_list_is_no_reason_to_make_no_template(tmp_path: Path, content: bytes) -> None:
    save_choices(tmp_path, "demo", OWN)
    choices_file(tmp_path, "demo").write_bytes(content)
    assert load_choices(tmp_path, "demo") is None


def test_the_help_explains_every_column(workbook: Workbook) -> None:
    texts = {cell.value for row in workbook["说明"].iter_rows() for cell in row}
    assert {column.help for column in COLUMNS} <= texts
    assert {column.header.value for column in COLUMNS} <= texts


def test_every_default_is_among_its_choices() -> None:
    assert all(column.default in ("", *column.choices) for column in COLUMNS if column.choices)
    assert [x.header for x in COLUMNS if x.choices and not x.default] == [Header.REFERENCE_KIND]


def filled(path: Path, rows: Sequence[SheetRow]) -> Path:
    workbook = template()
    for number, row in enumerate(rows, start=2):
        for column, header in enumerate(COLUMN_OF, start=1):
            workbook[SHEET].cell(number, column).value = row.get(header)
    workbook.save(path)
    return path


def test_the_worked_examples_follow_the_rules_they_teach(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for name in ("EX-2001-1", "EX-2001-2", "EX-2001-a", "EX-2002-1", "EX-2002-a", "EX-2002-b"):
        Image.new("RGB", (600, 600)).save(tmp_path / "images" / f"{name}.jpg")
    reading = read_listings(filled(tmp_path / "a.xlsx", [*MUG_EXAMPLE, *SHIRT_EXAMPLE]))
    assert reading.problems == ()
    assert [len(listing.skus) for listing in reading.listings] == [1, 6]
