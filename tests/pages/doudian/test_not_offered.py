"""What the sheet wants and the site does not offer is refused at once, with what it has instead."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route
from sqlalchemy import select

from domain.errors import BusinessError
from pages.doudian.categories import CategoryDialog
from pages.doudian.product_form import ProductForm
from pages.doudian.shell import Shell
from practice.tables import Product
from tests.pages.doudian.conftest import Truth

REAL = ("家居日用", "收纳整理", "桌面收纳盒")


def own_product(truth: Truth) -> str:
    with truth.world() as world, world.transaction() as session:
        mine = select(Product.id).filter_by(shop_id=truth.store.card.shop_id, status=0)
        return str(session.scalars(mine.order_by(Product.id)).first())


@pytest.mark.parametrize(
    ("category", "told"),
    [
        (("家居日用品",), "the site has no category 家居日用品; it has .*家居日用"),
        ((*REAL[:2], "桌面收纳"), "桌面收纳; it has .*桌面收纳盒"),
        (REAL[:1], f"the category goes on below {REAL[0]}; it has .*{REAL[1]}"),
        (REAL[:2], f"the category goes on below {' > '.join(REAL[:2])}; it has .*{REAL[2]}"),
    ],
)
def test_a_category_that_is_none_is_refused_with_what_is_near(
    shell: Shell, category: tuple[str, ...], told: str
) -> None:
    ProductForm(shell.page, shell.site).open_new()
    dialog = CategoryDialog(shell.page, shell.site)
    dialog.open()
    with pytest.raises(BusinessError, match=told):
        dialog.choose(category)


def test_a_brand_whose_search_got_no_answer_is_searched_again(shell: Shell, truth: Truth) -> None:
    form = ProductForm(shell.page, shell.site)
    assert form.open_edit(own_product(truth))
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.fulfill(status=502, body="Bad Gateway")

    shell.page.route("**/brandList**", fail_once)
    form.brand.choose("云朵优品")
    assert failed
    assert form.brand.value() == "云朵优品"


def test_a_brand_that_the_site_does_not_have_is_refused(shell: Shell, truth: Truth) -> None:
    form = ProductForm(shell.page, shell.site)
    assert form.open_edit(own_product(truth))
    with pytest.raises(
        BusinessError, match=re.escape("the list of 品牌 has no option 没有这个品牌")
    ):
        form.brand.choose("没有这个品牌")
