"""Products and shops and their return addresses; the delete-all entry (facts/miaoshou.md 5, 8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from practice.erp.routes import BOX, SHOPS
from tests.practice.erp.erp_site import ErpClient, ErpSite, erp_site


def free_item(worker: ErpClient, at: int = 0) -> int:
    return int(worker.items(addressState="free", tabPaneName="claimed")[at]["id"])


def test_a_product_is_found_by_each_of_its_ids(worker: ErpClient) -> None:
    row = next(one for one in worker.items(tabPaneName="claimed") if one["merchantCode"])
    for term in (row["id"], row["productId"]):
        assert worker.items(ids=term) == [row]
    assert row in worker.items(ids=f"x,{row['merchantCode']}\n1")
    assert row in worker.items(title=row["title"][1:5])
    assert row["shopName"] in {one["shopName"] for one in worker.shops()}


@pytest.mark.facts("5-tabs")
def test_tabs_count_what_they_hold(worker: ErpClient) -> None:
    counts = worker.xhr(f"{BOX}/getTabCount")["counts"]
    assert counts["all"] == sum(counts[one] for one in ("noClaimed", "claimed", "collectFail"))
    for tab in ("noClaimed", "claimed", "collectFail"):
        answer = worker.xhr(f"{BOX}/searchList", tabPaneName=tab, pageSize=500)
        assert answer["total"] == counts[tab] == len(answer["list"])
        assert {one["state"] for one in answer["list"]} == {tab}


def test_a_new_product_of_a_shop_is_there_at_once(erp: ErpSite, worker: ErpClient) -> None:
    from practice.tables import Product
    from tests.practice.store_client import StoreClient

    store = StoreClient(erp.card.url)
    store.login(erp.card.account, erp.card.password)
    made = store.add(store.form("ERP-1"))["data"]["product_id"]
    (row,) = worker.items(ids="ERP-1")
    assert (row["productId"], row["state"]) == (made, "claimed")
    assert row["picture"].startswith("/pictures/")
    with erp.twin.world.transaction() as session:
        assert session.get_one(Product, made).title == row["title"]


@pytest.mark.facts("8-product")
def test_a_product_is_tied_to_an_address(erp: ErpSite, worker: ErpClient) -> None:
    address, item = worker.save(), free_item(worker)
    assert worker.relate(item, to=address["id"])["result"] == "success"
    row = worker.item(item)
    assert row["addressId"] == address["id"]
    assert row["addressLabel"].startswith("王练习 154")
    (kept,) = [one for one in erp.addresses() if one["address_id"] == str(address["id"])]
    (tied,) = kept["items"]
    assert (tied["item_id"], tied["product_id"]) == (str(item), row["productId"])
    assert [one["id"] for one in worker.items(addressId=address["id"])] == [item]
    assert [one["code"] for one in erp.writes(str(item))] == [0]
    assert worker.relate(item, to=0)["result"] == "success"
    assert worker.item(item)["addressId"] == 0


def test_another_tie_is_changed_only_on_purpose(worker: ErpClient) -> None:
    first, second = worker.save()["id"], worker.save()["id"]
    free, tied = free_item(worker, 0), free_item(worker, 1)
    worker.relate(tied, to=first)
    assert worker.relate(tied, to=first)["result"] == "success"
    answer = worker.relate(free, tied, to=second)
    assert answer["code"] == 40004
    words = f"以下产品已关联其他退货地址：{tied}，是否改为关联当前地址？"
    assert answer["reason"] == words
    assert [worker.item(one)["addressId"] for one in (free, tied)] == [0, first]
    assert worker.relate(free, tied, to=second, replace=True)["count"] == 2
    assert [worker.item(one)["addressId"] for one in (free, tied)] == [second, second]


def test_ties_to_what_is_not_there(worker: ErpClient) -> None:
    assert worker.relate(free_item(worker), to=99)["code"] == 40001
    assert worker.relate(99, to=worker.save()["id"])["code"] == 40007


def test_a_shop_has_one_address(erp: ErpSite, worker: ErpClient) -> None:
    shop = worker.shops()[0]["shopId"]
    first = worker.save(shopIds=shop)["id"]
    assert worker.shops()[0]["addressId"] == first
    refused = worker.save(shopIds=shop)
    assert refused["code"] == 40004
    assert refused["reason"] == f"以下店铺已关联其他退货地址：{worker.shops()[0]['shopName']}"
    second = worker.save()["id"]
    path = f"{SHOPS}/relateReturnAddress"
    assert worker.xhr(path, shopId=shop, addressId=second)["result"] == "success"
    assert [one["id"] for one in worker.addresses(shopId=shop)] == [second]
    (kept,) = [one for one in erp.addresses() if one["address_id"] == str(second)]
    assert kept["shops"] == [shop]
    assert worker.xhr(path, shopId=shop)["result"] == "success"
    assert worker.shops()[0]["addressId"] == 0


def test_a_remark(worker: ErpClient) -> None:
    item = free_item(worker)
    assert worker.xhr(f"{BOX}/remark", id=item, remark="已核对")["result"] == "success"
    assert worker.item(item)["remark"] == "已核对"
    assert worker.items(remark="已核对") == [worker.item(item)]


@pytest.fixture
def doomed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErpSite]:
    """An ERP of which little is left in the end."""
    with erp_site(tmp_path_factory.mktemp("doomed")) as site:
        yield site


@pytest.mark.facts("5-delete-all")
def test_delete_and_delete_all(doomed: ErpSite) -> None:
    """The one takes what was chosen, the other everything that fits, on every page."""
    worker = doomed.client()
    before = worker.xhr(f"{BOX}/getTabCount")["counts"]
    tied = worker.items(addressState="tied")[0]["id"]
    assert worker.xhr(f"{BOX}/delete", ids=tied)["count"] == 1
    assert worker.items(ids=tied) == []
    assert doomed.items()[str(tied)]["deleted"]
    refused = doomed.client(1).xhr(f"{BOX}/deleteAllBySearchCondition", tabPaneName="claimed")
    assert refused["code"] == 40006
    gone = worker.xhr(f"{BOX}/deleteAllBySearchCondition", tabPaneName="claimed", title="棉")
    answer = worker.xhr(f"{BOX}/deleteAllBySearchCondition", tabPaneName="claimed")
    assert gone["count"] + answer["count"] == before["claimed"] - 1
    counts = worker.xhr(f"{BOX}/getTabCount")["counts"]
    assert counts["claimed"] == 0
    assert counts["noClaimed"] == before["noClaimed"]
    assert sum(one["deleted"] for one in doomed.items().values()) == before["claimed"]
    assert [one["code"] for one in doomed.writes("*")] == [40006, 0, 0]
