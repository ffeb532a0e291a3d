"""商品创建: what is typed is what is read; nothing here is submitted but what must be refused."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from console.sheets import read_listings
from domain.errors import BusinessError
from domain.listing import Listing, Reference, Sku
from pages.doudian.product_form import CREATE_CALL, ProductForm
from pages.doudian.product_list import ProductList
from pages.doudian.shell import Shell
from tests.conftest import SAMPLE


@pytest.fixture(scope="session")
def listings() -> dict[str, Listing]:
    return {listing.code: listing for listing in read_listings(SAMPLE).listings}


@pytest.fixture
def form(shell: Shell) -> ProductForm:
    return ProductForm(shell.page, shell.site)


def start(form: ProductForm, listing: Listing) -> None:
    form.open_new()
    pictures: list[Path] = [picture.path for picture in listing.main_pictures]
    form.start(title=listing.title, category=listing.category, main_pictures=pictures)


def fill(form: ProductForm, listing: Listing) -> None:
    start(form, listing)
    form.short_title.fill(listing.short_title)
    for label, value in listing.attributes.items():
        form.attributes.fill(label, value)
    form.brand.choose(listing.brand)
    form.detail_pictures.put([picture.path for picture in listing.detail_pictures])
    form.specs.fill(listing.specs())
    form.skus.fill(listing.skus)
    form.code.fill(listing.code)
    form.freight_template.choose(listing.freight_template)
    form.ships_within.choose(listing.ships_within)
    form.seven_day_return.choose(listing.seven_day_return)


def test_a_filled_form_reads_back_as_the_sheet_wants_it(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    listing = listings["CG-1001"]
    fill(form, listing)

    assert form.read("").facts() == listing.facts()


def test_an_answer_that_is_there_before_one_can_look_is_not_lost(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    fill(form, listings["CG-1002"])
    answer = {"code": 0, "msg": "", "data": {"product_id": "38", "next": "success"}}
    form.page.route(f"**{CREATE_CALL}*", lambda route: route.fulfill(json=answer))

    assert form.submit() == "38"


def test_a_spec_the_category_does_not_offer_is_added(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    start(form, listings["CG-1002"])
    form.specs.fill({"套餐类型": ["单只", "两只装"]})
    skus = [
        Sku(code=f"T-{n}", spec={"套餐类型": value}, price="9.90", stock=n)
        for n, value in enumerate(["单只", "两只装"], start=1)
    ]
    form.skus.fill(skus)
    assert [sku.line for sku in form.read("").skus] == [sku.line for sku in skus]


def test_three_specs_make_a_long_table_of_which_only_a_part_is_drawn(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    start(form, listings["CG-1001"])
    specs = {
        "颜色分类": [f"{n}号色" for n in range(1, 10)],
        "尺码大小": ["S", "M", "L"],
        "款式": ["短袖", "长袖"],
    }
    form.specs.fill(specs)
    combinations = list(itertools.product(*specs.values()))
    skus = [
        Sku(code=f"L-{n:02}", spec=dict(zip(specs, spec, strict=True)), price="9.90", stock=n)
        for n, spec in enumerate(combinations)
    ]
    form.skus.fill(skus)
    assert form.skus.rows.count() < len(skus) == 54
    assert [sku.line for sku in form.skus.read()] == [sku.line for sku in skus]
    assert [sku.code for sku in form.skus.read()] == [sku.code for sku in skus]


def test_every_brand_chosen_is_the_brand_shown(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    start(form, listings["CG-1002"])
    for _ in range(3):
        for brand in ("无品牌", "云朵家", "无品牌"):
            form.brand.choose(brand)
            assert form.brand.value() == brand


def test_an_incomplete_form_is_refused_with_the_fields_own_words(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    start(form, listings["CG-1002"])
    with pytest.raises(BusinessError, match="品牌必填"):
        form.submit()


def test_an_edit_page_reads_a_product_and_an_unknown_id_is_told_apart(form: ProductForm) -> None:
    row = next(
        row for row in ProductList(form.page, form.site).search("P-10") if row.code == "P-10"
    )
    assert form.open_edit(row.product_id)
    product = form.read(row.product_id)
    assert product.code == "P-10"
    assert product.skus
    assert not form.open_edit("3800000000000000000")


def test_a_reference_price_reads_back_with_its_kind_and_proof(
    form: ProductForm, listings: dict[str, Listing]
) -> None:
    listing = listings["CG-1002"]
    start(form, listing)
    assert form.reference.read() is None
    (proof, *_) = listing.main_pictures
    reference = Reference(kind="吊牌价", price=listing.skus[0].price * 2, proof=proof)

    form.reference.fill(reference, proof.path)

    read = form.reference.read()
    assert read is not None
    assert read.facts() == reference.facts()
