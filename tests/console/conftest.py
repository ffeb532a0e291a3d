"""A desk with pictures, for the tests of sheets."""

from __future__ import annotations

import pytest

from tests.console.products import Desk, furnished


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Give the tests of a file one folder with pictures."""
    return furnished(tmp_path_factory.mktemp("desk"))
