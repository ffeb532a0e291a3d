"""Messages as writing requests: logged with their thread, hit by faults, held by barriers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import BadStatusLine
from urllib.error import URLError

import pytest

from practice.supply.weather import kind_of
from tests.practice.quick_store import until
from tests.practice.store_client import StoreClient
from tests.practice.supply_platform import SupplyClient, SupplyPlatform, supply_platform

TEXT = "在吗"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SupplyPlatform]:
    with supply_platform(tmp_path_factory.mktemp("supply-writes")) as platform:
        yield platform


@pytest.fixture
def client(platform: SupplyPlatform) -> SupplyClient:
    return platform.client()


@pytest.fixture
def supplier_id(platform: SupplyPlatform) -> str:
    return str(platform.of_temper("silent")["supplier_id"])


def mine(platform: SupplyPlatform, supplier_id: str, text: str) -> int:
    return sum(one["text"] == text for one in platform.kept(supplier_id, "buyer"))


def test_a_message_is_kept_shown_and_logged(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str
) -> None:
    done = client.send(supplier_id, "第一行\r\n<b>第二行</b>")
    assert (done.status, done.location) == (303, f"/messages/{supplier_id}")
    assert client.thread(supplier_id)[-1] == ("buyer", "第一行\n<b>第二行</b>")
    assert mine(platform, supplier_id, "第一行\n<b>第二行</b>") == 1
    write = platform.writes(supplier_id)[-1]
    assert (write["site"], write["code"], write["fault"]) == ("supply", 0, "")
    assert write["path"] == f"/messages/{supplier_id}/send"
    assert write["account"] == "buyer@example.com"


def test_the_same_message_twice_is_two_messages(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str
) -> None:
    """The platform does not protect a robot from itself."""
    for _ in range(2):
        client.send(supplier_id, "重复")
    assert mine(platform, supplier_id, "重复") == 2


@pytest.mark.parametrize(
    ("text", "words"), [(" \n", "请输入消息内容"), ("长" * 501, "消息不能超过500字")]
)
def test_what_is_no_message(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str, text: str, words: str
) -> None:
    before = len(platform.kept(supplier_id))
    page = client.send(supplier_id, text)
    assert (page.status, page.alert) == (200, words)
    assert text.strip() in page.text
    assert len(platform.kept(supplier_id)) == before
    assert platform.writes(supplier_id)[-1]["code"] == 20001


def test_a_stranger_sends_nothing(platform: SupplyPlatform, supplier_id: str) -> None:
    before = len(platform.kept(supplier_id))
    done = SupplyClient(platform.url).send(supplier_id, TEXT)
    assert done.location == "/login?done=%2Foffers"
    assert len(platform.kept(supplier_id)) == before
    assert platform.writes(supplier_id)[-1]["code"] == 10008
    assert platform.client().send("1", TEXT).status == 404


@pytest.mark.parametrize("name", ["answer_lost", "late_commit"])
def test_a_lost_answer(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str, name: str
) -> None:
    with platform.faults(**{name: 1}), pytest.raises((BadStatusLine, URLError)):
        client.send(supplier_id, name)
    until(lambda: mine(platform, supplier_id, name) == 1)
    write = platform.writes(supplier_id)[-1]
    assert (write["code"], write["fault"]) == (0, name)
    assert (write["seconds"] >= 5) == (name == "late_commit")
    assert platform.fired(name)[-1].path == f"/messages/{supplier_id}/send"


@pytest.mark.parametrize(
    ("name", "kept"), [("gateway_before_commit", 0), ("gateway_after_commit", 1)]
)
def test_a_gateway_on_both_sides_of_the_commit(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str, name: str, kept: int
) -> None:
    with platform.faults(**{name: 1}):
        page = client.send(supplier_id, name)
    assert page.status == 502
    assert mine(platform, supplier_id, name) == kept
    write = platform.writes(supplier_id)[-1]
    assert (write["code"], write["fault"]) == (0 if kept else 502, name)


def test_too_often(platform: SupplyPlatform, client: SupplyClient, supplier_id: str) -> None:
    with platform.faults(throttled=1):
        page = client.send(supplier_id, "太快")
    assert page.alert == "消息发送太频繁，请稍后再试"
    assert ">太快</textarea>" in page.text
    assert mine(platform, supplier_id, "太快") == 0
    assert platform.writes(supplier_id)[-1]["code"] == 20007


def test_a_slow_save(platform: SupplyPlatform, client: SupplyClient, supplier_id: str) -> None:
    with platform.faults(slow_save=1):
        client.send(supplier_id, "慢")
    assert platform.writes(supplier_id)[-1]["seconds"] >= 2
    assert mine(platform, supplier_id, "慢") == 1


def test_the_thread_lags_behind_a_message(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str
) -> None:
    """Kept, and not shown for some seconds: who sends again now has sent it twice."""
    with platform.faults(list_lags=1):
        assert client.send(supplier_id, "晚到").status == 303
    assert mine(platform, supplier_id, "晚到") == 1
    assert ("buyer", "晚到") not in client.thread(supplier_id)
    platform.clock.pass_minutes(1)
    assert ("buyer", "晚到") in client.thread(supplier_id)
    assert platform.writes(supplier_id)[-1]["fault"] == "list_lags"


def test_reads_meet_the_weather(platform: SupplyPlatform, client: SupplyClient) -> None:
    with platform.faults(gateway_on_read=1):
        assert client.get("/offers").status == 502
    before = platform.clock.now()
    with platform.faults(slow_read=1):
        assert client.get("/messages").status == 200
    assert 0.3 <= platform.clock.now() - before <= 2
    with platform.faults(session_expires=1):
        assert client.get("/offers").location == "/login?done=%2Foffers"
    assert platform.fired("session_expires")[-1].path == "/offers"


def test_a_session_that_ends_while_a_message_is_sent(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str
) -> None:
    with platform.faults(session_expires=1):
        assert client.send(supplier_id, "过期").status == 303
    assert mine(platform, supplier_id, "过期") == 0
    assert platform.writes(supplier_id)[-1]["fault"] == "session_expires"


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/offers", "read"),
        ("GET", "/messages/1", "read"),
        ("POST", "/messages/1/send", "write"),
        ("GET", "/login", ""),
        ("POST", "/login", ""),
        ("GET", "/pictures/1.jpg", ""),
        ("GET", "/assets/1/supply.css", ""),
    ],
)
def test_which_requests_meet_faults(method: str, path: str, kind: str) -> None:
    assert kind_of(method, path) == kind


@pytest.mark.parametrize(
    ("name", "kept"), [("hold_before_commit", 0), ("hold_after_commit", 1), ("hold_response", 1)]
)
def test_barriers(
    platform: SupplyPlatform, client: SupplyClient, supplier_id: str, name: str, kept: int
) -> None:
    control = StoreClient(platform.card.url)
    asked = {"name": name, "merchant_code": supplier_id, "path": "/send", "seconds": 20}
    control.post("/_practice/barriers", asked)
    sending = threading.Thread(target=client.send, args=(supplier_id, name))
    sending.start()
    until(lambda: control.get("/_practice/barriers")["barriers"][0]["reached"])
    assert mine(platform, supplier_id, name) == kept
    control.delete("/_practice/barriers")
    sending.join(10)
    assert mine(platform, supplier_id, name) == 1


def test_the_list_of_threads(platform: SupplyPlatform) -> None:
    client, supplier = platform.client(1), platform.of_temper("prompt")
    assert "还没有消息" in client.get("/messages").text
    client.send(supplier["supplier_id"], "退货地址和规则？")
    platform.clock.pass_minutes(30)
    page = client.get("/messages")
    assert supplier["name"] in page.text
    assert "未读消息 2 条" in page.text
    client.thread(supplier["supplier_id"])
    assert "未读消息" not in client.get("/messages").text


def test_the_answers_follow_the_seed(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = []
    for name in ("one", "two"):
        with supply_platform(tmp_path_factory.mktemp(name)) as platform:
            supplier_id = platform.of_temper("prompt")["supplier_id"]
            start = platform.clock.now()
            platform.client().send(supplier_id, "退货地址和规则？")
            platform.clock.pass_minutes(30)
            rows = platform.kept(supplier_id)
            told.append([(one["text"], one["says"]) for one in rows])
            assert platform.clock.now() - start >= 1800
    assert told[0] == told[1]
