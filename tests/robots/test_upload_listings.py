"""upload-listings: the truth is in the store's own database, not in the robot's report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.conftest import SAMPLE, Shopclerk, Store

ONLINE, PASSED = 0, 3
CODES = ["CG-1001", "CG-1002", "CG-1003", "CG-1004", "CG-1005"]


def outcomes(run: dict[str, Any]) -> list[str]:
    return [item["outcome"] for item in run["items"]]


def sheet_skus() -> dict[str, tuple[str, str, int]]:
    """The sample sheet's SKUs, read by other code than ours: code → (spec, price, stock)."""
    rows = list(load_workbook(SAMPLE)["商品"].iter_rows(values_only=True))
    cells = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return {
        str(row["SKU编码"]): (
            " / ".join(str(row[f"规格{n}值"]) for n in (1, 2) if row[f"规格{n}值"]),
            f"{float(str(row['价格'])):.2f}",
            int(str(row["库存"])),
        )
        for row in cells
        if row["SKU编码"]
    }


def test_the_demo_lists_each_product_once_and_a_second_one_changes_nothing(
    store: Store, shopclerk: Shopclerk
) -> None:
    first = shopclerk.json("demo")

    assert first["state"] == "finished"
    assert first["counts"] == {"done": 5}
    assert [item["key"] for item in first["items"]] == CODES
    assert all(item["receipt"]["equal"] for item in first["items"])

    products = store.products()
    assert [product["merchant_code"] for product in products] == CODES
    assert {(product["status"], product["check_status"]) for product in products} == {
        (ONLINE, PASSED)
    }
    assert [item["site_id"] for item in first["items"]] == [p["product_id"] for p in products]
    found = {
        sku["code"]: (sku["spec"], sku["price"], sku["stock"])
        for product in products
        for sku in product["skus"]
    }
    assert found == sheet_skus()
    writes = store.writes()
    assert [write["merchant_code"] for write in writes] == [c for c in CODES for _ in range(2)]

    second = shopclerk.json("demo")

    assert outcomes(second) == ["unchanged"] * 5
    assert store.products() == products
    assert store.writes() == writes


def test_every_product_leaves_masked_pictures_a_receipt_and_a_report(
    store: Store, shopclerk: Shopclerk
) -> None:
    run = shopclerk.json("demo")
    folder = shopclerk.home / "runs" / Path(run["evidence"]).relative_to(shopclerk.home / "runs")

    pictures = [f"{n:02}-{name}.webp" for n, name in enumerate(PICTURES, start=1)]
    for code in CODES:
        item = folder / "items" / code
        assert sorted(file.name for file in item.glob("*.webp")) == pictures
        assert sorted(file.name for file in (item / "thumbnails").iterdir()) == pictures
        assert '"equal": true' in (item / "receipt.json").read_text(encoding="utf-8")
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert all(f'href="items/{code}/' in report for code in CODES)
    texts = [f for f in folder.rglob("*") if f.suffix in {".json", ".jsonl", ".yaml", ".html"}]
    assert all(store.card.password not in f.read_text(encoding="utf-8") for f in texts)


PICTURES = (
    "product.create-before",
    "product.create-after",
    "product.on-sale-before",
    "product.on-sale-after",
)


def test_a_product_that_stands_there_with_other_values_is_left_for_a_person(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = one_product_sheet(tmp_path / "商品.xlsx", "CG-1002")
    shopclerk.json("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))
    before = store.products()
    dearer = one_product_sheet(tmp_path / "贵.xlsx", "CG-1002", 价格="159.00")

    run = shopclerk.json("run", "upload-listings", "--shop", "demo", "--sheet", str(dearer), code=4)

    assert outcomes(run) == ["needs_person"]
    assert "￥159.00" in run["items"][0]["reason"]
    assert store.products() == before


def test_a_bad_row_is_refused_with_its_place_and_the_good_products_are_listed(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = tmp_path / "商品.xlsx"
    book = load_workbook(SAMPLE)
    page: Any = book["商品"]
    headers = columns(page)
    for row in range(2, page.max_row + 1):
        if page.cell(row, headers["商家编码"]).value not in {"CG-1002", "CG-1004"}:
            clear_row(page, row)
    bad = next(r for r in range(2, page.max_row + 1) if page.cell(r, 1).value == "CG-1004")
    page.cell(bad, headers["价格"]).value = "十九元九"
    point_pictures_at_sample(page, headers)
    book.save(sheet)

    run = shopclerk.json("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet), code=3)

    assert {item["key"]: item["outcome"] for item in run["items"]} == {
        "CG-1002": "done",
        "CG-1004": "rejected",
    }
    reason = next(item["reason"] for item in run["items"] if item["key"] == "CG-1004")
    assert "十九元九" in reason
    assert f"{bad}" in reason
    assert "价格" in reason
    assert [product["merchant_code"] for product in store.products()] == ["CG-1002"]


def one_product_sheet(path: Path, code: str, **changes: str) -> Path:
    """The sample sheet with one product only, some of its cells changed."""
    book = load_workbook(SAMPLE)
    page: Any = book["商品"]
    headers = columns(page)
    for row in range(2, page.max_row + 1):
        if page.cell(row, headers["商家编码"]).value != code:
            clear_row(page, row)
            continue
        for header, value in changes.items():
            page.cell(row, headers[header]).value = value
    point_pictures_at_sample(page, headers)
    book.save(path)
    return path


def columns(page: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in page[1]}


def clear_row(page: Any, row: int) -> None:
    for cell in page[row]:
        cell.value = None


def point_pictures_at_sample(page: Any, headers: dict[str, int]) -> None:
    for row in range(2, page.max_row + 1):
        for header in ("主图", "商品详情图"):
            cell = page.cell(row, headers[header])
            if cell.value:
                names = str(cell.value).replace("\n", ";").split(";")
                cell.value = ";".join(str(SAMPLE.parent / name.strip()) for name in names if name)
