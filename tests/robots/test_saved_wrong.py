"""The store saves one SKU wrong: the product stays in the warehouse, and the shop waits."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.truth import CREATE, ON_SALE
from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

WAREHOUSE = 1
ATTENTION = 3


def test_a_sku_that_was_saved_wrong_is_shown_with_both_values_and_nothing_goes_on_sale(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1004")
    faults = store.control("POST", "faults", profile="calm", rates={"sku_saved_wrong": 1})
    assert faults["rates"]["sku_saved_wrong"] == 1

    run = shopclerk.json(
        "run", "upload-listings", "--shop", "demo", "--sheet", str(sheet), code=ATTENTION
    )

    (product,) = store.products()
    first, second = run["items"]
    assert (first["outcome"], second["outcome"]) == ("mismatch", "skipped")
    assert product["status"] == WAREHOUSE
    assert store.writes(ON_SALE) == []
    assert [write["merchant_code"] for write in store.writes(CREATE)] == ["CG-1002"]
    wanted, found = first["receipt"]["wanted"], first["receipt"]["found"]
    (wrong,) = [name for name in wanted if wanted[name] != found[name]]
    last = product["skus"][-1]
    assert wrong == f"SKU {last['code']}"
    assert f"￥{last['price']} " in found[wrong]
    assert f"￥{last['price']} " not in wanted[wrong]
