"""Files and folders that only their owner may read: the database, logins, backups.

On Windows the user's own folders are private already.
"""

from __future__ import annotations

import os
from pathlib import Path


def private_file(file: Path) -> None:
    """Make an empty file that only its owner may read, or make the one that is there so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
    _close_to_others(file, 0o600)


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may open, or make the one that is there so."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _close_to_others(folder, 0o700)


def _close_to_others(path: Path, mode: int) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(mode)
