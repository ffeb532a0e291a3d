"""``verify``, ``backup`` and ``restore``."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from domain.shop import Identity
from engine.approval import WAITING
from engine.clock import SystemClock
from engine.database import open_database
from engine.ledger import Ledger, WriteKey
from engine.locks import try_lock
from engine.runs import WorkItem
from tests.console.installation import DONE, Installation, installed


@pytest.fixture
def shopclerk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


def test_untouched_evidence_is_good(shopclerk: Installation) -> None:
    assert "No runs" in shopclerk("verify").printed
    for key in ("CG-1", "CG-2"):
        shopclerk.run(**{key: DONE})
    told = shopclerk("verify")
    assert (told.code, told.printed) == (0, "2 runs, 6 files, all good\n")
    assert shopclerk("verify", "--json").json["good"] is True


def test_what_is_no_longer_as_it_was_is_named_and_ends_with_three(shopclerk: Installation) -> None:
    good, bad = (shopclerk.run(**{"CG-1": DONE}) for _ in range(2))
    (bad.evidence / "run.json").unlink()
    (bad.evidence / "report.html").write_text("nicer", encoding="utf-8")
    (bad.evidence / "added.txt").write_text("", encoding="utf-8")

    told = shopclerk("verify")

    assert told.code == 3
    for words in ("missing  run.json", "changed  report.html", "extra  added.txt", "1 of 2 runs"):
        assert words in told.printed
    assert good.evidence.name not in told.printed
    assert shopclerk("verify", good.evidence.name).code == 0
    answer = shopclerk("verify", bad.id, "--json")
    assert answer.code == 3
    assert answer.json["good"] is False
    assert answer.json["runs"][0]["missing"] == ["run.json"]


def test_a_run_whose_folder_is_gone_and_a_folder_no_run_knows_are_told(
    shopclerk: Installation,
) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    run.evidence.rename(run.evidence.with_name("renamed"))
    (run.evidence.with_name("renamed") / "run.json").unlink()
    told = shopclerk("verify")
    assert told.code == 3
    assert "its folder is gone" in told.printed
    assert "renamed" in told.printed


def test_a_backup_made_here_is_restored_elsewhere(
    shopclerk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    file = tmp_path / "备份.zip"
    made = shopclerk("backup", file, "--evidence")
    assert made.code == 0
    assert str(file) in made.noted

    monkeypatch.setenv("SHOPCLERK_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(tmp_path / "new/config"))
    restored = shopclerk("restore", file)

    assert restored.code == 0, restored.noted
    assert run.id in shopclerk("show", run.evidence.name).printed
    assert shopclerk("verify").code == 0
    assert (tmp_path / "new/config/shops.yaml").is_file()


def test_a_backup_never_overwrites(shopclerk: Installation, tmp_path: Path) -> None:
    shopclerk.run(**{"CG-1": DONE})
    file = tmp_path / "b.zip"
    file.write_text("mine", encoding="utf-8")
    assert shopclerk("backup", file).code == 2
    assert file.read_text(encoding="utf-8") == "mine"


def backed_up(shopclerk: Installation, tmp_path: Path) -> Path:
    """Make a backup, and one more run after it."""
    shopclerk.run(**{"CG-1": DONE})
    file = tmp_path / "b.zip"
    assert shopclerk("backup", file).code == 0
    shopclerk.run(**{"CG-2": DONE})
    return file


def test_nothing_is_replaced_without_being_asked_to(
    shopclerk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(shopclerk, tmp_path)
    told = shopclerk("restore", file)
    assert told.code == 2
    assert "2 runs" in told.noted
    assert "--force" in told.noted
    # Forced, but there is nobody to ask: a person is needed.
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert shopclerk("restore", file, "--force").code == 4
    assert len(shopclerk("runs", "--json").json) == 2


def test_a_person_is_asked_and_the_answer_counts(
    shopclerk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(shopclerk, tmp_path)
    for answer, code, left in (("n\n", 2, 2), ("y\n", 0, 1)):
        terminal = io.StringIO(answer)
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", terminal)
        assert shopclerk("restore", file, "--force").code == code
        assert len(shopclerk("runs", "--json").json) == left


def test_what_was_replaced_is_kept(shopclerk: Installation, tmp_path: Path) -> None:
    file = backed_up(shopclerk, tmp_path)
    told = shopclerk("restore", file, "--force", "--yes")
    assert told.code == 0
    (aside,) = shopclerk.settings.state.glob("before-restore-*")
    assert str(aside) in told.noted
    assert (aside / "database.sqlite3").is_file()
    assert len(shopclerk("runs", "--json").json) == 1


def test_nothing_is_restored_while_a_worker_runs(shopclerk: Installation, tmp_path: Path) -> None:
    file = backed_up(shopclerk, tmp_path)
    lock = try_lock(shopclerk.settings.state / "locks" / "worker.lock")
    assert lock is not None
    try:
        assert shopclerk("backup", tmp_path / "meanwhile.zip").code == 0
        told = shopclerk("restore", file, "--force", "--yes")
    finally:
        lock.release()
    assert told.code == 4
    assert len(shopclerk("runs", "--json").json) == 2
    assert shopclerk("restore", file, "--force", "--yes").code == 0


def test_a_wrong_file_is_one_line(shopclerk: Installation, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("hello", encoding="utf-8")
    for file in (tmp_path / "b.zip", tmp_path / "none.zip"):
        told = shopclerk("restore", file)
        assert told.code == 2
        assert str(file) in told.noted
        assert len(told.noted.strip().splitlines()) == 1


def test_a_database_of_another_kind_is_refused_plainly(
    shopclerk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPCLERK_DATABASE_URL", "postgresql://u:hunter22@h/d")
    shutil.copy(__file__, tmp_path / "b.zip")
    told = shopclerk("restore", tmp_path / "b.zip")
    assert told.code == 2
    assert "pg_dump" in told.noted
    assert "hunter22" not in told.noted


def test_what_was_open_in_a_backup_is_not_carried_on(
    shopclerk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old sheet would undo what newer ones changed after the backup was made."""
    cut_off, waits = (
        shopclerk.runs.create(
            robot="update-listings",
            shop="demo",
            snapshot={},
            work=[WorkItem("CG-1", "商品 CG-1", {})],
            local_time=SystemClock().now().astimezone(shopclerk.settings.zone),
        )
        for _ in range(2)
    )
    shopclerk.runs.start(cut_off)
    shopclerk.runs.end(waits, WAITING, "the first live run of this shop")
    assert shopclerk("backup", tmp_path / "b.zip").code == 0

    monkeypatch.setenv("SHOPCLERK_HOME", str(tmp_path / "new"))
    told = shopclerk("restore", tmp_path / "b.zip")

    assert (told.code, told.noted.count("is not carried on")) == (0, 2)
    for run in (cut_off, waits):
        kept = shopclerk("show", run, "--json").json
        assert (kept["state"], kept["counts"]) == ("stopped", {"skipped": 1})
        assert kept["reason"].startswith("it was open when the backup was made")
    assert shopclerk("verify").code == 0
    assert "Nothing to resume" in shopclerk("resume").noted


