"""商品管理: a search answers for exactly what was asked."""

from __future__ import annotations

import pytest

from domain.errors import TransientError
from pages.doudian.product_list import ProductList
from pages.doudian.shell import Shell


@pytest.fixture
def products(shell: Shell) -> ProductList:
    return ProductList(shell.page, shell.site)


def test_near_twin_codes_come_back_together_each_with_its_own_code(products: ProductList) -> None:
    codes = {row.code for row in products.search("P-1")}
    assert {"P-1", "P-10", "P-100"} <= codes


def test_an_id_finds_its_product_alone_with_its_status(products: ProductList) -> None:
    wanted = next(row for row in products.search("P-10") if row.code == "P-10")
    assert len(wanted.product_id) == 19
    assert products.search(wanted.product_id) == (wanted,)
    assert wanted.status


def test_an_unknown_code_is_answered_with_nothing(products: ProductList) -> None:
    assert products.search("CG-9999") == ()


def test_rows_after_a_search_are_never_those_of_the_search_before(products: ProductList) -> None:
    terms = ("P-10", "CG-9999", "P-100")
    answers = {term: products.search(term) for term in terms}
    assert len(set(answers.values())) == len(terms)
    for _ in range(3):
        assert {term: products.search(term) for term in terms} == answers


def test_a_list_that_does_not_answer_is_no_absence(products: ProductList) -> None:
    products.open()
    products.page.route("**/product/tproduct/list*", lambda route: route.fulfill(status=502))
    with pytest.raises(TransientError, match="502"):
        products.search("P-1")


def test_a_list_that_somebody_narrowed_meanwhile_is_loaded_anew(products: ProductList) -> None:
    wanted = products.search("P-10")
    filters = products.page.locator("[class*=style_filter]")
    status = filters.filter(has_text="请选择商品状态").last
    status.click()
    products.page.locator(".ecom-g-select-item-option", has_text="封禁").click()
    products.anchor.click()

    assert products.search("P-10") == wanted
    assert status.inner_text() == "请选择商品状态"


def test_a_list_that_nobody_touched_is_not_loaded_again(products: ProductList) -> None:
    products.search("P-10")
    products.page.evaluate("window.mark = 'the same page'")
    products.search("CG-9999")
    assert products.page.evaluate("window.mark") == "the same page"
