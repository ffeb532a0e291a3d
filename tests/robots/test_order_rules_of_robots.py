"""What order robots work out before they touch a page: parcels, joined results, matched SKUs."""

from __future__ import annotations

import pytest

from domain.bindings import BindingWish, Bound, StoreSku, SupplierSku
from domain.errors import BusinessError
from domain.outcome import Outcome, Receipt
from domain.purchases import Carrier, Purchase
from engine.runs import ItemResult
from pages.doudian.bindings import SkuBinding
from robots.bind_skus import SkuToBind, planned
from robots.ship_orders import joined, wishes
from robots.update_order_status import PurchasedOrder

ORDER = "6920100000000000078"
CARRIERS = (Carrier(name="圆通速递", also=("圆通",)),)
DONE, SAME, NO = Outcome.DONE, Outcome.UNCHANGED, Outcome.REJECTED


def bought(*rows: tuple[str, str, str]) -> PurchasedOrder:
    purchases = [
        Purchase(order_id=ORDER, sku_code=sku, quantity=1, carrier=carrier, tracking=number)
        for sku, carrier, number in rows
    ]
    return PurchasedOrder(order_id=ORDER, rows=tuple(purchases))


def test_rows_of_one_number_make_one_parcel_under_the_form_s_name() -> None:
    order = bought(
        ("A", "圆通", "yt1234567"), ("B", "圆通", " YT1234567"), ("C", "无此", "X12345678")
    )
    found = [(one.carrier, one.number, one.skus) for one in wishes(order, CARRIERS)]
    assert found == [("圆通速递", "YT1234567", ("A", "B")), ("无此", "X12345678", ("C",))]


def test_an_order_that_nothing_was_sent_of_makes_no_parcel() -> None:
    with pytest.raises(BusinessError, match="S-no-number"):
        wishes(bought(("A", "", "")), CARRIERS)


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ([DONE], DONE),
        ([SAME, DONE], DONE),
        ([DONE, SAME], DONE),
        ([SAME, SAME], SAME),
        ([DONE, NO], NO),
    ],
)
def test_an_order_is_as_good_as_its_last_parcel(outcomes: list[Outcome], whole: Outcome) -> None:
    results = [
        ItemResult(outcome=one, receipt=Receipt(wanted={f"运单 {at}": "圆通"}, found={}))
        for at, one in enumerate(outcomes)
    ]
    assert joined(results).outcome is whole
    receipt = joined(results).receipt
    assert receipt
    assert len(receipt.wanted) == len(outcomes)


def wish(code: str, name: str, factory_sku: str) -> BindingWish:
    return BindingWish(
        product_id="39", sku_code=code, name=name, offer="61", factory_sku=factory_sku
    )


def theirs(factory_sku: str, name: str) -> SupplierSku:
    return SupplierSku(offer="61", supplier="示例厂", factory_sku=factory_sku, name=name)


def row(code: str, name: str, bound: Bound | None = None) -> SkuBinding:
    sku = StoreSku(product_id="39", product_code="CG", sku_code=code, name=name, bound=bound)
    return SkuBinding(sku_id=f"id-{code}", sku=sku)


ROWS = [row("A", "白色 / S"), row("B", "白色 / M")]
OWN = SkuToBind(wish=wish("A", "白色 / S", "F1"), theirs=theirs("F1", "S 白色"), link="61")


@pytest.mark.parametrize(
    ("others", "offered", "rows", "outcome"),
    [
        ((), (OWN.theirs,), ROWS, None),
        ((), (theirs("F1", "M 白色"),), ROWS, NO),
        ((), (OWN.theirs,), ROWS[1:], NO),
        ((wish("B", "白色 / M", "F2"),), (OWN.theirs, theirs("F2", "M 白色")), ROWS, None),
        ((wish("B", "白色 / S", "F1"),), (OWN.theirs,), [ROWS[0], row("B", "白色 / S")], NO),
        ((), (OWN.theirs,), [row("A", "白色 / S", OWN.theirs.target)], SAME),
        (
            (),
            (OWN.theirs,),
            [row("A", "白色 / S", Bound(offer="61", supplier="", factory_sku="F9"))],
            Outcome.NEEDS_PERSON,
        ),
    ],
)
def test_a_sku_is_bound_only_when_all_agrees(
    others: tuple[BindingWish, ...],
    offered: tuple[SupplierSku, ...],
    rows: list[SkuBinding],
    outcome: Outcome | None,
) -> None:
    sku = OWN.model_copy(update={"others": others, "offered": offered})
    assert planned(sku, rows).outcome is outcome
