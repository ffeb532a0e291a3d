"""The picture files that a sheet names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from domain.listing import Picture
from domain.sheet_errors import Fault

PictureRule = Callable[[bytes], Fault | None]


def read_picture(name: str, homes: Sequence[Path], rule: PictureRule) -> Picture | Fault:
    """Find a picture from one of the folders that names count from, and check it."""
    paths = [home / name for home in homes]
    path = next((each for each in paths if each.exists()), paths[0])
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Fault(rule="S-picture-missing", mend=_where_to_look(path))
    except OSError as error:
        mend = f"check the file {path}: it can't be read ({error.strerror})"
        return Fault(rule="S-picture-unreadable", mend=mend)
    return rule(data) or Picture(path=path, sha256=hashlib.sha256(data).hexdigest())


def _where_to_look(path: Path) -> str:
    mend = f"correct the name, or put the picture there: {path} does not exist"
    similar = _similar(path)
    return f"{mend}; there is {similar}" if similar else mend


def _similar(path: Path) -> str:
    """Name the file beside it that was most likely meant."""
    if not path.parent.is_dir():
        return ""
    there = {file.name.lower(): file.name for file in path.parent.iterdir() if file.is_file()}
    close = get_close_matches(path.name.lower(), there, n=1, cutoff=0.8)
    return there[close[0]] if close else ""
