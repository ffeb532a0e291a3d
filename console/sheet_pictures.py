"""The picture files that a sheet names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from domain.listing import Picture
from domain.sheet_errors import Fault

PictureRule = Callable[[bytes], Fault | None]
_BETWEEN = re.compile(r"[,，、|\s]+")
_PICTURE = re.compile(r".+\.(jpe?g|png)", re.IGNORECASE)


def names_meant(name: str, homes: Sequence[Path]) -> list[str]:
    """Give the names in a text that no file is called: ``a.jpg、b.jpg`` is two pictures.

    A comma or blank may stand in a name too, so every part must look like a picture's or be there.
    """
    parts = [part for part in _BETWEEN.split(name) if part]
    if _is_there(name, homes) or not all(
        _PICTURE.fullmatch(x) or _is_there(x, homes) for x in parts
    ):
        return [name]
    return parts


def _is_there(name: str, homes: Sequence[Path]) -> bool:
    return any((home / name).is_file() for home in homes)


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
