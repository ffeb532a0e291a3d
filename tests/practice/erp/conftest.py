"""An ERP for each module of tests, and somebody who works in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.practice.erp.erp_site import ErpClient, ErpSite, erp_site


def pytest_configure(config: pytest.Config) -> None:
    line = "facts(*ids): the statements in facts.yaml that this test holds the twin to"
    config.addinivalue_line("markers", line)


@pytest.fixture(scope="module")
def erp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErpSite]:
    with erp_site(tmp_path_factory.mktemp("erp")) as site:
        yield site


@pytest.fixture(scope="module")
def worker(erp: ErpSite) -> ErpClient:
    """The main account, without a browser."""
    return erp.client()
