"""Signing in by hand: the account's own browser, opened for a person, until it is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from domain.errors import Defect, NeedsPerson
from domain.shop import Identity, Shop
from domain.site import SiteMap
from engine.browser import open_profile, started_playwright
from engine.errors import at_step
from engine.locks import account_lock, ask_for_window
from engine.screen import Entrance
from engine.session import PERSON_PAUSE
from engine.workplace import Workplace

PATIENCE = timedelta(minutes=30)
"""How long the window stays open for the person who signs in."""

Door = Callable[[Page, SiteMap], Entrance]


def sign_in_by_hand(
    workplace: Workplace, shop: Shop, door: Door, opened: Callable[[], None]
) -> Identity:
    """Open the account's browser and wait until a person is in the right shop.

    The login stays in the profile; nothing that is typed passes through this program.

    Raises:
        NeedsPerson: the browser is in use or did not open, or nobody signed in in time.
        Defect: the account opened another shop.
    """
    locks = workplace.settings.state / "locks"
    ask_for_window(locks, shop.lane)
    with account_lock(locks, shop.lane, wait=1) as lock, started_playwright() as playwright:
        profile = workplace.settings.profiles / shop.lane
        choice, site = workplace.browser(), workplace.site_of(shop)
        with open_profile(playwright, choice, profile, headless=False, motion=True) as context:
            lock.write_browser(profile)
            page = context.pages[0] if context.pages else context.new_page()
            entrance = door(page, site)
            with at_step(step="login"):
                entrance.open()
                opened()
                _await_person(workplace, shop, entrance)
                return _checked(entrance.identity(), shop)


def _await_person(workplace: Workplace, shop: Shop, entrance: Entrance) -> None:
    clock, deadline = workplace.clock, workplace.clock.now() + PATIENCE
    again = f"`shopclerk login {shop.name}` opens it again"
    while _asks(entrance, again):
        if clock.now() >= deadline:
            raise NeedsPerson(f"nobody signed in to {shop.shop_name}", mend=again)
        clock.sleep(PERSON_PAUSE)


def _asks(entrance: Entrance, again: str) -> bool:
    """Tell whether the page still waits for the person."""
    try:
        return bool(entrance.person_needed()) or not entrance.signed_in()
    except PlaywrightError:
        if not entrance.page.is_closed():
            return True  # a page that goes to another one while it is read
        what = "the window was closed before anybody was signed in"
        raise NeedsPerson(what, mend=again) from None


def _checked(seen: Identity, shop: Shop) -> Identity:
    if seen.shop_name != shop.shop_name:
        raise Defect(
            f"this account opened {seen.shop_name} ({seen.shop_id}), not {shop.shop_name}",
            mend="Sign in with the other account, or mend shop_name in shops.yaml",
        )
    return seen
