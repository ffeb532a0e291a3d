"""The books keep facts with their source: new ones beside the old ones, the newest counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from books.entries import Filed, Note, Storefront, Supplier
from books.library import Books
from books.shelf import Shelf
from books.tables import SupplierRow
from domain.bindings import Bound
from domain.purchases import Purchase
from domain.return_address import ReturnAddress
from tests.books.conftest import CG_1, CG_2, ELSEWHERE, HERE, NOON, NOTE, SHOP

ORDER = "6920100000000000078"
FACTORY = Supplier(
    world="w1",
    supplier_id="2400000001",
    name="示例厂",
    contact="小厂",
    link="https://supply.test/610",
)
ANOTHER = CG_1.model_copy(update={"supplier_id": "2400000999"})
"""The same product of a factory of the same name."""
OF_OTHERS = (
    ANOTHER,
    CG_1.model_copy(update={"world": "w2"}),
    CG_1.model_copy(update={"shop": "别的小店"}),
)
ADDRESS = ReturnAddress(
    province="浙江省",
    city="杭州市",
    district="余杭区",
    detail="云帆路188号3幢",
    recipient="甄退货",
    phone="13800001234",
)
BOUND = Bound(offer="610", supplier="示例厂", factory_sku="F-1")
BOUGHT = Purchase(
    order_id=ORDER,
    sku_code="CG-1",
    quantity=2,
    supplier_order="PO-77",
    paid_at=NOON,
    voucher=Path("凭证/PO-77.png"),
)


def later(hours: int) -> Note:
    return NOTE.model_copy(update={"at": NOON + timedelta(hours=hours)})


def test_a_changed_fact_stands_beside_the_old_one_and_counts(
    books: Books, database: sa.Engine
) -> None:
    moved = FACTORY.model_copy(update={"contact": "大厂"})
    news = [books.note_supplier(one, later(at)) for at, one in enumerate((FACTORY, FACTORY, moved))]

    assert news == [True, False, True]
    assert books.suppliers("w1") == [moved]
    assert books.suppliers("w2") == []
    history = Shelf(database, SupplierRow, ("supplier_id",)).history(name="示例厂")
    told = [(row.contact, row.noted_at, row.source, row.evidence) for row in history]
    assert told == [
        ("小厂", NOON, "采购.xlsx", "sha256:0"),
        ("大厂", NOON + timedelta(hours=2), "采购.xlsx", "sha256:0"),
    ]


def test_what_was_known_before_is_news_again_when_it_comes_back(books: Books) -> None:
    other = FACTORY.model_copy(update={"link": "https://supply.test/611"})
    assert [books.note_supplier(one, NOTE) for one in (FACTORY, other, FACTORY)] == [True] * 3
    assert books.suppliers("w1") == [FACTORY]


def test_a_product_s_own_address_and_rules_go_before_its_supplier_s(books: Books) -> None:
    own = ADDRESS.model_copy(update={"detail": "云帆路200号"})
    books.note_return_address(CG_1.general, ADDRESS, NOTE)
    books.note_return_address(CG_1, own, later(1))
    books.note_rule(CG_1.general, "freight", "买家付", NOTE)
    books.note_rule(CG_1.general, "days", "7", NOTE)
    books.note_rule(CG_1, "freight", "厂家付", NOTE)

    mine, general = (books.return_address(one) for one in (CG_1, CG_2))
    assert mine == Filed(goods=CG_1, address=own, note=later(1))
    assert general == Filed(goods=CG_1.general, address=ADDRESS, note=NOTE)
    assert books.rules(CG_1) == {"freight": "厂家付", "days": "7"}
    assert books.rules(CG_2) == {"freight": "买家付", "days": "7"}


def test_what_a_factory_says_answers_for_it_alone_and_for_each_of_its_world_s_shops(
    books: Books,
) -> None:
    books.note_return_address(CG_1, ADDRESS, NOTE)
    books.note_rule(CG_1, "freight", "厂家付", NOTE)
    books.note_dispute(CG_1, "「搬了」", NOTE)
    for other in OF_OTHERS:
        assert books.return_address(other) is None
        assert books.rules(other) == {}
        assert (books.dispute(other), books.settled(other)) == ("", None)
        assert not books.was_disputed(other, "「搬了」")
    for away in (Storefront(world="w2", shop="示例小店"), Storefront(world="w1", shop="别的小店")):
        assert books.return_addresses(away) == {}

    books.note_return_address(CG_1.general, ADDRESS, NOTE)
    told = [books.return_address(other) for other in OF_OTHERS]
    assert [one.address if one else None for one in told] == [None, None, ADDRESS]
    known = [Filed(goods=CG_1, address=ADDRESS, note=NOTE)]
    assert books.return_addresses(SHOP) == {"CG-1": known}
    assert books.factory_s_addresses(CG_2) == known
    assert books.factory_s_addresses(ANOTHER) == []


def test_two_factories_of_one_name_stand_side_by_side(books: Books) -> None:
    other = FACTORY.model_copy(update={"supplier_id": "2400000999", "contact": "别人"})
    assert books.note_supplier(FACTORY, NOTE)
    assert books.note_supplier(other, NOTE)
    assert not books.note_supplier(FACTORY, NOTE)
    assert books.suppliers("w1") == [FACTORY, other]


def test_a_binding_answers_for_its_own_shop_and_world_only(books: Books) -> None:
    books.note_binding(HERE, "39", "CG-1", BOUND, NOTE)
    assert books.bindings(HERE, "39") == {"CG-1": BOUND}
    assert books.bindings(ELSEWHERE, "39") == {}
    assert books.bindings(HERE, "3") == {}


def test_a_purchase_that_got_its_number_stands_beside_itself_without(books: Books) -> None:
    sent = BOUGHT.model_copy(update={"carrier": "圆通", "tracking": " yt1234567890 "})
    assert books.note_purchase("demo", BOUGHT, NOTE)
    assert books.note_purchase("demo", sent, NOTE)
    assert not books.note_purchase("demo", sent, NOTE)

    rows = books.purchases("demo", ORDER)
    assert [(row.tracking, row.voucher, row.paid_at) for row in rows] == [
        ("", "凭证/PO-77.png", NOON),
        ("YT1234567890", "凭证/PO-77.png", NOON),
    ]
    assert books.purchases("other", ORDER) == []


def test_a_number_belongs_to_the_order_that_had_it_first(books: Books) -> None:
    other = "6920100000000000079"
    books.note_parcel(HERE, ORDER, "圆通", "YT1", NOTE)
    books.note_parcel(HERE, other, "圆通", "YT1", later(1))
    books.note_parcel(HERE, other, "圆通", "YT2", NOTE)
    assert books.numbers_used(HERE) == {"YT1": ORDER, "YT2": other}
    assert books.numbers_used(ELSEWHERE) == {}


def test_a_number_that_was_not_taken_is_free_until_it_is_entered_again(books: Books) -> None:
    other = "6920100000000000079"
    assert not books.release_parcel(HERE, ORDER, "YT1", NOTE)
    books.note_parcel(HERE, ORDER, "圆通", "YT1", NOTE)
    books.note_parcel(HERE, other, "圆通", "YT1", later(1))

    assert books.release_parcel(HERE, ORDER, "YT1", later(2))
    assert not books.release_parcel(HERE, ORDER, "YT1", later(3))
    assert books.numbers_used(HERE) == {"YT1": other}
    books.release_parcel(HERE, other, "YT1", later(4))
    assert books.numbers_used(HERE) == {}
    books.note_parcel(HERE, ORDER, "圆通", "YT1", later(5))
    books.note_parcel(HERE, ORDER, "中通", "YT1", later(6))
    assert books.numbers_used(HERE) == {"YT1": ORDER}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(names=st.lists(st.sampled_from(["甲", "乙", "丙"]), max_size=8))
def test_the_books_tell_the_last_thing_said_of_each(books: Books, names: list[str]) -> None:
    said: dict[str, str] = {one.supplier_id: one.contact for one in books.suppliers("w1")}
    for at, name in enumerate(names):
        said[name] = str(at)
        supplier = Supplier(world="w1", supplier_id=name, name="厂", contact=str(at))
        books.note_supplier(supplier, NOTE)
    assert {one.supplier_id: one.contact for one in books.suppliers("w1")} == said


def test_what_speaks_against_an_address_stands_until_it_is_settled(books: Books) -> None:
    assert not books.settle_dispute(CG_1, later(0))
    assert books.note_dispute(CG_1, "「搬了」", later(1))
    assert not books.note_dispute(CG_1, "「搬了」", later(2))
    assert books.note_dispute(ANOTHER, "「也搬了」", later(2))
    told = [books.dispute(one) for one in (CG_1, ANOTHER, CG_2)]
    assert told == ["「搬了」", "「也搬了」", ""]
    assert books.settled(CG_1) is None

    assert books.settle_dispute(CG_1, later(3))
    assert not books.settle_dispute(CG_1, later(4))

    assert [books.dispute(one) for one in (CG_1, ANOTHER)] == ["", "「也搬了」"]
    settled = books.settled(CG_1)
    assert settled
    assert settled.at == NOON + timedelta(hours=3)
    assert books.was_disputed(CG_1, "「搬了」")
    assert not books.was_disputed(CG_1, "「也搬了」")
    assert books.note_dispute(CG_1, "「搬了」", later(5))
    assert books.settled(CG_1) is None


def test_the_factory_that_a_sheet_names_first_is_plain_and_an_old_one_s_return_is_not(
    books: Books,
) -> None:
    def sources() -> tuple[str, bool]:
        source = books.source(SHOP, "CG-1")
        assert source
        assert source.goods in {CG_1, ANOTHER}
        return source.goods.supplier_id, source.sure

    assert books.source(SHOP, "CG-1") is None
    said = ((CG_1, False), (CG_1, False), (ANOTHER, False), (CG_1, False), (CG_1, True))
    news = [books.note_source(goods, later(1), by_hand=hand) for goods, hand in said[:3]]
    assert news == [True, False, True]
    assert sources() == (ANOTHER.supplier_id, True)
    for (goods, hand), plain in zip(said[3:], (False, True), strict=True):
        assert books.note_source(goods, later(2), by_hand=hand)
        assert sources() == (CG_1.supplier_id, plain)
    assert not books.note_source(CG_1, later(3), by_hand=False)
    assert sources() == (CG_1.supplier_id, True)
    for away in OF_OTHERS[1:]:
        assert books.source(Storefront(world=away.world, shop=away.shop), "CG-1") is None
    assert books.source(SHOP, "CG-2") is None
