"""What the books give a robot to do, and whom a command refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from books.entries import Note
from books.library import Books
from books.opening import migrate
from console.books_work import return_addresses
from domain.return_address import ReturnAddress
from domain.shop import Shop
from engine.settings import CHECKOUT
from robots.enter_return_addresses import ProductReturns
from tests.console.installation import Installation, installed

SHOP = Shop(name="main", site="practice", account="a", shop_name="示例小店")
YIWU = ReturnAddress(
    province="浙江省",
    city="金华市",
    district="义乌市",
    town="福田街道",
    detail="练习路8号",
    recipient="王练习",
    phone="15400000001",
)
OTHER = YIWU.model_copy(update={"detail": "练习路9号"})
NOTE = Note(source="a test", at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture
def installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    return installed(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    engine = sa.create_engine(f"sqlite:///{(tmp_path / 'books.sqlite3').as_posix()}")
    migrate(engine)
    return Books(engine)


def test_each_product_with_an_address_is_an_item(books: Books) -> None:
    books.note_return_address("甲厂", "P-10", OTHER, NOTE)
    books.note_return_address("甲厂", "P-1", OTHER, NOTE)
    books.note_return_address("甲厂", "P-1", YIWU, NOTE)
    books.note_return_address("甲厂", "", OTHER, NOTE)

    items = return_addresses(books, SHOP)

    assert [(item.key, item.label) for item in items] == [("P-1", "甲厂"), ("P-10", "甲厂")]
    first = ProductReturns.model_validate(items[0].payload)
    assert first == ProductReturns(code="P-1", shop="示例小店", supplier="甲厂", address=YIWU)


def test_what_the_books_do_not_know_or_know_twice_is_refused_plainly(books: Books) -> None:
    for supplier, address in (("甲厂", YIWU), ("乙厂", OTHER)):
        books.note_return_address(supplier, "P-1", address, NOTE)
        books.note_return_address(supplier, "P-2", YIWU, NOTE)

    none, two, same = return_addresses(books, SHOP, ["P-9", "P-1", "P-2"])

    assert none.payload is two.payload is None
    assert "no return address of product P-9" in none.refusal
    assert "told by: 乙厂, 甲厂" in two.refusal
    assert same.payload


def test_nothing_known_and_an_account_that_is_no_shop_are_said(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(CHECKOUT / "config"))
    run = ("run", "enter-return-addresses", "--shop")
    empty, account = installation(*run, "demo"), installation(*run, "demo-erp")
    store = installation("run", "check-orders", "--shop", "demo-erp")
    assert empty.code == account.code == store.code == 2
    assert "the books have no return addresses yet" in empty.noted
    assert "demo-erp is an account on another site, no shop" in account.noted
    assert "no account on a site of the kind store" in store.noted
