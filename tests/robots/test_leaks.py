"""What opens doors and whose phone it is stays out of everything a run leaves (DESIGN 7).

Everything is decoded first: the database cell by cell, workbooks, logs, the text of the pages.
The browser's own profile holds the login, and the store's world its accounts: they are left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image, ImageChops, ImageFilter

from tests.conftest import Shopclerk, Store
from tests.sheets import sheet_of

NOT_OURS = ("profiles", "practice")
PICTURES = {".webp", ".jpg", ".jpeg", ".png"}
HEADER = 64
"""Height of the shell's header, px: the account's phone number stands in it."""
GREY, NEAR = (138, 145, 159), 6
"""The mask's colour, and how far compression may move it."""


def left_behind(home: Path) -> list[Path]:
    files = (file for file in home.rglob("*") if file.is_file())
    return [file for file in files if not set(NOT_OURS) & set(file.relative_to(home).parts)]


def text_of(file: Path) -> str:
    """Everything a file says, however it is packed."""
    if file.suffix == ".xlsx":
        pages = load_workbook(file).worksheets
        return "\n".join(str(cell) for page in pages for row in page.values for cell in row)
    if file.suffix == ".sqlite3":
        with closing(sqlite3.connect(file)) as database:
            return "\n".join(database.iterdump())
    return "" if file.suffix in PICTURES else file.read_bytes().decode(errors="replace")


def secrets_of(store: Store) -> dict[str, str]:
    """Every password, phone number and session of the store's accounts, from its own database."""
    with closing(sqlite3.connect(store.home / "store.sqlite3")) as database:
        accounts = database.execute("SELECT mobile, password FROM account").fetchall()
        sessions = database.execute("SELECT token FROM session").fetchall()
    assert accounts
    assert sessions
    secrets: dict[str, str] = {}
    for at, (mobile, password) in enumerate(accounts):
        hidden = f"{mobile[:3]}****{mobile[-4:]}"
        secrets |= {
            f"phone {at}": mobile,
            f"phone {at} as shown": hidden,
            f"password {at}": password,
        }
    return secrets | {f"cookie {at}": row[0] for at, row in enumerate(sessions)}


def masked_width(picture: Path) -> int:
    """How broad the mask in the header of a picture is, px; text of its colour is thinner."""
    with Image.open(picture) as image:
        header = image.convert("RGB").crop((image.width // 2, 0, image.width, HEADER))
    far = ImageChops.difference(header, Image.new("RGB", header.size, GREY))
    grey = far.convert("L").point(lambda value: 255 if value <= NEAR else 0)
    box = grey.filter(ImageFilter.MinFilter(9)).getbbox()
    return box[2] - box[0] if box else 0


def mentions(home: Path, secrets: dict[str, str]) -> Iterator[str]:
    for file in left_behind(home):
        text = text_of(file)
        yield from (f"{file.name}: {name}" for name, secret in secrets.items() if secret in text)


@pytest.mark.timeout(600)
def test_no_secret_is_left_in_what_a_run_leaves(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    store.control("POST", "faults", profile="rough", rates={"answer_lost": 0.5})
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002", "CG-1004")
    worker = shopclerk.start("run", "upload-listings", "--shop", "demo", "--sheet", str(sheet))
    said = "\n".join(worker.communicate(timeout=500))

    secrets = secrets_of(store)
    assert not list(mentions(shopclerk.home, secrets))
    assert not [name for name, secret in secrets.items() if secret in said]
    pictures = list(shopclerk.home.glob("runs/*/*/items/*/*.webp"))
    assert pictures
    widths = {picture.name: masked_width(picture) for picture in pictures}
    assert min(widths.values()) > 60, widths
