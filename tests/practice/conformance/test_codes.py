"""The codes of a product's states, from a submit to the bin (facts 3.5, 10)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practice import pictures
from practice.catalogue import catalogue
from practice.store import products
from practice.store.form import ProductForm
from practice.tables import Product
from practice.world import Pace, World, make_world, open_world
from tests.practice.conformance.steps import picture
from tests.practice.store_client import StoreClient, accepted_form
from tests.practice.test_goods_life import HandClock

PREFIX = "/product/tproduct"


def item(client: StoreClient, code: str, tab: str = "all") -> dict[str, Any]:
    (found,) = client.listed(code, tab)["data"]
    assert isinstance(found, dict)
    return found


def audited(client: StoreClient, code: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while item(client, code)["check_status"] == 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return item(client, code)


def codes(found: dict[str, Any]) -> tuple[int, int]:
    return found["status"], found["check_status"]


@pytest.fixture(scope="module")
def forbidden() -> str:
    """A word that the audit finds, but not the submit."""
    return catalogue().forbidden.audit[0]


@pytest.fixture
def hand_clock_world(tmp_path: Path) -> Iterator[World]:
    """A world in which an audit takes a minute, and time passes when the test says so."""
    make_world(tmp_path, products=1).close()
    world = open_world(tmp_path, HandClock(), Pace(audit=60))
    yield world
    world.close()


@pytest.mark.facts("3.5-waiting", "3.5-passed", "10-audit-ends", "3.5-draft-status")
@pytest.mark.parametrize(("start", "ends"), [(0, (0, 3)), (1, (1, 7))])
def test_an_audit_that_passes(hand_clock_world: World, start: int, ends: tuple[int, int]) -> None:
    """Facts 3.5: 2, then 3 at once or 7 in the warehouse; the draft's state follows."""
    world, clock = hand_clock_world, hand_clock_world.clock
    assert isinstance(clock, HandClock)
    shop_id = world.about().shop_id
    with world.transaction() as session:
        shown = pictures.keep(session, world.pictures, picture(600, 600))
        session.flush()
        form = accepted_form("C-PASS", shown.id) | {"start_sale_type": start}
        added = products.add(world, session, shop_id, ProductForm.model_validate(form))
        told = []
        for seconds in (0.0, 59.0, 1.0):
            clock.seconds += seconds
            products.settle_audits(world, session)
            session.refresh(added)
            told.append((added.status, added.check_status, added.draft_status))
    assert told == [(1, 2, 2), (1, 2, 2), (*ends, 3)]


@pytest.mark.facts("3.5-rejected", "3.5-reasons", "10-audit-ends")
def test_an_audit_that_fails(client: StoreClient, forbidden: str) -> None:
    """Facts 3.5: 4, and audit_reason as a map of lists."""
    form = client.form("C-FAIL", title=f"纯棉{forbidden}白色T恤")
    product_id = client.add(form)["data"]["product_id"]
    found = audited(client, "C-FAIL")
    assert codes(found) == (1, 4)
    assert found["draft_status"] == 4
    reasons = client.get(f"{PREFIX}/detail", product_id=product_id)["data"]["audit_reason"]
    assert reasons
    for texts in reasons.values():
        assert isinstance(texts, list)
        assert any(forbidden in text for text in texts)
    assert item(client, "C-FAIL", "rejected")["product_id"] == product_id


@pytest.mark.facts("3.4-audit-refusal")
def test_a_submit_that_the_platform_refuses(client: StoreClient) -> None:
    """Facts 3.4: 系统检测审核不通过."""
    word = catalogue().forbidden.submit[0]
    answer = client.add(client.form("C-REFUSED", title=f"纯棉{word}白色T恤"))
    assert answer["code"] != 0
    assert "系统检测审核不通过" in answer["msg"]
    assert client.listed("C-REFUSED")["total"] == 0


@pytest.mark.facts("3.5-status")
def test_on_sale_off_sale_deleted(client: StoreClient, truth: World) -> None:
    """Facts 3.5: status 0, 1, 2."""
    body = {"product_id": client.add(client.form("C-LIFE"))["data"]["product_id"]}
    audited(client, "C-LIFE")
    for verb, status in (("online", 0), ("offline", 1), ("delete", 2)):
        assert client.post(f"{PREFIX}/{verb}", body)["code"] == 0
        with truth.transaction() as session:
            assert session.get_one(Product, body["product_id"]).status == status
    assert client.listed("C-LIFE")["total"] == 0


@pytest.mark.facts("3.5-deleted", "3.5-deleted-for-ever", "3.4-gone")
def test_a_deleted_product(client: StoreClient, truth: World) -> None:
    """Facts 3.5: it comes back, unless it was deleted for ever; 3.4: then it is gone."""
    product_id = client.add(client.form("C-BIN"))["data"]["product_id"]
    body = {"product_id": product_id}
    audited(client, "C-BIN")
    client.post(f"{PREFIX}/delete", body)
    assert client.post(f"{PREFIX}/recover", body)["code"] == 0
    assert item(client, "C-BIN")["product_id"] == product_id
    client.post(f"{PREFIX}/delete", body)
    assert client.post(f"{PREFIX}/deleteForever", body)["code"] == 0
    gone = client.post(f"{PREFIX}/recover", body)
    assert (gone["code"] != 0, gone["msg"]) == (True, "商品不存在或已彻底删除")
    with truth.transaction() as session:
        assert session.get(Product, product_id) is None


@pytest.mark.facts("3.5-banned")
def test_a_banned_product(client: StoreClient, merchant: StoreClient) -> None:
    """Facts 3.5: 5; it can't be put on sale."""
    answer = merchant.get(f"{PREFIX}/list", page=0, pageSize=20, check_status=5)
    assert answer["total"] > 0
    banned = answer["data"][0]
    assert banned["status"] == 1
    assert client.post(f"{PREFIX}/online", {"product_id": banned["product_id"]})["code"] != 0


@pytest.mark.facts("3.5-unsubmitted", "3.5-draft-status")
def test_products_that_were_never_sent(merchant: StoreClient) -> None:
    """Facts 3.5: check_status 1 with draft_status 1; most products have no draft: 0."""
    unsent = merchant.get(f"{PREFIX}/list", page=0, pageSize=20, check_status=1)
    assert unsent["total"] > 0
    assert {one["draft_status"] for one in unsent["data"]} == {1}
    assert merchant.get(f"{PREFIX}/list", page=0, pageSize=20, draft_status=0)["total"] > 0
