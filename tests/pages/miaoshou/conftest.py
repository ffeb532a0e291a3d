"""The ERP of the shared world: its weather, its truth, and a page that is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_playwright import CreateContextCallback

from domain.site import SiteMap
from engine.browser import STILL
from engine.settings import load_site
from pages.miaoshou.shell import ErpShell
from pages.widgets.element import Toasts
from practice.erp.showing import shown_addresses
from practice.world import open_world
from tests.conftest import Store


@dataclass(frozen=True)
class Erp:
    """An ERP that is open, and what its own database says."""

    store: Store

    @property
    def url(self) -> str:
        return str(self.store.card.sites["erp"]["url"])

    @property
    def robot(self) -> dict[str, Any]:
        """Who works there: the 子账号, which may not delete."""
        who: dict[str, Any] = self.store.card.sites["erp"]["accounts"][-1]
        return who

    def addresses(self, phone: str) -> list[dict[str, Any]]:
        with closing(open_world(self.store.home)) as world:
            rows = shown_addresses(world, foreign=True)
        return [one for one in rows if one["phone"] == phone]


@pytest.fixture(scope="session")
def erp(shared_store: Store) -> Erp:
    return Erp(shared_store)


@pytest.fixture(scope="session")
def site(erp: Erp) -> SiteMap:
    """The map of the practice ERP, as the console makes it."""
    return load_site("practice-erp").model_copy(update={"base_url": erp.url})


@pytest.fixture(scope="session")
def signed_in(
    browser: Browser, site: SiteMap, erp: Erp, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The storage state of a browser that signed in by the form."""
    state = tmp_path_factory.mktemp("erp") / "state.json"
    with browser.new_context() as context:
        shell = ErpShell(context.new_page(), site)
        shell.open()
        shell.sign_in(erp.robot["account"], erp.robot["password"])
        context.storage_state(path=state)
    return state


@pytest.fixture
def shell(new_context: CreateContextCallback, site: SiteMap, signed_in: Path) -> ErpShell:
    """The signed-in shell."""
    context = new_context(storage_state=signed_in)
    context.set_default_timeout(15_000)
    context.add_init_script(STILL)
    Toasts.install(context)
    shell = ErpShell(context.new_page(), site)
    shell.open()
    return shell


@pytest.fixture(params=["calm", "rough"])
def weather(request: pytest.FixtureRequest, shared_store: Store) -> Iterator[str]:
    """What may go wrong during the test, but for what a page object hands to the robot."""
    handed = ["session_expires", "gateway_on_read", "gateway_before_commit", "list_lags"]
    handed += ["gateway_after_commit", "answer_lost", "late_commit", "throttled"]
    rates = {**dict.fromkeys(handed, 0), "erp_notice": 0.6, "erp_tour": 0.3}
    rough = request.param == "rough"
    shared_store.control("POST", "faults", profile=request.param, rates=rates if rough else {})
    yield request.param
    shared_store.control("POST", "faults", profile="calm")
