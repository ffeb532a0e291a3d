"""One server a home: its card, its port, its end."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from practice.card import WorldCard, read_card, write_card
from practice.cli import app
from practice.serving import PortTaken, bind
from practice.world import make_world
from tests.practice.conftest import wait_for_card
from tests.practice.quick_store import QuickStore


def practice(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "practice", *words, "--home", str(home)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
        timeout=30,
    )


def test_the_card_says_where_and_who(card: WorldCard) -> None:
    assert card.url.startswith("http://127.0.0.1:")
    assert card.account == "demo@example.com"
    assert len(card.password) >= 8
    assert card.shop_name == "晨光家居小店"


def test_a_served_world_has_one_server_and_is_not_reset(card: WorldCard, served_home: Path) -> None:
    for words in (["up"], ["reset"]):
        done = practice(served_home, *words)
        assert done.returncode == 1
        assert card.url in done.stderr
    assert read_card(served_home) == card


def test_show_answers_while_the_world_is_served(card: WorldCard, served_home: Path) -> None:
    done = practice(served_home, "show", "products", "--all", "--json")
    rows = json.loads(done.stdout)
    assert card.shop_name
    assert len(rows) >= 40
    wanted = {"product_id", "merchant_code", "title", "category", "status", "check_status"}
    assert set(rows[0]) == wanted | {"shop_id", "skus", "created_at"}
    assert set(rows[0]["skus"][0]) == {"code", "spec", "price", "stock"}


def test_it_stops_by_itself_and_comes_back_on_the_same_port(
    ui_libraries: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"PRACTICE_LIBRARIES": str(ui_libraries.parent)}
    command = [sys.executable, "-m", "practice", "up", "--home", str(tmp_path), "--idle-exit", "1"]
    urls = []
    for _ in range(2):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
            urls.append(wait_for_card(tmp_path).url)
            assert server.wait(timeout=15) == 0
        assert not (tmp_path / "world.json").exists()
    assert urls[0] == urls[1]


def test_it_answers_quickly(ui_libraries: Path, tmp_path: Path) -> None:
    """Within 2 s of a free machine: its own time counts, in the best of three starts.

    Busy neighbours take no time of its own, but they make each second of it slower.
    """
    make_world(tmp_path, products=60).close()
    environment = os.environ | {"PRACTICE_LIBRARIES": str(ui_libraries.parent)}
    assert min(own_seconds(tmp_path, environment) for _ in range(3)) < 2


def own_seconds(home: Path, environment: dict[str, str]) -> float:
    """Start a store, wait until it answers, and give the processor time that it took."""
    command = [sys.executable, "-m", "practice", "up", "--home", str(home)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        wait_for_card(home)
        used = psutil.Process(server.pid).cpu_times()
        server.terminate()
    return used.user + used.system


def test_a_dead_servers_card_counts_for_nothing(tmp_path: Path) -> None:
    dead = WorldCard("http://127.0.0.1:9", "w", 1, "a", "p", "s", "1")
    write_card(tmp_path, dead)
    assert read_card(tmp_path) is None


def test_an_asked_for_port_is_taken_or_refused() -> None:
    with bind(None, None) as first:
        taken = first.getsockname()[1]
        first.listen()
        with pytest.raises(PortTaken, match=str(taken)):
            bind(taken, None)
        with bind(None, taken) as other:
            assert isinstance(other, socket.socket)
            assert other.getsockname()[1] != taken


def test_the_card_names_everybody_who_may_log_in(card: WorldCard) -> None:
    shops = [len(one["shops"]) for one in card.accounts]
    assert shops == [1, 3, 1]
    assert card.accounts[0]["account"] == card.account
    assert card.accounts[2]["permissions"] == ["morder"]


def test_the_tables_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run = CliRunner()
    home = ["--home", str(tmp_path)]
    assert run.invoke(app, ["show", "products", *home]).exit_code == 1
    assert run.invoke(app, ["reset", "--products", "60", *home]).exit_code == 0
    told = run.invoke(app, ["show", "products", "--all", *home]).output
    assert re.search(r"36\d{17} .* P-100 .* \d/\d +\d+", told)
    assert max(cell_len(line) for line in told.splitlines()) <= 80
    for words, title in ((["show", "writes"], "Writing requests"), (["faults"], "answer_lost")):
        assert title in run.invoke(app, [*words, *home]).output


def test_what_is_shown_of_writes_and_faults(quick: QuickStore) -> None:
    client, home = quick.client(), ["--home", str(quick.twin.world.home)]
    with quick.faults(throttled=1):
        client.add(client.form("SHOWN-1"))
    run = CliRunner()
    write = json.loads(run.invoke(app, ["show", "writes", "--json", *home]).output)[-1]
    assert (write["merchant_code"], write["fault"]) == ("SHOWN-1", "throttled")
    fired = json.loads(run.invoke(app, ["show", "faults", "--json", *home]).output)[-1]
    assert (fired["merchant_code"], fired["name"]) == ("SHOWN-1", "throttled")
    faults = json.loads(run.invoke(app, ["faults", "--json", *home]).output)
    (one,) = (one for one in faults if one["name"] == "throttled")
    assert (one["storm"], one["fired"]) == (0.08, len(quick.fired("throttled")))


@pytest.mark.parametrize("words", [["up"], ["show", "writes"], []])
@pytest.mark.parametrize("program", ["practice", "python -m practice"])
def test_the_help_names_the_program_as_it_was_called(words: list[str], program: str) -> None:
    told = CliRunner().invoke(app, [*words, "--help"], prog_name=program).output
    assert f"{program} {' '.join(words) or 'down'}" in told.replace("\n", " ")
    assert "{me}" not in told


def test_what_to_do_when_there_is_no_world(tmp_path: Path) -> None:
    done = practice(tmp_path, "show", "writes")
    assert done.returncode == 1
    assert "`python -m practice up` makes one." in done.stderr
