"""upload-listings: the truth is in the store's own database, not in the robot's report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.conftest import Shopclerk, Store
from tests.sheets import sample_skus, sheet_of

ONLINE, PASSED = 0, 3
CODES = ["CG-1001", "CG-1002", "CG-1003", "CG-1004", "CG-1005"]
PICTURES = [
    "01-product.create-before.webp",
    "02-product.create-after.webp",
    "03-product.on-sale-before.webp",
    "04-product.on-sale-after.webp",
]
RUN = ("run", "upload-listings", "--shop", "demo", "--sheet")


def outcomes(run: dict[str, Any]) -> list[str]:
    return [item["outcome"] for item in run["items"]]


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
    assert {(p["status"], p["check_status"]) for p in products} == {(ONLINE, PASSED)}
    assert [item["site_id"] for item in first["items"]] == [p["product_id"] for p in products]
    skus = [sku for product in products for sku in product["skus"]]
    assert {s["code"]: (s["spec"], s["price"], s["stock"]) for s in skus} == sample_skus()
    writes = store.writes()
    assert [write["merchant_code"] for write in writes] == [c for c in CODES for _ in range(2)]
    assert_evidence(Path(first["evidence"]), store)

    second = shopclerk.json("demo")

    assert outcomes(second) == ["unchanged"] * 5
    assert store.products() == products
    assert store.writes() == writes


def assert_evidence(folder: Path, store: Store) -> None:
    """Every product left its pictures and its receipt; no text of the run holds the password."""
    for code in CODES:
        item = folder / "items" / code
        assert sorted(file.name for file in item.glob("*.webp")) == PICTURES
        assert sorted(file.name for file in (item / "thumbnails").iterdir()) == PICTURES
        assert '"equal": true' in (item / "receipt.json").read_text(encoding="utf-8")
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert all(f'href="items/{code}/{PICTURES[0]}"' in report for code in CODES)
    texts = [f for f in folder.rglob("*") if f.suffix in {".json", ".jsonl", ".yaml", ".html"}]
    assert len(texts) > len(CODES)
    assert all(store.card.password not in f.read_text(encoding="utf-8") for f in texts)


def test_a_product_that_stands_there_with_other_values_is_left_for_a_person(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", "CG-1002")))
    before = store.products()
    dearer = sheet_of(tmp_path / "贵.xlsx", "CG-1002", 价格="159.00")

    run = shopclerk.json(*RUN, str(dearer), code=4)

    assert outcomes(run) == ["needs_person"]
    assert "￥159.00" in run["items"][0]["reason"]
    assert store.products() == before


def test_a_bad_row_is_refused_with_its_place_and_the_good_products_are_listed(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1004")
    book = load_workbook(sheet)
    page: Any = book["商品"]
    header = next(cell.column for cell in page[1] if cell.value == "价格")
    bad = next(row for row in range(2, page.max_row) if page.cell(row, 1).value == "CG-1004")
    page.cell(bad, header).value = "十九元九"
    book.save(sheet)

    run = shopclerk.json(*RUN, str(sheet), code=3)

    assert {item["key"]: item["outcome"] for item in run["items"]} == {
        "CG-1002": "done",
        "CG-1004": "rejected",
    }
    reason = next(item["reason"] for item in run["items"] if item["key"] == "CG-1004")
    assert all(words in reason for words in ("商品.xlsx", f"第 {bad} 行", "价格", "十九元九"))
    assert [product["merchant_code"] for product in store.products()] == ["CG-1002"]


def test_what_the_store_refuses_is_rejected_in_its_own_words_and_not_tried_again(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", "CG-1002")))
    same_sku_code = sheet_of(tmp_path / "另一个.xlsx", "CG-1002", 商家编码="CG-2002")

    run = shopclerk.json(*RUN, str(same_sku_code), code=3)

    assert outcomes(run) == ["rejected"]
    assert "SKU商家编码已存在" in run["items"][0]["reason"]
    assert [p["merchant_code"] for p in store.products()] == ["CG-1002"]
    assert [w["merchant_code"] for w in store.writes("addWithSchema")] == ["CG-1002", "CG-2002"]
