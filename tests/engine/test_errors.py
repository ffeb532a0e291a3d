"""The messages are Playwright 1.60's own, as a real browser gave them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.errors import BusinessError, Defect, ShopclerkError, TransientError
from engine.errors import at_step, from_playwright

FILL_TIMED_OUT = """Locator.fill: Timeout 15000ms exceeded.
Call log:
  - waiting for get_by_label("收货人")
    - locator resolved to <input disabled value="张三"/>
    - fill("李四 13812345678")
  - attempting fill action
    2 × waiting for element to be visible, enabled and editable
      - element is not enabled
    - retrying fill action
"""
WRONG_KIND_OF_FIELD = """Locator.fill: Error: Cannot type text into input[type=number]
Call log:
  - waiting for locator("#price")
    - locator resolved to <input id="price" value="张三" type="number"/>
    - fill("李四 13812345678")
"""
TWO_BUTTONS = """Locator.click: Error: strict mode violation: get_by_role("button") resolved to \
2 elements:
    1) <button>保存</button> aka get_by_role("button", name="保存").first
    2) <button>保存</button> aka get_by_role("button", name="保存").nth(1)

Call log:
  - waiting for get_by_role("button")
"""
TWO_FIELDS = """Locator.fill: Error: strict mode violation: get_by_label("收货人") resolved to \
2 elements:
    1) <input value="张三 13812345678"/> aka get_by_label("收货人").first
    2) <td>李四</td> aka get_by_text("李四")

Call log:
  - waiting for get_by_label("收货人")
"""
BROWSER_GONE = "Locator.fill: Target page, context or browser has been closed"
STORE_DOWN = """Page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:8800/ffa/g/list
Call log:
  - navigating to "http://127.0.0.1:8800/ffa/g/list", waiting until "load"
"""
READ_TOO_LATE = (
    "Response.json: Protocol error (Network.getResponseBody): No resource with given identifier "
    "found"
)
LEFT_MEANWHILE = (
    "Page.evaluate: Execution context was destroyed, most likely because of a navigation"
)
PAGE_CRASHED = "Page.goto: Page crashed"


@pytest.mark.parametrize(
    ("error", "ours", "says"),
    [
        (PlaywrightTimeout(FILL_TIMED_OUT), TransientError, "did not get there in time"),
        (PlaywrightError(BROWSER_GONE), TransientError, "went away"),
        (PlaywrightError(STORE_DOWN), TransientError, "went away"),
        (PlaywrightError(PAGE_CRASHED), TransientError, "went away"),
        (PlaywrightError(READ_TOO_LATE), TransientError, "went away"),
        (PlaywrightError(LEFT_MEANWHILE), TransientError, "went away"),
        (PlaywrightError(TWO_BUTTONS), Defect, "more than one element"),
        (PlaywrightError(TWO_FIELDS), Defect, "more than one element"),
        (PlaywrightError(WRONG_KIND_OF_FIELD), Defect, "the browser refused"),
    ],
)
def test_browser_trouble_becomes_what_must_happen_next(
    error: PlaywrightError, ours: type[ShopclerkError], says: str
) -> None:
    mapped = from_playwright(error)

    assert type(mapped) is ours
    assert says in str(mapped)


@pytest.mark.parametrize("message", [FILL_TIMED_OUT, WRONG_KIND_OF_FIELD, TWO_FIELDS])
def test_what_was_typed_and_what_stood_there_never_appear(message: str) -> None:
    for error in (PlaywrightTimeout(message), PlaywrightError(message)):
        mapped = from_playwright(error)
        shown = f"{mapped} {mapped!r} {mapped.args}"
        assert not [value for value in ("李四", "张三", "13812345678") if value in shown]


def test_the_locator_that_was_waited_for_is_named() -> None:
    assert 'waiting for get_by_label("收货人")' in str(
        from_playwright(PlaywrightTimeout(FILL_TIMED_OUT))
    )


def test_a_strict_mode_violation_keeps_its_locator_and_how_many_it_met() -> None:
    shown = str(from_playwright(PlaywrightError(TWO_FIELDS)))

    assert 'strict mode violation: get_by_label("收货人") resolved to 2 elements' in shown


def test_a_message_is_one_short_line() -> None:
    endless = "Page.evaluate: " + "Error: the page's own words\n    at eval\n" * 100

    shown = str(from_playwright(PlaywrightError(endless)))

    assert "\n" not in shown
    assert len(shown) < 400


def test_a_token_in_an_address_is_hidden() -> None:
    refused = "Page.goto: net::ERR_ABORTED at https://fxg.jinritemai.com/?token=abc123"

    assert "abc123" not in str(from_playwright(PlaywrightError(refused)))


# Steps


def test_a_step_turns_browser_errors_into_ours_with_its_facts() -> None:
    with (
        pytest.raises(TransientError) as caught,
        at_step(step="product.create", key="CG-1001"),
    ):
        raise PlaywrightTimeout(FILL_TIMED_OUT)

    assert caught.value.facts == {"step": "product.create", "key": "CG-1001"}
    assert "(step product.create, key CG-1001)" in str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def test_the_innermost_step_names_the_facts_and_outer_ones_add_theirs() -> None:
    with (
        pytest.raises(BusinessError) as caught,
        at_step(step="upload-listings", key="CG-1001"),
        at_step(step="product.create"),
    ):
        raise BusinessError("标题含有违禁词", page="create")

    assert caught.value.facts == {"step": "product.create", "key": "CG-1001", "page": "create"}


def test_an_expectation_that_was_not_met_is_a_look_that_failed() -> None:
    unmet = "Locator expected to have count '5'\nActual value: 张三\nCall log:\n  - waiting"

    with pytest.raises(TransientError) as caught, at_step(step="read"):
        raise AssertionError(unmet)

    assert "the page did not get there: Locator expected to have count" in str(caught.value)
    assert not [value for value in ("'5'", "张三") if value in str(caught.value)]
    assert caught.value.facts == {"step": "read"}


@pytest.mark.parametrize(
    "unmet",
    [
        "Locator expected to have Value 's3cret'\nActual value: 张三",
        "Locator expected to have Value 's3\ncret'\nActual value: 张三",
        "Locator expected to contain text 's3cret'\nActual value: 张三\nCall log:\n  - waiting",
    ],
)
def test_an_expectation_names_neither_what_was_wanted_nor_what_stood_there(unmet: str) -> None:
    with pytest.raises(TransientError) as caught, at_step(step="read"):
        raise AssertionError(unmet)

    shown = f"{caught.value} {caught.value!r}"
    assert "Locator expected to" in shown
    assert not [value for value in ("s3", "cret", "张三") if value in shown]


def test_an_expectation_that_meets_two_elements_is_a_robot_that_does_not_fit() -> None:
    two = (
        "Locator expected to be visible\nActual value: None\n"
        'Error: strict mode violation: get_by_role("button", name="保存") resolved to 2 elements:\n'
        "    1) <button>张三</button>"
    )

    with pytest.raises(Defect, match="more than one element") as caught, at_step(step="read"):
        raise AssertionError(two)

    assert "张三" not in str(caught.value)


def test_what_is_no_browser_error_passes_as_it_is() -> None:
    ours = KeyError("data")

    with pytest.raises(KeyError) as caught, at_step(step="read"):
        raise ours

    assert caught.value is ours
