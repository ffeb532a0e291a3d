"""Writing requests of the ERP: logged, slow, hit by faults, held by barriers."""

from __future__ import annotations

import threading
from http.client import BadStatusLine
from urllib.error import HTTPError, URLError

import pytest

from practice.erp.routes import RETURNS
from tests.practice.erp.erp_site import ErpClient, ErpSite, wished
from tests.practice.quick_store import until
from tests.practice.store_client import StoreClient

SAVE = f"{RETURNS}/save"


def last(erp: ErpSite, phone: str) -> tuple[int, str]:
    write = erp.writes(phone)[-1]
    return write["code"], write["fault"]


def test_a_stranger_changes_nothing(erp: ErpSite) -> None:
    wish = wished()
    assert ErpClient(erp.url).save(**wish)["code"] == 10008
    assert erp.kept(wish["phone"]) == []
    assert last(erp, wish["phone"]) == (10008, "")


@pytest.mark.parametrize(
    ("fault", "made"), [("gateway_before_commit", 0), ("gateway_after_commit", 1)]
)
def test_a_gateway_answers(erp: ErpSite, worker: ErpClient, fault: str, made: int) -> None:
    wish = wished()
    with erp.faults(**{fault: 1}), pytest.raises(HTTPError) as error:
        worker.save(**wish)
    with error.value:
        assert error.value.code == 502
    assert len(erp.kept(wish["phone"])) == made
    assert last(erp, wish["phone"]) == (0 if made else 502, fault)


def test_an_answer_is_lost_after_the_commit(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished()
    with erp.faults(answer_lost=1), pytest.raises((BadStatusLine, URLError, ConnectionError)):
        worker.save(**wish)
    assert len(erp.kept(wish["phone"])) == 1
    assert last(erp, wish["phone"]) == (0, "answer_lost")


def test_a_commit_that_comes_when_the_client_is_gone(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished()
    with erp.faults(late_commit=1), pytest.raises((BadStatusLine, URLError, ConnectionError)):
        worker.save(**wish)
    until(lambda: erp.kept(wish["phone"]))
    write = erp.writes(wish["phone"])[-1]
    assert write["fault"] == "late_commit"
    assert write["seconds"] >= 5


def test_a_save_that_takes_its_time(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished()
    with erp.faults(slow_save=1):
        assert worker.save(**wish)["result"] == "success"
    assert erp.writes(wish["phone"])[-1]["seconds"] >= 2


def test_too_often(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished()
    with erp.faults(throttled=1):
        answer = worker.save(**wish)
    assert (answer["code"], answer["reason"]) == (20007, "操作太频繁，请稍后再试")
    assert erp.kept(wish["phone"]) == []
    assert last(erp, wish["phone"]) == (20007, "throttled")


def test_lists_that_lag(erp: ErpSite, worker: ErpClient) -> None:
    """A new address is not there yet, an old one has its old words, a product its old tie."""
    wish, known = wished(), wished()
    old = worker.save(**known)["id"]
    item = worker.items(addressState="free", tabPaneName="claimed")[0]["id"]
    with erp.faults(list_lags=1):
        assert worker.save(**wish)["result"] == "success"
        assert worker.save(**known, id=old, remark="新")["result"] == "success"
        worker.relate(item, to=old)
    assert worker.addresses(phone=wish["phone"]) == []
    assert worker.addresses(phone=known["phone"])[0]["remark"] == ""
    assert worker.item(item)["addressId"] == 0
    assert len(erp.kept(wish["phone"])) == 1
    erp.clock.time += 11
    assert len(worker.addresses(phone=wish["phone"])) == 1
    assert worker.addresses(phone=known["phone"])[0]["remark"] == "新"
    assert worker.item(item)["addressId"] == old


@pytest.mark.parametrize(("name", "made"), [("hold_before_commit", 0), ("hold_after_commit", 1)])
def test_barriers(erp: ErpSite, name: str, made: int) -> None:
    """They stand in the store's control, for the ERP's requests too."""
    wish, control, client = wished(), StoreClient(erp.card.url), erp.client()
    asked = {"name": name, "merchant_code": wish["phone"], "path": "return_address/save"}
    control.post("/_practice/barriers", asked)
    thread = threading.Thread(target=client.save, kwargs=wish)
    thread.start()
    until(lambda: control.ask("/_practice/barriers")["barriers"][0]["reached"])
    assert len(erp.kept(wish["phone"])) == made
    control.delete("/_practice/barriers")
    thread.join(10)
    assert len(erp.kept(wish["phone"])) == 1


def test_reads_suffer_too(erp: ErpSite, worker: ErpClient) -> None:
    with erp.faults(gateway_on_read=1), pytest.raises(HTTPError) as error:
        worker.addresses()
    error.value.close()
    assert erp.fired("gateway_on_read")[-1].path == f"{RETURNS}/searchList"
