"""What every peer is given and gives back: a sheet, an address, a login; a line per product.

A peer is a program of its own. It reads the sheet as an outsider would, with openpyxl, and prints
one line of JSON for each product: its code, its seconds and the seconds of each stage.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

WIDTH, HEIGHT = 1366, 768
PATIENCE_MS = 15_000
# How the sheet leaves these cells out.
USUAL = {
    "品牌": "无品牌",
    "运费模板": "包邮",
    "发货时效": "48小时",
    "售后政策": "支持7天无理由退货",
}


@dataclass(frozen=True)
class Sku:
    """One row of the SKU table."""

    spec: str
    price: str
    stock: str
    code: str


@dataclass(frozen=True)
class Product:
    """One product of the sheet, every value as it is typed."""

    code: str
    title: str
    short_title: str
    category: list[str]
    brand: str
    attributes: dict[str, str]
    main_pictures: list[str]
    detail_pictures: list[str]
    specs: dict[str, list[str]]
    skus: list[Sku]
    freight: str
    ships: str
    returns: str

    def facts(self) -> dict[str, object]:
        """Everything that must be readable on the edit page afterwards."""
        return {
            "code": self.code,
            "title": self.title,
            "short_title": self.short_title,
            "category": " > ".join(self.category),
            "brand": self.brand,
            "attributes": self.attributes,
            "main_pictures": len(self.main_pictures),
            "detail_pictures": len(self.detail_pictures),
            "skus": [[sku.spec, sku.price, sku.stock, sku.code] for sku in self.skus],
            "freight": self.freight,
            "ships": self.ships,
            "returns": self.returns,
        }


@dataclass
class Stopwatch:
    """Seconds of one product, stage by stage; also of those that a page is only waited for."""

    began: float = field(default_factory=time.perf_counter)
    stages: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._last = self.began

    def lap(self, stage: str) -> None:
        """End a stage: all since the last lap was it."""
        now = time.perf_counter()
        self.stages[stage] = round(self.stages.get(stage, 0.0) + now - self._last, 3)
        self._last = now

    def line(self, code: str) -> str:
        """Write the product's line."""
        seconds = round(self._last - self.began, 3)
        return json.dumps({"code": code, "seconds": seconds, "stages": self.stages})


@dataclass(frozen=True)
class Job:
    """What a peer was started with."""

    url: str
    account: str
    password: str
    browser: str
    """The browser's program; the same for all."""
    arguments: list[str]
    """What the browser is started with besides; the same for all."""
    products: list[Product]


def read_job() -> Job:
    """Read the command line that every peer is started with."""
    parser = argparse.ArgumentParser()
    for name in ("url", "account", "password", "browser", "sheet"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--browser-argument", action="append", default=[])
    given = parser.parse_args()
    return Job(
        url=given.url,
        account=given.account,
        password=given.password,
        browser=given.browser,
        arguments=given.browser_argument,
        products=read_products(Path(given.sheet)),
    )


def each_product(job: Job, upload: Callable[[Product, Stopwatch], None]) -> None:
    """Upload one product after the other and print its line."""
    for product in job.products:
        watch = Stopwatch()
        upload(product, watch)
        print(watch.line(product.code), flush=True)
        print(f"  {product.code} {watch.stages}", file=sys.stderr, flush=True)


def compare(product: Product, found: dict[str, object]) -> None:
    """Stop at the first product that does not stand there as the sheet says."""
    wanted = product.facts()
    wrong = {name: (wanted[name], found[name]) for name in wanted if wanted[name] != found[name]}
    if wrong:
        raise SystemExit(f"{product.code} differs: {wrong}")


def read_products(sheet: Path) -> list[Product]:
    """Read the sheet: a product's rows stand together, its own values on the first of them."""
    with closing(load_workbook(sheet, read_only=True)) as book:
        first, *rest = book.worksheets[0].iter_rows(values_only=True)
    rows = [dict(zip(map(str, first), map(_text, row), strict=True)) for row in rest]
    codes = dict.fromkeys(row["商家编码"] for row in rows if row["商家编码"])
    grouped = [[row for row in rows if row["商家编码"] == code] for code in codes]
    return [_product(group, sheet.parent) for group in grouped]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _product(rows: list[dict[str, str]], folder: Path) -> Product:
    top = {**rows[0], **{name: rows[0][name] or usual for name, usual in USUAL.items()}}
    names = [top[f"规格{at}名称"] for at in (1, 2, 3) if top[f"规格{at}名称"]]
    values = [[row[f"规格{at + 1}值"] for row in rows] for at in range(len(names))]
    skus = [
        Sku(" / ".join(spec), f"{float(row['价格']):.2f}", row["库存"], row["SKU编码"])
        for row, spec in zip(rows, zip(*values, strict=True), strict=True)
    ]
    return Product(
        code=top["商家编码"],
        title=top["商品标题"],
        short_title=top["导购短标题"],
        category=[name.strip() for name in top["商品类目"].split(">")],
        brand=top["品牌"],
        attributes=dict(line.split("=", 1) for line in top["类目属性"].splitlines()),
        main_pictures=[str(folder / name) for name in top["主图"].splitlines()],
        detail_pictures=[str(folder / name) for name in top["商品详情图"].splitlines()],
        specs={name: list(dict.fromkeys(each)) for name, each in zip(names, values, strict=True)},
        skus=skus,
        freight=top["运费模板"],
        ships=top["发货时效"],
        returns=top["售后政策"],
    )
