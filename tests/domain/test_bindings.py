"""Bindings: product, code and name, on both sides, exactly one. Facts: operators 7, doudian 7."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bindings import (
    BindingWish,
    Bound,
    StoreSku,
    SupplierSku,
    offer_of,
    plan_binding,
    plan_bindings,
    same_name,
)
from domain.outcome import Outcome

PRODUCT, OFFER, FACTORY = "3910000000000000001", "682310450117", "石狮市云栈针织厂"
STORE = [
    StoreSku(product_id=PRODUCT, product_code="CG-1001", sku_code=f"CG-1001-{code}", name=name)
    for code, name in (("W-S", "白色 / S"), ("W-M", "白色 / M"), ("B-M", "浅蓝 / M"))
]
SUPPLY = [
    SupplierSku(offer=OFFER, supplier=FACTORY, factory_sku=f"YZ2201-{code}", name=name)
    for code, name in (("01-S", "白色 S"), ("01-M", "M，白色"), ("07-M", "浅蓝 M"))
]
WISH = BindingWish(
    product_id=PRODUCT,
    sku_code="CG-1001-W-M",
    name="白色 / M",
    offer=OFFER,
    factory_sku="YZ2201-01-M",
)
TARGET = Bound(offer=OFFER, supplier=FACTORY, factory_sku="YZ2201-01-M")


def wish(**other: str) -> BindingWish:
    return WISH.model_copy(update=other)


@pytest.mark.parametrize("factory_sku", ["YZ2201-01-M", ""])
def test_a_row_that_fits_both_sides_can_be_bound(factory_sku: str) -> None:
    plan = plan_binding(wish(factory_sku=factory_sku), STORE, SUPPLY)
    assert (plan.outcome, plan.target) == (None, TARGET)


@pytest.mark.parametrize(
    ("other", "where"),
    [
        ({"product_id": "3910000000000000002"}, "the store"),
        ({"sku_code": "CG-1001-W-S"}, "the store"),
        ({"name": "白色 / S"}, "the store"),
        ({"name": ""}, "the store"),
        ({"offer": "682310450118"}, "the supply link"),
        ({"factory_sku": "YZ2201-01-S"}, "the supply link"),
        ({"factory_sku": "YZ2201-01"}, "the supply link"),
    ],
)
def test_one_part_that_does_not_fit_is_enough_to_refuse(other: dict[str, str], where: str) -> None:
    plan = plan_binding(wish(**other), STORE, SUPPLY)
    assert plan.outcome is Outcome.REJECTED
    assert plan.reason.startswith(f"no SKU of {where}")
    assert plan.target is None


def test_a_refusal_tells_what_was_seen() -> None:
    plan = plan_binding(wish(name="白色 / S"), STORE, SUPPLY)
    assert plan.seen == (f"{PRODUCT} CG-1001-W-S 白色 / S", f"{PRODUCT} CG-1001-W-M 白色 / M")


def test_two_that_fit_are_refused_on_either_side() -> None:
    ours = plan_binding(WISH, [*STORE, STORE[1]], SUPPLY)
    theirs = plan_binding(
        wish(factory_sku=""), STORE, [*SUPPLY, SUPPLY[1].model_copy(update={"factory_sku": "Z"})]
    )
    assert ours.reason.startswith("2 SKUs of the store")
    assert theirs.reason.startswith("2 SKUs of the supply link")
    assert len(theirs.seen) == 2


def test_a_sku_that_is_bound_as_wanted_is_left_alone() -> None:
    store = [sku.model_copy(update={"bound": TARGET}) for sku in STORE[1:2]]
    assert plan_binding(WISH, store, SUPPLY).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(("sheet", "there"), [("", FACTORY), (FACTORY, "")])
def test_a_missing_name_of_the_supplier_makes_no_other_binding(sheet: str, there: str) -> None:
    bound = TARGET.model_copy(update={"supplier": there})
    store = [sku.model_copy(update={"bound": bound}) for sku in STORE[1:2]]
    supply = [sku.model_copy(update={"supplier": sheet}) for sku in SUPPLY]
    plan = plan_binding(WISH, store, supply)
    assert (plan.outcome, plan.target) == (Outcome.UNCHANGED, bound)


@pytest.mark.parametrize("name", sorted(Bound.model_fields))
def test_another_binding_is_for_a_person(name: str) -> None:
    other = TARGET.model_copy(update={name: "other"})
    store = [sku.model_copy(update={"bound": other}) for sku in STORE[1:2]]
    plan = plan_binding(WISH, store, SUPPLY)
    assert plan.outcome is Outcome.NEEDS_PERSON
    assert "other" in plan.seen[0]


def test_rows_that_contradict_each_other_are_refused_together() -> None:
    twice = plan_bindings([WISH, wish(factory_sku="YZ2201-01-S"), wish(**_blue())], STORE, SUPPLY)
    assert [plan.outcome for plan in twice] == [Outcome.REJECTED, Outcome.REJECTED, None]


def test_two_skus_are_not_bought_as_one() -> None:
    store = [*STORE, STORE[1].model_copy(update={"sku_code": "CG-1001-W-M2"})]
    both = plan_bindings([WISH, wish(sku_code="CG-1001-W-M2")], store, SUPPLY)
    assert {plan.reason for plan in both} == {"another row binds the same SKU"}


def test_two_skus_are_not_bought_as_one_where_a_row_lacks_the_supplier() -> None:
    nameless = {"factory_sku": "YZ2201-01-M", "name": "S 白色", "supplier": ""}
    supply = [SUPPLY[1], SUPPLY[0].model_copy(update=nameless)]
    other = wish(sku_code="CG-1001-W-S", name="白色 / S")
    both = plan_bindings([WISH, other], STORE, supply)
    assert {plan.reason for plan in both} == {"another row binds the same SKU"}


def test_a_row_that_fits_no_sku_still_claims_its_factory_sku() -> None:
    both = plan_bindings([WISH, wish(sku_code="CG-1001-W-S")], STORE, SUPPLY)
    assert {plan.outcome for plan in both} == {Outcome.REJECTED}


def test_a_factory_sku_that_another_sku_is_bound_to_is_taken() -> None:
    nameless = TARGET.model_copy(update={"supplier": ""})
    store = [STORE[0].model_copy(update={"bound": nameless}), *STORE[1:]]
    (plan,) = plan_bindings([WISH], store, SUPPLY)
    assert (plan.outcome, plan.target) == (Outcome.REJECTED, None)
    assert plan.seen == (f"{PRODUCT} CG-1001-W-S 白色 / S",)
    elsewhere = [store[0].model_copy(update={"product_id": "3910000000000000002"}), *STORE[1:]]
    assert plan_bindings([WISH], elsewhere, SUPPLY)[0].outcome is None


def test_the_order_of_values_counts_where_both_orders_exist() -> None:
    names = ("90 / 120", "120 / 90")
    store = [STORE[0].model_copy(update={"sku_code": one, "name": one}) for one in names]
    supply = [SUPPLY[0].model_copy(update={"factory_sku": one, "name": one}) for one in names]
    right = [wish(sku_code=one, name=one, factory_sku=one) for one in names]
    crossed = [wish(sku_code=names[0], name=names[0], factory_sku=names[1])]
    assert [plan.outcome for plan in plan_bindings(right, store, supply)] == [None, None]
    for shown, offered in ((store, supply), (store, supply[1:]), (store[:1], supply)):
        (plan,) = plan_bindings(crossed, shown, offered)
        assert (plan.outcome, plan.target) == (Outcome.REJECTED, None)
    assert plan_bindings(crossed, store[:1], supply[1:])[0].outcome is None


@pytest.mark.parametrize(
    ("link", "offer"),
    [
        ("612345678901", "612345678901"),
        ("https://detail.1688.com/offer/612345678901.html?spm=1", "612345678901"),
        ("https://detail.m.1688.com/page/index.html?offerId=612345678901&x=1", "612345678901"),
        ("https://detail.1688.com/offer/612345678901.html?offerId=612345678901", "612345678901"),
        ("https://a/offer/612345678901.html https://a/offer/612345678902.html", ""),
        ("612345678901 蓝色", ""),
        ("同上", ""),
        ("https://shop.1688.com/page/612345678901.html", ""),
    ],
)
def test_a_supply_link_names_one_offer(link: str, offer: str) -> None:
    assert offer_of(link) == offer


def _blue() -> dict[str, str]:
    return {"sku_code": "CG-1001-B-M", "name": "浅蓝 / M", "factory_sku": "YZ2201-07-M"}


@given(st.permutations(STORE), st.permutations(SUPPLY))
def test_the_order_of_rows_on_the_pages_does_not_matter(
    store: list[StoreSku], supply: list[SupplierSku]
) -> None:
    assert plan_binding(WISH, store, supply).target == TARGET


@given(st.lists(st.sampled_from(["白色", "浅蓝", "S", "M", "XL"]), min_size=1), st.data())
def test_names_are_equal_in_any_order_and_punctuation(
    values: list[str], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(values))
    assert same_name(" / ".join(values), "，".join(mixed))
    assert not same_name(" / ".join(values), " / ".join([*mixed, "L"]))


@pytest.mark.parametrize(
    ("ours", "theirs"), [("", ""), ("M", "M码"), ("白色", "米白色"), ("P-1", "P-10")]
)
def test_near_names_are_other_names(ours: str, theirs: str) -> None:
    assert not same_name(ours, theirs)
