"""The gallery without a shop around it, and one browser page of it for each Ant Design version."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn
from playwright.sync_api import Browser, ViewportSize
from starlette.applications import Starlette

from engine.browser import VIEWPORT
from pages.widgets.antd import Toasts, clear_notices
from practice import gallery, libraries
from practice.store import screens
from tests.pages.widgets.gallery import Gallery

for kind in ("inputs", "choices", "tables", "layers"):
    pytest.register_assert_rewrite(f"tests.pages.widgets.cases_{kind}")
DOMS = [(5, "auxo"), (5, "ecom-g"), (6, "aurora")]
PAGE_MS = 15_000


@pytest.fixture(scope="session")
def gallery_url(practice_libraries: Path) -> Iterator[str]:
    """The gallery's address; it needs no world, and a world takes long to make."""
    assert practice_libraries.is_dir()
    app = Starlette(routes=[*gallery.ROUTES, *screens.ROUTES])
    app.state.twin = SimpleNamespace(libraries=libraries.ensure_libraries(print))
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@contextmanager
def opened(browser: Browser, url: str, antd: int, prefix: str) -> Iterator[Gallery]:
    """A gallery on a page of its own, whose toasts are recorded and whose notices are cleared."""
    size = ViewportSize(width=VIEWPORT["width"], height=VIEWPORT["height"])
    with browser.new_context(viewport=size, locale="zh-CN") as context:
        context.set_default_timeout(PAGE_MS)
        Toasts.install(context)
        page = context.new_page()
        clear_notices(context, prefix)
        yield Gallery(page, url, antd, prefix)


@pytest.fixture(scope="session", params=[DOMS[0], DOMS[2]], ids=lambda dom: f"antd{dom[0]}")
def shared_gallery(
    request: pytest.FixtureRequest, browser: Browser, gallery_url: str
) -> Iterator[Gallery]:
    with opened(browser, gallery_url, *request.param) as shown:
        shown.load(latency=60)
        yield shown


@pytest.fixture(name="gallery")
def same_gallery(shared_gallery: Gallery) -> Gallery:
    """The gallery, the same page for all tests: a test that breaks it loads it anew."""
    return shared_gallery


@pytest.fixture
def slow_motion(gallery: Gallery) -> Iterator[None]:
    """Everything moves at a fifth of its speed."""
    devtools = gallery.page.context.new_cdp_session(gallery.page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 0.2})
    yield
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 1})
    devtools.detach()
