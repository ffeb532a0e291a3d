"""Several products at once, and the 回收站 (facts 3.5, 3.6)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select, update

from practice.showing import shown_writes
from practice.store.codes import Answer
from practice.tables import ListLag, Product, Shop
from tests.practice.quick_store import QuickStore
from tests.practice.store_client import StoreClient

PATH = "/product/tproduct"


@pytest.fixture
def shop(quick: QuickStore) -> StoreClient:
    return quick.client()


def in_tab(client: StoreClient, tab: str, many: int) -> list[str]:
    return [row["product_id"] for row in client.listed(tab=tab)["data"][:many]]


def state(client: StoreClient, product_id: str, tab: str = "all") -> tuple[int, ...]:
    rows = client.listed(product_id, tab=tab)["data"]
    return tuple(row["status"] for row in rows)


def test_a_batch_answers_for_each_product(shop: StoreClient) -> None:
    """Facts 3.6: 批量下架, then 批量上架; what cannot be changed is named with its reason."""
    on_sale = in_tab(shop, "onSale", 2)
    rejected = [row["product_id"] for row in shop.listed(tab="rejected", status=1)["data"][:1]]
    asked = {"product_ids": [*on_sale, *rejected, "3600000000000000001"]}
    told = shop.post(f"{PATH}/batchOffline", asked)
    assert (told["code"], told["data"]["success"]) == (0, on_sale)
    reasons = {one["product_id"]: (one["code"], one["msg"]) for one in told["data"]["fail"]}
    assert reasons == {
        rejected[0]: (Answer.WRONG_STATE, "当前商品状态不支持下架"),
        "3600000000000000001": (Answer.NO_SUCH_PRODUCT, "商品不存在或已彻底删除"),
    }
    assert [state(shop, one) for one in on_sale] == [(1,), (1,)]
    assert shop.post(f"{PATH}/batchOnline", {"product_ids": on_sale})["data"]["fail"] == []
    assert [state(shop, one) for one in on_sale] == [(0,), (0,)]


def test_each_product_of_a_batch_is_in_the_log(shop: StoreClient, quick: QuickStore) -> None:
    on_sale = in_tab(shop, "onSale", 1)
    shop.post(f"{PATH}/batchOnline", {"product_ids": [*on_sale, "3600000000000000002"]})
    logged = [(one["product_id"], one["code"]) for one in shown_writes(quick.twin.world)[-2:]]
    assert sorted(logged) == sorted(
        [(on_sale[0], Answer.WRONG_STATE), ("3600000000000000002", Answer.NO_SUCH_PRODUCT)]
    )


@pytest.mark.parametrize("ids", [[], [str(at) for at in range(101)], "no list"])
def test_a_batch_has_limits(shop: StoreClient, ids: Any) -> None:
    told = shop.post(f"{PATH}/batchOffline", {"product_ids": ids})
    assert (told["code"], told["data"]) == (Answer.BAD_FIELD, None)


def test_a_deleted_product_can_be_recovered(shop: StoreClient) -> None:
    """Facts 3.5: status 2 删除, recoverable; delete_forever leaves nothing."""
    (product_id,) = in_tab(shop, "offline", 1)
    body = {"product_id": product_id}
    assert shop.post(f"{PATH}/delete", body)["code"] == 0
    assert (state(shop, product_id), state(shop, product_id, "recycle")) == ((), (2,))
    assert shop.post(f"{PATH}/online", body)["code"] == Answer.NO_SUCH_PRODUCT
    assert shop.post(f"{PATH}/recover", body)["code"] == 0
    assert state(shop, product_id) == (1,)
    assert shop.post(f"{PATH}/deleteForever", body)["code"] == Answer.NO_SUCH_PRODUCT
    shop.post(f"{PATH}/delete", body)
    assert shop.post(f"{PATH}/deleteForever", body)["code"] == 0
    assert state(shop, product_id, "recycle") == ()
    assert shop.post(f"{PATH}/recover", body)["msg"] == "商品不存在或已彻底删除"


def test_what_is_on_sale_cannot_be_deleted(shop: StoreClient) -> None:
    (product_id,) = in_tab(shop, "onSale", 1)
    told = shop.post(f"{PATH}/delete", {"product_id": product_id})
    assert (told["code"], told["msg"]) == (Answer.WRONG_STATE, "当前商品状态不支持删除")


def test_another_shops_products_are_out_of_reach(quick: QuickStore, shop: StoreClient) -> None:
    """Facts 2.5: one account, several shops; ids of another one are as good as none."""
    with quick.twin.world.transaction() as session:
        second = session.scalars(select(Shop.id).where(Shop.position == 1)).one()
        theirs = session.scalars(select(Product.id).where(Product.shop_id == second)).first()
    told = shop.post(f"{PATH}/batchOffline", {"product_ids": [theirs]})
    assert [one["code"] for one in told["data"]["fail"]] == [Answer.NO_SUCH_PRODUCT]
    assert told["data"]["success"] == []


def test_the_download_holds_what_was_asked_for(shop: StoreClient) -> None:
    """Facts 3.6: 导出查询商品."""
    with shop.open(f"{PATH}/export?tab=rejected") as answer:
        assert ".xlsx" in answer.headers["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(answer.read())).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:3] == ("商品ID", "商品名称", "商家编码")
    listed = shop.get(f"{PATH}/list", page=0, pageSize=100, tab="rejected")
    assert [line[0] for line in lines[1:]] == [row["product_id"] for row in listed["data"]]


def test_a_lagging_list_tells_a_batch_late(shop: StoreClient, quick: QuickStore) -> None:
    """DESIGN 6: lists that lag behind a submit; tabs, counts and search lag alike."""
    on_sale = in_tab(shop, "onSale", 2)
    before = shop.get(f"{PATH}/aggsProductCount")["data"]
    with quick.faults(list_lags=1):
        shop.post(f"{PATH}/batchOffline", {"product_ids": on_sale})
    with quick.twin.world.transaction() as session:
        late = update(ListLag).values(until=ListLag.until + 600)  # a busy machine needs longer
        assert session.execute(late.returning(ListLag.product_id)).all()
    assert [state(shop, one, "onSale") for one in on_sale] == [(0,), (0,)]
    assert in_tab(shop, "onSale", 2) == on_sale
    assert shop.get(f"{PATH}/aggsProductCount")["data"] == before
    with quick.twin.world.transaction() as session:
        session.execute(delete(ListLag))  # its time has come
    assert [state(shop, one) for one in on_sale] == [(1,), (1,)]
    after = shop.get(f"{PATH}/aggsProductCount")["data"]
    assert (after["onSale"], after["offline"]) == (before["onSale"] - 2, before["offline"] + 2)


def test_saved_drafts_stand_in_the_draft_box(shop: StoreClient) -> None:
    """Facts 11.8: what the 草稿箱 looks like is unknown; its rows have the list's own shape."""
    form = shop.form("DRAFT-BOX", title="还没写完的商品")
    draft_id = shop.post(f"{PATH}/saveDraft", form)["data"]["draft_id"]
    before = shop.get(f"{PATH}/aggsProductCount")["data"]["draft"]
    (row,) = shop.listed("DRAFT-BOX", tab="draft")["data"]
    assert (row["draft_id"], row["name"], row["tab"]) == (draft_id, "还没写完的商品", "草稿")
    assert shop.listed("DRAFT-BOX")["total"] == 0
    told = shop.get(f"{PATH}/draftDetail", draft_id=draft_id)["data"]
    assert (told["title"], told["draft_id"]) == ("还没写完的商品", draft_id)
    assert shop.get(f"{PATH}/draftDetail", draft_id=draft_id + 1)["code"] != 0
    assert shop.post(f"{PATH}/delDraft", {"draft_id": draft_id})["code"] == 0
    assert shop.listed("DRAFT-BOX", tab="draft")["total"] == 0
    assert shop.get(f"{PATH}/aggsProductCount")["data"]["draft"] == before - 1
