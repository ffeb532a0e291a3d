"""Whether a run's evidence, and the chain of its shop's runs, is still what it was at its end."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.model import Value
from engine.chain import MANIFEST, Link, link_of, sum_of

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
    chain: str = ""
    """Where its tie to the shop's run before is broken: ``previous_gone``, ``previous_changed`` or
    ``number_twice``."""
    previous: str = ""
    """The run that a broken chain is about, by its folder."""

    @property
    def good(self) -> bool:
        """Whether every file is there, unchanged, and no other."""
        return not (self.missing or self.changed or self.extra or self.trouble or self.chain)


def verify_runs(folders: Sequence[Path]) -> list[Verdict]:
    """Check runs, each by itself and its tie to the run before it."""
    links = {folder: link_of(folder) for folder in folders}
    places = Counter((link.shop, link.number) for link in links.values() if link)
    return [_tied(verify_run(folder), link, places) for folder, link in links.items()]


def _tied(verdict: Verdict, link: Link | None, places: Mapping[tuple[str, int], int]) -> Verdict:
    """Add where a run's tie to the shop's run before it is broken."""
    if link is None:
        return verdict
    chain = ""
    if places[link.shop, link.number] > 1:
        chain = "number_twice"
    elif link.previous:
        found = sum_of(verdict.folder.parent.parent / link.previous)
        if found != link.previous_sha256:
            chain = "previous_changed" if found else "previous_gone"
    return verdict.model_copy(update={"chain": chain, "previous": link.previous if chain else ""})


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
