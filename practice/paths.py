"""Where a world and the UI libraries live on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


def home_folder() -> Path:
    """The world's folder: ``PRACTICE_HOME``, else the user's data folder."""
    named = os.environ.get("PRACTICE_HOME")
    return Path(named) if named else user_data_path("shopclerk") / "practice"


def libraries_folder() -> Path:
    """The UI libraries' folder: ``PRACTICE_LIBRARIES``, else the user's cache folder."""
    named = os.environ.get("PRACTICE_LIBRARIES")
    return Path(named) if named else user_cache_path("shopclerk") / "practice-libraries"
