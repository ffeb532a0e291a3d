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


@pytest.fixture
def owner(page: Page, site: SiteMap, shared_store: Store) -> Shell:
    """The login of an account with several shops, up to the question which."""
    (account,) = (one for one in shared_store.card.accounts if len(one["shops"]) == 3)
    shell = Shell(page, site)
    shell.open()
    shell.sign_in(account["account"], account["password"])
    return shell


def test_the_configured_shop_is_opened_of_several(owner: Shell) -> None:
    assert not owner.signed_in()
    assert owner.open_shop("晨光家居小店")
    assert owner.identity().shop_name == "晨光家居小店"


def test_one_can_change_to_another_shop_of_the_account(owner: Shell) -> None:
    owner.open_shop("青禾服饰")
    assert owner.identity().shop_name == "青禾服饰"
    assert owner.open_shop("晨光家居小店2号店")
    assert owner.identity().shop_name == "晨光家居小店2号店"


def test_a_shop_that_the_account_does_not_have_is_not_opened(owner: Shell) -> None:
    assert not owner.open_shop("晨光")
    assert not owner.signed_in()


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
