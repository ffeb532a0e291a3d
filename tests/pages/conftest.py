"""One practice store for all page tests, and a browser page that is signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_playwright import CreateContextCallback

from domain.site import SiteMap
from engine.browser import STILL
from engine.settings import load_site
from pages.doudian.shell import Shell
from tests.conftest import Store, served


@pytest.fixture(scope="session")
def shared_store(
    tmp_path_factory: pytest.TempPathFactory, practice_libraries: Path
) -> Iterator[Store]:
    with served(tmp_path_factory.mktemp("pages") / "practice", practice_libraries) as store:
        yield store


@pytest.fixture(scope="session")
def site(shared_store: Store) -> SiteMap:
    """The map of the practice store's site, as the console makes it."""
    return load_site("practice").model_copy(update={"base_url": shared_store.card.url})


@pytest.fixture(scope="session")
def signed_in(
    browser: Browser,
    site: SiteMap,
    shared_store: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The storage state of a browser that signed in by the form."""
    state = tmp_path_factory.mktemp("session") / "state.json"
    with browser.new_context() as context:
        shell = Shell(context.new_page(), site)
        shell.open()
        shell.sign_in(shared_store.card.account, shared_store.card.password)
        context.storage_state(path=state)
    return state


@pytest.fixture
def shell(new_context: CreateContextCallback, site: SiteMap, signed_in: Path) -> Shell:
    """The signed-in shell."""
    context = new_context(storage_state=signed_in)
    context.set_default_timeout(15_000)
    context.add_init_script(STILL)
    shell = Shell(context.new_page(), site)
    shell.open()
    return shell
