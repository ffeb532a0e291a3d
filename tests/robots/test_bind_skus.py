"""bind-skus: each SKU bound as the sheet says, none wrongly; the truth is in the store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from console.sheet_binding_columns import BINDINGS, Header
from practice.orders.showing import shown_bindings
from practice.orders.tables import Binding
from practice.tables import Product, Sku
from practice.world import open_world
from tests.conftest import Shopclerk, Store
from tests.robots.orders import await_write, outcomes

RUN = ("run", "bind-skus", "--shop", "demo", "--sheet")
WROTE = "supply/bind"
OFFER = "612345678901"
Line = dict[Header, object]


def unbound(store: Store, skus: int) -> list[tuple[str, str, str]]:
    """Give product id, code and spec of the SKUs of a product that has so many and no binding."""
    with closing(open_world(store.home)) as world, world.transaction() as session:
        bound = set(session.scalars(select(Binding.product_id)))
        mine = select(Product).where(Product.shop_id == store.card.shop_id).order_by(Product.id)
        for product in session.scalars(mine):
            codes = [sku.code for sku in product.skus]
            several = len(codes) == skus and all(codes) and len(set(codes)) == skus
            if several and product.id not in bound:
                return [(product.id, str(sku.code), sku.spec) for sku in product.skus]
    raise AssertionError("no such product")


def bindings(store: Store, product_id: str) -> dict[str, tuple[str, str]]:
    with closing(open_world(store.home)) as world:
        rows = shown_bindings(world, foreign=True)
    mine = (row for row in rows if row["product_id"] == product_id)
    return {row["sku_code"]: (row["offer"], row["factory_sku"]) for row in mine}


def bind(store: Store, code: str, factory_sku: str) -> None:
    """Let somebody have bound a SKU before."""
    with closing(open_world(store.home)) as world, world.transaction() as session:
        sku = session.scalars(select(Sku).where(Sku.code == code)).one()
        names: dict[str, Any] = {"sku_id": sku.id, "product_id": sku.product_id}
        more = {"offer": OFFER, "supplier": "", "factory_sku": factory_sku, "at": 0.0}
        session.add(Binding(**names, shop_id=store.card.shop_id, **more))


def line(sku: tuple[str, str, str], **more: object) -> Line:
    product_id, code, spec = sku
    row: Line = {
        Header.SKU_CODE: code,
        Header.PRODUCT_ID: product_id,
        Header.NAME: spec,
        Header.LINK: f"https://detail.1688.com/offer/{OFFER}.html",
        Header.SUPPLIER: "示例厂",
        Header.FACTORY_SKU: f"F-{code}",
        Header.FACTORY_NAME: " / ".join(reversed(spec.split(" / "))),
    }
    return row | {Header[name]: value for name, value in more.items()}


def sheet_of(path: Path, *rows: Line) -> str:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = BINDINGS.name
    sheet.append([header.value for header in Header])
    for row in rows:
        sheet.append([row.get(header) for header in Header])
    book.save(path)
    return str(path)


@pytest.mark.timeout(900)
def test_skus_are_bound_once_and_a_second_run_changes_nothing(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    skus = unbound(store, 4)
    product_id, code, _ = skus[0]
    bind(store, skus[3][1], "F-other")
    lines = [line(skus[0]), line(skus[1]), line(skus[2], FACTORY_NAME="别的规格"), line(skus[3])]
    sheet = sheet_of(tmp_path / "关联.xlsx", *lines)
    before = bindings(store, product_id)

    planned = shopclerk.json(*RUN, sheet, "--dry-run", code=4)
    assert sorted(outcomes(planned).values()) == ["needs_person", "rejected", "skipped", "skipped"]
    assert bindings(store, product_id) == before

    first = shopclerk.json(*RUN, sheet, code=4)

    assert list(outcomes(first).values()) == ["done", "done", "rejected", "needs_person"]
    assert "0 SKUs" in first["items"][2]["reason"] or "no SKU" in first["items"][2]["reason"]
    assert "F-other" in first["items"][3]["reason"]
    link = f"https://detail.1688.com/offer/{OFFER}.html"
    after = before | {one: (link, f"F-{one}") for one in (code, skus[1][1])}
    assert bindings(store, product_id) == after
    assert len(store.writes(WROTE)) == 2

    second = shopclerk.json(*RUN, sheet, code=4)

    assert list(outcomes(second).values()) == ["unchanged", "unchanged", "rejected", "needs_person"]
    assert bindings(store, product_id) == after
    assert len(store.writes(WROTE)) == 2
    found = shopclerk.json("find", code)["found"]
    assert [one["kind"] for one in found] == ["item", "write", "item", "item"]


@pytest.mark.timeout(900)
def test_what_contradicts_or_is_not_there_is_refused(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    first, second = unbound(store, 2)
    same = {"FACTORY_SKU": "F-1", "FACTORY_NAME": first[2], "NAME": first[2]}
    sheet = sheet_of(
        tmp_path / "关联.xlsx",
        line(first, **same),
        line(second, **same),
        line(("3900000000000000000", "NO-1", "白色")),
    )

    run = shopclerk.json(*RUN, sheet, code=3)

    assert set(outcomes(run).values()) == {"rejected"}
    assert bindings(store, first[0]) == {}
    assert store.writes(WROTE) == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("loss", ["answer_lost", "gateway_before_commit"])
def test_an_answer_that_was_lost_is_looked_up_and_the_binding_stands(
    store: Store, shopclerk: Shopclerk, tmp_path: Path, loss: str
) -> None:
    sku = unbound(store, 2)[0]
    sheet = sheet_of(tmp_path / "关联.xlsx", line(sku))
    store.control("POST", "faults", profile="calm", rates={loss: 1.0})
    process = shopclerk.start(*RUN, sheet, "--json")
    await_write(store, WROTE)
    store.control("POST", "faults", profile="calm", rates={})
    printed, noted = process.communicate(timeout=240)

    assert process.returncode == 0, f"{printed}\n{noted}"
    link = f"https://detail.1688.com/offer/{OFFER}.html"
    assert bindings(store, sku[0]) == {sku[1]: (link, f"F-{sku[1]}")}
    assert len([write for write in store.writes(WROTE) if write["code"] == 0]) == 1
