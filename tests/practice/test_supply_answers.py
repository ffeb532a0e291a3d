"""How factories answer: each temper, on the twin's clock, against the truth in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.supply.questions import ADDRESS, RULES, STOCK, offer_named, wants_of
from practice.supply.tables import Offer, OfferSku
from practice.supply.tempers import tempers
from tests.practice.supply_platform import SupplyClient, SupplyPlatform, supply_platform

ASK = "您好，请问退货地址是什么？麻烦发一下收件人、电话和详细地址，还有退货规则。"
AGAIN = "麻烦把收件人、电话和门牌号补全一下，谢谢。"
DAY = 24 * 60
FULL = ("prompt", "slow", "corrects", "decoy", "vague_rules", "moves")


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SupplyPlatform]:
    with supply_platform(tmp_path_factory.mktemp("supply-answers")) as platform:
        yield platform


def ask(platform: SupplyPlatform, supplier: dict[str, Any], text: str = ASK) -> SupplyClient:
    client = platform.client()
    assert client.send(supplier["supplier_id"], text).status == 303
    return client


def answers(platform: SupplyPlatform, supplier: dict[str, Any]) -> list[dict[str, Any]]:
    """All the factory wrote or will write."""
    return platform.kept(supplier["supplier_id"], "factory")


def tells_all(text: str, address: dict[str, Any]) -> bool:
    whole = [address[name] for name in ("street", "road", "door", "recipient")]
    return all(part in text for part in whole) and address["phone"] in text.replace(" ", "")


def check_truth(platform: SupplyPlatform, supplier: dict[str, Any]) -> None:
    """What a message is said to tell and to leave out is what its text holds."""
    places = supplier["returns"] + supplier["other_addresses"]
    for one in answers(platform, supplier):
        if one["says"] not in {"address", "wrong", "moved"} or "place" in one["left_out"]:
            continue
        (address,) = (a for a in places if a["address_id"] == one["address_id"])
        told = one["text"].replace(" ", "")
        for name in ("road", "door", "recipient", "phone"):
            assert (address[name] in told) == (name not in one["left_out"]), (name, one)


@pytest.mark.parametrize("temper", FULL)
def test_those_who_tell_everything(platform: SupplyPlatform, temper: str) -> None:
    supplier = platform.of_temper(temper)
    client = ask(platform, supplier)
    assert [sender for sender, _ in client.thread(supplier["supplier_id"])] == ["buyer"]
    platform.clock.pass_minutes(2 * DAY)
    shown = client.thread(supplier["supplier_id"])
    told = [one["text"] for one in answers(platform, supplier)]
    assert [text for sender, text in shown if sender == "factory"] == told
    assert any(tells_all(text, supplier["returns"][0]) for text in told)
    says = [one["says"] for one in answers(platform, supplier)]
    assert ("vague" in says, "rules" in says) == (temper == "vague_rules", temper != "vague_rules")
    check_truth(platform, supplier)


def test_an_answer_takes_its_tempers_minutes(platform: SupplyPlatform) -> None:
    supplier = [one for one in platform.suppliers() if one["temper"] == "prompt"][-1]
    least, most = tempers()["prompt"].minutes
    client = ask(platform, supplier)
    platform.clock.pass_minutes(least * 0.9)
    assert len(client.thread(supplier["supplier_id"])) == 1
    platform.clock.pass_minutes(most - least * 0.9)
    assert len(client.thread(supplier["supplier_id"])) >= 2


def test_one_says_a_wrong_address_first(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("corrects")
    told = answers(platform, supplier)
    assert [one["says"] for one in told][:2] == ["wrong", "address"]
    assert not tells_all(told[0]["text"], supplier["returns"][0])
    assert told[0]["address_id"] == supplier["other_addresses"][0]["address_id"]


def test_one_names_where_it_ships_from_too(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("decoy")
    told = answers(platform, supplier)[0]
    assert supplier["other_addresses"][0]["text"] in told["text"]
    assert told["address_id"] == supplier["returns"][0]["address_id"]


def test_one_moves_and_says_so(platform: SupplyPlatform) -> None:
    """Issue 6: sometimes with a changed address; the truth changes with the message."""
    supplier = platform.of_temper("moves")
    told = answers(platform, supplier)
    assert [one["says"] for one in told] == ["address", "rules", "moved"]
    assert "禾格新路" in supplier["returns"][0]["text"]
    assert told[2]["address_id"] == supplier["returns"][0]["address_id"]
    assert told[0]["address_id"] == supplier["other_addresses"][0]["address_id"]
    client = ask(platform, supplier)
    platform.clock.pass_minutes(30)
    assert "禾格新路" in client.thread(supplier["supplier_id"])[-2][1]
    assert len([one for one in answers(platform, supplier) if one["says"] == "moved"]) == 1


@pytest.mark.parametrize(
    ("temper", "left_out"),
    [("no_phone", ["phone"]), ("no_door", ["door"]), ("no_name", ["recipient"])],
)
def test_what_was_left_out_comes_when_asked_again(
    platform: SupplyPlatform, temper: str, left_out: list[str]
) -> None:
    supplier = platform.of_temper(temper)
    address = supplier["returns"][0]
    client = ask(platform, supplier)
    platform.clock.pass_minutes(60)
    first = answers(platform, supplier)
    assert [one["says"] for one in first] == ["address", "rules"]
    assert first[0]["left_out"] == left_out
    check_truth(platform, supplier)
    client.send(supplier["supplier_id"], AGAIN)
    platform.clock.pass_minutes(60)
    rest = answers(platform, supplier)[len(first) :]
    assert [one["says"] for one in rest] == ["rest"]
    assert address[left_out[0]] in rest[0]["text"]


def test_one_never_tells_all(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("never_whole")
    client = ask(platform, supplier)
    for _ in range(3):
        platform.clock.pass_minutes(60)
        client.send(supplier["supplier_id"], AGAIN)
    platform.clock.pass_minutes(60)
    told = answers(platform, supplier)
    assert [one["says"] for one in told] == ["address", "rules", "refuses", "refuses", "refuses"]
    address = supplier["returns"][0]
    text = "".join(one["text"] for one in told)
    assert address["door"] not in text
    assert address["phone"] not in text.replace(" ", "")


def test_one_tells_it_in_pieces(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("piecemeal")
    ask(platform, supplier)
    told = answers(platform, supplier)
    assert [one["says"] for one in told] == ["address", "address", "rest", "rules"]
    assert len({one["at"] for one in told}) == 4
    assert not any(tells_all(one["text"], supplier["returns"][0]) for one in told)
    assert tells_all("".join(one["text"] for one in told), supplier["returns"][0])
    platform.clock.pass_minutes(60)


def test_one_forgets_the_first_message(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("forgets")
    client = ask(platform, supplier)
    assert answers(platform, supplier) == []
    platform.clock.pass_minutes(DAY)
    client.send(supplier["supplier_id"], ASK)
    assert tells_all(answers(platform, supplier)[0]["text"], supplier["returns"][0])


def test_one_never_answers(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("silent")
    for _ in range(3):
        client = ask(platform, supplier)
        platform.clock.pass_minutes(DAY)
    assert {sender for sender, _ in client.thread(supplier["supplier_id"])} == {"buyer"}
    assert answers(platform, supplier) == []


def test_one_asks_back_which_product_it_is(platform: SupplyPlatform) -> None:
    """Two warehouses, each with its own return address: the product decides."""
    supplier = platform.of_temper("asks_back")
    sku = next(one for one in supplier["skus"] if one["merchant_code"] == "CG-1004")
    client = ask(platform, supplier)
    platform.clock.pass_minutes(30)
    assert [one["says"] for one in answers(platform, supplier)] == ["which", "rules"]
    client.send(supplier["supplier_id"], f"是这款：{platform.url}/offer/{sku['offer_id']}.html")
    platform.clock.pass_minutes(30)
    told = answers(platform, supplier)[2]
    (right,) = (one for one in supplier["returns"] if one["warehouse"] == "二仓")
    assert (told["says"], told["address_id"]) == ("address", right["address_id"])
    assert tells_all(told["text"], right)


def test_a_message_sent_from_an_offer_names_it(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("asks_back")
    other = platform.client(1)
    page = other.get(f"/messages/{supplier['supplier_id']}", offer="682310450441")
    assert "咨询商品：加厚帆布包女" in page.text
    other.send(supplier["supplier_id"], ASK, offer="682310450441")
    told = answers(platform, supplier)[-2]
    (right,) = (one for one in supplier["returns"] if one["warehouse"] == "二仓")
    assert (told["says"], told["address_id"]) == ("address", right["address_id"])
    platform.clock.pass_minutes(30)
    senders = [sender for sender, _ in other.thread(supplier["supplier_id"])]
    assert senders == ["buyer", "factory", "factory"]  # nothing of the other buyer's thread


def test_an_offer_of_another_factory_is_not_taken_along(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("no_door")
    platform.client().send(supplier["supplier_id"], "在吗", offer="682310450441")
    assert platform.kept(supplier["supplier_id"], "buyer")[-1]["offer_id"] is None


def test_asked_twice_before_it_answered_it_answers_once(platform: SupplyPlatform) -> None:
    supplier = [one for one in platform.suppliers() if one["temper"] == "prompt"][1]
    client = ask(platform, supplier, "退货地址发一下")
    client.send(supplier["supplier_id"], "退货地址发一下")
    assert [one["says"] for one in answers(platform, supplier)] == ["address"]
    platform.clock.pass_minutes(30)
    client.send(supplier["supplier_id"], "退货地址发一下")
    told = answers(platform, supplier)
    assert [one["says"] for one in told] == ["address", "address"]
    assert told[0]["text"] in told[1]["text"]


def test_small_talk_and_stock(platform: SupplyPlatform) -> None:
    supplier = platform.of_temper("vague_rules")
    offer_id = supplier["skus"][0]["offer_id"]
    before = len(answers(platform, supplier))
    ask(platform, supplier, "在吗？")
    ask(platform, supplier, f"{offer_id} 有货吗，多久发货？")
    told = answers(platform, supplier)[before:]
    assert sorted(one["says"] for one in told) == ["greeting", "stock"]
    assert "24小时" in next(one["text"] for one in told if one["says"] == "stock")


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        (ASK, {ADDRESS, RULES}),
        (AGAIN, {ADDRESS}),
        ("在吗", set()),
        ("支持七天无理由吗", {RULES}),
        ("有现货吗", {STOCK}),
    ],
)
def test_what_a_message_asks_for(text: str, wants: set[str]) -> None:
    assert wants_of(text) == wants


ITEM = st.text("AB01-", min_size=1, max_size=6).filter(lambda text: text.strip("-"))


@given(ITEM, ITEM)
def test_a_twins_number_names_another_offer(right: str, twin: str) -> None:
    offers = [_offer("1" * 12, right), _offer("2" * 12, twin)]
    named = offer_named(f"是{right}这款", None, offers)
    assert named is (offers[0] if right != twin else None)


def _offer(offer_id: str, item_no: str) -> Offer:
    sku = OfferSku(factory_sku=f"{item_no}#1")
    return Offer(id=offer_id, title=f"标题{offer_id}", item_no=item_no, skus=[sku])
