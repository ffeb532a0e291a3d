"""Fetching the UI libraries: checked, whole or not at all, once."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from practice import libraries
from practice.libraries import LibrariesMissing, Library

PACKED = b""


def tarball(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


@pytest.fixture
def packed() -> bytes:
    return tarball({"dist/kit.js": b"kit()", "LICENSE": b"MIT", "src/kit.ts": b"unused"})


@pytest.fixture
def shelf(packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty libraries folder, and one small pinned library that npm would fetch."""
    digest = base64.b64encode(hashlib.sha512(packed).digest()).decode()
    kit = Library("kit", "1.0.0", f"sha512-{digest}", len(packed), ("dist/kit.js", "LICENSE"))
    monkeypatch.setenv("PRACTICE_LIBRARIES", str(tmp_path))
    monkeypatch.setattr(libraries, "pinned", lambda: (kit,))
    return tmp_path


def fetches(content: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let npm be a local file; the list shows how often it was asked."""
    asked: list[Path] = []

    def pack(into: Path) -> None:
        asked.append(into)
        (into / "kit-1.0.0.tgz").write_bytes(content)

    monkeypatch.setattr(libraries, "_npm_pack", pack)
    return asked


def test_takes_only_the_files_it_serves_and_only_once(
    shelf: Path, packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fetches(packed, monkeypatch)
    said: list[str] = []
    folder = libraries.ensure_libraries(said.append)
    assert sorted(p.name for p in (folder / "kit").iterdir()) == ["LICENSE", "kit.js"]
    assert "kit 1.0.0" in said[0]
    assert libraries.ensure_libraries(said.append) == folder
    assert len(asked) == 1
    assert list(shelf.iterdir()) == [folder]


def test_a_changed_package_is_not_installed(
    shelf: Path, packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetches(packed + b"!", monkeypatch)
    with pytest.raises(LibrariesMissing, match="not the file pinned"):
        libraries.ensure_libraries(print)
    assert list(shelf.iterdir()) == []


def test_without_npm_and_uv_it_says_what_to_install(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.delenv("UV", raising=False)
    with pytest.raises(LibrariesMissing, match="Install uv or Node"):
        libraries.ensure_libraries(print)
    assert list(shelf.iterdir()) == []


def test_two_versions_of_one_package_have_two_names_here_and_one_at_npm() -> None:
    five, six = (one for one in libraries.pinned() if one.name.startswith("antd"))
    assert (five.name, five.request, five.tarball) == ("antd", "antd@5.29.3", "antd-5.29.3.tgz")
    assert (six.name, six.request, six.tarball) == ("antd6", "antd@6.6.8", "antd-6.6.8.tgz")


def test_every_pin_is_exact() -> None:
    names = {one.name: one.version for one in libraries.pinned()}
    assert names["antd"] == "5.29.3"
    assert names["antd6"] == "6.6.8"
    assert names["react"] == names["react-dom"] == "18.3.1"
    assert all(one.integrity.startswith("sha512-") for one in libraries.pinned())
