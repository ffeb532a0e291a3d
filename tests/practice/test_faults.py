"""Faults of reads, uploads and sessions, and the profiles (issue 3.2)."""

from __future__ import annotations

import time
from http.client import BadStatusLine
from urllib.error import HTTPError, URLError

import pytest

from practice.faults import PROFILES, Faults, NoSuchFault, known_faults
from practice.seeding import paint
from practice.world import World
from tests.practice.quick_store import HASTE, QuickStore
from tests.practice.store_client import accepted_form

LIST = "/product/tproduct/list"
SETTLED = 32
"""Seconds: no commit comes later than 20 after its request, no list lags more than 10."""


def test_calm_means_that_nothing_ever_happens(world: World) -> None:
    faults = Faults(world, 7, "calm")
    assert not any(faults.draws(name) for name in known_faults() for _ in range(200))
    assert faults.drawn_for_page("/ffa/g/create") == []


@pytest.mark.parametrize("profile", PROFILES[1:])
def test_a_profile_has_the_same_weather_in_every_run(world: World, profile: str) -> None:
    runs = []
    for seed in (7, 7, 8):
        faults = Faults(world, seed, profile)  # type: ignore[arg-type]
        runs.append([(name, faults.draws(name)) for _ in range(200) for name in known_faults()])
    assert runs[0] == runs[1] != runs[2]
    for name, fault in known_faults().items():
        times = sum(hit for drawn, hit in runs[0] if drawn == name)
        expected = 200 * fault.rate(profile)  # type: ignore[arg-type]
        assert abs(times - expected) <= 4 * expected**0.5


def test_storm_is_never_milder_than_rough() -> None:
    assert all(one.storm >= one.rough for one in known_faults().values())


def test_faults_are_set_while_the_store_runs(quick: QuickStore) -> None:
    client = quick.client()
    told = client.post("/_practice/faults", {"profile": "rough", "rates": {"slow_read": 0}})
    assert (told["profile"], told["rates"]["slow_read"]) == ("rough", 0)
    assert told["rates"]["list_lags"] == known_faults()["list_lags"].rough
    calm = client.post("/_practice/faults", {"profile": "calm"})
    assert set(calm["rates"].values()) == {0}


@pytest.mark.parametrize("rates", [{"no_such_fault": 1}, {"slow_read": 1.1}, {"slow_read": -1}])
def test_unknown_names_and_rates_are_refused(quick: QuickStore, rates: dict[str, float]) -> None:
    before = dict(quick.twin.faults.rates)
    with pytest.raises(HTTPError) as raised:
        quick.client().post("/_practice/faults", {"profile": "storm", "rates": rates})
    raised.value.close()
    assert raised.value.code == 422
    assert quick.twin.faults.rates == before
    with pytest.raises(NoSuchFault):
        quick.twin.faults.set(None, rates)


@pytest.mark.parametrize("name", ["slow_read", "stale_rows"])
def test_answers_that_come_late(quick: QuickStore, name: str) -> None:
    client = quick.client()
    started = time.monotonic()
    with quick.faults(**{name: 1}):
        assert client.listed("SLOW-READ")["code"] == 0
    assert time.monotonic() - started >= 0.3 / 20
    assert (quick.fired(name)[-1].path, quick.fired(name)[-1].merchant_code) == (LIST, "SLOW-READ")


def test_a_gateway_error_instead_of_a_list(quick: QuickStore) -> None:
    client = quick.client()
    with quick.faults(gateway_on_read=1), pytest.raises(HTTPError) as raised:
        client.listed()
    with raised.value as answer:
        assert (answer.code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert quick.fired("gateway_on_read")[-1].path == LIST
    assert client.listed()["code"] == 0


def test_an_upload_fails_once_for_each_file(quick: QuickStore) -> None:
    client, files = quick.client(), [paint("#a1b2c3"), paint("#c3b2a1")]
    with quick.faults(upload_fails_once=1):
        told = [client.upload(file)["msg"] for file in (*files, *files)]
    assert told == ["网络异常", "网络异常", "", ""]


def test_a_session_that_ends_before_a_write(quick: QuickStore) -> None:
    """Facts 1.1: 10008; the log of writes knows it, and which fault it was."""
    client = quick.client()
    form = client.form("ENDED-1")
    with quick.faults(session_expires=1):
        assert client.add(form)["code"] == 10008
    (write,) = quick.writes("ENDED-1")
    assert (write["code"], write["account"], write["fault"]) == (10008, "", "session_expires")
    assert quick.products("ENDED-1") == []
    assert client.listed()["code"] == 10008
    assert quick.client().listed()["code"] == 0


def test_a_session_that_ends_before_a_page(quick: QuickStore) -> None:
    """Facts 2.6: 302 to /login/common?extra=…"""
    client = quick.client()
    with quick.faults(session_expires=1), pytest.raises(HTTPError) as raised:
        client.open("/ffa/g/list?tab=all")
    raised.value.close()
    assert raised.value.headers["Location"].startswith("/login/common?extra=%2Fffa%2Fg%2Flist")


def test_nobody_without_a_session_loses_one(quick: QuickStore) -> None:
    before = len(quick.fired("session_expires"))
    client = quick.client()
    with quick.faults(session_expires=1):
        client.cookies.clear()
        client.listed()
    assert len(quick.fired("session_expires")) == before


def list_carefully(quick: QuickStore, code: str, picture: str) -> int:
    """List one product as a careful robot does; tell after how many attempts it stood there."""
    client, form = quick.client(), accepted_form(code, picture)
    for attempt in range(1, 12):
        try:
            seen = client.listed(code)
            if seen["code"] == 0 and seen["total"]:
                return attempt
            if seen["code"] == 0:
                client.add(form)
        except (HTTPError, URLError, BadStatusLine):
            pass  # who knows: look again, but not before a late commit would be there
        time.sleep(SETTLED / HASTE)
        if client.get("/ecomauth/loginv1/session_check")["code"] == 10008:
            client = quick.client()
    return 99


def test_in_a_storm_a_careful_robot_gets_through(quick: QuickStore) -> None:
    """Look, submit, wait until all is settled, look again: never twice, and soon."""
    picture = quick.client().upload(paint("#abcdef"))["data"]["id"]
    quick.twin.faults.set("storm", {})
    try:
        attempts = [list_carefully(quick, f"STORM-{at}-", picture) for at in range(8)]
    finally:
        quick.twin.faults.set("calm", {})
    assert max(attempts) <= 6
    assert [len(quick.products(f"STORM-{at}-")) for at in range(8)] == [1] * 8
