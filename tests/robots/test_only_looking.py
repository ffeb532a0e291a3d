"""Who only looks never lets an earlier run click: not one that was cut off, nor one that failed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.truth import CREATE, ON_SALE
from tests.conftest import CHECKOUT, Shopclerk, Store
from tests.robots.test_stop import PATIENCE, started_and_held
from tests.sheets import sheet_of

UPLOAD = ("run", "upload-listings", "--shop", "demo", "--sheet")


def refused(shopclerk: Shopclerk, *command: str) -> str:
    """Carry out a command that is refused as bad input; give what it says."""
    process = shopclerk.start(*command)
    _, noted = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2, noted
    return noted


def test_a_dry_run_carries_on_no_run_that_clicks(
    store: Store, shopclerk: Shopclerk, tmp_path: Path
) -> None:
    ours, other = (sheet_of(tmp_path / f"{code}.xlsx", code) for code in ("CG-1002", "CG-1004"))
    worker = started_and_held(store, shopclerk, *UPLOAD, str(ours))
    worker.kill()
    worker.communicate(timeout=PATIENCE)
    store.control("DELETE", "barriers")
    [cut] = shopclerk.json("runs")
    name = Path(cut["evidence"]).name

    for looks in ((*UPLOAD, str(other), "--dry-run"), ("shop", "read", "demo")):
        noted = refused(shopclerk, *looks)
        assert name in noted
        assert "shopclerk resume" in noted
        assert shopclerk.json("runs")[0]["state"] == "stopped"  # the look, not the run
    assert [run["state"] for run in shopclerk.json("runs")][-1] == cut["state"] != "stopped"
    assert store.writes(ON_SALE) == []

    shopclerk.run("stop", name)
    shopclerk.run(*UPLOAD, str(other), "--dry-run")
    assert [run["state"] for run in shopclerk.json("runs")][-1] == "stopped"
    assert store.writes(ON_SALE) == []
    assert [write["merchant_code"] for write in store.writes(CREATE)] == ["CG-1002"]


def no_browser(folder: Path) -> tuple[str, Path]:
    return "SHOPCLERK_BROWSER", folder / "no-browser"


def no_order_rules(folder: Path) -> tuple[str, Path]:
    config = shutil.copytree(CHECKOUT / "config", folder / "config")
    (config / "rules/orders.yaml").write_text("opening: [", encoding="utf-8")
    return "SHOPCLERK_CONFIG", config


@pytest.mark.parametrize("broken", [no_browser, no_order_rules])
def test_a_run_that_can_not_begin_is_not_left_for_a_later_command(
    store: Store,
    shopclerk: Shopclerk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[Path], tuple[str, Path]],
) -> None:
    name, place = broken(tmp_path)
    sheet = sheet_of(tmp_path / "商品.xlsx", "CG-1002")
    with monkeypatch.context() as patched:
        patched.setenv(name, str(place))
        assert place.name in refused(shopclerk, *UPLOAD, str(sheet))
    assert shopclerk.json("runs") == []
    assert store.products() == []
