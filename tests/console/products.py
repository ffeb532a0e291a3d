"""A desk with pictures on which sheets of products are written and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from console.sheet_columns import COLUMNS, SHEET, Header
from console.sheets import SheetReading, read_listings

SheetRow = dict[Header, object]

# Rows 2 to 7 of the sheet under test: a good product, one of two specs to spoil, a good product.
GOOD_BEFORE, FIRST, SECOND, THIRD, FOURTH, GOOD_AFTER = range(6)


def product_row(code: str, sku: str, **more: object) -> SheetRow:
    row: SheetRow = {
        Header.CODE: code,
        Header.TITLE: f"夏季透气情侣T恤 {code}",
        Header.CATEGORY: "服饰内衣 > 女装 > T恤",
        Header.MAIN_PICTURES: "images/main.jpg",
        Header.DETAIL_PICTURES: "images/detail.png",
        Header.SPEC_1_NAME: "规格",
        Header.SPEC_1_VALUE: "500ml",
        Header.SKU_CODE: sku,
        Header.PRICE: 39.9,
        Header.STOCK: 100,
    }
    return row | {Header[name]: value for name, value in more.items()}


def sku_row(colour: str, size: str, sku: str) -> SheetRow:
    return {
        Header.CODE: "P-1",
        Header.SPEC_1_VALUE: colour,
        Header.SPEC_2_VALUE: size,
        Header.SKU_CODE: sku,
        Header.PRICE: 39.9,
        Header.STOCK: 100,
    }


def sound_rows() -> list[SheetRow]:
    first = product_row("P-1", "P-1-WS", SPEC_1_NAME="颜色分类", SPEC_2_NAME="尺码大小")
    return [
        product_row("G-1", "G-1-A"),
        first | {Header.SPEC_1_VALUE: "白色", Header.SPEC_2_VALUE: "S"},
        sku_row("白色", "M", "P-1-WM"),
        sku_row("浅蓝", "S", "P-1-BS"),
        sku_row("浅蓝", "M", "P-1-BM"),
        product_row("G-2", "G-2-A"),
    ]


def untouched(sheet: Worksheet) -> None:
    """Leave the sheet as its rows make it."""


@dataclass
class Desk:
    """A folder with pictures in which sheets are written and read."""

    folder: Path

    def write(
        self, rows: list[SheetRow], change: Callable[[Worksheet], object] = untouched
    ) -> Path:
        workbook = Workbook()
        sheet = workbook.worksheets[0]
        sheet.title = SHEET
        sheet.append([column.header.value for column in COLUMNS])
        for row in rows:
            sheet.append([row.get(column.header) for column in COLUMNS])
        change(sheet)
        path = self.folder / "products.xlsx"
        workbook.save(path)
        return path

    def read(
        self, rows: list[SheetRow], change: Callable[[Worksheet], object] = untouched
    ) -> SheetReading:
        return read_listings(self.write(rows, change))


def furnished(folder: Path) -> Desk:
    """Make a desk with a sound picture of each kind, and one of each unsound kind."""
    images = folder / "images"
    images.mkdir()
    Image.new("RGB", (600, 600), "#b9d9ec").save(images / "main.jpg")
    Image.new("RGB", (600, 600), "#d9ecb9").save(images / "main2.jpg")
    Image.new("RGB", (600, 600), "#ecb9d9").save(images / "main3.jpg")
    Image.new("RGB", (300, 400), "#f3ead9").save(images / "detail.png")
    Image.new("RGB", (500, 500)).save(images / "small.jpg")
    Image.new("RGB", (900, 800)).save(images / "wide.jpg")
    Image.new("RGB", (800, 800)).save(images / "webp.jpg", "WEBP")
    (images / "broken.jpg").write_bytes((images / "main.jpg").read_bytes()[:900])
    (images / "heavy.jpg").write_bytes(b"\xff\xd8" + bytes(5 * 1024 * 1024))
    return Desk(folder)


def codes(reading: SheetReading) -> list[str]:
    return [listing.code for listing in reading.listings]
