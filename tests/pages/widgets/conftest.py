"""One gallery of each Ant Design version for the whole run, on one browser page each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ViewportSize

from engine.browser import VIEWPORT
from pages.widgets.antd import Toasts, clear_notices
from tests.conftest import Store
from tests.pages.widgets.gallery import Gallery

DOMS = [(5, "auxo"), (5, "ecom-g"), (6, "aurora")]
PAGE_MS = 15_000


@contextmanager
def opened(browser: Browser, store: Store, antd: int, prefix: str) -> Iterator[Gallery]:
    """A gallery on a page of its own, whose toasts are recorded and whose notices are cleared."""
    size = ViewportSize(width=VIEWPORT["width"], height=VIEWPORT["height"])
    with browser.new_context(viewport=size, locale="zh-CN") as context:
        context.set_default_timeout(PAGE_MS)
        Toasts.install(context)
        page = context.new_page()
        clear_notices(page, prefix)
        yield Gallery(page, store.card.url, antd, prefix)


@pytest.fixture(scope="session", params=[DOMS[0], DOMS[2]], ids=lambda dom: f"antd{dom[0]}")
def shared_gallery(
    request: pytest.FixtureRequest, browser: Browser, shared_store: Store
) -> Iterator[Gallery]:
    with opened(browser, shared_store, *request.param) as gallery:
        gallery.load(latency=60)
        yield gallery


@pytest.fixture
def gallery(shared_gallery: Gallery) -> Gallery:
    """The gallery, the same page for all tests: a test that breaks it loads it anew."""
    return shared_gallery
