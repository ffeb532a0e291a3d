"""关联设置: every SKU as it is stored, one bound and read back."""

from __future__ import annotations

import pytest
from playwright.sync_api import TimeoutError as TookTooLong
from sqlalchemy import select

from domain.bindings import Bound
from domain.errors import BusinessError, OutcomeUnknown, TransientError
from pages.doudian.bindings import EMPTY, BindingPage
from pages.doudian.shell import Shell
from practice.orders.tables import Binding
from practice.tables import Product
from tests.conftest import Store
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying

WANTED = Bound(offer="680012345678", supplier="演示五金厂", factory_sku="F-01/白")


@pytest.fixture
def bindings(shell: Shell) -> BindingPage:
    return BindingPage(shell.page, shell.site)


def product_of(truth: Truth, *, bound: bool, at: int = 0) -> str:
    """A product of the shop with several SKUs, of which one is bound or none."""
    with truth.world() as world, world.transaction() as session:
        known = set(session.scalars(select(Binding.product_id)))
        mine = select(Product).filter_by(shop_id=truth.store.card.shop_id, status=0)
        many = [one for one in session.scalars(mine.order_by(Product.id)) if len(one.skus) > 1]
        return [one.id for one in many if (one.id in known) == bound][at]


def bind(page: BindingPage, product_id: str, sku_id: str, wanted: Bound) -> None:
    """Bind as ensure would: look, fill, compare, click, look again."""
    for _ in range(6):
        stored = {one.sku_id: one.sku.bound for one in trying(page.open, product_id)}
        if stored[sku_id] == wanted:
            return
        page.fill(sku_id, wanted)
        filled = {one.sku_id: one.sku.bound for one in page.read(product_id)}
        assert filled == stored | {sku_id: wanted}
        try:
            page.save()
        except (TransientError, OutcomeUnknown, TookTooLong):
            continue


def test_one_sku_is_bound_and_read_back(bindings: BindingPage, truth: Truth, weather: str) -> None:
    product_id = product_of(truth, bound=False, at=0 if weather == "calm" else 1)
    rows = trying(bindings.open, product_id)
    assert [row.sku.bound for row in rows] == [None] * len(rows)
    bind(bindings, product_id, rows[1].sku_id, WANTED)
    again = {row.sku_id: row.sku.bound for row in trying(bindings.open, product_id)}
    assert again == {row.sku_id: None for row in rows} | {rows[1].sku_id: WANTED}
    told = [one for one in truth.bindings() if one["product_id"] == product_id]
    assert [(one["sku_id"], one["offer"], one["supplier"], one["factory_sku"]) for one in told] == [
        (rows[1].sku_id, WANTED.offer, WANTED.supplier, WANTED.factory_sku)
    ]


def test_rows_are_those_of_the_store(bindings: BindingPage, truth: Truth) -> None:
    product_id = product_of(truth, bound=True)
    told = {one["sku_id"]: one for one in truth.bindings() if one["product_id"] == product_id}
    for row in bindings.open(product_id):
        sku, one = row.sku, told.get(row.sku_id)
        assert sku.name
        if one:
            wanted = Bound(
                offer=one["offer"], supplier=one["supplier"], factory_sku=one["factory_sku"]
            )
            assert (sku.bound, sku.sku_code) == (wanted, one["sku_code"])
        else:
            assert sku.bound is None


def test_a_link_is_told_by_its_id_and_half_a_binding_is_none_that_is_free(
    bindings: BindingPage, truth: Truth
) -> None:
    product_id = product_of(truth, bound=False, at=2)
    first, second = (row.sku_id for row in bindings.open(product_id)[:2])
    bindings.fill(first, WANTED, link="https://supply.test/offer/680012345678.html?from=a")
    bindings.fill(second, Bound(offer="680012345678", supplier="", factory_sku=" "))
    bindings.save()
    stored = {row.sku_id: row.sku.bound for row in bindings.open(product_id)}
    assert stored[first] == WANTED
    assert stored[second] == Bound(offer="680012345678", supplier="", factory_sku=EMPTY)


def test_an_unknown_product_and_a_throttled_save(
    bindings: BindingPage, truth: Truth, shared_store: Store
) -> None:
    with pytest.raises(BusinessError, match="商品不存在"):
        bindings.open("3900000000000000000")
    product_id = product_of(truth, bound=False, at=3)
    sku_id = bindings.open(product_id)[0].sku_id
    with pytest.raises(BusinessError, match="no SKU 42"):
        bindings.fill("42", WANTED)
    bindings.fill(sku_id, WANTED)
    shared_store.control("POST", "faults", profile="calm", rates={"throttled": 1})
    try:
        with pytest.raises(OutcomeUnknown, match="频繁"):
            bindings.save()
    finally:
        shared_store.control("POST", "faults", profile="calm", rates={})
    assert not any(one["product_id"] == product_id for one in truth.bindings())
