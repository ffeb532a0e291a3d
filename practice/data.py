"""The yaml files that the store's facts are kept in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# The same answers from C, eight times as fast: it shows when the store is started.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What stands in one of them."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is safe
