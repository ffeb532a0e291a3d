"""Logged-in visitors, pages that many checks share, and faults for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from practice.card import WorldCard
from practice.tables import Account
from practice.world import World
from tests.practice.conformance import steps
from tests.practice.conftest import STILL
from tests.practice.order_shop import OrderShop, order_shop
from tests.practice.store_client import StoreClient

SetFaults = Callable[..., None]
TIMEOUT = 30_000
expect.set_options(timeout=TIMEOUT)  # a busy machine is no deviation


def pytest_configure(config: pytest.Config) -> None:
    line = "facts(*ids): the statements in facts.yaml that this test holds the twin to"
    config.addinivalue_line("markers", line)


@pytest.fixture(scope="session")
def merchant(card: WorldCard) -> StoreClient:
    """The shop's owner, without a browser."""
    client = StoreClient(card.url)
    client.login(card.account, card.password)
    return client


@pytest.fixture
def as_account(card: WorldCard, truth: World) -> Callable[[str], StoreClient]:
    """Log somebody else in by the start of their e-mail address."""

    def logged_in_as(name: str) -> StoreClient:
        with truth.transaction() as session:
            who = session.scalars(select(Account).where(Account.email.startswith(name))).one()
        client = StoreClient(card.url)
        assert client.login(who.email, who.password)["code"] == 0
        return client

    return logged_in_as


@pytest.fixture
def set_faults(merchant: StoreClient) -> Iterator[SetFaults]:
    """Let these faults happen until the end of the test."""

    def set_them(**rates: float) -> None:
        assert "rates" in merchant.post("/_practice/faults", {"profile": "calm", "rates": rates})

    yield set_them
    merchant.post("/_practice/faults", {"profile": "calm", "rates": {}})


@pytest.fixture
def page(logged_in: BrowserContext) -> Iterator[Page]:
    """A logged-in page that has time."""
    with logged_in.new_page() as page:
        page.set_default_timeout(TIMEOUT)
        yield page


@pytest.fixture(scope="session")
def listed(logged_in: BrowserContext) -> Iterator[Page]:
    """商品管理 with every product, to be looked at only."""
    with logged_in.new_page() as page:
        page.set_default_timeout(TIMEOUT)
        page.goto("/ffa/g/list?tab=all")
        page.locator(".ecom-g-table-row").first.wait_for()
        yield page


@pytest.fixture(scope="session")
def form(logged_in: BrowserContext) -> Iterator[Page]:
    """The second step of 商品创建 for a T恤 with a value for each spec, to be looked at only."""
    with logged_in.new_page() as page:
        page.set_default_timeout(TIMEOUT)
        steps.first_step(page, *steps.T_SHIRT)
        steps.add_value(page, "颜色分类", "白色")
        steps.add_value(page, "尺码大小", "M")
        yield page


@pytest.fixture(scope="session")
def strangers(browser: Browser, card: WorldCard) -> Iterator[BrowserContext]:
    """A profile whose cookies are thrown away again and again; the UI libraries stay in it."""
    with browser.new_context(base_url=card.url) as context:
        context.set_default_timeout(TIMEOUT)
        context.add_init_script(STILL)
        yield context


@pytest.fixture
def visitor(strangers: BrowserContext) -> Iterator[Page]:
    """A page of somebody who is not logged in."""
    strangers.clear_cookies()
    with strangers.new_page() as page:
        yield page


@pytest.fixture
def colleague(visitor: Page, card: WorldCard) -> Page:
    """A page of a session of its own, for what would spoil the one that others use."""
    login = {"account": card.account, "password": card.password}
    visitor.request.post("/ecomauth/loginv1/login", data=login)
    return visitor


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrderShop]:
    """A world of its own with orders, its clock at hand."""
    with order_shop(tmp_path_factory.mktemp("order-world")) as served:
        yield served


@pytest.fixture(scope="session")
def seller(shop: OrderShop) -> StoreClient:
    """That shop's owner, without a browser."""
    return shop.client()
