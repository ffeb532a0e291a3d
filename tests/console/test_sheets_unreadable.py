from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from console.sheet_columns import COLUMNS, SHEET
from console.sheets import read_listings
from domain.sheet_errors import SheetUnreadable

HEADERS = [column.header.value for column in COLUMNS]


def refusal(path: Path) -> str:
    with pytest.raises(SheetUnreadable) as caught:
        read_listings(path)
    assert caught.value.path == path
    return caught.value.mend


def workbook(path: Path, headers: list[str], title: str = SHEET) -> Path:
    book = Workbook()
    book.worksheets[0].title = title
    book.worksheets[0].append(headers)
    book.save(path)
    return path


def test_no_such_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.xlsx")


def test_excels_lock_file_names_the_real_one(tmp_path: Path) -> None:
    path = tmp_path / "~$products.xlsx"
    path.write_bytes(b"lock")
    assert "name products.xlsx" in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"code,title\n1,2\n", id="csv"),
        pytest.param(b"PK\x03\x04 cut off", id="cut off"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, id="xls or password"),
    ],
)
def test_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "products.xlsx"
    path.write_bytes(content)
    assert "as .xlsx without a password" in refusal(path)


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "as .xlsx" in refusal(path)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_workbook_damaged_on_its_way(tmp_path: Path, part: float) -> None:
    path = workbook(tmp_path / "products.xlsx", HEADERS)
    data = path.read_bytes()
    place = int(len(data) * part)
    path.write_bytes(data[:place] + bytes(64) + data[place + 64 :])
    assert "as .xlsx" in refusal(path)


def test_a_folder(tmp_path: Path) -> None:
    assert "can't be read" in refusal(tmp_path)


def test_the_sheet_of_products_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "products.xlsx", HEADERS, title="Sheet1")
    assert "there is only Sheet1" in refusal(path)


def test_required_columns_are_missing(tmp_path: Path) -> None:
    others = [header for header in HEADERS if header not in {"商家编码", "价格"}]
    assert refusal(workbook(tmp_path / "a.xlsx", others)).endswith("商家编码、价格")


def test_a_sheet_without_headers(tmp_path: Path) -> None:
    assert "商家编码、商品标题" in refusal(workbook(tmp_path / "a.xlsx", []))


def test_a_column_stands_twice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [*HEADERS, "价格"])
    assert "one column each of: 价格" in refusal(path)
