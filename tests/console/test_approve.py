"""``approve``: a run that waits for a yes is told, asked about, and decided once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.office import open_office
from domain.outcome import Outcome
from engine.approval import WAITING
from engine.clock import SystemClock
from engine.report import write_report
from engine.runs import RunView, WorkItem
from tests.console.installation import DONE, Installation, installed

REASON = "the first live run of this shop: CG-1 is carried out, 2 more wait for a yes"


@pytest.fixture
def shopclerk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


SHOP = """shops:
  demo:
    site: practice
    account: demo
    shop_name: 晨光家居小店
    mode: live
"""


def waiting(shopclerk: Installation, shop: str = "main") -> RunView:
    """Make a run of three items that waits after the first."""
    run = shopclerk.runs.create(
        robot="upload-listings",
        shop=shop,
        snapshot={"headed": False},
        work=[WorkItem(f"CG-{n}", f"商品 {n}", {}) for n in (1, 2, 3)],
        local_time=SystemClock().now().astimezone(shopclerk.settings.zone),
    )
    shopclerk.runs.start(run)
    shopclerk.runs.end_item(run, 0, DONE)
    shopclerk.runs.end(run, WAITING, REASON)
    view = shopclerk.runs.view(run)
    view.evidence.mkdir(parents=True)
    write_report(view, shopclerk.settings.zone)
    return view


def test_a_waiting_run_says_how_it_goes_on_wherever_it_is_shown(shopclerk: Installation) -> None:
    run = waiting(shopclerk)
    how = f"`shopclerk approve {run.evidence.name}`"
    assert how in shopclerk("show", run.id).printed
    assert how in shopclerk("resume").noted
    assert how in shopclerk("resume", run.id).noted
    assert "waits for your yes" in shopclerk("runs").printed
    report = (run.evidence / "report.html").read_text(encoding="utf-8")
    assert "1 carried out, 2 wait for your yes" in report
    assert f"shopclerk approve {run.evidence.name}" in report
    assert shopclerk.runs.view(run.id).waiting


def test_before_the_yes_it_is_told_what_was_done_and_asked(shopclerk: Installation) -> None:
    run = waiting(shopclerk)
    told = shopclerk("approve", run.id)
    assert (told.code, told.printed) == (4, "")
    assert "√ done" in told.noted
    assert "CG-1" in told.noted
    assert "report.html" in told.noted
    assert "--yes" in told.noted
    assert shopclerk.runs.view(run.id).waiting


def test_a_no_ends_the_run_with_its_evidence(shopclerk: Installation) -> None:
    run = waiting(shopclerk)
    told = shopclerk("approve", run.id, "--decline", "--yes", "--json")
    assert told.code == 0
    assert told.json["state"] == "declined"
    assert told.json["counts"] == {"done": 1, "skipped": 2}
    ended = shopclerk.runs.view(run.id)
    assert [item.outcome for item in ended.items] == [Outcome.DONE, *[Outcome.SKIPPED] * 2]
    kept = json.loads((run.evidence / "run.json").read_text(encoding="utf-8"))
    assert kept["state"] == "declined"
    assert shopclerk("verify", run.id).code == 0
    assert shopclerk("approve", run.id, "--yes").code == 2


def test_only_a_run_that_waits_can_be_approved(shopclerk: Installation) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    told = shopclerk("approve", run.id, "--yes")
    assert told.code == 2
    assert "does not wait for a yes (it is: finished)" in told.noted
    assert len(told.noted.strip().splitlines()) == 1


def test_a_waiting_run_is_not_verified_before_it_ended(shopclerk: Installation) -> None:
    waiting(shopclerk)
    assert shopclerk("verify").code == 0


def test_a_shop_that_is_in_mode_plan_by_now_is_not_gone_on_with(shopclerk: Installation) -> None:
    run = waiting(shopclerk, "demo")
    told = shopclerk("approve", run.id, "--yes")
    assert (told.code, "shop demo is in mode plan" in told.noted) == (2, True)
    assert shopclerk.runs.view(run.id).waiting


def test_while_all_is_stopped_a_yes_is_not_taken(shopclerk: Installation) -> None:
    run = waiting(shopclerk)
    shopclerk("stop", "--all")
    told = shopclerk("approve", run.id, "--yes")
    assert (told.code, "stop --release" in told.noted) == (2, True)
    assert shopclerk.runs.view(run.id).waiting


def test_a_yes_takes_back_a_stop_from_before_it(shopclerk: Installation) -> None:
    """The stop came while the first item was in hand; the rest would be skipped in spite of it."""
    run = waiting(shopclerk, "demo")
    (shopclerk.settings.config / "shops.yaml").write_text(SHOP, encoding="utf-8")
    with open_office(shopclerk.settings, print) as office:
        office.stops.ask([run.id])
        assert office.approve(run)
        assert not office.stops.asked(run.id)
        assert not office.approve(run)
