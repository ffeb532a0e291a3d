"""read-shop: what the shop's own form offers, whole, in order, without a single write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from practice.catalogue import catalogue
from practice.store.service import freight_templates
from practice.world import open_world
from tests.conftest import Shopclerk, Store


def offered(store: Store) -> list[str]:
    world = open_world(store.home)
    try:
        with world.transaction() as session:
            templates = freight_templates(world, session, world.about().shop_id)
            return [one["label"] for one in templates]
    finally:
        world.close()


def test_what_the_form_offers_becomes_the_drop_downs(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    first = "家居日用"
    wanted = [one.text for one in catalogue().leaves() if one.text.startswith(f"{first} > ")]
    assert len(wanted) > 10

    run = shopclerk.json("shop", "read", "demo", "--category", first)

    read = {item["key"]: item["receipt"]["found"][item["key"]] for item in run["items"]}
    assert read["商品类目"] == wanted
    assert read["运费模板"] == offered(store)
    assert store.writes() == []

    sheet = tmp_path / "商品.xlsx"
    shopclerk.run("template", "upload-listings", str(sheet), "--shop", "demo")

    columns = {column[0].value: [cell.value for cell in column[1:]] for column in columns_of(sheet)}
    assert [text for text in columns["商品类目"] if text] == wanted
    assert [text for text in columns["运费模板"] if text] == read["运费模板"]


def columns_of(sheet: Path) -> Any:
    return load_workbook(sheet)["选项"].iter_cols()
