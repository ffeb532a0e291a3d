"""The shell: who we are, and whether a person is needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from domain.site import SiteMap
from pages.doudian.shell import Shell
from tests.conftest import Store


def test_without_a_session_the_login_stands_in_front(page: Page, site: SiteMap) -> None:
    shell = Shell(page, site)
    shell.open()
    assert not shell.signed_in()


def test_a_wrong_password_does_not_sign_in(page: Page, site: SiteMap, shared_store: Store) -> None:
    shell = Shell(page, site)
    shell.open()
    shell.sign_in(shared_store.card.account, "wrong")
    assert not shell.signed_in()


def test_the_page_says_whose_it_is(shell: Shell, shared_store: Store) -> None:
    card = shared_store.card
    identity = shell.identity()
    assert shell.signed_in()
    assert identity.shop_name == card.shop_name
    assert identity.shop_id == card.shop_id
    assert identity.world == f"127.0.0.1/{card.world}"


@pytest.mark.parametrize(
    ("width", "height", "wanted"), [(340, 300, "captcha"), (300, 150, ""), (0, 0, "")]
)
def test_only_a_visible_captcha_box_calls_a_person(
    shell: Shell, width: int, height: int, wanted: str
) -> None:
    shell.page.evaluate(
        "([w, h]) => { const box = document.createElement('div'); box.id = 'captcha_container';"
        "box.style.cssText = `width:${w}px;height:${h}px`; document.body.append(box) }",
        [width, height],
    )
    assert shell.person_needed() == wanted


def test_the_account_number_is_declared_sensitive(shell: Shell) -> None:
    assert "****" in shell.sensitive[0].inner_text()
