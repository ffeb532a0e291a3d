"""update-listings: what the sheet says changes, once; what a robot must not change it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

CODE = "CG-1002"
EDITS = "editWithSchema"
RUN = ("run", "upload-listings", "--shop", "demo", "--sheet")


def without_prices(product: dict[str, Any]) -> dict[str, Any]:
    skus = [{name: one[name] for name in ("spec", "stock", "code")} for one in product["skus"]]
    audit = ("audited_at", "audit_due", "title", "updated_at")
    return {**{name: fact for name, fact in product.items() if name not in audit}, "skus": skus}


@pytest.mark.timeout(900)
def test_a_sheet_with_update_changes_what_differs_and_nothing_else(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", CODE)))
    [before] = store.products()
    title = f"{before['title']} 新款"
    sheet = str(sheet_of(tmp_path / "涨价.xlsx", CODE, 价格="159.00", 商品标题=title))

    planned = shopclerk.json(*RUN, sheet, "--update", "--dry-run")
    assert planned["items"][0]["outcome"] == "skipped"
    assert store.products() == [before]

    store.control("POST", "faults", profile="calm", rates={"older_draft": 1.0})
    first = shopclerk.json(*RUN, sheet, "--update")
    store.control("POST", "faults", profile="calm", rates={})

    assert first["robot"] == "update-listings"
    assert [item["outcome"] for item in first["items"]] == ["done"]
    [after] = store.products()
    assert {sku["price"] for sku in after["skus"]} == {"159.00"}
    assert after["title"] == title
    assert without_prices(after) == without_prices(before)
    assert len(store.writes(EDITS)) == 1

    again = shopclerk.json(*RUN, sheet, "--update")
    assert [item["outcome"] for item in again["items"]] == ["unchanged"]
    assert len(store.writes(EDITS)) == 1


@pytest.mark.timeout(900)
def test_an_update_lists_nothing_new_and_makes_no_product_another_one(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", CODE)))
    before, wrote = store.products(), store.writes()
    unknown = str(sheet_of(tmp_path / "新的.xlsx", "CG-1004"))
    other = str(sheet_of(tmp_path / "别的类目.xlsx", CODE, SKU编码="CG-1002-OTHER"))

    new = shopclerk.json(*RUN, unknown, "--update", code=3)
    another = shopclerk.json(*RUN, other, "--update", code=3)

    assert "no product with the code CG-1004" in new["items"][0]["reason"]
    assert "neither category, pictures nor SKU codes" in another["items"][0]["reason"]
    assert (store.products(), store.writes()) == (before, wrote)
