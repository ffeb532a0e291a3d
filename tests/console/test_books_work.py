"""What the books give a robot to do, and whom a command refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from books.entries import Goods, Note, Storefront
from books.library import Books
from books.opening import migrate
from console.books_work import of_shop, return_addresses, storefront
from console.carrying import sheet_work
from console.office import open_office
from console.practice_store import NO_WORLD
from console.sheet_return_columns import Header
from domain.return_address import ReturnAddress
from domain.shop import REAL
from engine.settings import CHECKOUT, Settings, load_shop
from robots.enter_return_addresses import ProductReturns
from tests.console.installation import Installation, installed
from tests.robots.suppliers import returns_sheet

SHOP = Storefront(world="w1", shop="示例小店")
P_1 = Goods(**SHOP.model_dump(), supplier_id="甲厂", supplier="甲厂", code="P-1")
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


def of(code: str, supplier: str = "甲厂") -> Goods:
    """Name a product of a factory."""
    names = {"code": code, "supplier": supplier, "supplier_id": supplier}
    return P_1.model_copy(update=names)


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
    for goods, address in ((of("P-10"), OTHER), (P_1, OTHER), (P_1, YIWU), (P_1.general, OTHER)):
        books.note_return_address(goods, address, NOTE)

    items = return_addresses(books, SHOP)

    assert [(item.key, item.label) for item in items] == [("P-1", "甲厂"), ("P-10", "甲厂")]
    first = ProductReturns.model_validate(items[0].payload)
    assert (first.goods, first.address) == (P_1, YIWU)


@pytest.mark.parametrize(
    "elsewhere", [{"world": "w2"}, {"world": REAL}, {"world": NO_WORLD}, {"shop": "真实小店"}]
)
def test_what_was_learnt_in_one_world_or_shop_is_no_work_in_another(
    books: Books, elsewhere: dict[str, str]
) -> None:
    books.note_return_address(P_1, YIWU, NOTE)
    assert return_addresses(books, SHOP.model_copy(update=elsewhere)) == []


def test_what_the_books_do_not_know_or_know_twice_is_refused_plainly(books: Books) -> None:
    for supplier, address in (("甲厂", YIWU), ("乙厂", OTHER)):
        books.note_return_address(of("P-1", supplier), address, NOTE)
        books.note_return_address(of("P-2", supplier), YIWU, NOTE)

    none, two, same = return_addresses(books, SHOP, ["P-9", "P-1", "P-2"])

    assert none.payload is two.payload is None
    assert "no return address of product P-9" in none.refusal
    assert f"told by: 乙厂 ({OTHER.masked}), 甲厂 ({YIWU.masked}). Write the" in two.refusal
    assert same.payload


def test_a_returns_sheet_s_products_are_the_shop_s_that_runs_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHOPCLERK_CONFIG", str(CHECKOUT / "config"))
    row: dict[Header, object] = {Header.PRODUCT: "P-1", Header.LINK: "612345678901"}
    sheet = returns_sheet(tmp_path / "r.xlsx", row)
    with open_office(Settings(), print) as office:
        shops = [load_shop(name, office.settings.config) for name in ("demo", "demo-supply")]
        work = sheet_work(Path(sheet), "collect-return-addresses")
        (item,) = of_shop(office, work, shops[0]).items
        assert storefront(office, shops[0]) == Storefront(world=NO_WORLD, shop="晨光家居小店")
        real = shops[0].model_copy(update={"site": "doudian"})
        assert storefront(office, real).world == REAL
    assert item.payload
    assert item.payload["shop"] == "晨光家居小店"
    run = ("run", "collect-return-addresses", "--sheet", sheet, "--shop")
    account = installation(*run, "demo-supply")
    assert account.code == 2
    assert "demo-supply is an account on another site, no shop" in account.noted


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
