from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from console.sheet_columns import COLUMNS, SHEET
from console.sheet_runs import read_sheet
from console.sheets import read_listings
from domain.errors import BusinessError
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
    assert "this is a folder" in refusal(tmp_path)


def test_the_sheet_of_products_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "products.xlsx", HEADERS, title="Sheet1")
    assert "there is only Sheet1" in refusal(path)


def test_required_columns_are_missing(tmp_path: Path) -> None:
    others = [header for header in HEADERS if header not in {"商家编码", "价格"}]
    assert "商家编码、价格" in refusal(workbook(tmp_path / "a.xlsx", others))


def test_a_sheet_without_headers(tmp_path: Path) -> None:
    assert "商家编码、商品标题" in refusal(workbook(tmp_path / "a.xlsx", []))


def test_a_column_stands_twice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [*HEADERS, "价格"])
    assert "one column each of: 价格" in refusal(path)


def telling(path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> str:
    """What an operator reads when a run is to be made of the file."""
    monkeypatch.setenv("SHOPCLERK_LANG", language)
    with pytest.raises(BusinessError) as caught:
        read_sheet(path)
    return str(caught.value)


def spoiled(folder: Path) -> dict[str, Path]:
    """One file of every kind that can't be read, by what its Chinese telling must say."""
    old, open_mark = folder / "旧.xls", folder / "~$商品.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)
    open_mark.write_bytes(b"lock")
    others = [header for header in HEADERS if header != "价格"]
    return {
        "没有这个文件": folder / "没有.xlsx",
        "文件名要写 商品.xlsx": open_mark,
        "这是文件夹": folder,
        "不设密码另存为 .xlsx": old,
        "没有工作表「商品」，只有 Sheet1": workbook(folder / "a.xlsx", HEADERS, title="Sheet1"),
        "缺少列名：价格": workbook(folder / "b.xlsx", others),
        "这些列写了两次：价格": workbook(folder / "c.xlsx", [*HEADERS, "价格"]),
    }


def test_why_a_file_can_t_be_read_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, path in spoiled(tmp_path).items():
        told = telling(path, monkeypatch, "zh")
        place, _, why = told.partition("：")
        assert (place, words in why) == (str(path), True), told
        assert not re.search(r"[a-z]{3}", re.sub(r"\S+\.xlsx|\.xlsx|Sheet1|Excel", "", why)), told


def test_what_is_said_of_a_password_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The redactor takes what follows "password:" for a secret."""
    for path in spoiled(tmp_path).values():
        for language in ("zh", "en"):
            assert "***" not in telling(path, monkeypatch, language)
