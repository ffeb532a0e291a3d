"""The purchases sheet: what it says of orders, and what keeps an order out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from books.entries import Note
from books.library import Books
from books.opening import migrate
from console.sheet_cells import Cell
from console.sheet_columns import SHEET
from console.sheet_kinds import TEMPLATES
from console.sheet_purchase_columns import PURCHASES, Header
from console.sheet_purchases import PurchaseReading, moment_of, read_purchases
from console.sheet_results import Item
from console.sheet_runs import give_back, keep_sheet, learn_of, read_sheet, work_of
from console.sheet_template import template, write_template
from console.sheet_words import mend_words
from domain.errors import BusinessError
from domain.outcome import Outcome
from domain.sheet_errors import Fault, SheetUnreadable
from engine.database import open_database
from tests.console.test_sheets_results import item

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZONE)
MARKS, SHIPS = "update-order-status", "ship-orders"
ORDER, OTHER = "6920100000000000078", "6920100000000000095"
Line = dict[Header, object]


def line(order: object = ORDER, **more: object) -> Line:
    row: Line = {
        Header.ORDER: order,
        Header.SKU_CODE: "CG-1001-W-M",
        Header.QUANTITY: 2,
        Header.SUPPLIER_ORDER: "PO-77",
        Header.PAID_AT: "2026-11-22 10:30",
        Header.VOUCHER: "PO-77.png",
    }
    return row | {Header[name]: value for name, value in more.items()}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    (tmp_path / "PO-77.png").write_bytes(b"a voucher")
    (tmp_path / "empty.png").touch()

    def written(*rows: Line, change: Callable[[Worksheet], object] = lambda _sheet: None) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = PURCHASES.name
        sheet.append([header.value for header in Header])
        for row in rows:
            sheet.append([row.get(header) for header in Header])
        change(sheet)
        path = tmp_path / "采购.xlsx"
        book.save(path)
        return path

    return written


def read(path: Path) -> PurchaseReading:
    return read_purchases(path, MARKS, zone=ZONE, now=NOW)


def faults(reading: PurchaseReading) -> list[tuple[str, str, str]]:
    return [(one.cell, one.rule, one.code) for one in reading.problems]


def test_the_rows_of_an_order_stand_together(write: Callable[..., Path], tmp_path: Path) -> None:
    reading = read(
        write(
            line(CARRIER="中通快递", TRACKING=" 78000000001234\n"),
            line(OTHER, SKU_CODE="CG-1002-500", QUANTITY=1),
            line(SKU_CODE="CG-1002-500", QUANTITY=1, PAID_AT=None, VOUCHER=None),
        )
    )

    assert reading.problems == ()
    first, second = reading.orders
    assert (first.order_id, second.order_id) == (ORDER, OTHER)
    assert first.label == "CG-1001-W-M × 2、CG-1002-500 × 1"
    bought, unpaid = first.rows
    assert bought.paid_at == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert (bought.number, bought.carrier) == ("78000000001234", "中通快递")
    assert (unpaid.paid_at, unpaid.voucher, unpaid.number) == (None, None, "")
    sha256 = hashlib.sha256(b"a voucher").hexdigest()
    assert first.vouchers == {str(tmp_path / "PO-77.png"): sha256}
    assert [each.key for each in reading.work()] == [ORDER, OTHER]


def test_a_shared_number_is_told_to_both_orders(write: Callable[..., Path]) -> None:
    parcel = {"CARRIER": "中通快递", "TRACKING": "78000000001234"}
    reading = read(write(line(**parcel), line(OTHER, **parcel), line("692010000000000000100")))
    shared = {one.order_id: [other.where for other in one.sharers] for one in reading.orders}
    assert shared == {
        ORDER: [f"order {OTHER}"],
        OTHER: [f"order {ORDER}"],
        "692010000000000000100": [],
    }


@pytest.mark.parametrize(
    ("spoilt", "where"),
    [
        ({"QUANTITY": "两件"}, f"order {OTHER}"),
        ({"TRACKING": "78000000005678\n78000000001234"}, f"order {OTHER}"),
        ({"TRACKING": "7800 0000 001234"}, f"order {OTHER}"),
        ({"ORDER": None}, "row 3"),
    ],
)
def test_a_number_in_a_row_with_a_fault_is_taken_all_the_same(
    write: Callable[..., Path], spoilt: dict[str, object], where: str
) -> None:
    parcel = {"CARRIER": "中通快递", "TRACKING": "78000000001234"}
    reading = read(
        write(
            line(**parcel),
            line(OTHER, **parcel) | {Header[one]: value for one, value in spoilt.items()},
        )
    )
    (order,) = reading.orders
    assert [(one.where, one.number) for one in order.sharers] == [(where, "78000000001234")]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("SKU_CODE", None, "S-required"),
        ("QUANTITY", None, "S-required"),
        ("QUANTITY", 0, "S-pieces-not-whole"),
        ("QUANTITY", 1.5, "S-pieces-not-whole"),
        ("QUANTITY", "两件", "S-pieces-not-whole"),
        ("PAID_AT", "2026-11-22", "S-no-moment"),
        ("PAID_AT", "昨天", "S-no-moment"),
        ("PAID_AT", "2026-02-30 10:00", "S-no-moment"),
        ("PAID_AT", "2026-11-22 12:01", "S-time-to-come"),
        ("VOUCHER", "none.png", "S-voucher-missing"),
        ("VOUCHER", "PO-77.png;none.png", "S-voucher-missing"),
        ("VOUCHER", "empty.png", "S-voucher-empty"),
        ("TRACKING", 7.8e15, "S-code-not-text"),
        ("TRACKING", "7800000001 7800000002", "S-tracking-blanks"),
        ("TRACKING", "7800000001\n7800000002", "S-tracking-blanks"),
        ("TRACKING", "7800000001\u30007800000002", "S-tracking-blanks"),
        ("TRACKING", "YT 1234 5678", "S-tracking-blanks"),
    ],
)
def test_a_bad_cell_is_named_and_leaves_out_its_order_only(
    write: Callable[..., Path], name: str, value: object, rule: str
) -> None:
    reading = read(write(line(OTHER), line(**{name: value})))

    (problem,) = reading.problems
    column = list(Header).index(Header[name])
    assert (problem.file.name, problem.sheet, problem.row) == ("采购.xlsx", "采购", 3)
    assert problem.cell == f"{'ABCDEFGH'[column]}3"
    assert (problem.column, problem.rule, problem.code) == (Header[name], rule, ORDER)
    assert mend_words(problem, "zh") != problem.mend
    assert [one.order_id for one in reading.orders] == [OTHER]


@pytest.mark.parametrize(
    ("order", "rule"),
    [
        (None, "S-required"),
        (6920100000000000078, "S-code-not-text"),
        ("6.9201E+18", "S-code-not-text"),
        ("CG-1001", "S-order-number"),
        ("69201000000000", "S-order-number"),
    ],
)
def test_a_row_without_a_sound_order_number_is_an_item_of_its_own(
    write: Callable[..., Path], order: object, rule: str
) -> None:
    sheet = write(line(OTHER), line(order))
    assert faults(read(sheet)) == [("A3", rule, "")]
    assert [each.key for each in work_of(read_sheet(sheet, MARKS), "en")] == [
        OTHER,
        "row 3",
    ]


def test_one_purchase_written_twice_is_refused(write: Callable[..., Path]) -> None:
    assert faults(read(write(line(), line()))) == [("B3", "S-purchase-twice", ORDER)]
    apart = read(
        write(line(QUANTITY=1, TRACKING="A1234567"), line(QUANTITY=1, TRACKING="B1234567"))
    )
    assert apart.problems == ()


def test_every_voucher_of_a_row_is_kept(write: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "more.png").write_bytes(b"its second page")
    (order,) = read(write(line(VOUCHER="PO-77.png\nmore.png"))).orders
    assert order.rows[0].voucher == tmp_path / "PO-77.png"
    contents = (("PO-77.png", b"a voucher"), ("more.png", b"its second page"))
    assert order.vouchers == {
        str(tmp_path / name): hashlib.sha256(content).hexdigest() for name, content in contents
    }


def test_one_purchase_of_two_orders_is_told_and_keeps_nothing_out(
    write: Callable[..., Path],
) -> None:
    alone = line("692010000000000000100", SUPPLIER_ORDER="PO-78")
    reading = read(write(line(), line(SKU_CODE="B", QUANTITY=1), line(OTHER), alone, alone))
    assert [one.order_id for one in reading.orders] == [ORDER, OTHER]
    told = [(one.cell, one.code, one.rule) for one in reading.notes]
    assert told == [("D2", ORDER, "S-purchase-shared"), ("D4", OTHER, "S-purchase-shared")]
    assert "第 2, 4 行" in mend_words(reading.notes[0], "zh")


def test_an_excel_date_is_read_with_its_time(write: Callable[..., Path]) -> None:
    def dated(sheet: Worksheet) -> None:
        sheet["E2"] = datetime(2026, 11, 22, 9, 15)  # noqa: DTZ001  Excel knows no zones
        sheet["E2"].number_format = "yyyy-mm-dd hh:mm"

    (order,) = read(write(line(), change=dated)).orders
    assert order.rows[0].paid_at == datetime(2026, 11, 22, 9, 15, tzinfo=ZONE)


def test_a_date_without_a_time_is_no_moment() -> None:
    bare = Cell(datetime(2026, 11, 22), "yyyy-mm-dd")  # noqa: DTZ001  Excel knows no zones
    assert isinstance(moment_of(bare, ZONE), Fault)
    midnight = Cell(bare.value, "yyyy-mm-dd hh:mm")
    assert moment_of(midnight, ZONE) == datetime(2026, 11, 22, tzinfo=ZONE)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒"]
    ),
)
def test_times_are_read_as_people_write_them(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0)
    assert moment_of(Cell(moment.strftime(form)), ZONE) == moment.replace(tzinfo=ZONE)


def test_another_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "商品.xlsx"
    book = Workbook()
    book.worksheets[0].title = SHEET
    book.save(path)
    with pytest.raises(SheetUnreadable, match="name the sheet of the orders 采购"):
        read(path)
    path.unlink()
    write_template(path, form=PURCHASES)
    with pytest.raises(BusinessError, match=r"没有订单|no orders"):
        read_sheet(path, MARKS)


def test_the_template_holds_its_columns_and_its_examples_are_sound(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    book = template(form=TEMPLATES["purchases"])
    assert book.sheetnames == ["采购", "说明"]
    assert [cell.value for cell in book["采购"][1]] == [header.value for header in Header]
    assert [column.header for column in PURCHASES.columns] == list(Header)
    assert book["采购"]["A2"].number_format == "@"
    rows: list[Any] = [row for _, rows in PURCHASES.help.examples for row in rows]
    for name in {row[Header.VOUCHER] for row in rows}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a voucher")
    reading = read(write(*rows))
    assert reading.problems == ()
    assert [len(one.rows) for one in reading.orders] == [1, 2]


def test_results_come_back_as_the_same_rows(write: Callable[..., Path], tmp_path: Path) -> None:
    sheet = write(line(), line(OTHER), line("692010000000000000100", QUANTITY="两件"))
    reading = read_sheet(sheet, MARKS)
    evidence = tmp_path / "runs" / "1200-x"
    keep_sheet(evidence, sheet, reading)
    ends = [item(0, ORDER, Outcome.DONE), item(1, OTHER, Outcome.REJECTED, reason="(P-unpaid)")]

    give_back(evidence, ends, UTC, "zh", robot=MARKS)

    page = load_workbook(evidence / "采购-结果.xlsx")["采购"]
    heads = [cell.value for cell in page[1]]
    assert heads[8:] == ["结果", "原因", "证据", "时间", "机器人"]
    results = [(page.cell(row, 9).value, page.cell(row, 1).value) for row in (2, 3, 4)]
    assert results == [
        ("已完成", ORDER),
        ("被拒绝", OTHER),
        ("表格有误", "692010000000000000100"),
    ]
    again = read_purchases(evidence / "采购-结果.xlsx", MARKS, zone=ZONE, now=NOW)
    assert again.finished == (ORDER,)
    assert [one.order_id for one in again.orders] == [OTHER]


def results_of(sheet: Path, robot: str, *ends: Item) -> Path:
    """Give a run's result sheet as a spreadsheet program saves it again."""
    evidence = sheet.parent / robot
    reading = read_purchases(sheet, robot, zone=ZONE, now=NOW)
    keep_sheet(evidence, sheet, reading)
    give_back(evidence, ends, UTC, "zh", robot=robot)
    written = evidence / "采购-结果.xlsx"
    load_workbook(written).save(written)
    return written


