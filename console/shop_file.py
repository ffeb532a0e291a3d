"""``shops.yaml`` as a person keeps it: shops are added and switched, comments stay."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from domain.errors import BusinessError
from domain.shop import Mode, Shop
from engine.settings import load_shop, load_shops

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def add_shop(folder: Path, shop: Shop) -> None:
    """Write a new shop at the end of the file; it is in mode plan.

    Raises:
        BusinessError: the name is taken or can't be one, or the site is unknown.
    """
    if not NAME.fullmatch(shop.name):
        raise BusinessError(
            f"{shop.name!r} can't be a shop's name here",
            mend="Use small letters, digits, - and _, e.g. main or shop-2",
        )
    if shop.name in {known.name for known in load_shops(folder)}:
        raise BusinessError(f"a shop is called {shop.name} already", mend="Choose another name")
    sites = sorted(path.stem for path in (folder / "sites").glob("*.yaml"))
    if shop.site not in sites:
        raise BusinessError(f"no site is called {shop.site}", mend=f"Known: {', '.join(sites)}")
    values = {"site": shop.site, "account": shop.account, "shop_name": shop.shop_name}
    block = yaml.safe_dump(
        {shop.name: {**values, "mode": str(Mode.PLAN)}}, allow_unicode=True, sort_keys=False
    )
    path = folder / "shops.yaml"
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    _write(path, text + "".join(f"  {line}\n" for line in block.splitlines()), shop.name)


def set_mode(folder: Path, name: str, mode: Mode) -> None:
    """Change what robots may do in a shop.

    Raises:
        BusinessError: no such shop.
    """
    load_shop(name, folder)
    path = folder / "shops.yaml"
    text = path.read_text(encoding="utf-8")
    block = re.search(
        rf"^  {re.escape(name)}:[^\n]*\n((?:    [^\n]*\n?|\s*\n)*)", text, re.MULTILINE
    )
    if block is None:
        raise BusinessError(f"{path} can't be changed here", mend=f"Set `mode: {mode}` by hand")
    line = f"    mode: {mode}\n"
    inner, found = re.subn(r"^    mode:[^\n]*\n?", line, block[1], flags=re.MULTILINE)
    inner = inner if found else line + inner
    _write(path, text[: block.start(1)] + inner + text[block.end(1) :], name)


def _write(path: Path, text: str, name: str) -> None:
    """Write the file, unless this shop could not be read from it any more."""
    before = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        load_shop(name, path.parent)
    except BusinessError:
        path.write_text(before, encoding="utf-8")
        raise