def test_evidence_of_the_end_that_a_backup_does_not_know_stays_as_it_is(
    shopclerk: Installation, tmp_path: Path
) -> None:
    run = shopclerk.run(**{"CG-1": DONE})
    shopclerk.runs.end(run.id, "running")
    assert shopclerk("backup", tmp_path / "b.zip").code == 0
    before = {file: file.read_bytes() for file in run.evidence.rglob("*") if file.is_file()}
    assert shopclerk("restore", tmp_path / "b.zip", "--force", "--yes").code == 0
    assert {file: file.read_bytes() for file in before} == before
    assert shopclerk("verify").code == 0


def test_a_click_of_a_moment_ago_is_not_forgotten(shopclerk: Installation, tmp_path: Path) -> None:
    """It may take effect yet, and the next run would find nothing of it and click again."""
    file = backed_up(shopclerk, tmp_path)
    database = open_database(shopclerk.settings.database)
    owner = Identity(world="store", shop_id="7001", shop_name="晨光家居小店")
    Ledger(database, SystemClock()).intend(WriteKey(owner, "product.create", "CG-1"), "run", {})
    told = shopclerk("restore", file, "--force", "--yes")
    assert (told.code, "Wait three minutes" in told.noted) == (4, True)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE ledger SET intended_at = datetime('now', '-4 minutes')")
    database.dispose()
    assert shopclerk("restore", file, "--force", "--yes").code == 0


def test_after_a_restore_the_chain_goes_on_without_what_was_made_since(
    shopclerk: Installation, tmp_path: Path
) -> None:
    file = backed_up(shopclerk, tmp_path)
    later = {one.name for one in shopclerk.settings.runs.glob("????-??-??/*")}
    told = shopclerk("restore", file, "--force", "--yes")
    (aside,) = shopclerk.settings.state.glob("before-restore-*")
    (kept,) = aside.glob("runs/*/*")
    assert (kept.name in later, str(aside) in told.noted) == (True, True)
    shopclerk.run(**{"CG-3": DONE})
    told = shopclerk("verify")
    assert (told.code, told.printed) == (0, "2 runs, 6 files, all good\n")
