"""``undo``: which runs and products it takes, what it says and asks before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.outcome import Outcome, Receipt
from domain.shop import Identity
from engine.clock import SystemClock
from engine.database import open_database
from engine.ledger import Ledger, WriteKey
from engine.runs import ItemResult, RunView
from engine.words import LANGUAGES
from robots.take_down_listings import STATUS, VERB, Listed, expected, work_items
from tests.console.installation import DONE, REFUSED, SITE_ID, Installation, installed

OWNER = Identity(world="127.0.0.1/w1", shop_id="7001", shop_name="晨光家居小店")
LISTED = Receipt(
    wanted={"商家编码": "CG-1", "SKU A": "白色 | ￥39.90 | 库存 120", STATUS: "售卖中"},
    found={"商家编码": "CG-1", "SKU A": "白色 | ￥39.90 | 库存 120", STATUS: "售卖中"},
)
PUT_ON_SALE = ItemResult(outcome=Outcome.DONE, site_id=SITE_ID, receipt=LISTED)


@pytest.fixture
def shopclerk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


def listed(shopclerk: Installation, *keys: str) -> RunView:
    """Make a run that put these products on sale."""
    run = shopclerk.run(**dict.fromkeys(keys, PUT_ON_SALE))
    ledger = Ledger(open_database(shopclerk.settings.database), SystemClock())
    for key in keys:
        intent = ledger.intend(WriteKey(OWNER, "product.on-sale", key), run.id, {})
        ledger.close(intent, "done", site_id=f"{SITE_ID}-{key}")
    return run


def test_what_would_be_taken_off_sale_is_told_and_asked_before_anything(
    shopclerk: Installation,
) -> None:
    run = listed(shopclerk, "CG-1", "CG-2")
    told = shopclerk("undo", run.id)
    assert (told.code, told.printed) == (4, "")
    assert "put 2 products on sale in shop demo" in told.noted
    for key in ("CG-1", "CG-2"):
        assert f"{key}  {SITE_ID}-{key}  商品 {key}" in told.noted
    assert "--yes" in told.noted
    assert [known.id for known in shopclerk.runs.newest(9)] == [run.id]


def test_many_products_are_counted_not_listed(shopclerk: Installation) -> None:
    run = listed(shopclerk, *(f"CG-{n}" for n in range(25)))
    told = shopclerk("undo", run.id).noted
    assert "and 5 more" in told
    assert len(told.splitlines()) < 25


def test_a_product_that_a_later_run_put_on_sale_is_not_ours_to_take_down(
    shopclerk: Installation,
) -> None:
    first = listed(shopclerk, "CG-1", "CG-2")
    second = listed(shopclerk, "CG-2")
    told = shopclerk("undo", first.id).noted
    assert "put 1 products on sale" in told
    assert f"- CG-2  run {second.id} put it on sale again" in told


@pytest.mark.parametrize("result", [DONE, REFUSED])
def test_a_run_that_put_nothing_on_sale_itself_is_refused(
    shopclerk: Installation, result: ItemResult
) -> None:
    run = shopclerk.run(**{"CG-1": result})
    told = shopclerk("undo", run.id, "--yes")
    assert told.code == 2
    assert "nothing to undo" in told.noted
    assert len(told.noted.strip().splitlines()) == 1
    assert len(shopclerk.runs.newest(9)) == 1


def test_an_item_that_did_not_end_done_is_left_alone(shopclerk: Installation) -> None:
    run = listed(shopclerk, "CG-1", "CG-2")
    lost = ItemResult(outcome=Outcome.MISMATCH, site_id=SITE_ID, receipt=LISTED)
    shopclerk.runs.end_item(run.id, 0, lost)
    told = shopclerk("undo", run.id).noted
    assert "put 1 products on sale" in told
    assert "CG-1 " not in told


def test_a_shop_in_mode_plan_is_not_touched_and_the_command_that_opens_it_is_named(
    shopclerk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = listed(shopclerk, "CG-1")
    for language in LANGUAGES:
        monkeypatch.setenv("SHOPCLERK_LANG", language)
        told = shopclerk("undo", run.id, "--yes")
        assert told.code == 2
        assert "shopclerk shop mode demo live" in told.noted
    assert len(shopclerk.runs.newest(9)) == 1


def test_what_must_still_stand_there_is_the_receipt_but_for_the_stock() -> None:
    one = Listed(
        run_id="r", world="w", shop_id="1", code="CG-1", title="杯", product_id=SITE_ID,
        facts=LISTED.found,
    )  # fmt: skip
    seen = {"商家编码": "CG-1", "SKU A": "白色 | ￥39.90", STATUS: "售卖中"}
    assert expected([one]) == {"CG-1": {f"{VERB} CG-1": seen}}
    (item,) = work_items([one])
    assert Listed.model_validate(item.payload) == one
