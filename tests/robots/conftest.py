"""The desk where a robot's write is tried out without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robots.quiet_desk import QuietDesk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[QuietDesk]:
    with desk_in(tmp_path) as desk:
        yield desk
