"""``runs``, ``show`` and ``find``: what was done, found by any of its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.shop import Identity
from engine.clock import SystemClock
from engine.database import open_database
from engine.ledger import Ledger, WriteKey
from tests.console.installation import DONE, REFUSED, SITE_ID, Installation, installed

LONGEST_SHOP = "shop-with-a-long-name"


@pytest.fixture
def shopclerk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


def test_a_run_is_shown_by_its_id_its_folder_and_its_last_signs(shopclerk: Installation) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    shopclerk.run(**{"CG-2": DONE})
    shown = shopclerk("show", run.id)
    assert shown.code == 0
    assert f"report  {run.evidence.as_posix()}/report.html" in shown.printed
    for name in (run.evidence.name, run.evidence, run.evidence / "report.html", run.id[-4:]):
        assert shopclerk("show", name) == shown
    assert shopclerk("show", run.evidence.name, "--json").json["run_id"] == run.id


def test_the_newest_run_is_shown_when_none_is_named(shopclerk: Installation) -> None:
    shopclerk.run(**{"CG-1": DONE})
    newest = shopclerk.run(**{"CG-2": REFUSED})
    shown = shopclerk("show").printed
    assert newest.id in shown
    assert "rejected" in shown
    assert "What to do  1 × Mend the product in the sheet" in shown
    assert shopclerk("show", "latest").printed == shown
    assert newest.evidence.name in shopclerk("verify", "latest", "--json").printed


@pytest.mark.parametrize("command", ["undo", "approve"])
@pytest.mark.parametrize("name", ["latest", ""])
def test_what_can_t_be_taken_back_is_told_which_run(
    shopclerk: Installation, command: str, name: str
) -> None:
    shopclerk.run(**{"CG-1": DONE})
    told = shopclerk(command, name, "--yes")
    assert (told.code, told.printed) == (2, "")
    assert "say which run" in told.noted
    assert len(told.noted.strip().splitlines()) == 1


def test_a_name_that_fits_several_runs_is_not_guessed(shopclerk: Installation) -> None:
    runs = [shopclerk.run(**{"CG-1": DONE}) for _ in range(2)]
    for run in runs:
        (run.evidence.parent.parent / "2026-01-01").mkdir(exist_ok=True)
    with open_database(shopclerk.settings.database).begin() as connection:
        connection.exec_driver_sql(
            "UPDATE runs SET evidence = substr(evidence, 1, 9) || id || '/same-name'"
        )
    told = shopclerk("show", "same-name")
    assert told.code == 2
    assert told.noted.count("/same-name") == 2
    assert len(told.noted.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [("show", "nix"), ("find", "nix"), ("verify", "nix")])
def test_what_nobody_knows_is_one_line_with_what_to_do(
    shopclerk: Installation, arguments: tuple[str, ...]
) -> None:
    shopclerk.run(**{"CG-1": DONE})
    told = shopclerk(*arguments)
    assert (told.code, told.printed) == (2, "")
    assert "'nix'" in told.noted
    assert len(told.noted.strip().splitlines()) == 1


def test_runs_fit_eighty_columns_and_their_names_can_be_copied(shopclerk: Installation) -> None:
    run = shopclerk.run(**{f"CG-{n}": DONE if n % 2 else REFUSED for n in range(12)})
    for language in ("zh", "en"):
        lines = in_language(shopclerk, language, "runs").splitlines()
        assert max(map(width, lines)) <= 80
        assert any(run.evidence.name in line for line in lines)


def in_language(shopclerk: Installation, language: str, *arguments: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOPCLERK_LANG", language)
        return shopclerk(*arguments).printed


def width(line: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in line)


def test_find_tells_every_run_and_every_write_of_a_product(shopclerk: Installation) -> None:
    first = shopclerk.run(**{"CG-1": REFUSED, "CG-2": DONE})
    ledger = Ledger(open_database(shopclerk.settings.database), SystemClock())
    owner = Identity(world="w", shop_id="1", shop_name="s")
    intent = ledger.intend(WriteKey(owner, "product.create", "CG-1"), "20260101-x", {})
    ledger.close(intent, "done", site_id="37001")
    last = shopclerk.run(**{"CG-1": DONE.model_copy(update={"site_id": "37001"})})

    found = shopclerk("find", " CG-1 ").printed

    places = [found.index(words) for words in (first.id, "20260101-x", last.id)]
    assert places == sorted(places)
    assert "CG-1: 3 entries" in found
    assert "the site said: 标题含有违禁词" in found
    assert "create product  took effect" in found
    assert f"{last.evidence.as_posix()}/items/CG-1" in found
    assert "CG-2" not in found
    assert shopclerk("find", "37001").printed.splitlines()[1:] == found.splitlines()[1:]


def test_find_for_machines_is_one_object(shopclerk: Installation) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    answer = shopclerk("find", SITE_ID, "--json").json
    assert answer["key"] == SITE_ID
    (only,) = answer["found"]
    assert (only["kind"], only["run_id"], only["outcome"]) == ("item", run.id, "done")
    assert Path(only["evidence"]).is_dir()


def test_an_unknown_key_is_answered_with_what_looks_like_it(shopclerk: Installation) -> None:
    shopclerk.run(**{"CG-1001": DONE})
    told = shopclerk("find", "CG-100")
    assert told.code == 2
    assert "Similar: CG-1001" in told.noted


def test_commands_speak_chinese(shopclerk: Installation) -> None:
    shopclerk.run(**{"CG-1": REFUSED})
    assert "平台没有接受：标题含有违禁词" in in_language(shopclerk, "zh", "show")
    assert "被拒绝" in in_language(shopclerk, "zh", "find", "CG-1")
    assert "1 个被拒绝" in in_language(shopclerk, "zh", "runs")
