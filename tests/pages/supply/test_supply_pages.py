"""The supply platform's page objects against the practice platform: read right, sent once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_playwright import CreateContextCallback

from domain.errors import NotSent, TransientError
from domain.site import SiteMap
from engine.settings import load_site
from pages.supply.messages import Messages, Thread, Writer
from pages.supply.offer import OfferPage
from pages.supply.shell import SupplyShell
from pages.supply.supplier import SupplierPage
from practice.clock import iso
from practice.supply.showing import shown_suppliers, shown_threads
from practice.supply.tables import Offer
from practice.world import open_world
from tests.conftest import Store


@dataclass(frozen=True)
class Platform:
    """A browser page in the platform, its map, and the truth of its world."""

    page: Page
    site: SiteMap
    store: Store

    @property
    def who(self) -> dict[str, Any]:
        return dict(self.store.card.sites["supply"]["accounts"][0])

    def suppliers(self) -> list[dict[str, Any]]:
        with closing(open_world(self.store.home)) as world:
            return shown_suppliers(world)

    def of_temper(self, temper: str) -> dict[str, Any]:
        return next(one for one in self.suppliers() if one["temper"] == temper)

    def kept(self, supplier_id: str) -> list[dict[str, Any]]:
        with closing(open_world(self.store.home)) as world:
            return [one for one in shown_threads(world) if one["supplier_id"] == supplier_id]


@pytest.fixture
def platform(new_context: CreateContextCallback, shared_store: Store) -> Platform:
    context = new_context()
    context.set_default_timeout(15_000)
    url = shared_store.card.sites["supply"]["url"]
    site = load_site("practice-supply").model_copy(update={"base_url": url})
    return Platform(context.new_page(), site, shared_store)


@pytest.fixture
def inside(platform: Platform) -> Platform:
    shell = SupplyShell(platform.page, platform.site)
    shell.open()
    shell.sign_in(platform.who["account"], platform.who["password"])
    assert shell.signed_in()
    return platform


def test_the_door_lets_in_who_may_and_tells_whose_page_it_is(platform: Platform) -> None:
    shell = SupplyShell(platform.page, platform.site)
    with pytest.raises(TransientError, match="login"):
        OfferPage(platform.page, platform.site).open("682310450117")
    shell.open()
    assert not shell.signed_in()
    shell.sign_in(platform.who["account"], "wrong")
    assert not shell.signed_in()
    assert shell.content.count() == 0  # what was typed stands in no evidence
    assert len(shell.sensitive) == 1

    shell.sign_in(platform.who["account"], platform.who["password"])

    assert shell.signed_in()
    assert shell.sensitive == []
    here = shell.identity()
    assert (here.shop_name, here.world) == (
        "晨光家居小店采购",
        f"127.0.0.1/{platform.store.card.world}",
    )
    assert here.shop_id.isdigit()
    assert not shell.open_shop("晨光家居小店采购")
    assert shell.person_needed() == ""


def test_a_supply_link_is_read_as_the_factory_has_it(inside: Platform) -> None:
    offer = OfferPage(inside.page, inside.site).open("682310450441")

    assert offer is not None
    with closing(open_world(inside.store.home)) as world, world.transaction() as session:
        truth = session.get_one(Offer, "682310450441")
        now = world.clock.now()
        skus = {one.factory_sku: (one.spec, one.price, one.stock_at(now)) for one in truth.skus}
        names = (truth.title, truth.item_no, truth.supplier.name, truth.supplier.id)
    assert (offer.title, offer.item_no, offer.supplier, offer.supplier_id) == names
    assert offer.lead_time == "3天"
    found = {one.factory_sku: (one.spec, int(one.price * 100), one.stock) for one in offer.skus}
    assert found == skus
    assert OfferPage(inside.page, inside.site).open("100000000000") is None


def test_what_a_supplier_says_of_returns_is_read_where_its_page_tells_it(
    inside: Platform,
) -> None:
    told = next(one for one in inside.suppliers() if one["shows"] == ["address", "rules"])
    mute = inside.of_temper("silent")

    card = SupplierPage(inside.page, inside.site).open(told["supplier_id"])

    assert card is not None
    assert (card.name, card.contact) == (told["name"], told["contact"])
    assert told["returns"][0]["phone"] in card.return_address
    assert "7天" in card.return_rules
    silent = SupplierPage(inside.page, inside.site).open(mute["supplier_id"])
    assert silent is not None
    assert (silent.return_address, silent.return_rules) == ("", "")
    assert SupplierPage(inside.page, inside.site).open("1") is None


def test_a_message_is_sent_once_and_the_thread_read_whole(inside: Platform) -> None:
    supplier = inside.of_temper("silent")
    thread = Thread(inside.page, inside.site, supplier["supplier_id"])
    offer_id = supplier["skus"][0]["offer_id"]
    assert thread.open(offer_id) == ()
    text = "您好，\n退货寄到哪里？ <b>&amp;"

    assert thread.write(text) == text
    thread.send()

    (kept,) = inside.kept(supplier["supplier_id"])
    (shown,) = thread.read()
    assert (shown.who, shown.text, shown.offer_id) == (Writer.US, text, offer_id)
    assert (kept["id"], kept["text"]) == (int(shown.message_id), text)
    assert iso(shown.at.timestamp()) == kept["at"]
    (line, *_) = Messages(inside.page, inside.site).read()
    assert (line.supplier_id, line.unread) == (supplier["supplier_id"], 0)
    assert line.last_at == shown.at
    assert Thread(inside.page, inside.site, "1").open() is None


def test_what_is_said_is_declared_sensitive_but_for_what_is_shown(inside: Platform) -> None:
    thread = Thread(inside.page, inside.site, inside.of_temper("prompt")["supplier_id"])
    thread.open()
    for said in ("发一件白色", "请问退货寄到哪里"):
        thread.write(said)
        thread.send()
    messages = thread.read()
    covered = [text for one in thread.sensitive for text in one.all_inner_texts()]
    assert covered == [one.text for one in messages]

    thread.show(messages[-1:])

    covered = [text for one in thread.sensitive for text in one.all_inner_texts()]
    assert covered == [one.text for one in messages[:-1]]


def test_what_the_platform_refuses_is_known_as_not_sent(inside: Platform) -> None:
    supplier = inside.of_temper("vague_rules")
    thread = Thread(inside.page, inside.site, supplier["supplier_id"])
    thread.open()
    thread.write("长" * 501)
    with pytest.raises(NotSent, match="500"):
        thread.send()
    thread.open()
    thread.write("您好")
    inside.page.context.clear_cookies()
    with pytest.raises(NotSent, match="session"):
        thread.send()
    assert inside.kept(supplier["supplier_id"]) == []