def finished(sheet: Path, robot: str) -> tuple[str, ...]:
    return read_purchases(sheet, robot, zone=ZONE, now=NOW).finished


def test_an_order_that_is_marked_as_paid_is_not_shipped_by_that(
    write: Callable[..., Path],
) -> None:
    both = [item(0, ORDER, Outcome.DONE), item(1, OTHER, Outcome.DONE)]
    marked = results_of(write(line(), line(OTHER)), MARKS, *both)

    assert finished(marked, MARKS) == (ORDER, OTHER)
    assert finished(marked, SHIPS) == ()

    shipped = results_of(marked, SHIPS, both[0])  # with --limit 1

    assert finished(shipped, SHIPS) == (ORDER,)
    assert finished(shipped, MARKS) == (OTHER,)


def test_a_result_that_names_no_robot_finishes_no_order(write: Callable[..., Path]) -> None:
    marked = results_of(write(line()), MARKS, item(0, ORDER, Outcome.DONE))
    book = load_workbook(marked)
    book["采购"].delete_cols(13)  # as an older version left it
    book.save(marked)

    assert [finished(marked, robot) for robot in (MARKS, SHIPS)] == [(), ()]


def test_what_a_run_was_told_of_purchases_goes_into_the_books(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    engine = open_database(f"sqlite:///{(tmp_path / 'books.sqlite3').as_posix()}")
    migrate(engine)
    books = Books(engine)
    sheet = write(line())
    items = work_of(read_sheet(sheet, MARKS))
    run: Any = type("Run", (), {"shop": "demo", "created_at": NOW})()

    learn_of(MARKS, items, sheet)(books, run)
    learn_of(MARKS, items, sheet)(books, run)

    (row,) = books.purchases("demo", ORDER)
    sha256 = hashlib.sha256(b"a voucher").hexdigest()
    note = Note(source="采购.xlsx", at=NOW, evidence=f"sha256:{sha256}")
    assert (row.source, row.noted_at, row.evidence) == (note.source, note.at, note.evidence)
    assert (row.supplier_order, row.quantity, row.paid_at) == (
        "PO-77",
        2,
        NOW - timedelta(hours=1.5),
    )
    engine.dispose()
