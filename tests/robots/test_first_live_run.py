"""A shop's first live run: one product, then a person's yes; nothing else until then."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHECKOUT, Shopclerk, Store
from tests.sheets import sheet_of

RUN = ("run", "upload-listings", "--shop", "demo", "--sheet")
CODES = ("CG-1001", "CG-1002", "CG-1004")


@pytest.fixture(autouse=True)
def _shop_that_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the practice store be as careful as a real shop."""
    config = tmp_path / "config"
    shutil.copytree(CHECKOUT / "config", config, ignore=shutil.ignore_patterns("samples"))
    site = config / "sites/practice.yaml"
    text = site.read_text(encoding="utf-8")
    assert "first_item_asks: false" in text
    site.write_text(text.replace("first_item_asks: false", ""), encoding="utf-8")
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(config))


def listed(store: Store) -> list[str]:
    return [product["merchant_code"] for product in store.products()]


def outcomes(run: dict[str, Any]) -> list[str | None]:
    return [item["outcome"] for item in run["items"]]


def test_the_first_live_run_does_one_item_and_goes_on_only_after_a_yes(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path / "商品.xlsx", *CODES)

    waits = shopclerk.json(*RUN, str(sheet), code=4)

    assert waits["state"] == "waiting"
    assert outcomes(waits) == ["done", None, None]
    assert (Path(waits["evidence"]) / "report.html").is_file()
    shopclerk.run("resume")
    assert listed(store) == ["CG-1001"]

    ended = shopclerk.json("approve", waits["run_id"], "--yes")

    assert ended["run_id"] == waits["run_id"]
    assert (ended["state"], outcomes(ended)) == ("finished", ["done"] * 3)
    assert listed(store) == list(CODES)
    assert [write["merchant_code"] for write in store.writes("addWithSchema")] == list(CODES)
    assert shopclerk.json("verify", waits["run_id"])["good"]

    # From now on the shop is known.
    shopclerk.json(*RUN, str(sheet_of(tmp_path / "再来.xlsx", "CG-1003", "CG-1005")))
    assert len(listed(store)) == 5


def test_after_a_no_the_next_run_asks_again(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    waits = shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品.xlsx", *CODES)), code=4)
    shopclerk.run("approve", waits["run_id"], "--decline", "--yes")

    again = shopclerk.json(*RUN, str(sheet_of(tmp_path / "商品2.xlsx", *CODES[1:])), code=4)

    assert (again["state"], outcomes(again)) == ("waiting", ["done", None])
    assert listed(store) == list(CODES[:2])
