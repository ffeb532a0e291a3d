"""地址库管理: what is read is what the store holds, over all pages."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pages.doudian.address_book import AddressBook
from pages.doudian.shell import Shell
from practice.orders import tables
from tests.pages.doudian.conftest import Truth
from tests.pages.doudian.trying import trying


@pytest.fixture
def book(shell: Shell) -> AddressBook:
    return AddressBook(shell.page, shell.site)


def put_more(truth: Truth, count: int) -> None:
    """Make the book longer than one page."""
    with truth.world() as world, world.transaction() as session:
        for number in range(count):
            session.add(
                tables.ShopAddress(
                    shop_id=truth.store.card.shop_id,
                    receiver=f"练习{number}",
                    link_type=0,
                    phone=f"1540000{number:04d}",
                    place=["浙江省", "金华市", "义乌市", "江东街道"],
                    region_codes=["330000", "330700", "330782"],
                    detail=f"示例街{number}号",
                    is_default=False,
                    is_send_default=False,
                    remark="",
                )
            )


def stored(truth: Truth) -> dict[str, tuple[str, str, str, bool, bool]]:
    with truth.world() as world, world.transaction() as session:
        mine = select(tables.ShopAddress).filter_by(shop_id=truth.store.card.shop_id, deleted=False)
        return {
            str(one.id): (one.receiver, one.phone, one.detail, one.is_default, one.is_send_default)
            for one in session.scalars(mine)
        }


def test_all_addresses_of_all_pages(book: AddressBook, truth: Truth, weather: str) -> None:
    if weather == "calm":
        assert len(book.read()) == len(stored(truth))
        put_more(truth, 23)
    found = trying(book.read)
    told = {
        one.address_id: (one.name, one.phone, one.detail, one.return_default, one.ship_default)
        for one in found
    }
    assert told == stored(truth)
    assert len(told) > 20
    assert sum(one.return_default for one in found) == 1


def test_people_phones_and_places_are_declared_sensitive(book: AddressBook) -> None:
    found = book.read()
    text = "\n".join(one for region in book.sensitive for one in region.all_inner_texts())
    for one in found[-3:]:
        assert one.name in text
        assert one.phone in text
        assert one.detail in text
        assert one.phone not in repr(one)
