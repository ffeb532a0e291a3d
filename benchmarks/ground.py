"""The ground of a race: one practice store, one browser, and for each tool its own products."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from playwright.sync_api import sync_playwright

from console.machine import ready_browser
from console.practice_store import PracticeStore
from domain.errors import NeedsPerson
from engine.browser import Choice, launch_arguments, launch_options
from engine.settings import CHECKOUT, Settings
from practice.card import WorldCard

SAMPLE = CHECKOUT / "config/samples/upload-listings/products.xlsx"
PICTURES = ("主图", "商品详情图")
Row = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """Where all tools do their work."""

    home: Path
    card: WorldCard
    browser: str
    """The browser's program."""

    @property
    def browser_arguments(self) -> list[str]:
        """What the browser is started with besides what each tool adds by itself."""
        return launch_arguments()

    def sheet(self, prefix: str, numbers: Sequence[int]) -> Path:
        """Write a sheet of the sample's products by turns, under codes of their own."""
        path = self.home / f"{prefix}-{numbers[0]:03}.xlsx"
        samples = _samples()
        book = Workbook()
        page: Any = book.active
        page.title = "商品"
        page.append(list(samples[0][0]))
        for number in numbers:
            for row in samples[(number - 1) % len(samples)]:
                page.append(list(_renamed(row, f"{prefix}-{number:03}").values()))
        book.save(path)
        return path


@contextmanager
def opened_ground(say: Callable[[str], None]) -> Iterator[Ground]:
    """Open a new practice store in a folder of its own, and throw both away afterwards."""
    with tempfile.TemporaryDirectory(prefix="shopclerk-benchmark-") as folder:
        settings = Settings(home=Path(folder))
        browser = _program(ready_browser(settings, say))
        store = PracticeStore(settings, say)
        try:
            yield Ground(Path(folder), store.card(), browser)
        finally:
            store.close()


def _program(choice: Choice) -> str:
    """Find the program behind a choice: Selenium must start the same one."""
    options = launch_options(choice, headless=True)
    if "executable_path" in options:
        return str(options["executable_path"])
    if options:
        raise NeedsPerson(
            f"where {choice.name} lies is not known here", mend="Set SHOPCLERK_BROWSER to its path"
        )
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _samples() -> list[list[Row]]:
    """Give the rows of each product of the sample sheet."""
    page: Any = load_workbook(SAMPLE)["商品"]
    head, *rest = page.iter_rows(values_only=True)
    rows = [dict(zip(head, values, strict=True)) for values in rest]
    codes = dict.fromkeys(row["商家编码"] for row in rows if row["商家编码"])
    return [[row for row in rows if row["商家编码"] == code] for code in codes]


def _renamed(row: Row, code: str) -> Row:
    """Give a row its own codes, and pictures that are found from anywhere."""
    sku = row["SKU编码"].replace(row["商家编码"], code)
    pictures = {name: _absolute(row[name]) for name in PICTURES}
    return {**row, "商家编码": code, "SKU编码": sku, **pictures}


def _absolute(names: str | None) -> str | None:
    return names and "\n".join(str(SAMPLE.parent / name) for name in names.splitlines())
