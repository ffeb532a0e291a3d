"""undo: what a run listed goes off sale, once, proven; what changed since is left to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from practice.tables import Product
from practice.world import open_world
from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

OFF, ON = 1, 0
RUN = ("run", "upload-listings", "--shop", "demo", "--sheet")


def outcomes(run: dict[str, Any]) -> dict[str, str]:
    return {item["key"]: item["outcome"] for item in run["items"]}


def states(store: Store) -> dict[str, int]:
    return {product["merchant_code"]: product["status"] for product in store.products()}


def sold_one(store: Store, code: str) -> None:
    """Let a buyer take one piece of a product, in the store's own database."""
    change(store, code, _take_one)


def renamed(store: Store, code: str, title: str) -> None:
    """Let somebody change a product's title."""
    change(store, code, lambda product: setattr(product, "title", title))


def change(store: Store, code: str, deed: Any) -> None:
    world = open_world(store.home)
    try:
        with world.transaction() as session:
            deed(session.query(Product).filter_by(merchant_code=code).one())
    finally:
        world.close()


def _take_one(product: Product) -> None:
    sku = next(sku for sku in product.skus if sku.stock)
    sku.stock -= 1


def test_what_a_run_listed_goes_off_sale_once_and_what_changed_is_left(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    other = shopclerk.json(*RUN, str(sheet_of(tmp_path / "别的.xlsx", "CG-1001")))
    run = shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1004")))
    assert outcomes(other) | outcomes(run) == dict.fromkeys(states(store), "done")
    sold_one(store, "CG-1002")
    renamed(store, "CG-1004", "换了个名字的商品")

    planned = shopclerk.json("undo", run["run_id"], "--dry-run", code=4)

    assert outcomes(planned) == {"CG-1002": "skipped", "CG-1004": "needs_person"}
    assert set(states(store).values()) == {ON}
    assert store.writes("offline") == []

    undone = shopclerk.json("undo", run["run_id"], "--yes", code=4)

    assert outcomes(undone) == {"CG-1002": "done", "CG-1004": "needs_person"}
    done, changed = undone["items"]
    assert done["receipt"]["equal"]
    assert done["receipt"]["found"]["商品状态"] == "已下架"
    assert "换了个名字的商品" in changed["reason"]
    assert states(store) == {"CG-1001": ON, "CG-1002": OFF, "CG-1004": ON}
    assert [write["merchant_code"] for write in store.writes("offline")] == ["CG-1002"]
    names = sorted(file.name for file in Path(undone["evidence"]).glob("items/CG-1002/*.webp"))
    assert names == ["01-product.off-sale-before.webp", "02-product.off-sale-after.webp"]
    history = shopclerk.json("find", "CG-1002")["found"]
    assert [one["verb"] for one in history][-2:] == ["product.off-sale", "take-down-listings"]

    again = shopclerk.json("undo", run["run_id"], "--yes", code=4)

    assert outcomes(again) == {"CG-1002": "unchanged", "CG-1004": "needs_person"}
    assert len(store.writes("offline")) == 1
