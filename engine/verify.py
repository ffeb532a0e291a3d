"""Whether a run's evidence is still what it was when the run ended."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from domain.model import Value

MANIFEST = "manifest.json"
GIVEN_BACK = "*-结果*.xlsx"
"""Result sheets: the operator goes on working in them."""


class Verdict(Value):
    """How a run's folder compares with its manifest."""

    folder: Path
    files: int = 0
    """How many files the manifest names."""
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    trouble: str = ""
    """Why nothing could be compared: ``no_folder``, ``no_manifest`` or ``broken_manifest``."""

    @property
    def good(self) -> bool:
        """Whether every file is there, unchanged, and no other."""
        return not (self.missing or self.changed or self.extra or self.trouble)


def verify_run(folder: Path) -> Verdict:
    """Compare every file of a run with the sha256 its manifest has for it."""
    if not folder.is_dir():
        return Verdict(folder=folder, trouble="no_folder")
    try:
        sums = _read_manifest(folder / MANIFEST)
    except FileNotFoundError:
        return Verdict(folder=folder, trouble="no_manifest")
    except (OSError, ValueError):
        return Verdict(folder=folder, trouble="broken_manifest")
    there = {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file() and file != folder / MANIFEST and not _given_back(file, folder)
    }
    return Verdict(
        folder=folder,
        files=len(sums),
        missing=tuple(sorted(sums.keys() - there.keys())),
        changed=tuple(
            name
            for name in sorted(sums.keys() & there.keys())
            if _sha256(there[name]) != sums[name]
        ),
        extra=tuple(sorted(there.keys() - sums.keys())),
    )


def _given_back(file: Path, folder: Path) -> bool:
    return file.parent == folder and file.match(GIVEN_BACK)


def _read_manifest(file: Path) -> dict[str, str]:
    """Read the sums of a manifest.

    Raises:
        ValueError: it is not what the program wrote.
    """
    content = json.loads(file.read_text(encoding="utf-8"))
    sums = content.get("sha256") if isinstance(content, dict) else None
    if not isinstance(sums, dict) or not all(isinstance(one, str) for one in sums.values()):
        raise ValueError(f"{file} names no sums")
    return sums


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
